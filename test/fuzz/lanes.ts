/** Targets side by side, each in a process of its own; what they say stands in the order of the list, whoever ends first. */
import { spawn } from 'node:child_process';

export interface Said {
  readonly text: string;
  readonly isGood: boolean;
}

/** So many at once: the database of one, the processor of the other. */
const LANES = 2;

/** Runs `main` once for each list of arguments; each output is handed over whole as soon as those before it are. True when all ended well. */
export async function inLanes(main: string, runs: readonly (readonly string[])[], tell: (text: string) => void): Promise<boolean> {
  const said: (Said | undefined)[] = runs.map(() => undefined);
  let next = 0;
  let told = 0;
  const lane = async (): Promise<void> => {
    while (next < runs.length) {
      const at = next++;
      said[at] = await ran(main, runs[at] ?? []);
      for (let one = said[told]; one !== undefined; one = said[told]) {
        tell(one.text);
        told += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return said.every((one) => one?.isGood === true);
}

/** Its progress goes straight to our own error output. */
function ran(main: string, args: readonly string[]): Promise<Said> {
  return new Promise((resolve) => {
    const running = spawn(process.execPath, [...process.execArgv, main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    running.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    running.once('error', (cause) => resolve({ text: `${String(cause)}\n`, isGood: false }));
    running.once('close', (code) => resolve({ text: Buffer.concat(chunks).toString('utf8'), isGood: code === 0 }));
  });
}
