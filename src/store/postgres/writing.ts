/** Accepted commands: events, state and everything folded from them, for one stream or for many in the same statement. */
import type { ListedIncident, PaperRow, StreamWrite } from '../../ports/streams';
import { broken } from '../fault';
import { at, atOrNull, json, type Queryable, rows, type Statement } from '../sql';
import { delivered, owedRows } from './deliveries';
import { recount } from './incidentFigures';

/**
 * Writes all of it, at most one change for a stream. Refuses (StoreFault `broken`) when a stream is not at its
 * `fromVersion`. Deadlines and asks not named stay as they are; texts already kept stay as they are.
 */
export async function write(on: Queryable, changes: readonly StreamWrite[]): Promise<void> {
  const given = PARTS.map((part) => ({ part, rows: part.rowsOf(changes) })).filter(({ rows }) => rows.length > 0);
  const statement = statementOf(given.map(({ part }) => part));
  const moved = await rows<{ id: string }>(on, statement, [json(changes.map(streamColumns)), ...given.map((one) => json(one.rows))]);
  for (const { hash, bytes } of changes.flatMap((c) => c.files ?? [])) await rows(on, KEEP_FILE, [hash, Buffer.from(bytes)]);
  if (moved.length !== changes.length) throw broken('streams.write', whichStands(changes, moved));
  const counted = changes.filter((c) => c.recount).map((c) => c.id);
  if (counted.length > 0) await recount(on, counted);
}

function whichStands(changes: readonly StreamWrite[], moved: readonly { readonly id: string }[]): string {
  const done = new Set(moved.map((row) => row.id));
  const stuck = changes.find((c) => !done.delete(c.id));
  return `${stuck?.id} is not at version ${stuck?.fromVersion}`;
}

function streamColumns({ id, fromVersion, events, state, stateV, status, headHash, at: moment }: StreamWrite) {
  const snapshot = { version: fromVersion + events.length, state, state_v: stateV, status, head_hash: headHash };
  return { id, from: fromVersion, ...snapshot, at: at(moment) };
}

function eventColumns({ at: moment, actor, cause, prevHash, ...event }: StreamWrite['events'][number]) {
  return { ...event, at: at(moment), actor_person: actor, cause_kind: cause.kind, cause_id: cause.id, prev_hash: prevHash };
}

function openKeys({ id, deadlines }: StreamWrite) {
  return { stream_id: id, keys: deadlines.map(({ key }) => key) };
}

function deadlineColumns({ baseAt, dueAt, nextAt, ...deadline }: StreamWrite['deadlines'][number]) {
  return { ...deadline, base_at: at(baseAt), due_at: at(dueAt), next_at: atOrNull(nextAt) };
}

function askColumns({ id, person, askedAt, answeredAt, ...ask }: StreamWrite['asks'][number]) {
  return { ...ask, ask_id: id, person_id: person, asked_at: at(askedAt), answered_at: atOrNull(answeredAt) };
}

function paperColumns({ fileHash, frozenHash, ...paper }: PaperRow) {
  return { ...paper, file_hash: fileHash, frozen_hash: frozenHash };
}

function incidentColumns({ receivedAt, activatedAt, endedAt, purgeAfter, groups, ...row }: ListedIncident) {
  const moments = { activated_at: atOrNull(activatedAt), ended_at: atOrNull(endedAt), purge_after: atOrNull(purgeAfter) };
  return { ...row, called_groups: groups, received_at: at(receivedAt), ...moments };
}

const KEEP_FILE = { name: 'files.keep', text: 'INSERT INTO files (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING' };

/** One table's share of what a command changes: its rows, and the part of the statement that writes them. */
interface Part {
  /** Short: of a statement's name PostgreSQL keeps 63 characters. */
  readonly name: string;
  rowsOf(changes: readonly StreamWrite[]): readonly object[];
  text(given: string): string;
}

const statements = new Map<string, Statement>();

/** Only with the parts that have rows: each part that has none would still be made ready, and costs as much as a small INSERT. */
function statementOf(parts: readonly Part[]): Statement {
  const name = ['streams.write', ...parts.map((part) => part.name)].join('.');
  const known = statements.get(name);
  if (known !== undefined) return known;
  const text = `WITH ${[MOVED, ...parts.map((part, i) => part.text(`$${i + 2}`))].join(', ')} SELECT id FROM moved`;
  const made = { name, text };
  statements.set(name, made);
  return made;
}

/** By the ids first: PostgreSQL takes any JSON for a hundred rows, and would rather read a small table whole. */
const MOVED = `
    change AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb)
        AS c (id text, "from" int, version int, state jsonb, state_v int, status text, head_hash text, at timestamptz)
    ), moved AS (
      UPDATE streams s SET version = c.version, state = c.state, state_v = c.state_v, status = c.status, head_hash = c.head_hash,
        updated_at = c.at
      FROM change c
      WHERE s.id = ANY (ARRAY(SELECT id FROM change)) AND s.id = c.id AND s.version = c."from" RETURNING s.id
    )`;

const PARTS: readonly Part[] = [
  {
    name: 'events',
    rowsOf: (changes) => changes.flatMap((c) => c.events.map((event) => ({ stream_id: c.id, ...eventColumns(event) }))),
    text: (given) => `
    happened AS (
      INSERT INTO events (stream_id, version, type, v, at, actor_person, cause_kind, cause_id, body, prev_hash, hash)
      SELECT e.* FROM moved JOIN jsonb_to_recordset(${given}::jsonb) AS e (stream_id text, version int, type text, v int, at timestamptz,
        actor_person text, cause_kind text, cause_id text, body text, prev_hash text, hash text) ON e.stream_id = moved.id
    )`,
  },
  {
    name: 'texts',
    rowsOf: (changes) => changes.flatMap((c) => c.texts.map((text) => ({ stream_id: c.id, ...text }))),
    text: (given) => `
    kept AS (
      INSERT INTO vault (stream_id, id, kind, salt, body, commitment)
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS t (stream_id text, id text, kind text, salt text, body text, commitment text)
      ON CONFLICT (id) DO NOTHING
    )`,
  },
  {
    name: 'due',
    rowsOf: (changes) => changes.flatMap((c) => c.deadlines.map((deadline) => ({ stream_id: c.id, ...deadlineColumns(deadline) }))),
    text: (given) => `
    owed AS (
      INSERT INTO deadlines (stream_id, key, kind, owner, base_at, due_at, next_at, stage, status, basis, why)
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS d (stream_id text, key text, kind text, owner text, base_at timestamptz,
        due_at timestamptz, next_at timestamptz, stage int, status text, basis text, why text)
      ON CONFLICT (stream_id, key) DO UPDATE SET kind = excluded.kind, owner = excluded.owner, base_at = excluded.base_at,
        due_at = excluded.due_at, next_at = excluded.next_at, stage = excluded.stage, status = excluded.status,
        basis = excluded.basis, why = excluded.why
    )`,
  },
  {
    name: 'others',
    rowsOf: (changes) => changes.filter((c) => c.allDeadlines).map(openKeys),
    text: (given) => `
    ceased AS (
      UPDATE deadlines d SET status = 'void', next_at = NULL FROM jsonb_to_recordset(${given}::jsonb) AS n (stream_id text, keys text[])
      WHERE d.stream_id = n.stream_id AND d.status = 'open' AND NOT (d.key = ANY (n.keys))
    )`,
  },
  {
    name: 'asks',
    rowsOf: (changes) => changes.flatMap((c) => c.asks.map((ask) => ({ stream_id: c.id, ...askColumns(ask) }))),
    text: (given) => `
    asked AS (
      INSERT INTO asks (stream_id, ask_id, person_id, kind, asked_at, answered_at, answer)
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS a (stream_id text, ask_id text, person_id text, kind text,
        asked_at timestamptz, answered_at timestamptz, answer text)
      ON CONFLICT (stream_id, ask_id) DO UPDATE SET person_id = excluded.person_id, kind = excluded.kind,
        asked_at = excluded.asked_at, answered_at = excluded.answered_at, answer = excluded.answer
    )`,
  },
  {
    name: 'papers',
    rowsOf: (changes) => changes.flatMap((c) => c.papers.map((paper) => ({ stream_id: c.id, ...paperColumns(paper) }))),
    text: (given) => `
    drafted AS (
      INSERT INTO papers (stream_id, id, kind, serial, version, state, facts, file_hash, frozen_hash)
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS p (stream_id text, id text, kind text, serial int, version int, state text,
        facts text, file_hash text, frozen_hash text)
      ON CONFLICT (id, version) DO UPDATE SET state = excluded.state, facts = excluded.facts, file_hash = excluded.file_hash,
        frozen_hash = excluded.frozen_hash WHERE papers.frozen_hash IS NULL
    )`,
  },
  {
    name: 'list',
    rowsOf: (changes) => changes.flatMap((c) => (c.incident ? [{ stream_id: c.id, ...incidentColumns(c.incident) }] : [])),
    text: (given) => `
    listed AS (
      INSERT INTO incidents (stream_id, n, mode, status, plan, category, level, county, title, received_at, activated_at, ended_at, purge_after,
        rulebook, people, called_groups)
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS i (stream_id text, n int, mode text, status text, plan text, category text,
        level int, county text, title text, received_at timestamptz, activated_at timestamptz, ended_at timestamptz,
        purge_after timestamptz, rulebook text, people text[], called_groups text[])
      ON CONFLICT (stream_id) DO UPDATE SET status = excluded.status, plan = excluded.plan, category = excluded.category,
        level = excluded.level, county = excluded.county, title = excluded.title, received_at = excluded.received_at,
        activated_at = excluded.activated_at, ended_at = excluded.ended_at, purge_after = excluded.purge_after,
        rulebook = excluded.rulebook, people = excluded.people, called_groups = excluded.called_groups
    )`,
  },
  {
    name: 'owed',
    rowsOf: (changes) => owedRows(changes.map((c) => ({ stream: c.id, at: c.at, deliveries: c.deliveries }))),
    text: delivered,
  },
];
