/** A world on a database server of its own, which a blow may hurt without hurting the other runs. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import pino from 'pino';
import { startEmbedded } from '../../src/store/embedded/startEmbedded';
import { openWorld, type World } from './world';

export interface Server {
  readonly pool: Pool;
  /** Of the server's process now. */
  pid(): number;
}

/** Lives as long as the work. `in` is a folder to put its data below; the usual temporary one when it is not given. */
export async function onServer<T>(where: { readonly in?: string }, work: (server: Server, world: World) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(where.in ?? tmpdir(), 'fenghuo-blow-db-'));
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, log: pino({ level: 'silent' }) });
  const pool = new Pool({ connectionString: server.url, max: 4 });
  pool.on('error', () => undefined);
  try {
    const world = await openWorld({ database: { url: server.url, pool, drop: () => pool.end() } });
    try {
      return await work({ pool, pid: server.pid }, world);
    } catch (cause) {
      throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
    } finally {
      await world.close();
    }
  } finally {
    await server.stop();
    // Helpers of a server that was killed may still be writing their last.
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
