/** Searches the events of all streams from the newest on, so many at a time. */
import { type SqlBool, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Trail, TrailPage, TrailPlace, TrailRow, TrailSearch } from '../../ports/trail';
import { broken } from '../fault';
import { at, built, type Queryable, rows } from '../sql';
import { build } from './tables';

/** Looked at for one page: some tens of milliseconds, also where every body is searched for words. */
const LOOKED_AT = 20_000;

export function createTrail(pool: Pool): Trail {
  return {
    search: (asked) => search(pool, asked),
    size: async () => {
      const [row] = await rows<{ streams: number; events: number }>(pool, SIZE);
      if (row === undefined) throw broken('trail.size', 'no row came back');
      return row;
    },
    newest: async (type) => (await rows<Found>(pool, NEWEST, [type])).map(toRow)[0] ?? null,
  };
}

/** Found among the ones looked at; where more match than fit, the page ends with its last row. */
async function search(on: Queryable, asked: TrailSearch): Promise<TrailPage> {
  const found = await built(on, 'trail.search', searching(asked));
  const page = found.slice(0, asked.limit);
  const last = found.length > asked.limit ? page.at(-1) : undefined;
  if (last !== undefined) return { rows: page.map(toRow), next: { at: last.at, stream: last.stream, version: last.version } };
  const [end] = await built<TrailPlace>(
    on,
    'trail.end',
    window(asked)
      .offset(LOOKED_AT - 1)
      .limit(1),
  );
  return { rows: page.map(toRow), next: end === undefined ? null : { at: end.at, stream: end.stream, version: end.version } };
}

/** The events of the span, or of one incident, newest first. */
function window({ n, from, until, before }: TrailSearch) {
  let query = build
    .selectFrom('events as e')
    .select([
      'e.stream_id as stream',
      'e.version',
      'e.at',
      'e.type',
      'e.v',
      'e.actor_person as actor',
      'e.cause_kind',
      'e.cause_id',
      'e.body',
      'e.hash',
    ])
    .where('e.at', '>=', sql<number>`${at(from)}::timestamptz`)
    .where('e.at', '<', sql<number>`${at(until)}::timestamptz`)
    .orderBy('e.at', 'desc')
    .orderBy('e.stream_id', 'desc')
    .orderBy('e.version', 'desc');
  if (n !== null)
    query = query.where(
      'e.stream_id',
      'in',
      build.selectFrom('incidents').select('stream_id').where('mode', '=', 'real').where('n', '=', n),
    );
  if (before === null) return query;
  const moment = sql<number>`${at(before.at)}::timestamptz`;
  return query
    .where('e.at', '<=', moment)
    .where(sql<SqlBool>`(e.at, e.stream_id, e.version) < (${moment}, ${before.stream}::text, ${before.version}::int)`);
}

/** What matches is limited before it is asked where it was said. */
function searching(asked: TrailSearch) {
  return build
    .selectFrom(matching(asked).as('m'))
    .leftJoin('inbox as i', (on) =>
      on.on(sql<SqlBool>`i.id = CASE WHEN m.cause_kind = 'inbox' AND m.cause_id ~ '^[0-9]{1,18}$' THEN m.cause_id::bigint END`),
    )
    .selectAll('m')
    .select(['i.tenant', 'i.source', 'i.room_id as room'])
    .orderBy('m.at', 'desc')
    .orderBy('m.stream', 'desc')
    .orderBy('m.version', 'desc');
}

function matching(asked: TrailSearch) {
  const { kind, person, type, words, limit } = asked;
  let query = build
    .selectFrom(window(asked).limit(LOOKED_AT).as('w'))
    .innerJoin('streams as s', 's.id', 'w.stream')
    .selectAll('w')
    .select(['s.kind', 's.n'])
    .where('s.mode', '=', 'real')
    .orderBy('w.at', 'desc')
    .orderBy('w.stream', 'desc')
    .orderBy('w.version', 'desc')
    .limit(limit + 1);
  if (kind !== null) query = query.where('s.kind', '=', kind);
  if (person !== null) query = query.where('w.actor', '=', person);
  if (type !== null) query = query.where('w.type', '=', type);
  if (words !== null) query = query.where(sql<SqlBool>`position(lower(${words}) IN lower(w.body)) > 0`);
  return query;
}

type Found = Omit<TrailRow, 'cause' | 'heard'> & {
  readonly cause_kind: string;
  readonly cause_id: string;
  readonly tenant: string | null;
  readonly source: string | null;
  readonly room: string | null;
};

function toRow({ cause_kind, cause_id, tenant, source, room, ...row }: Found): TrailRow {
  const heard = tenant === null || source === null ? null : { tenant, source, room };
  return { ...row, cause: { kind: cause_kind, id: cause_id }, heard };
}

/** Events are counted by their streams: each bears how many it has. */
const SIZE = { name: 'trail.size', text: 'SELECT count(*)::int AS streams, coalesce(sum(version), 0)::int AS events FROM streams' };
const NEWEST = {
  name: 'trail.newest',
  text: `
    SELECT e.stream_id AS stream, e.version, e.at, e.type, e.v, e.actor_person AS actor, e.cause_kind, e.cause_id, e.body, e.hash,
      s.kind, s.n, NULL AS tenant, NULL AS source, NULL AS room
    FROM streams s CROSS JOIN LATERAL (
      SELECT * FROM events WHERE stream_id = s.id AND type = $1 ORDER BY version DESC LIMIT 1) e
    WHERE s.kind = 'admin' ORDER BY e.at DESC LIMIT 1`,
};
