/** Lists across incidents, and what became of a machine's call. */
import { type SqlBool, sql } from 'kysely';
import type { CallRow, DeliveryRowView, ListedDeadline, PapersPage, Views } from '../../ports/views';
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

export async function withPapers(on: Queryable, { stage, kind, n, before, limit }: PapersPage): Promise<readonly number[]> {
  const found = await rows<{ readonly n: number }>(on, WITH_PAPERS, [stage, kind, n, before, limit]);
  return found.map((row) => row.n);
}

const CALL = {
  name: 'views.call',
  text: `
    SELECT i.id, i.state, i.outcome, s.kind, s.n, i.version, i.reply, i.meta->>'digest' AS digest
    FROM inbox i LEFT JOIN streams s ON s.id = i.stream_id
    WHERE i.tenant = 'api' AND i.source = $1 AND i.dedupe_key = $2`,
};

/** A version that a newer one took the place of counts for nothing. */
const WITH_PAPERS = {
  name: 'views.with_papers',
  text: `
    SELECT i.n FROM incidents i
    WHERE i.mode = 'real' AND ($3::int IS NULL OR i.n = $3) AND ($4::int IS NULL OR i.n < $4)
      AND i.stream_id IN (SELECT p.stream_id FROM papers p
        WHERE p.state <> 'replaced' AND ($1::text IS NULL OR p.state = $1) AND ($2::text IS NULL OR p.kind = $2))
    ORDER BY i.n DESC LIMIT $5`,
};
