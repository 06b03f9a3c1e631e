/** A real PostgreSQL database for each test file, copied from a migrated template. */
import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { ASK_AT, administer, ofDatabase } from './jest/testServer';

export interface TestDatabase {
  /** Connection string of this database. */
  readonly url: string;
  /** At most 10 connections; ended by `drop`. */
  readonly pool: Pool;
  /** Ends the pool and removes the database, whoever else is still connected to it. */
  drop(): Promise<void>;
}

/** A new database with every migration applied and nothing in it. The run's server starts with the first call. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { admin, template } = await askServer();
  const name = `fenghuo_test_${randomBytes(6).toString('hex')}`;
  await administer(admin, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = ofDatabase(admin, name);
  const pool = new Pool({ connectionString: url, max: 10 });
  pool.on('error', () => undefined);
  return {
    url,
    pool,
    drop: async () => {
      await pool.end();
      await administer(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function askServer(): Promise<{ admin: string; template: string }> {
  // A connection kept open could be closed by the other end just when it is used again.
  const answer = await fetch(process.env[ASK_AT] ?? '', { headers: { connection: 'close' } });
  if (!answer.ok) throw new Error(`no test database: ${await answer.text()}`);
  return (await answer.json()) as { admin: string; template: string };
}
