/** What the sender sees of one outlet, and the fixing of one call before it is made. */
import type { Instant } from '../../core/instant';
import type { Dispatch, FrozenDispatch, Outlet, Place, QueuedDelivery, SendingWay } from '../../ports/sending';
import { broken } from '../fault';
import { at, json, type Queryable, rows } from '../sql';
import { outletId } from './ids';

/** Outlets as they stand, in the order asked; a block of its tenant counts when it lasts longer. Refuses (`broken`) an unknown id. */
export async function outlets(on: Queryable, ids: readonly string[]): Promise<readonly Outlet[]> {
  const found = await rows<Omit<Outlet, 'connection'> & { connection_id: string | null; epoch: number | null }>(on, OUTLETS, [ids]);
  const byId = new Map(found.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (!row) throw broken('sending.outlet', `no outlet ${id}`);
    const { connection_id, epoch, ...rest } = row;
    return { ...rest, connection: connection_id === null ? null : { id: connection_id, epoch } };
  });
}

/** What `queued` is asked: waiting deliveries of an outlet with not_before <= `now`, at most `limit`. */
export interface Waiting {
  readonly outlet: string;
  readonly now: Instant;
  readonly limit: number;
}

/**
 * Of each outlet by lane, then age, in the order asked. They are locked until the end of the transaction; one that somebody is
 * replacing at this moment is left out.
 */
export async function queued(on: Queryable, asked: readonly Waiting[]): Promise<readonly (readonly QueuedDelivery[])[]> {
  const values = asked.map(({ outlet, now, limit }, ord) => ({ ord, outlet, now: at(now), most: limit }));
  const found = await rows<QueuedDelivery & { readonly ord: number }>(on, QUEUED, [json(values)]);
  const answers = asked.map((): QueuedDelivery[] => []);
  for (const { ord, ...row } of found) answers[ord]?.push({ ...row, routes: row.routes.map(wayOf) });
  return answers;
}

/** Calls that ended as a road error or a refusal showed nothing; see the port. */
export async function posts(on: Queryable, places: readonly Place[], since: Instant): Promise<readonly Instant[]> {
  const found = await rows<{ at: Instant }>(on, POSTS, [places.map(outletId), at(since)]);
  return found.map((row) => row.at);
}

/** What a dispatch that has ended consisted of; see the port. */
export async function frozen(on: Queryable, dispatch: string): Promise<FrozenDispatch | null> {
  const [row] = await rows<Omit<FrozenDispatch, 'payload'> & { body: string }>(on, FROZEN, [dispatch]);
  if (!row) return null;
  const { body, ...rest } = row;
  return { ...rest, payload: JSON.parse(body) as string[] };
}

/**
 * Fixes calls at as many outlets: their bytes in the vault, the dispatch rows, deliveries `sending`, outlets busy, one window stamp
 * for each payload part, the tickets spent. The same dispatch may be reserved again with a higher attempt. Refuses (`broken`) when
 * an outlet is busy with another dispatch, a delivery does not wait there, or an attempt is not a new one.
 */
export async function reserve(on: Queryable, calls: readonly Dispatch[]): Promise<void> {
  const done = await rows<{ called: boolean; busy: boolean; taken: number }>(on, RESERVE, [json(calls.map(columnsOf))]);
  for (const [i, { called, busy, taken }] of done.entries()) {
    const { id, outlet, attempt, deliveries } = calls[i] as Dispatch;
    if (!called) throw broken('sending.reserve', `attempt ${attempt} of ${id} is not a new one`);
    if (!busy) throw broken('sending.reserve', `outlet ${outlet} is busy with another dispatch`);
    if (taken !== deliveries.length) throw broken('sending.reserve', `${id}: ${taken} of ${deliveries.length} deliveries wait`);
  }
}

function columnsOf(call: Dispatch, i: number) {
  const { id, outlet, deliveries, lane, attempt, ticket, epoch } = call;
  return {
    ...{ ord: i, id, outlet, deliveries, lane, attempt, ticket, epoch },
    kept: `${id}/${attempt}`,
    body: json(call.payload),
    hash: call.payloadHash,
    at: at(call.reservedAt),
    limit_ms: call.limitMs,
    forget: at(call.reservedAt - call.rememberMs),
    posts: call.payload.length,
  };
}

function wayOf({ tenant, channel, address, connection }: SendingWay): SendingWay {
  return { tenant, channel, address, connection };
}

const OUTLETS = {
  name: 'sending.outlets',
  text: `
    SELECT o.id, o.tenant, o.channel, o.address, o.connection_id, c.epoch, o.recent, o.busy_dispatch AS "busyDispatch", o.failures,
           greatest(o.blocked_until, g.blocked_until) AS "blockedUntil",
           CASE WHEN g.blocked_until >= coalesce(o.blocked_until, '-infinity') THEN g.why ELSE o.blocked_why END AS "blockedWhy"
    FROM outlets o LEFT JOIN tenant_gates g ON g.tenant = o.tenant
    LEFT JOIN connections c ON c.id = o.connection_id AND c.lease_until_real > clock_timestamp()
    WHERE o.id = ANY (ARRAY(SELECT unnest($1::text[])))`,
};

const QUEUED = {
  name: 'sending.queued',
  text: `
    SELECT q.ord, w.* FROM jsonb_to_recordset($1::jsonb) AS q (ord int, outlet text, now timestamptz, most int) CROSS JOIN LATERAL (
      SELECT d.id, d.stream_id AS stream, d.event_version AS version, d.purpose, d.addressee, d.leg, d.topic, d.lane, d.intent,
             d.not_before AS "notBefore", d.relevant_until AS "relevantUntil", d.routes, d.rung, d.ticket_of AS "ticketOf", d.attempts, d.state,
             CASE WHEN NOT d.intent ? 'again' THEN d.dispatch_id END AS repeats,
             (SELECT i.ticket FROM inbox i WHERE i.id = d.ticket_of AND i.ticket_used_at IS NULL) AS ticket
      FROM deliveries d
      WHERE d.outlet_id = q.outlet AND d.state IN ('queued', 'held') AND d.not_before <= q.now
      ORDER BY d.lane, d.id LIMIT q.most FOR NO KEY UPDATE OF d SKIP LOCKED) w`,
};

const POSTS = {
  name: 'sending.posts',
  text: `
    SELECT d.reserved_at AS at FROM dispatches d, generate_series(1, d.posts)
    WHERE d.outlet_id = ANY ($1) AND d.reserved_at > $2 AND d.state IN ('sending', 'accepted', 'unknown') ORDER BY 1`,
};

const FROZEN = {
  name: 'sending.frozen',
  text: `
    SELECT d.attempt, v.body, d.deliveries::text[], d.reserved_at AS "reservedAt" FROM dispatches d JOIN vault v ON v.id = d.payload_vault
    WHERE d.id = $1 AND d.state <> 'sending' AND v.body IS NOT NULL`,
};

/** By the ids first: PostgreSQL takes any JSON for a hundred rows, and would rather read a small table whole. */
const RESERVE = {
  name: 'sending.reserve',
  text: `
    WITH call AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS c (ord int, id text, outlet text, deliveries bigint[], lane smallint, attempt int, kept text,
        body text, hash text, ticket jsonb, at timestamptz, limit_ms float8, epoch int, forget timestamptz, posts int)
    ), kept AS (
      INSERT INTO vault (id, kind, body) SELECT kept, 'payload', body FROM call
    ), called AS (
      INSERT INTO dispatches AS d (id, outlet_id, deliveries, lane, attempt, payload_vault, payload_hash, state, limit_real_at, connection_epoch, reserved_at, posts)
      SELECT id, outlet, deliveries, lane, attempt, kept, hash, 'sending', clock_timestamp() + limit_ms * interval '1 millisecond', epoch, at, posts FROM call
      ON CONFLICT (id) DO UPDATE SET outlet_id = excluded.outlet_id, deliveries = excluded.deliveries, lane = excluded.lane,
        attempt = excluded.attempt, payload_vault = excluded.payload_vault, payload_hash = excluded.payload_hash, state = 'sending', posts = excluded.posts,
        limit_real_at = excluded.limit_real_at, connection_epoch = excluded.connection_epoch, code = NULL, reserved_at = excluded.reserved_at, settled_at = NULL
      WHERE d.attempt < excluded.attempt AND d.state <> 'sending' RETURNING id
    ), busy AS (
      UPDATE outlets o SET busy_dispatch = c.id,
        recent = ARRAY (SELECT t FROM unnest(o.recent) AS t WHERE t > c.forget ORDER BY t) || array_fill(c.at, ARRAY[c.posts])
      FROM call c WHERE o.id = ANY (ARRAY(SELECT outlet FROM call)) AND o.id = c.outlet AND (o.busy_dispatch IS NULL OR o.busy_dispatch = c.id)
      RETURNING c.id
    ), taken AS (
      UPDATE deliveries d SET state = 'sending', reason = NULL, dispatch_id = c.id, at = c.at FROM call c
      WHERE d.id = ANY (ARRAY(SELECT unnest(deliveries) FROM call)) AND d.id = ANY (c.deliveries) AND d.outlet_id = c.outlet
        AND d.state IN ('queued', 'held') RETURNING c.id, c.at, c.ticket, d.ticket_of
    ), spent AS (
      UPDATE inbox i SET ticket_used_at = t.at FROM taken t
      WHERE i.id = ANY (ARRAY(SELECT ticket_of FROM taken WHERE ticket IS NOT NULL)) AND i.id = t.ticket_of AND i.ticket = t.ticket
    )
    SELECT EXISTS (SELECT FROM called WHERE called.id = c.id) AS called, EXISTS (SELECT FROM busy WHERE busy.id = c.id) AS busy,
      (SELECT count(*)::int FROM taken WHERE taken.id = c.id) AS taken
    FROM call c ORDER BY c.ord`,
};
