/** Takes the queue's tables away from under a running Fenghuo. */
import type { Pool } from 'pg';

const MOST_TRIES = 50;

/** The database may refuse it a few times, as a deadlock, because the queue is just using them. */
export async function dropQueueTables(pool: Pool): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await pool.query('DROP SCHEMA bullmq CASCADE');
      return;
    } catch (fault) {
      if ((fault as { code?: string }).code !== '40P01' || tries === MOST_TRIES) throw fault;
    }
  }
}
