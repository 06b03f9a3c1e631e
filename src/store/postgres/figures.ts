/** The figures of a span, counted by the database in one statement over rows that stand ready: one row an incident, its first mention, what it owes. */
import type { FigureDivision, Figures, Views } from '../../ports/views';
import { broken } from '../fault';
import { at, type Queryable, rows } from '../sql';

export async function figures(on: Queryable, wanted: Parameters<Views['figures']>[0]): Promise<Figures> {
  const { from, until, mode, now } = wanted;
  const [row] = await rows<Figures>(on, FIGURES, [at(from), at(until), mode, at(now)]);
  if (!row) throw broken('views.figures', 'no row came back');
  return row;
}

/** Nothing more is done for these. */
const OVER = "('transferred', 'dismissed', 'merged', 'terminated', 'reviewing', 'archived')";

/** How many incidents have each value of a division, as one JSON object; those without one are not in it. */
const counted = (by: FigureDivision) =>
  `(SELECT coalesce(jsonb_object_agg(key, incidents), '{}') FROM grouped WHERE by = '${by}' AND key <> '')`;

/** Minutes of a group: the middle one and the ninth of ten, null where there are none; sorted once for both. */
const minutes = (column: string) => `percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY ${column})`;
const shown = (found: string) => `CASE WHEN ${found} IS NOT NULL THEN jsonb_build_object('median', ${found}[1], 'p90', ${found}[2]) END`;

/** `date_part` reckons in floating point: over ten thousand rows half the time of `extract`. */
const since = (moment: string) => `date_part('epoch', ${moment} - p.received_at) / 60`;

const DIVISIONS = ['month', 'plan', 'level', 'category', 'county', 'status'] as const;
const SETS = `GROUPING SETS ((), ${DIVISIONS.map((by) => `(${by})`).join(', ')})`;
/** Which division a row of the grouping sets is of, and its value. */
const DIVISION = `CASE ${DIVISIONS.map((by) => `WHEN GROUPING(${by}) = 0 THEN '${by}'`).join(' ')} ELSE 'all' END AS by,
  coalesce(to_char(month, 'YYYY-MM'), plan, level, category, county, status, '') AS key`;

/**
 * The first mention is the one that announces the report: its deliveries are those of the first event, and the call's own end is its moment.
 * Months are those of the office's clock. What ended stands in `incident_figures`; what is late is among the few that are open.
 */
const FIGURES = {
  name: 'views.figures',
  text: `
    WITH picked AS MATERIALIZED (
      SELECT i.stream_id, i.plan, i.level, i.category, i.county, i.status, i.received_at, i.activated_at, i.ended_at, f.ack_minutes,
        coalesce(f.met, 0) AS met, coalesce(f.missed, 0) AS missed, coalesce(f.void, 0) AS void, coalesce(f.open, 0) AS still_open
      FROM incidents i LEFT JOIN incident_figures f USING (stream_id)
      WHERE i.mode = $3 AND i.received_at >= $1 AND i.received_at < $2),
    mentioned AS (
      SELECT p.stream_id, min(d.taken_at) AS at FROM picked p
      JOIN deliveries d ON d.stream_id = p.stream_id AND d.event_version = 1 AND d.leg = 'page' AND d.state IN ('accepted', 'delivered', 'read')
      GROUP BY 1),
    reported AS (
      SELECT e.stream_id, min(e.at) AS at FROM picked p JOIN events e ON e.stream_id = p.stream_id AND e.type = 'PaperSent' GROUP BY 1),
    late AS MATERIALIZED (
      SELECT d.stream_id, p.county, d.owner FROM deadlines d JOIN picked p USING (stream_id) WHERE d.status = 'open' AND d.due_at <= $4),
    overdue AS (SELECT stream_id, count(*)::int AS overdue FROM late GROUP BY 1),
    facts AS MATERIALIZED (
      SELECT date_trunc('month', p.received_at AT TIME ZONE 'Asia/Shanghai') AS month, coalesce(p.plan, '') AS plan,
        coalesce(p.level::text, '') AS level, coalesce(p.category, '') AS category, coalesce(p.county, '') AS county, p.status,
        p.status NOT IN ${OVER} AS is_open, ${since('m.at')} AS mention, p.ack_minutes AS ack, ${since('r.at')} AS report,
        ${since('p.activated_at')} AS activation, ${since('p.ended_at')} AS ending,
        p.met, p.missed, p.void, p.still_open, coalesce(o.overdue, 0) AS overdue
      FROM picked p LEFT JOIN mentioned m USING (stream_id) LEFT JOIN reported r USING (stream_id) LEFT JOIN overdue o USING (stream_id)),
    grouped AS MATERIALIZED (
      SELECT ${DIVISION}, count(*)::int AS incidents, (count(*) FILTER (WHERE is_open))::int AS open, ${minutes('mention')} AS mention,
        ${minutes('ack')} AS ack, ${minutes('report')} AS report, ${minutes('activation')} AS activation, ${minutes('ending')} AS ending,
        coalesce(sum(met), 0)::int AS met, coalesce(sum(missed), 0)::int AS missed, coalesce(sum(overdue), 0)::int AS overdue,
        coalesce(sum(void), 0)::int AS void, coalesce(sum(still_open), 0)::int AS still_open
      FROM facts GROUP BY ${SETS}),
    owing AS (
      SELECT owner, county, sum(met) AS met, sum(missed) AS missed, 0 AS overdue FROM (
        SELECT unnest(f.owners) AS owner, p.county, unnest(f.owners_met) AS met, unnest(f.owners_missed) AS missed
        FROM picked p JOIN incident_figures f USING (stream_id)) AS ended GROUP BY 1, 2
      UNION ALL SELECT owner, county, 0, 0, count(*) FROM late GROUP BY 1, 2)
    SELECT a.incidents, a.open, ${counted('status')} AS "byStatus", ${counted('plan')} AS "byPlan", ${counted('category')} AS "byCategory",
      ${counted('level')} AS "byLevel", ${counted('county')} AS "byCounty",
      (SELECT coalesce(jsonb_object_agg(status, c), '{}') FROM (VALUES ('open', a.still_open), ('met', a.met), ('missed', a.missed), ('void', a.void))
        AS ways (status, c) WHERE c > 0) AS deadlines,
      a.activation[1]::float8 AS "minutesToActivation",
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'by', by, 'key', key, 'incidents', incidents, 'open', open, 'toMention', ${shown('mention')}, 'toAck', ${shown('ack')},
          'toReport', ${shown('report')}, 'toActivation', ${shown('activation')}, 'toEnd', ${shown('ending')},
          'met', met, 'missed', missed, 'overdue', overdue) ORDER BY by, key), '[]') FROM grouped) AS groups,
      (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY o.owner, o.county), '[]') FROM (
        SELECT owner, county, sum(met)::int AS met, sum(missed)::int AS missed, sum(overdue)::int AS overdue FROM owing GROUP BY 1, 2) AS o) AS owed
    FROM grouped a WHERE a.by = 'all'`,
};
