/** A process that serves the pages on the database it is given; its parent hears the address, and how much memory it holds when asked. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startApp } from '../../src/app';
import { readSettings } from '../../src/settings';
import { createLog } from '../../src/wiring/logging';
import { answerParent } from '../child';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The web role alone: no lane works meanwhile. */
async function start(): Promise<string> {
  // Where the benches' peers lie is no setting of the program.
  const { FENGHUO_BENCH_PEERS: _, ...env } = process.env;
  const read = readSettings(env);
  if (read.is === 'faults') throw new Error(read.faults.join('\n'));
  return (await startApp(read.settings, createLog('silent'))).url;
}

const listening = start();

answerParent<'url' | 'megabytes', string>(async (asked) => {
  if (asked === 'url') return listening;
  collect();
  return String(process.memoryUsage().heapUsed / 1024 / 1024);
});
