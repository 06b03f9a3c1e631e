/** Erasing personal data: text and salt go, the row with its commitment stays, so that every chain still verifies. */
import type { Instant } from '../../core/instant';
import type { Erased } from '../../ports/streams';
import { at, type Queryable, rows } from '../sql';

/** Incidents whose moment has come and of which texts are still there, earliest first. */
export async function purgesDue(on: Queryable, kept: readonly string[], now: Instant, limit: number): Promise<readonly string[]> {
  return (await rows<{ id: string }>(on, DUE, [at(now), kept, limit])).map((row) => row.id);
}

/** Erases at most `limit` rows of one stream; answers how many of each sort. */
export async function erase(on: Queryable, stream: string, kept: readonly string[], now: Instant, limit: number): Promise<Erased> {
  const [done] = await rows<Erased>(on, ERASE, [stream, kept, at(now), limit]);
  return done ?? { texts: 0, messages: 0, payloads: 0 };
}

const DUE = {
  name: 'purge.due',
  text: `
    SELECT i.stream_id AS id FROM incidents i
    WHERE i.purge_after <= $1
      AND EXISTS (SELECT FROM vault v WHERE v.stream_id = i.stream_id AND v.purged_at IS NULL AND v.kind <> ALL ($2::text[]))
    ORDER BY i.purge_after LIMIT $3`,
};

const ERASE = {
  name: 'purge.erase',
  text: `
    WITH doomed AS (
      SELECT id, 'text' AS sort FROM vault WHERE stream_id = $1 AND purged_at IS NULL AND kind <> ALL ($2::text[])
      UNION
      SELECT v.id, 'message' FROM inbox i JOIN vault v ON v.id = i.vault_id AND v.purged_at IS NULL WHERE i.stream_id = $1
      UNION
      SELECT v.id, 'payload' FROM (
          SELECT dispatch_id FROM deliveries WHERE stream_id = $1
          UNION SELECT y.dispatch_id FROM inbox i JOIN deliveries y ON y.inbox_id = i.id WHERE i.stream_id = $1
        ) y
        JOIN dispatches d ON d.id = y.dispatch_id AND d.state <> 'sending'
        CROSS JOIN LATERAL generate_series(1, d.attempt) AS made (nth)
        JOIN vault v ON v.id = d.id || '/' || made.nth AND v.purged_at IS NULL
      ORDER BY sort DESC, id LIMIT $4
    ), gone AS (
      UPDATE vault v SET body = NULL, salt = NULL, purged_at = $3 FROM doomed WHERE v.id = doomed.id RETURNING doomed.sort
    )
    SELECT count(*) FILTER (WHERE sort = 'text')::int AS texts, count(*) FILTER (WHERE sort = 'message')::int AS messages,
      count(*) FILTER (WHERE sort = 'payload')::int AS payloads
    FROM gone`,
};
