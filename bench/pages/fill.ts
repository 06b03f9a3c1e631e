/** Makes an office's years out of a few dossiers: rows of every table a page looks at, the chain of each incident true to its own id. */
import type { Pool } from 'pg';
import { DAY } from '../../src/core/instant';
import { recount } from '../../src/store/postgres/incidentFigures';
import type { Dossier } from './dossier';

/** So far back the oldest goes. */
const YEARS = 2 * 365 * DAY;
/** Of all; the others are archived, as after years they are. */
const OPEN_AT_ONCE = 40;
/** Of each event. */
const DELIVERIES = 2;

/**
 * Incidents until so many events are there, dense numbers going on from those that are. Open ones end a minute ago, the others lie evenly over two
 * years. Answers how many events there are then.
 */
export async function fill(pool: Pool, dossiers: readonly Dossier[], events: number, now: number): Promise<number> {
  await pool.query(`SET synchronous_commit = off`);
  await copies(pool, dossiers, events, now);
  await pool.query(`INSERT INTO streams (id, kind, mode, n, version, head_hash, state, state_v, rulebook, status, updated_at)
    SELECT c.id, s.kind, s.mode, c.n, s.version, '', CASE WHEN c.is_open THEN s.state ELSE jsonb_set(s.state, '{status}', '"archived"') END,
      s.state_v, s.rulebook, CASE WHEN c.is_open THEN s.status ELSE 'archived' END, s.updated_at + c.shift
    FROM copies c JOIN streams s ON s.id = c.model ORDER BY c.n`);
  await chains(pool);
  await around(pool);
  await pool.query(`UPDATE stream_numbers SET last = (SELECT max(n) FROM streams WHERE kind = 'incident') WHERE kind = 'incident'`);
  await pool.query('VACUUM ANALYZE');
  return (await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM events')).rows[0]?.count ?? 0;
}

/** Which incident is made of which dossier, and how much later it happens. */
async function copies(pool: Pool, dossiers: readonly Dossier[], events: number, now: number): Promise<void> {
  const closed = dossiers.filter(({ isOpen }) => !isOpen);
  const open = dossiers.filter(({ isOpen }) => isOpen);
  const there = await pool.query<{ events: number; n: number; open: number }>(`
    SELECT (SELECT count(*)::int FROM events) AS events, (SELECT max(n) FROM streams) AS n,
      (SELECT count(*)::int FROM streams WHERE status <> 'archived') AS open`);
  const { events: had = 0, n: last = 0, open: running = 0 } = there.rows[0] ?? {};
  const each = closed[0]?.events ?? 1;
  const count = Math.max(0, Math.ceil((events - had) / each));
  const opens = Math.max(0, OPEN_AT_ONCE - running);
  await pool.query('DROP TABLE IF EXISTS copies');
  await pool.query('CREATE UNLOGGED TABLE copies (n int, id text PRIMARY KEY, model text, is_open boolean, shift interval)');
  await pool.query(
    `INSERT INTO copies SELECT $1::int + i, 'incident-' || ($1::int + i), m.models[1 + i % array_length(m.models, 1)], i > $2::int,
       CASE WHEN i > $2::int THEN ($5::bigint - $6::bigint) ELSE ($5::bigint - $6::bigint) - $7::bigint * ($2::int + 1 - i) / ($2::int + 1) END
         * interval '1 millisecond'
     FROM generate_series(1, $2::int + $8::int) i, LATERAL (SELECT CASE WHEN i > $2::int THEN $3::text[] ELSE $4::text[] END AS models) m`,
    [
      ...[last, count, open.map((d) => d.stream), closed.map((d) => d.stream)],
      ...[now - 60_000, Math.max(...dossiers.map((d) => d.lastAt)), YEARS, opens],
    ],
  );
}

/** Each event's hash covers the one before it and its own place, as `hashedText` of the handlers puts them; kept in the order of their moments. */
async function chains(pool: Pool): Promise<void> {
  await pool.query('DROP TABLE IF EXISTS chained');
  await pool.query('CREATE UNLOGGED TABLE chained (LIKE events)');
  const { rows } = await pool.query<{ longest: number }>(
    `SELECT max(version) AS longest FROM streams WHERE id IN (SELECT model FROM copies)`,
  );
  await pool.query('ALTER TABLE copies ADD COLUMN head text NOT NULL DEFAULT $$$$');
  await pool.query('ANALYZE copies');
  for (let version = 1; version <= (rows[0]?.longest ?? 0); version++)
    await pool.query(
      `WITH next AS (
         SELECT c.id, c.head AS prev, e.*, e.at + c.shift AS moment FROM copies c JOIN events e ON e.stream_id = c.model AND e.version = $1
       ), put AS (
         INSERT INTO chained (stream_id, version, type, v, at, actor_person, cause_kind, cause_id, body, prev_hash, hash)
         SELECT id, version, type, v, moment, actor_person, cause_kind, cause_id, body, prev, encode(sha256(convert_to(concat_ws(E'\\n', prev, id,
           version, floor(extract(epoch FROM moment) * 1000)::bigint, coalesce(actor_person, ''), cause_kind, cause_id, body), 'UTF8')), 'hex')
         FROM next RETURNING stream_id, hash
       )
       UPDATE copies SET head = put.hash FROM put WHERE put.stream_id = copies.id`,
      [version],
    );
  await pool.query('INSERT INTO events SELECT * FROM chained ORDER BY at, stream_id, version');
  await pool.query('UPDATE streams s SET head_hash = c.head FROM copies c WHERE c.id = s.id');
  await pool.query('DROP TABLE chained');
}

/** The list of incidents, obligations, people asked, what was heard and what was sent. */
async function around(pool: Pool): Promise<void> {
  const moved = (columns: readonly string[]): Readonly<Record<string, string>> =>
    Object.fromEntries(columns.map((column) => [column, `t.${column} + c.shift`]));
  await copy(pool, 'incidents', {
    n: 'c.n',
    status: `CASE WHEN c.is_open THEN t.status ELSE 'archived' END`,
    ...moved(['received_at']),
    activated_at: `t.activated_at + c.shift + ${apart('c.id', 5_400)}`,
    ended_at: `t.ended_at + c.shift + ${apart('c.model || c.id', 86_400)}`,
  });
  const ended = `CASE WHEN c.is_open OR t.status NOT IN ('open', 'met') THEN t.status WHEN hashtext(c.id || t.key) % 12 = 0 THEN 'missed' ELSE 'met' END`;
  await copy(pool, 'deadlines', {
    ...moved(['base_at', 'due_at']),
    next_at: 'CASE WHEN c.is_open THEN t.next_at + c.shift END',
    status: ended,
  });
  await copy(pool, 'asks', { ...moved(['asked_at']), answered_at: `t.answered_at + c.shift + ${apart('c.id || t.ask_id', 1_800)}` });
  const { rows: copied } = await pool.query<{ id: string }>('SELECT id FROM copies');
  await recount(
    pool,
    copied.map(({ id }) => id),
  );
  await copy(pool, 'papers', { id: `c.id || '-' || t.id` });
  await pool.query(`INSERT INTO vault (id, stream_id, kind, body) SELECT 'heard-' || e.stream_id || '-' || e.version, e.stream_id, 'inbound',
      '{"text":"现场登记消费者诉求，联系电话已登记，经营者代表已到场，退费方案正在商定。","quote":null}' FROM events e JOIN copies c ON c.id = e.stream_id WHERE e.version % 2 = 1`);
  await pool.query(`INSERT INTO inbox (tenant, source, dedupe_key, conversation_id, room_id, account, received_at, vault_id, meta, state, outcome, stream_id, version)
    SELECT 'bench', 'robot', e.stream_id || '-' || e.version, 'c', 'duty', coalesce(e.actor_person, 'x'), e.at, 'heard-' || e.stream_id || '-' || e.version,
      '{}', 'handled', 'executed', e.stream_id, e.version
    FROM events e JOIN copies c ON c.id = e.stream_id WHERE e.version % 2 = 1 ORDER BY e.at`);
  await said(pool);
}

/** What went out: of the model whatever announces the report or calls people, of every event two lines for people to read; each event's in one call. */
async function said(pool: Pool): Promise<void> {
  const settled = `CASE WHEN c.is_open AND e.version % 20 = 0 THEN 'unknown' WHEN (c.n + e.version) % 400 = 0 THEN 'refused' ELSE 'accepted' END`;
  const code = `CASE WHEN (c.n + e.version) % 400 = 0 THEN '40003' END`;
  const call = `c.id || '/' || e.version`;
  const columns =
    'stream_id, event_version, purpose, addressee, leg, topic, lane, intent, not_before, routes, state, reason, dispatch_id, at, taken_at';
  const taken = `CASE WHEN ${settled} = 'accepted' THEN e.at + ${apart(call, 240)} END`;
  await pool.query(
    `INSERT INTO deliveries (${columns})
     SELECT e.stream_id, e.version, 'noted', CASE d WHEN 1 THEN 'room:duty' ELSE 'person:' || coalesce(e.actor_person, 'duty1') END, 'show',
       't' || e.version || '-' || d, 2, jsonb_build_object('purpose', 'noted', 'version', e.version, 'lane', 2, 'actor', e.actor_person), e.at,
       ${ROUTES}, ${settled}, ${code}, ${call}, e.at, ${taken}
     FROM events e JOIN copies c ON c.id = e.stream_id, generate_series(1, $1::int) d ORDER BY e.at`,
    [DELIVERIES],
  );
  await pool.query(
    `INSERT INTO deliveries (${columns})
     SELECT e.stream_id, e.version, t.purpose, t.addressee, t.leg, t.topic, t.lane, t.intent, e.at, ${ROUTES}, ${settled}, ${code}, ${call}, e.at, ${taken}
     FROM copies c JOIN deliveries t ON t.stream_id = c.model AND (t.event_version = 1 OR t.leg = 'page')
       JOIN events e ON e.stream_id = c.id AND e.version = t.event_version ORDER BY e.at`,
  );
  await pool.query(`INSERT INTO dispatches (id, outlet_id, deliveries, lane, attempt, payload_vault, payload_hash, state, limit_real_at, reserved_at, settled_at)
    SELECT d.dispatch_id, 'bench', array_agg(d.id), min(d.lane), 1, '', '', min(d.state), min(d.at), min(d.at), coalesce(min(d.taken_at), min(d.at))
    FROM deliveries d JOIN copies c ON c.id = d.stream_id GROUP BY d.dispatch_id`);
}

/** Less than so many seconds, for each thing others, the same whenever it is asked. */
const apart = (of: string, seconds: number): string => `abs(hashtext(${of}) % ${seconds}) * interval '1 second'`;

const ROUTES = `'[{"tenant":"bench","channel":"webhook","address":"room","connection":null,"outlet":"bench"}]'`;

/** Every row of the model once for each copy; `changed` says what differs, `t` the model's row and `c` the copy. */
async function copy(pool: Pool, table: string, changed: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema() AND is_identity = 'NO'`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => (name === 'stream_id' ? 'c.id' : (changed[name] ?? `t.${name}`)));
  await pool.query(
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM copies c JOIN ${table} t ON t.stream_id = c.model ORDER BY c.n`,
  );
}
