/** Streams as they stand: opening, locking, reading, and their rings. */
import type { Deadline } from '../../core/deadlines/deadline';
import type { Instant } from '../../core/instant';
import type { IncidentAct, Lately, Mode, StoredEvent, StreamKind, StreamRow } from '../../ports/streams';
import { broken } from '../fault';
import { at, built, type Queryable, rows } from '../sql';
import { build } from './tables';

/** A new stream with the next number of its kind and mode, dense from 1; status `new`, empty head hash. */
export async function openStream(on: Queryable, kind: StreamKind, mode: Mode, id: string, rulebook: string): Promise<StreamRow> {
  const [row] = await rows<StreamColumns>(on, OPEN, [kind, mode, id, rulebook]);
  if (!row) throw broken('streams.open', 'no row came back');
  return toStream(row);
}

/** Locks the rows until the end of the transaction, in the order of their ids; answers in the order asked, null where there is none. */
export async function streams(on: Queryable, ids: readonly string[]): Promise<readonly (StreamRow | null)[]> {
  const found = await rows<StreamColumns>(on, LOCK, [ids]);
  const byId = new Map(found.map((row) => [row.id, toStream(row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Reads without a lock, in the order asked: what was committed last. */
export async function peeks(on: Queryable, ids: readonly string[]): Promise<readonly (StreamRow | null)[]> {
  const found = await rows<StreamColumns>(on, PEEK, [ids]);
  const byId = new Map(found.map((row) => [row.id, toStream(row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Events after a version, oldest first, each body byte for byte as it was hashed. */
export async function events(on: Queryable, id: string, after: number, limit: number): Promise<readonly StoredEvent[]> {
  const found = await rows<EventColumns>(on, EVENTS, [id, after, limit]);
  return found.map(({ cause_kind, cause_id, ...event }) => ({ ...event, cause: { kind: cause_kind, id: cause_id } }));
}

/** Id of a stream by its number. */
export async function streamByN(on: Queryable, kind: StreamKind, n: number, mode: Mode): Promise<string | null> {
  const query = build.selectFrom('streams').select('id').where('kind', '=', kind).where('mode', '=', mode).where('n', '=', n);
  const [row] = await built(on, 'streams.by_n', query);
  return row?.id ?? null;
}

/** Id of the stream with the highest number of its kind and mode. */
export async function newestStream(on: Queryable, kind: StreamKind, mode: Mode): Promise<string | null> {
  const query = build.selectFrom('streams').select('id').where('kind', '=', kind).where('mode', '=', mode);
  const [row] = await built(on, 'streams.newest', query.orderBy('n', 'desc').limit(1));
  return row?.id ?? null;
}

/** Streams of a kind whose status is none of these, oldest first. Costs by the number of those, not by history. */
export async function streamsNotIn(
  on: Queryable,
  kind: StreamKind,
  statuses: readonly string[],
): Promise<readonly Pick<StreamRow, 'id' | 'n' | 'stateV'>[]> {
  return rows(on, NOT_IN, [statuses, kind]);
}

/** What people did in incidents in [from, until), oldest first. */
export async function incidentActs(
  on: Queryable,
  mode: Mode,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  limit: number,
): Promise<readonly IncidentAct[]> {
  return rows(on, ACTS, [mode, at(from), at(until), limit]);
}

/** Incidents received since a moment and not in one of these statuses, the newest first. */
export async function incidentsSince(on: Queryable, { mode, since, statuses, county }: Lately, limit: number): Promise<readonly string[]> {
  return (await rows<{ id: string }>(on, SINCE, [mode, at(since), statuses, county, limit])).map((row) => row.id);
}

/** Open deadlines of each stream with a ring at or before its `now`, earliest first; answers in the order asked. */
export async function ringing(
  on: Queryable,
  asked: readonly { readonly stream: string; readonly now: Instant }[],
): Promise<readonly (readonly Deadline[])[]> {
  const values = [asked.map((one) => one.stream), asked.map((one) => at(one.now))];
  const found = await rows<DeadlineColumns & { readonly ord: string }>(on, RINGING, values);
  const answers = asked.map((): Deadline[] => []);
  for (const row of found) answers[Number(row.ord) - 1]?.push(toDeadline(row));
  return answers;
}

/** A deadline row as the core knows it. */
export function toDeadline(row: DeadlineColumns): Deadline {
  const { key, kind, owner, stage, status, basis, why } = row;
  return { key, kind, owner, baseAt: row.base_at, dueAt: row.due_at, nextAt: row.next_at, stage, status, basis, why };
}

interface DeadlineColumns extends Pick<Deadline, 'key' | 'kind' | 'owner' | 'stage' | 'status' | 'basis' | 'why'> {
  readonly base_at: Instant;
  readonly due_at: Instant;
  readonly next_at: Instant | null;
}

interface StreamColumns extends Omit<StreamRow, 'headHash' | 'stateV'> {
  readonly head_hash: string;
  readonly state_v: number;
}

function toStream({ head_hash, state_v, ...row }: StreamColumns): StreamRow {
  return { ...row, headHash: head_hash, stateV: state_v };
}

interface EventColumns extends Omit<StoredEvent, 'cause'> {
  readonly cause_kind: string;
  readonly cause_id: string;
}

const COLUMNS = 'id, kind, mode, n, version, head_hash, state, state_v, rulebook, status';

const OPEN = {
  name: 'streams.open',
  text: `
    WITH number AS (
      INSERT INTO stream_numbers AS s (kind, mode, last) VALUES ($1, $2, 1)
      ON CONFLICT (kind, mode) DO UPDATE SET last = s.last + 1 RETURNING last
    )
    INSERT INTO streams (id, kind, mode, n, version, head_hash, state_v, rulebook, status)
    SELECT $3, $1, $2, last, 0, '', 0, $4, 'new' FROM number RETURNING ${COLUMNS}`,
};

const LOCK = {
  name: 'streams.lock',
  text: `SELECT ${COLUMNS} FROM streams WHERE id = ANY (ARRAY(SELECT unnest($1::text[]))) ORDER BY id FOR NO KEY UPDATE`,
};
const PEEK = { name: 'streams.peek', text: `SELECT ${COLUMNS} FROM streams WHERE id = ANY (ARRAY(SELECT unnest($1::text[])))` };
const EVENTS = {
  name: 'streams.events',
  text: `
    SELECT version, type, v, at, actor_person AS actor, cause_kind, cause_id, body, prev_hash AS "prevHash", hash
    FROM events WHERE stream_id = $1 AND version > $2 ORDER BY version LIMIT $3`,
};

const RINGING = {
  name: 'streams.ringing',
  text: `
    SELECT q.ord, d.* FROM unnest($1::text[], $2::timestamptz[]) WITH ORDINALITY AS q (stream_id, now, ord)
    JOIN deadlines d ON d.stream_id = q.stream_id AND d.status = 'open' AND d.next_at <= q.now
    ORDER BY q.ord, d.next_at, d.key`,
};

/** Hops over the index from status to status, so that thousands of archived incidents cost one hop. */
const NOT_IN = {
  name: 'streams.not_in',
  text: `
    WITH RECURSIVE seen (status) AS (
      (SELECT status FROM streams WHERE kind = $2 ORDER BY status LIMIT 1)
      UNION ALL
      SELECT (SELECT s.status FROM streams s WHERE s.kind = $2 AND s.status > seen.status ORDER BY s.status LIMIT 1)
      FROM seen WHERE seen.status IS NOT NULL
    )
    SELECT s.id, s.n, s.state_v AS "stateV" FROM seen JOIN streams s ON s.kind = $2 AND s.status = seen.status
    WHERE NOT (seen.status = ANY ($1::text[])) ORDER BY s.seq`,
};

const SINCE = {
  name: 'streams.incidents_since',
  text: `
    SELECT stream_id AS id FROM incidents
    WHERE mode = $1 AND received_at >= $2 AND NOT (status = ANY ($3::text[])) AND ($4::text IS NULL OR county IS NULL OR county = $4)
    ORDER BY received_at DESC, n DESC LIMIT $5`,
};

const ACTS = {
  name: 'streams.acts',
  text: `
    SELECT s.n, e.version, e.type, e.at, e.actor_person AS actor FROM events e
    JOIN streams s ON s.id = e.stream_id AND s.kind = 'incident' AND s.mode = $1
    WHERE e.at >= $2 AND e.at < $3 AND e.actor_person IS NOT NULL ORDER BY e.at, s.n, e.version LIMIT $4`,
};
