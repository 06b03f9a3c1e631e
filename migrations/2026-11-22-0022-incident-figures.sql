-- What the figures need of an incident's asks and deadlines, counted where one of them ends: the figures of a year then read one row an incident.
-- Of deadlines that are open nothing stands here, since they become late without anybody's doing.
CREATE TABLE incident_figures (
  stream_id   text PRIMARY KEY REFERENCES streams (id),
  -- From call to answer, the middle one of its calls; null while nobody has answered.
  ack_minutes double precision,
  met         integer NOT NULL,
  missed      integer NOT NULL,
  void        integer NOT NULL,
  open        integer NOT NULL,
  -- Whose deadlines were met or missed, and how many: three lists of one length.
  owners      text[] NOT NULL,
  owners_met  integer[] NOT NULL,
  owners_missed integer[] NOT NULL
);
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
) d;

-- When a platform took it. The first mention of an incident is the earliest of its first event's pages, be it settled long after.
ALTER TABLE deliveries ADD COLUMN taken_at timestamptz;
UPDATE deliveries d SET taken_at = x.settled_at FROM dispatches x
WHERE x.id = d.dispatch_id AND d.event_version = 1 AND d.leg = 'page' AND d.state IN ('accepted', 'delivered', 'read');
CREATE INDEX deliveries_first_mention ON deliveries (stream_id, taken_at)
  WHERE event_version = 1 AND leg = 'page' AND state IN ('accepted', 'delivered', 'read');
