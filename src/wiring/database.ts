/** Brings the database up: embedded or by address, migrated, stamped, with roster and rulebooks in it. */
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { RulebookSource } from '../config/rulebooks';
import type { Instant } from '../core/instant';
import type { Roster } from '../core/roster/roster';
import type { Store } from '../ports/store';
import type { Settings } from '../settings';
import { importRoster } from '../store/directory';
import { startEmbedded } from '../store/embedded/startEmbedded';
import { migrate } from '../store/migrate';
import { openPool } from '../store/pool';
import { stampDatabase } from '../store/stamp';
import { StartFault } from './faults';

export interface Database {
  readonly pool: Pool;
  stop(): Promise<void>;
}

/** Connections of one process: workers, listeners and requests together. */
const MOST_CONNECTIONS = 12;

export async function openDatabase(settings: Settings, log: Logger): Promise<Database> {
  const embedded = settings.databaseUrl === null ? await startEmbedded({ dataDir: settings.dataDir, log }) : null;
  const url = embedded?.url ?? settings.databaseUrl ?? '';
  const pool = openPool(url, { max: MOST_CONNECTIONS, lost: (why) => log.warn({ cause: why }, 'a database connection was lost') });
  const stop = async (): Promise<void> => {
    await pool.end();
    await embedded?.stop();
  };
  try {
    const applied = await migrate(pool);
    if (applied.length > 0) log.info({ applied }, 'database migrated');
    await stamp(pool, settings);
    return { pool, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function stamp(pool: Pool, settings: Settings): Promise<void> {
  const wanted = settings.sandbox === 'off' ? 'real' : 'sandbox';
  const stamped = await stampDatabase(pool, wanted);
  if (stamped.is === 'mismatch')
    throw new StartFault([
      `这个数据库建立时是${stamped.found === 'real' ? '正式' : '演示'}用途，不能作${wanted === 'real' ? '正式' : '演示'}使用：请换一个数据目录或数据库。`,
    ]);
}

/** Files are imports: the rows are the truth from here on. */
export async function importConfig(
  pool: Pool,
  store: Store,
  roster: Roster,
  rulebooks: readonly RulebookSource[],
  at: Instant,
): Promise<void> {
  await importRoster(pool, roster);
  for (const { rulebook, pack, profile } of rulebooks)
    await store.saveRulebook({ hash: rulebook.hash, packId: rulebook.pack.pack, version: rulebook.pack.version, pack, profile, at });
}
