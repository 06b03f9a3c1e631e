/** What the sender sees of one of the twin's outlets, and the fixing of one call before it is made. */
import type { Instant } from '../../core/instant';
import type { Dispatch, FrozenDispatch, Outlet, Place, QueuedDelivery } from '../../ports/sending';
import { broken, StoreFault } from '../fault';
import { outletId } from '../postgres/ids';
import { json } from '../sql';
import { waits } from './indexes';
import { jsonb } from './jsonb';
import type { On } from './transaction';
import type { DeliveryRow, DispatchRow, OutletRow } from './world';

/** The outlet as it stands; a block of its tenant counts when it lasts longer. Refuses (`broken`) an unknown id. */
export function outlet(on: On, id: string): Outlet {
  const row = on.get('outlets', id);
  if (row === undefined) throw broken('sending.outlet', `no outlet ${id}`);
  const gate = on.get('gates', row.tenant);
  const gated = gate !== undefined && gate.blockedUntil >= (row.blockedUntil ?? Number.NEGATIVE_INFINITY);
  return {
    ...row,
    connection: row.connection === null ? null : { id: row.connection, epoch: liveEpoch(on, row.connection) },
    blockedUntil: gated ? gate.blockedUntil : row.blockedUntil,
    blockedWhy: gated ? gate.why : row.blockedWhy,
  };
}

/** Waiting deliveries with not_before <= `now`, by lane, then age; locked until the end, one in somebody else's hands is left out. */
export function queued(on: On, id: string, now: Instant, limit: number): readonly QueuedDelivery[] {
  const waiting = on.by('deliveriesWaitingAt', id).filter((d) => d.notBefore <= now);
  waiting.sort((a, b) => a.lane - b.lane || Number(a.id) - Number(b.id));
  const taken: QueuedDelivery[] = [];
  for (const row of waiting) if (taken.length < limit && on.free('deliveries', row.id)) taken.push(shown(on, row));
  return taken;
}

/** Moments of what calls to these addresses showed or may have shown after `since`, one for each message, oldest first. */
export function posts(on: On, places: readonly Place[], since: Instant): readonly Instant[] {
  const outlets = places.map(outletId);
  const shown = on.all('dispatches').filter((d) => outlets.includes(d.outlet) && d.reservedAt > since && MAY_SHOW.includes(d.state));
  return shown.flatMap((d) => Array.from({ length: d.posts }, () => d.reservedAt)).sort((a, b) => a - b);
}

const MAY_SHOW: readonly DispatchRow['state'][] = ['sending', 'accepted', 'unknown'];

/** What a dispatch that has ended consisted of; null when it is under way or unknown. */
export function frozen(on: On, dispatch: string): FrozenDispatch | null {
  const row = on.get('dispatches', dispatch);
  const body = row === undefined || row.state === 'sending' ? undefined : on.get('vault', row.payload)?.body;
  if (row === undefined || body === undefined) return null;
  return { attempt: row.attempt, payload: JSON.parse(body) as string[], deliveries: row.deliveries, reservedAt: row.reservedAt };
}

/** Fixes a call; refuses (`broken`) when the outlet is busy with another, a delivery does not wait there, or the attempt is not a new one. */
export async function reserve(on: On, call: Dispatch): Promise<void> {
  const payload = `${call.id}/${call.attempt}`;
  if (on.get('vault', payload) !== undefined) throw new StoreFault('sending.reserve', { code: '23505', retryable: false });
  on.put('vault', payload, { id: payload, body: json(call.payload), stream: null, kind: 'payload' });
  await enter(on, call, payload);
  const busy = await on.change('outlets', call.outlet, (row) => stamped(row, call));
  if (busy === undefined) throw broken('sending.reserve', `outlet ${call.outlet} is busy with another call`);
  for (const id of call.deliveries) {
    const taken = await on.change('deliveries', id, (row) => called(row, call));
    if (taken === undefined) throw broken('sending.reserve', `${call.id}: delivery ${id} does not wait`);
    if (taken.ticketOf !== null) await spend(on, taken.ticketOf, call);
  }
}

/** The epoch under which a connection is held now; null while its lease has run out. */
export function liveEpoch(on: On, connection: string): number | null {
  const lease = on.get('connections', connection);
  return lease !== undefined && lease.leaseUntilReal > on.real() ? lease.epoch : null;
}

async function enter(on: On, call: Dispatch, payload: string): Promise<void> {
  await on.lock('dispatches', call.id);
  const before = on.get('dispatches', call.id);
  if (before !== undefined && (before.attempt >= call.attempt || before.state === 'sending'))
    throw broken('sending.reserve', `attempt ${call.attempt} of ${call.id} is not a new one`);
  const { id, outlet: at, deliveries, lane, attempt, payloadHash, reservedAt, epoch } = call;
  on.put('dispatches', id, {
    id,
    outlet: at,
    deliveries: [...deliveries],
    lane,
    attempt,
    payload,
    payloadHash,
    reservedAt,
    epoch,
    posts: call.payload.length,
    state: 'sending',
    code: null,
    ref: null,
    handle: null,
    settledAt: null,
    receiptAt: null,
    limitRealAt: on.real() + call.limitMs,
  });
}

function stamped(row: OutletRow, call: Dispatch): OutletRow | undefined {
  if (row.busyDispatch !== null && row.busyDispatch !== call.id) return undefined;
  const kept = row.recent.filter((at) => at > call.reservedAt - call.rememberMs).sort((a, b) => a - b);
  return { ...row, busyDispatch: call.id, recent: [...kept, ...call.payload.map(() => call.reservedAt)] };
}

function called(row: DeliveryRow, call: Dispatch): DeliveryRow | undefined {
  if (row.outlet !== call.outlet || !waits(row)) return undefined;
  return { ...row, state: 'sending', reason: null, dispatch: call.id, at: call.reservedAt };
}

async function spend(on: On, inbox: string, { ticket, reservedAt }: Dispatch): Promise<void> {
  if (ticket === null) return;
  const given = JSON.stringify(jsonb(ticket));
  await on.change('inbox', inbox, (row) => (JSON.stringify(row.ticket) === given ? { ...row, ticketUsedAt: reservedAt } : undefined));
}

function shown(on: On, row: DeliveryRow): QueuedDelivery {
  const { id, stream, version, purpose, addressee, leg, topic, lane, intent, notBefore, relevantUntil, rung, ticketOf, attempts } = row;
  const of = ticketOf === null ? undefined : on.get('inbox', ticketOf);
  return {
    id,
    stream,
    version,
    purpose,
    addressee,
    leg,
    topic,
    lane,
    intent,
    notBefore,
    relevantUntil,
    rung,
    ticketOf,
    attempts,
    routes: row.routes.map(({ outlet: _, ...way }) => way),
    state: row.state === 'held' ? 'held' : 'queued',
    ticket: of === undefined || of.ticketUsedAt !== null ? null : of.ticket,
    repeats: 'again' in intent ? null : row.dispatch,
  };
}
