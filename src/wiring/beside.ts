/** The watchdog's process beside the server: started with it, started again when it ends unasked, stopped with it in order. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { realPace } from '../jobs/pace';
import type { Log } from '../ports/log';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'run.js');
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const STOP_MS = 3_000;

/** Runs the watchdog until the answer is called. A server that is killed leaves it behind: it has to say so. */
export function startBeside(env: NodeJS.ProcessEnv, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  const living = (async () => {
    for (let pause = FIRST_PAUSE_MS; !stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      child = start(env);
      const code = await ended(child);
      if (stopping.signal.aborted) return;
      log.error({ code }, 'the watchdog ended; it is started again');
      await realPace.sleep(pause, stopping.signal);
    }
  })();
  return async () => {
    stopping.abort();
    child?.kill('SIGTERM');
    const late = setTimeout(() => child?.kill('SIGKILL'), STOP_MS);
    await living;
    clearTimeout(late);
  };
}

/** The channel tells it when this process is gone. */
function start(env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--max-old-space-size=64', PROGRAM, 'start'], {
    env: { ...env, FENGHUO_ROLE: 'watchdog' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => {
    child.once('error', (fault) => resolve(fault.name));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}
