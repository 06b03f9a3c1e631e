/** Harms a queue in PostgreSQL from under a running Fenghuo. */
import type { Pool } from 'pg';

const MOST_TRIES = 50;

/** Takes the queue's tables away. The database may refuse it a few times, as a deadlock, because the queue is just using them. */
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

/** Deletes the jobs and nothing else; there are none while the tables are missing. */
export async function deleteQueueJobs(pool: Pool): Promise<void> {
  await pool.query('DELETE FROM bullmq.job').catch(unlessMissing);
}

/** Ids of the alarms that are set; none while the tables are missing. */
export async function alarmsIn(pool: Pool): Promise<readonly string[]> {
  const alarms = "SELECT id FROM bullmq.job WHERE name = 'alarm' AND state = 'delayed'";
  const { rows } = await pool.query<{ id: string }>(alarms).catch(unlessMissing);
  return rows.map(({ id }) => id);
}

function unlessMissing(fault: unknown): { readonly rows: [] } {
  if ((fault as { code?: string }).code === '42P01') return { rows: [] };
  throw fault;
}

/** Ends every connection that Fenghuo has to this database, as a restart of the server does. */
export async function cutConnections(pool: Pool): Promise<void> {
  await pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'fenghuo%' AND datname = current_database()",
  );
}
