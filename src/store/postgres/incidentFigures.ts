/** What the figures count of an incident's asks and deadlines, kept beside them: a year's figures then read one row an incident. */
import { type Queryable, rows } from '../sql';

/**
 * Counts the rows of these incidents anew, whatever stood before; other streams have no figures. For whoever holds the locks of the
 * streams and has just changed their asks or deadlines, in the same transaction. May run twice.
 */
export async function recount(on: Queryable, streams: readonly string[]): Promise<void> {
  await rows(on, RECOUNT, [streams]);
}

/** Of calls only those that people came by; what is open is counted by the moment of the question, since it becomes late by itself. */
const RECOUNT = {
  name: 'figures.recount',
  text: `
    INSERT INTO incident_figures (stream_id, ack_minutes, met, missed, void, open, owners, owners_met, owners_missed)
    SELECT i.stream_id, a.took, d.met, d.missed, d.void, d.open, d.owners, d.owners_met, d.owners_missed
    FROM incidents i CROSS JOIN LATERAL (
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (extract(epoch FROM answered_at - asked_at) / 60)::float8) AS took
      FROM asks WHERE stream_id = i.stream_id AND kind IN ('duty_ack', 'prior_handling', 'call_out') AND answer = 'acknowledged'
        AND answered_at IS NOT NULL
    ) a CROSS JOIN LATERAL (
      SELECT coalesce(sum(met), 0)::int AS met, coalesce(sum(missed), 0)::int AS missed, coalesce(sum(void), 0)::int AS void,
        coalesce(sum(open), 0)::int AS open,
        coalesce(array_agg(owner ORDER BY owner) FILTER (WHERE met + missed > 0), '{}') AS owners,
        coalesce(array_agg(met ORDER BY owner) FILTER (WHERE met + missed > 0), '{}') AS owners_met,
        coalesce(array_agg(missed ORDER BY owner) FILTER (WHERE met + missed > 0), '{}') AS owners_missed
      FROM (
        SELECT owner, (count(*) FILTER (WHERE status = 'met'))::int AS met, (count(*) FILTER (WHERE status = 'missed'))::int AS missed,
          (count(*) FILTER (WHERE status = 'void'))::int AS void, (count(*) FILTER (WHERE status = 'open'))::int AS open
        FROM deadlines WHERE stream_id = i.stream_id GROUP BY owner
      ) o
    ) d WHERE i.stream_id = ANY (ARRAY(SELECT unnest($1::text[])))
    ON CONFLICT (stream_id) DO UPDATE SET ack_minutes = excluded.ack_minutes, met = excluded.met, missed = excluded.missed,
      void = excluded.void, open = excluded.open, owners = excluded.owners, owners_met = excluded.owners_met,
      owners_missed = excluded.owners_missed`,
};
