/** The figures of a span, counted by the database in one statement over rows that stand ready: one row an incident, its deadlines, its calls. */
import type { Figures, Views } from '../../ports/views';
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

/** How many rows of `picked` have each value of a column, as one JSON object. */
const counted = (column: string) =>
  `(SELECT coalesce(jsonb_object_agg(k, c), '{}') FROM (SELECT ${column} AS k, count(*)::int AS c FROM picked WHERE ${column} IS NOT NULL GROUP BY 1) AS g)`;

/** Minutes of a group: the middle one and the ninth of ten, null where there are none. */
const minutes = (column: string) =>
  `CASE WHEN count(${column}) > 0 THEN jsonb_build_object(
     'median', percentile_cont(0.5) WITHIN GROUP (ORDER BY ${column}), 'p90', percentile_cont(0.9) WITHIN GROUP (ORDER BY ${column})) END`;

const since = (moment: string) => `(extract(epoch FROM ${moment} - p.received_at) / 60)::float8`;

const DIVISIONS = ['month', 'plan', 'level', 'category', 'county', 'status'] as const;
const SETS = `GROUPING SETS ((), ${DIVISIONS.map((by) => `(${by})`).join(', ')})`;
/** Which division a row of the grouping sets is of, and its value. */
const DIVISION = `CASE ${DIVISIONS.map((by) => `WHEN GROUPING(${by}) = 0 THEN '${by}'`).join(' ')} ELSE 'all' END AS by,
  coalesce(${DIVISIONS.join(', ')}, '') AS key`;

/**
 * The first mention is the one that announces the report: its deliveries are those of the first event, and the call's own end is its moment.
 * Months are those of the office's clock.
 */
const FIGURES = {
  name: 'views.figures',
  text: `
    WITH picked AS MATERIALIZED (SELECT * FROM incidents WHERE mode = $3 AND received_at >= $1 AND received_at < $2),
    mentioned AS (
      SELECT p.stream_id, min(x.settled_at) AS at FROM picked p
      JOIN deliveries d ON d.stream_id = p.stream_id AND d.event_version = 1 AND d.leg = 'page' AND d.state IN ('accepted', 'delivered', 'read')
      JOIN dispatches x ON x.id = d.dispatch_id GROUP BY 1),
    reported AS (
      SELECT e.stream_id, min(e.at) AS at FROM picked p JOIN events e ON e.stream_id = p.stream_id AND e.type = 'PaperSent' GROUP BY 1),
    due AS (
      SELECT d.stream_id, count(*) FILTER (WHERE d.status = 'met')::int AS met, count(*) FILTER (WHERE d.status = 'missed')::int AS missed,
        count(*) FILTER (WHERE d.status = 'open' AND d.due_at <= $4)::int AS overdue
      FROM deadlines d JOIN picked USING (stream_id) GROUP BY 1),
    facts AS MATERIALIZED (
      SELECT p.stream_id, to_char(p.received_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, coalesce(p.plan, '') AS plan,
        coalesce(p.level::text, '') AS level, coalesce(p.category, '') AS category, coalesce(p.county, '') AS county, p.status,
        p.status NOT IN ${OVER} AS is_open, ${since('m.at')} AS mention, ${since('r.at')} AS report,
        ${since('p.activated_at')} AS activation, ${since('p.ended_at')} AS ending,
        coalesce(due.met, 0) AS met, coalesce(due.missed, 0) AS missed, coalesce(due.overdue, 0) AS overdue
      FROM picked p LEFT JOIN mentioned m USING (stream_id) LEFT JOIN reported r USING (stream_id) LEFT JOIN due USING (stream_id)),
    grouped AS (
      SELECT ${DIVISION}, count(*)::int AS incidents, (count(*) FILTER (WHERE is_open))::int AS open, ${minutes('mention')} AS mention,
        ${minutes('report')} AS report, ${minutes('activation')} AS activation, ${minutes('ending')} AS ending,
        coalesce(sum(met), 0)::int AS met, coalesce(sum(missed), 0)::int AS missed, coalesce(sum(overdue), 0)::int AS overdue
      FROM facts GROUP BY ${SETS}),
    answered AS (
      SELECT ${DIVISION}, ${minutes('took')} AS ack
      FROM (
        SELECT f.*, (extract(epoch FROM a.answered_at - a.asked_at) / 60)::float8 AS took
        FROM facts f JOIN asks a USING (stream_id)
        WHERE a.kind IN ('duty_ack', 'prior_handling', 'call_out') AND a.answer = 'acknowledged' AND a.answered_at IS NOT NULL) AS each
      GROUP BY ${SETS})
    SELECT
      (SELECT count(*)::int FROM picked) AS incidents,
      (SELECT count(*)::int FROM picked WHERE status NOT IN ${OVER}) AS open,
      ${counted('status')} AS "byStatus", ${counted('plan')} AS "byPlan", ${counted('category')} AS "byCategory",
      ${counted('level::text')} AS "byLevel", ${counted('county')} AS "byCounty",
      (SELECT coalesce(jsonb_object_agg(k, c), '{}') FROM (
        SELECT d.status AS k, count(*)::int AS c FROM deadlines d JOIN picked USING (stream_id) GROUP BY 1) AS g) AS deadlines,
      (SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY activation))::float8 FROM facts) AS "minutesToActivation",
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'by', g.by, 'key', g.key, 'incidents', g.incidents, 'open', g.open, 'toMention', g.mention, 'toReport', g.report,
          'toActivation', g.activation, 'toEnd', g.ending, 'toAck', a.ack, 'met', g.met, 'missed', g.missed, 'overdue', g.overdue)
          ORDER BY g.by, g.key), '[]')
       FROM grouped g LEFT JOIN answered a USING (by, key)) AS groups,
      (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY o.owner, o.county), '[]') FROM (
        SELECT d.owner, p.county, count(*) FILTER (WHERE d.status = 'met')::int AS met, count(*) FILTER (WHERE d.status = 'missed')::int AS missed,
          count(*) FILTER (WHERE d.status = 'open' AND d.due_at <= $4)::int AS overdue
        FROM deadlines d JOIN picked p USING (stream_id) GROUP BY 1, 2) AS o) AS owed`,
};
