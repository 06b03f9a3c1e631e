/** What the sender sees of one outlet, and the fixing of one call before it is made. */
import type { Instant } from '../../core/instant';
import type { Dispatch, FrozenDispatch, Outlet, Place, QueuedDelivery } from '../../ports/sending';
import { broken } from '../fault';
import { at, json, type Queryable, rows } from '../sql';
import { outletId } from './ids';

/** The outlet as it stands; a block of its tenant counts when it lasts longer. Refuses (`broken`) an unknown id. */
export async function outlet(on: Queryable, id: string): Promise<Outlet> {
  const [row] = await rows<Omit<Outlet, 'connection'> & { connection_id: string | null; epoch: number | null }>(on, OUTLET, [id]);
  if (!row) throw broken('sending.outlet', `no outlet ${id}`);
  const { connection_id, epoch, ...rest } = row;
  return { ...rest, connection: connection_id === null ? null : { id: connection_id, epoch } };
}

/**
 * Waiting deliveries of the outlet with not_before <= `now`, by lane, then age, at most `limit`. They are locked until the
 * end of the transaction; one that somebody is replacing at this moment is left out.
 */
export async function queued(on: Queryable, id: string, now: Instant, limit: number): Promise<readonly QueuedDelivery[]> {
  const found = await rows<QueuedDelivery>(on, QUEUED, [id, at(now), limit]);
  return found.map((row) => ({
    ...row,
    routes: row.routes.map(({ tenant, channel, address, connection }) => ({ tenant, channel, address, connection })),
  }));
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
 * Fixes a call: its bytes in the vault, the dispatch row, deliveries `sending`, outlet busy, one window stamp for each
 * payload part, the ticket spent. The same dispatch may be reserved again with a higher attempt. Refuses (`broken`) when
 * the outlet is busy with another dispatch, a delivery does not wait there, or the attempt is not a new one.
 */
export async function reserve(on: Queryable, call: Dispatch): Promise<void> {
  const [done] = await rows<{ called: number; busy: number; taken: number }>(on, RESERVE, [
    call.id,
    call.outlet,
    call.deliveries,
    call.lane,
    call.attempt,
    `${call.id}/${call.attempt}`,
    json(call.payload),
    call.payloadHash,
    call.ticket && json(call.ticket),
    at(call.reservedAt),
    call.limitMs,
    call.epoch,
    at(call.reservedAt - call.rememberMs),
    call.payload.length,
  ]);
  if (done?.called !== 1) throw broken('sending.reserve', `attempt ${call.attempt} of ${call.id} is not a new one`);
  if (done.busy !== 1) throw broken('sending.reserve', `outlet ${call.outlet} is busy with another dispatch`);
  if (done.taken !== call.deliveries.length)
    throw broken('sending.reserve', `${call.id}: ${done.taken} of ${call.deliveries.length} deliveries wait`);
}

const OUTLET = {
  name: 'sending.outlet',
  text: `
    SELECT o.id, o.tenant, o.channel, o.address, o.connection_id, c.epoch, o.recent, o.busy_dispatch AS "busyDispatch", o.failures,
           greatest(o.blocked_until, g.blocked_until) AS "blockedUntil",
           CASE WHEN g.blocked_until >= coalesce(o.blocked_until, '-infinity') THEN g.why ELSE o.blocked_why END AS "blockedWhy"
    FROM outlets o LEFT JOIN tenant_gates g ON g.tenant = o.tenant
    LEFT JOIN connections c ON c.id = o.connection_id AND c.lease_until_real > clock_timestamp() WHERE o.id = $1`,
};

const QUEUED = {
  name: 'sending.queued',
  text: `
    SELECT d.id, d.stream_id AS stream, d.event_version AS version, d.purpose, d.addressee, d.leg, d.topic, d.lane, d.intent,
           d.not_before AS "notBefore", d.relevant_until AS "relevantUntil", d.routes, d.rung, d.ticket_of AS "ticketOf",
           d.attempts, d.state, CASE WHEN NOT d.intent ? 'again' THEN d.dispatch_id END AS repeats, (SELECT i.ticket FROM inbox i WHERE i.id = d.ticket_of AND i.ticket_used_at IS NULL) AS ticket
    FROM deliveries d
    WHERE d.outlet_id = $1 AND d.state IN ('queued', 'held') AND d.not_before <= $2
    ORDER BY d.lane, d.id LIMIT $3 FOR NO KEY UPDATE OF d SKIP LOCKED`,
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

const RESERVE = {
  name: 'sending.reserve',
  text: `
    WITH kept AS (
      INSERT INTO vault (id, kind, body) VALUES ($6, 'payload', $7)
    ), called AS (
      INSERT INTO dispatches AS d (id, outlet_id, deliveries, lane, attempt, payload_vault, payload_hash, state, limit_real_at, connection_epoch, reserved_at, posts)
      VALUES ($1, $2, $3::bigint[], $4, $5, $6, $8, 'sending', clock_timestamp() + $11 * interval '1 millisecond', $12, $10, $14)
      ON CONFLICT (id) DO UPDATE SET outlet_id = excluded.outlet_id, deliveries = excluded.deliveries, lane = excluded.lane,
        attempt = excluded.attempt, payload_vault = excluded.payload_vault, payload_hash = excluded.payload_hash, state = 'sending', posts = excluded.posts,
        limit_real_at = excluded.limit_real_at, connection_epoch = excluded.connection_epoch, code = NULL, reserved_at = excluded.reserved_at, settled_at = NULL
      WHERE d.attempt < excluded.attempt AND d.state <> 'sending' RETURNING id
    ), busy AS (
      UPDATE outlets SET busy_dispatch = $1,
        recent = ARRAY (SELECT t FROM unnest(recent) AS t WHERE t > $13 ORDER BY t) || array_fill($10::timestamptz, ARRAY[$14::int])
      WHERE id = $2 AND (busy_dispatch IS NULL OR busy_dispatch = $1) RETURNING id
    ), taken AS (
      UPDATE deliveries SET state = 'sending', reason = NULL, dispatch_id = $1, at = $10
      WHERE id = ANY ($3::bigint[]) AND outlet_id = $2 AND state IN ('queued', 'held') RETURNING ticket_of
    ), spent AS (
      UPDATE inbox SET ticket_used_at = $10 WHERE id IN (SELECT ticket_of FROM taken) AND ticket = $9::jsonb
    )
    SELECT (SELECT count(*)::int FROM called) AS called, (SELECT count(*)::int FROM busy) AS busy, (SELECT count(*)::int FROM taken) AS taken`,
};
