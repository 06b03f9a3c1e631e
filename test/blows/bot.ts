/** A bot as a process: the built program, started again at once whenever it is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/freePort';

export const API_TOKEN = 'a-token-for-tests-only';

export interface Bot {
  readonly url: string;
  /** Real moments (`performance.now()`) at which a process of this bot died unasked. */
  readonly deaths: readonly number[];
  /** Answers HTTP now. */
  isUp(): Promise<boolean>;
  /** Resolves when it answers; fails after 60 s. */
  up(): Promise<void>;
  /** Sends a signal to the process that runs now. */
  signal(name: NodeJS.Signals): void;
  /** Kills it at once and starts it again only when `work` has ended: it cannot take back meanwhile what it held. */
  killFor(work: () => Promise<void>): Promise<void>;
  /** Given to the next process only, e.g. the point at which it dies. */
  arm(env: Readonly<Record<string, string>>): void;
  /** The last lines of its log. */
  tail(): string;
  /** Orderly where it still can be; nothing is started any more. */
  close(): Promise<void>;
}

const UP_MS = 60_000;
const STOP_MS = 8_000;

/** Starts on a free port, which it keeps over its lives. `env` are FENGHUO_ settings by their short names; `first` is for the first process only. */
export async function startBot(env: Readonly<Record<string, string>>, first: Readonly<Record<string, string>> = {}): Promise<Bot> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-blow-'));
  const log = openSync(join(dataDir, 'log'), 'a');
  const port = String(await freePort());
  const settings = { PORT: port, DATA_DIR: dataDir, API_TOKEN, LOG_LEVEL: 'info', ROLE: 'all', WATCHDOG: 'off', ...env };
  const named = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`FENGHUO_${name}`, value]));
  const url = `http://127.0.0.1:${port}`;
  const deaths: number[] = [];
  let armed = first;
  let closing = false;
  let held = Promise.resolve();
  let child: ChildProcess = start();

  function start(): ChildProcess {
    const args = ['-r', resolve('test/blows/preload.js'), resolve('bin/run.js'), 'start'];
    const started = spawn(process.execPath, args, { env: { ...process.env, ...named, ...armed }, stdio: ['ignore', 'ignore', log] });
    armed = {};
    started.once('exit', () => {
      if (closing) return;
      deaths.push(performance.now());
      void held.then(() => {
        if (!closing) child = start();
      });
    });
    return started;
  }
  const isUp = (): Promise<boolean> =>
    fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
  const tail = (): string => readFileSync(join(dataDir, 'log'), 'utf8').split('\n').slice(-15).join('\n');

  return {
    url,
    deaths,
    isUp,
    up: async () => {
      const until = performance.now() + UP_MS;
      while (!(await isUp())) {
        if (performance.now() > until) throw new Error(`the bot does not come up:\n${tail()}`);
        await pause(50);
      }
    },
    signal: (name) => void child.kill(name),
    killFor: (work) => {
      child.kill('SIGKILL');
      const ended = work();
      held = ended.catch(() => undefined);
      return ended;
    },
    arm: (next) => {
      armed = next;
    },
    tail,
    close: async () => {
      closing = true;
      const ended = new Promise((done) => child.once('exit', done));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
        await ended;
        clearTimeout(late);
      }
      closeSync(log);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
