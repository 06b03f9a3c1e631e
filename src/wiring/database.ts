/** Brings the database up: embedded or by address, migrated, stamped, with roster and rulebooks in it. */
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Bureau } from '../config/bureau';
import type { RulebookSource } from '../config/rulebooks';
import type { Instant } from '../core/instant';
import type { Store } from '../ports/store';
import type { Settings } from '../settings';
import { importRoster } from '../store/directory';
import { startEmbedded } from '../store/embedded/startEmbedded';
import { externalFault } from '../store/external';
import { StoreFault } from '../store/fault';
import { migrate } from '../store/migrate';
import { openPool } from '../store/pool';
import { foundStamp, type StampKind, stampDatabase } from '../store/stamp';
import { StartFault } from './faults';

export interface Database {
  /** Holds a password, never to be logged. */
  readonly url: string;
  readonly pool: Pool;
  stop(): Promise<void>;
}

/** Connections of one process: workers, listeners and requests together. */
const MOST_CONNECTIONS = 12;

/**
 * Throws StartFault or EmbeddedFault, each one sentence, when the database cannot be used; nothing runs then. A database of the
 * other use is refused before anything in it is changed.
 */
export async function openDatabase(settings: Settings, log: Logger): Promise<Database> {
  const { url, end } = await server(settings, log);
  const pool = openPool(url, { max: MOST_CONNECTIONS, lost: (why) => log.warn({ cause: why }, 'a database connection was lost') });
  const stop = async (): Promise<void> => {
    await pool.end();
    await end();
  };
  try {
    await prepare(pool, settings, log);
    return { url, pool, stop };
  } catch (cause) {
    await stop();
    throw cause instanceof StoreFault ? new StartFault([unprepared(cause)]) : cause;
  }
}

async function server({ databaseUrl, dataDir }: Settings, log: Logger): Promise<{ readonly url: string; end(): Promise<void> }> {
  if (databaseUrl === null) {
    const embedded = await startEmbedded({ dataDir, log });
    return { url: embedded.url, end: () => embedded.stop() };
  }
  const fault = await externalFault(databaseUrl);
  if (fault !== null) throw new StartFault([fault]);
  return { url: databaseUrl, end: async () => undefined };
}

async function prepare(pool: Pool, settings: Settings, log: Logger): Promise<void> {
  const wanted = settings.sandbox === 'off' ? 'real' : 'sandbox';
  refuseOther(await foundStamp(pool), wanted);
  const applied = await migrate(pool);
  if (applied.length > 0) log.info({ applied }, 'database migrated');
  refuseOther((await stampDatabase(pool, wanted)).found, wanted);
}

function refuseOther(found: StampKind | null, wanted: StampKind): void {
  if (found === null || found === wanted) return;
  const [was, is] = found === 'real' ? ['正式', '演示'] : ['演示', '正式'];
  throw new StartFault([`这个数据库建立时是${was}用途，不能作${is}使用：请换一个数据目录或数据库。`]);
}

function unprepared({ found, message, retryable }: StoreFault): string {
  if (found.code === '53100') return '数据库所在磁盘空间不足，准备没有完成：请至少腾出 500 MB 后重新启动。';
  if (retryable) return `数据库在准备时中断（${found.code}）：请稍候重新启动。`;
  return `数据库准备失败（${message}），没有改动：请核对程序版本与数据库是否配套，并把这一行告诉维护人员。`;
}

/** Files are imports: the rows are the truth from here on. */
export async function importConfig(
  pool: Pool,
  store: Store,
  { roster, rotation }: Bureau,
  rulebooks: readonly RulebookSource[],
  at: Instant,
): Promise<void> {
  await importRoster(pool, roster, rotation === null ? null : { rotation, from: at });
  for (const { rulebook, pack, profile } of rulebooks)
    await store.saveRulebook({ hash: rulebook.hash, packId: rulebook.pack.pack, version: rulebook.pack.version, pack, profile, at });
}
