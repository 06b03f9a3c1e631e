/** A PostgreSQL of its own for one bench: the settings of production (each commit forced to disk), every migration, nothing in it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { startEmbedded } from '../src/store/embedded/startEmbedded';
import { migrate } from '../src/store/migrate';
import { openPool } from '../src/store/pool';
import { createLog } from '../src/wiring/logging';

export interface OwnDatabase {
  readonly url: string;
  /** For looking; children open their own. */
  readonly pool: Pool;
}

/** Lives as long as the work, in a temporary folder. */
export async function onDatabase<T>(work: (database: OwnDatabase) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-bench-'));
  chmodSync(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, log: createLog('warn') });
  const pool = openPool(database.url, { max: 2 });
  try {
    await migrate(pool);
    return await work({ url: database.url, pool });
  } finally {
    await pool.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
