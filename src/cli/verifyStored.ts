/** Opens the database of the settings for `verify`, reads only, and leaves it as it was. */
import { readSettings } from '../settings';
import { startEmbedded } from '../store/embedded/startEmbedded';
import { openPool } from '../store/pool';
import { createChains } from '../store/postgres/chains';
import { sha256 } from '../wiring/chance';
import { createLog } from '../wiring/logging';
import { verify } from './verify';

const USAGE = '用法：fenghuo verify [事件编号] [--json]\n';

/** Exit code of `verify`; 1 with a sentence when the settings or the database cannot be used. */
export async function verifyStored(args: readonly string[]): Promise<number> {
  const [number, ...more] = args.filter((arg) => !arg.startsWith('--'));
  if (more.length > 0 || (number !== undefined && !/^#?\d+$/.test(number))) {
    process.stderr.write(USAGE);
    return 2;
  }
  const read = readSettings(process.env);
  if (read.is === 'faults') {
    process.stderr.write(`${read.faults.join('\n')}\n`);
    return 1;
  }
  const { databaseUrl, dataDir } = read.settings;
  const embedded = databaseUrl === null ? await startEmbedded({ dataDir, log: createLog('silent') }) : null;
  const pool = openPool(embedded?.url ?? databaseUrl ?? '', { max: 1 });
  try {
    const incident = number === undefined ? null : Number(number.replace('#', ''));
    const write = (line: string): void => void process.stdout.write(`${line}\n`);
    return await verify(createChains(pool), sha256, { incident, json: args.includes('--json'), write });
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}
