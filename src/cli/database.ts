/** The database of the settings for one command: joined where the bot runs, started for the while where it does not. */
import { readSettings, type Settings } from '../settings';
import { EmbeddedFault } from '../store/embedded/faults';
import { joinEmbedded } from '../store/embedded/joinEmbedded';
import { startEmbedded } from '../store/embedded/startEmbedded';
import { externalFault } from '../store/external';
import { openPool } from '../store/pool';
import { createLog } from '../wiring/logging';

/** What a command works with. */
export interface OnDatabase {
  readonly pool: ReturnType<typeof openPool>;
  readonly settings: Settings;
}

/**
 * Runs `work` and answers its exit code; 1 with a sentence on stderr when settings or database cannot be used. `alone`: the embedded
 * database must not be in use, as before something is put into it.
 */
export async function withDatabase(work: (on: OnDatabase) => Promise<number>, { alone = false } = {}): Promise<number> {
  const read = readSettings(process.env);
  if (read.is === 'faults') return refused(read.faults.join('\n'));
  try {
    return await opened(read.settings, alone, work);
  } catch (cause) {
    if (cause instanceof EmbeddedFault) return refused(cause.message);
    throw cause;
  }
}

async function opened(settings: Settings, alone: boolean, work: (on: OnDatabase) => Promise<number>): Promise<number> {
  const { databaseUrl, dataDir } = settings;
  const fault = databaseUrl === null ? null : await externalFault(databaseUrl);
  if (fault !== null) return refused(fault);
  const options = { dataDir, log: createLog('silent') };
  const embedded = databaseUrl === null ? await (alone ? startEmbedded(options) : joinEmbedded(options)) : null;
  const pool = openPool(embedded?.url ?? databaseUrl ?? '', { max: 2, name: 'fenghuo-cli' });
  try {
    return await work({ pool, settings });
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}

/** Says why on stderr; 1. */
export function refused(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}
