/** Lists across incidents, figures, and what became of a machine's call. */
import { type SqlBool, sql } from 'kysely';
import type { Instant } from '../../core/instant';
import type { CallRow, DeliveryRowView, Figures, ListedDeadline, Views } from '../../ports/views';
import { broken } from '../fault';
import { at, built, type Queryable, rows } from '../sql';
import { seen } from './seen';
import { toDeadline } from './streams';
import { build } from './tables';

export async function call(on: Queryable, source: string, key: string): Promise<CallRow | null> {
  return (await rows<CallRow>(on, CALL, [source, key]))[0] ?? null;
}

export async function deadlines(on: Queryable, page: Parameters<Views['deadlines']>[0]): Promise<readonly ListedDeadline[]> {
  const { sight, status, n, limit, after } = page;
  let query = build
    .selectFrom('deadlines as d')
    .innerJoin('incidents as i', 'i.stream_id', 'd.stream_id')
    .select('i.n')
    .selectAll('d')
    .where('i.mode', '=', 'real')
    .where('d.status', '=', status)
    .where(seen(sight))
    .orderBy('d.due_at')
    .orderBy('i.n')
    .orderBy('d.key')
    .limit(limit);
  if (n !== null) query = query.where('i.n', '=', n);
  if (after !== null) {
    // The first line is what the index of due moments is searched by.
    query = query.where('d.due_at', '>=', sql<number>`${at(after.dueAt)}::timestamptz`);
    query = query.where(sql<SqlBool>`(d.due_at, i.n, d.key) > (${at(after.dueAt)}::timestamptz, ${after.n}::int, ${after.key}::text)`);
  }
  return (await built(on, 'views.all_deadlines', query)).map((row) => ({ n: row.n, ...toDeadline(row) }));
}

export async function deliveries(on: Queryable, page: Parameters<Views['deliveries']>[0]): Promise<readonly DeliveryRowView[]> {
  const { sight, state, n, before, limit, person } = page;
  let query = build
    .selectFrom('deliveries as d')
    .leftJoin('incidents as i', 'i.stream_id', 'd.stream_id')
    .select(['d.id', 'i.n', 'd.purpose', 'd.addressee', 'd.leg', 'd.lane', 'd.state', 'd.reason', 'd.at', 'd.rung', 'd.attempts'])
    .select([
      sql<string>`coalesce(d.routes->(d.rung::int)->>'channel', '')`.as('channel'),
      sql<number>`coalesce(d.event_version, 0)`.as('version'),
      sql<number | null>`CASE WHEN d.state = 'held' THEN d.not_before END`.as('until'),
    ])
    .where(sql<SqlBool>`(i.stream_id IS NULL OR (i.mode = 'real' AND ${seen(sight)}))`)
    .orderBy('d.id', 'desc')
    .limit(limit);
  if (state !== null) query = query.where('d.state', '=', state);
  if (n !== null) query = query.where('i.n', '=', n);
  if (person !== null) query = query.where('d.addressee', '=', `person:${person}`);
  if (before !== null) query = query.where('d.id', '<', before);
  return built(on, 'views.all_deliveries', query);
}

export async function figures(on: Queryable, span: { readonly from: Instant; readonly until: Instant }): Promise<Figures> {
  const [row] = await rows<Figures>(on, FIGURES, [at(span.from), at(span.until)]);
  if (!row) throw broken('views.figures', 'no row came back');
  return row;
}

const CALL = {
  name: 'views.call',
  text: `
    SELECT i.id, i.state, i.outcome, s.kind, s.n, i.version, i.reply, i.meta->>'digest' AS digest
    FROM inbox i LEFT JOIN streams s ON s.id = i.stream_id
    WHERE i.tenant = 'api' AND i.source = $1 AND i.dedupe_key = $2`,
};

/** How many rows of `picked` have each value of a column, as one JSON object. */
const counted = (column: string) =>
  `(SELECT coalesce(jsonb_object_agg(k, c), '{}') FROM (SELECT ${column} AS k, count(*)::int AS c FROM picked WHERE ${column} IS NOT NULL GROUP BY 1) AS g)`;

const FIGURES = {
  name: 'views.figures',
  text: `
    WITH picked AS (SELECT * FROM incidents WHERE mode = 'real' AND received_at >= $1 AND received_at < $2)
    SELECT
      (SELECT count(*)::int FROM picked) AS incidents,
      (SELECT count(*)::int FROM picked
       WHERE status NOT IN ('transferred', 'dismissed', 'merged', 'terminated', 'reviewing', 'archived')) AS open,
      ${counted('status')} AS "byStatus", ${counted('plan')} AS "byPlan", ${counted('category')} AS "byCategory",
      ${counted('level::text')} AS "byLevel", ${counted('county')} AS "byCounty",
      (SELECT coalesce(jsonb_object_agg(k, c), '{}') FROM (
        SELECT d.status AS k, count(*)::int AS c FROM deadlines d JOIN picked USING (stream_id) GROUP BY 1) AS g) AS deadlines,
      (SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM activated_at - received_at) / 60))::float8
       FROM picked WHERE activated_at IS NOT NULL) AS "minutesToActivation"`,
};
