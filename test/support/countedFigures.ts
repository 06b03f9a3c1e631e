/** What the figures keep of incidents, beside the same counted row by row without the help of the database. */
import type { Pool } from 'pg';

/** Of each incident: minutes to the middle answer, deadlines by how they stand, and those that ended by their owner. */
export type Counted = Readonly<Record<string, unknown>>;

/** As it is kept, by stream. */
export async function keptFigures(pool: Pool): Promise<ReadonlyMap<string, Counted>> {
  const { rows } = await pool.query('SELECT * FROM incident_figures');
  return new Map(
    rows.map(({ stream_id, ack_minutes, met, missed, open, owners, owners_met, owners_missed, void: ceased }) => {
      const ended = owners.map((owner: string, i: number) => [owner, [owners_met[i], owners_missed[i]]]);
      return [stream_id, { ack: ack_minutes, met, missed, void: ceased, open, ended: Object.fromEntries(ended) }];
    }),
  );
}

/** As the rows of asks and deadlines say. */
export async function countedFigures(pool: Pool): Promise<ReadonlyMap<string, Counted>> {
  const incidents = await pool.query<{ id: string }>('SELECT stream_id AS id FROM incidents');
  const asks = await pool.query<{ id: string; took: number }>(
    `SELECT stream_id AS id, extract(epoch FROM answered_at - asked_at)::float8 / 60 AS took FROM asks
     WHERE kind IN ('duty_ack', 'prior_handling', 'call_out') AND answer = 'acknowledged'`,
  );
  const owed = await pool.query<{ id: string; owner: string; status: string }>('SELECT stream_id AS id, owner, status FROM deadlines');
  return new Map(
    incidents.rows.map(({ id }) => {
      const own = owed.rows.filter((row) => row.id === id);
      const count = (status: string, owner?: string): number =>
        own.filter((row) => row.status === status && (owner === undefined || row.owner === owner)).length;
      const owners = [...new Set(own.map(({ owner }) => owner))].map(
        (owner) => [owner, [count('met', owner), count('missed', owner)]] as const,
      );
      const ended = Object.fromEntries(owners.filter(([, [met, missed]]) => met + missed > 0));
      const ack = middle(asks.rows.filter((row) => row.id === id).map(({ took }) => took));
      return [id, { ack, met: count('met'), missed: count('missed'), void: count('void'), open: count('open'), ended }];
    }),
  );
}

/** Between the two middle ones of an even number. */
function middle(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
