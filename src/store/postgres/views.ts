/** The read side: lists, one incident with everything around it, its events, and how much waits. */
import type { Pool } from 'pg';
import { HOUR, type Instant } from '../../core/instant';
import type { Sight } from '../../core/rights/sight';
import type { HeardMessage, HeardRow } from '../../ports/heard';
import type { Ask, IncidentRow, StoredEvent } from '../../ports/streams';
import type { Backlog, DeliveryView, IncidentsPage, IncidentView, VaultCounts, Views } from '../../ports/views';
import { broken } from '../fault';
import { at, built, type Queryable, rows } from '../sql';
import { figures } from './figures';
import { texts } from './library';
import { call, deadlines, deliveries, withPapers } from './lists';
import { seen } from './seen';
import { events as eventsOf, toDeadline } from './streams';
import { build, type Row } from './tables';

/** Views over a migrated database; each call is one statement, or a handful for one incident. Numbers are those of real incidents. */
export function createViews(pool: Pool): Views {
  return {
    incidents: (page) => incidents(pool, page),
    positions: (among) => positions(pool, among),
    seen: (numbers, sight) => seenOf(pool, numbers, sight),
    rulebooks: async () => (await rows<{ hash: string }>(pool, RULEBOOKS)).map(({ hash }) => hash),
    incident: (n) => incident(pool, n),
    events: (n, after, limit) => events(pool, n, after, limit),
    texts: async (ids) => (await texts(pool, [ids]))[0] ?? new Map(),
    inbox: (page) => inbox(pool, page),
    messages: (stream) => rows<HeardMessage>(pool, MESSAGES, [stream]),
    call: (source, key) => call(pool, source, key),
    deadlines: (page) => deadlines(pool, page),
    deliveries: (page) => deliveries(pool, page),
    withPapers: (page) => withPapers(pool, page),
    figures: (wanted) => figures(pool, wanted),
    lastHour: (now) => rows(pool, LAST_HOUR, [at(now - HOUR), at(now)]),
    backlog: (now) => backlog(pool, now),
    vault: (now) => vault(pool, now),
  };
}

const incidentRows = () => build.selectFrom('incidents as i').selectAll().where('i.mode', '=', 'real');

async function incidents(on: Queryable, { sight, among, limit, before }: IncidentsPage): Promise<readonly IncidentRow[]> {
  let query = incidentRows().where(seen(sight)).orderBy('i.n', 'desc').limit(limit);
  if (among !== null) query = query.where('i.status', 'in', among);
  if (before !== null) query = query.where('i.n', '<', before);
  return (await built(on, 'views.incidents', query)).map(toIncidentRow);
}

async function seenOf(on: Queryable, numbers: readonly number[], sight: Sight): Promise<ReadonlySet<number>> {
  if (numbers.length === 0) return new Set();
  const query = build
    .selectFrom('incidents as i')
    .select('i.n')
    .where('i.mode', '=', 'real')
    .where('i.n', 'in', numbers)
    .where(seen(sight));
  return new Set((await built(on, 'views.seen', query)).map(({ n }) => n));
}

async function positions(on: Queryable, among: readonly string[]): Promise<ReadonlyMap<number, number>> {
  const found = await rows<{ n: number; version: number }>(on, POSITIONS, [among]);
  return new Map(found.map(({ n, version }) => [n, version]));
}

/** A real incident with everything around it; null when there is none. */
export async function incident(on: Queryable, n: number): Promise<IncidentView | null> {
  const [row] = await built(on, 'views.incident', incidentRows().where('i.n', '=', n));
  if (!row) return null;
  const id = row.stream_id;
  const stream = build.selectFrom('streams').select(['version', 'state', 'state_v', 'rulebook']).where('id', '=', id);
  const due = build.selectFrom('deadlines').selectAll().where('stream_id', '=', id).orderBy('due_at').orderBy('key');
  const asked = build.selectFrom('asks').selectAll().where('stream_id', '=', id).orderBy('asked_at').orderBy('ask_id');
  const [[head], deadlines, asks, deliveries] = await Promise.all([
    built(on, 'views.stream', stream),
    built(on, 'views.deadlines', due),
    built(on, 'views.asks', asked),
    deliveriesOf(on, id),
  ]);
  return {
    id,
    row: toIncidentRow(row),
    version: head?.version ?? 0,
    rulebook: head?.rulebook ?? '',
    state: head?.state ?? null,
    stateV: head?.state_v ?? 0,
    deadlines: deadlines.map(toDeadline),
    asks: asks.map(toAsk),
    deliveries,
  };
}

async function deliveriesOf(on: Queryable, id: string): Promise<readonly DeliveryView[]> {
  const query = build
    .selectFrom('deliveries')
    .select(['id', 'purpose', 'addressee', 'leg', 'lane', 'state', 'reason', 'at', 'rung', 'routes', 'event_version'])
    .where('stream_id', '=', id)
    .orderBy('id');
  const found = await built(on, 'views.deliveries', query);
  return found.map(({ routes, event_version, ...row }) => ({
    ...row,
    version: event_version ?? 0,
    channel: routes[row.rung]?.channel ?? '',
  }));
}

async function events(on: Queryable, n: number, after: number, limit: number): Promise<readonly StoredEvent[] | null> {
  const [row] = await built(on, 'views.incident', incidentRows().where('i.n', '=', n));
  return row ? eventsOf(on, row.stream_id, after, limit) : null;
}

function inbox(on: Queryable, { state, limit, before }: Parameters<Views['inbox']>[0]): Promise<readonly HeardRow[]> {
  return rows<HeardRow>(on, INBOX, [state, before, limit]);
}

async function backlog(on: Queryable, now: Instant): Promise<Backlog> {
  const [row] = await rows<Backlog>(on, BACKLOG, [at(now)]);
  if (!row) throw broken('views.backlog', 'no row came back');
  return row;
}

async function vault(on: Queryable, now: Instant): Promise<VaultCounts> {
  const [row] = await rows<VaultCounts>(on, VAULT, [at(now)]);
  if (!row) throw broken('views.vault', 'no row came back');
  return row;
}

function toAsk(row: Row<'asks'>): Ask {
  return { id: row.ask_id, person: row.person_id, kind: row.kind, askedAt: row.asked_at, answeredAt: row.answered_at, answer: row.answer };
}

function toIncidentRow(row: Row<'incidents'>): IncidentRow {
  const { n, mode, status, plan, category, level, county, title } = row;
  const moments = { receivedAt: row.received_at, activatedAt: row.activated_at, endedAt: row.ended_at, purgeAfter: row.purge_after };
  return { n, mode, status, plan, category, level, county, title, ...moments };
}

const INBOX = {
  name: 'views.inbox',
  text: `
    SELECT id, tenant, source, room_id AS room, account, received_at AS "receivedAt", state, attempts, outcome
    FROM inbox WHERE state = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
};
const MESSAGES = {
  name: 'views.messages',
  text: `
    SELECT i.id, i.source, i.room_id AS room, i.account, i.received_at AS "receivedAt", i.state, i.outcome, v.body AS words
    FROM inbox i LEFT JOIN vault v ON v.id = i.vault_id WHERE i.stream_id = $1 ORDER BY i.id LIMIT 500`,
};
const VAULT = {
  name: 'views.vault',
  text: `
    SELECT (SELECT count(*)::int FROM vault WHERE purged_at IS NOT NULL) AS erased,
      (SELECT count(*)::int FROM incidents WHERE purge_after <= $1) AS "incidentsOver",
      (SELECT count(*)::int FROM incidents WHERE purge_after > $1) AS "incidentsHeld"`,
};

const POSITIONS = {
  name: 'views.positions',
  text: `SELECT n, version FROM streams WHERE kind = 'incident' AND mode = 'real' AND status = ANY ($1::text[])`,
};
const RULEBOOKS = { name: 'views.rulebooks', text: 'SELECT hash FROM rulebooks' };
const LAST_HOUR = {
  name: 'views.last_hour',
  text: `
    SELECT d.state, coalesce(d.routes->d.rung->>'channel', '') AS channel, count(*)::int AS count FROM deliveries d
    WHERE d.at > $1 AND d.at <= $2 GROUP BY 1, 2`,
};
const BACKLOG = {
  name: 'views.backlog',
  text: `
    SELECT
      (SELECT count(*)::int FROM inbox WHERE state = 'received') AS "inboxReceived",
      (SELECT count(*)::int FROM inbox WHERE state = 'dead') AS "inboxDead",
      (SELECT count(*)::int FROM inbox WHERE outcome IN ('limited', 'limited:told') AND received_at > $1::timestamptz - interval '1 hour')
        AS "inboxLimited",
      (SELECT count(*)::int FROM deadlines WHERE next_at IS NOT NULL AND status = 'open' AND next_at <= $1) AS "dueNow",
      (SELECT count(*)::int FROM deliveries WHERE state IN ('queued', 'held') AND state = 'queued') AS "deliveriesQueued",
      (SELECT count(*)::int FROM deliveries WHERE state IN ('queued', 'held') AND state = 'held') AS "deliveriesHeld",
      (SELECT count(*)::int FROM deliveries WHERE state IN ('sending', 'unknown') AND state = 'sending') AS "deliveriesSending",
      (SELECT count(*)::int FROM deliveries WHERE state IN ('sending', 'unknown') AND state = 'unknown') AS "deliveriesUnknown",
      (SELECT count(*)::int FROM deliveries WHERE unheeded IS NOT NULL) AS "refusalsUnheeded",
      (SELECT count(*)::int FROM dispatches WHERE receipt_at IS NOT NULL AND receipt_at <= $1) AS "receiptsDue",
      (SELECT count(*)::int FROM outlets o LEFT JOIN tenant_gates g ON g.tenant = o.tenant
       WHERE greatest(o.blocked_until, g.blocked_until) > $1) AS "outletsBlocked"`,
};
