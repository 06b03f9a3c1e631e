/** A database that is slow for the inbox alone: somebody else holds the table. */
import type { Pool } from 'pg';

/** Runs `work` while another connection holds the inbox, so that nothing can be written to it before it is over. */
export async function inboxHeld<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('LOCK TABLE inbox IN EXCLUSIVE MODE');
    return await work();
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}
