/** First half of a sending: under the outlet's lock, choose what goes next, make its bytes and fix them before any call. */
import type { Instant } from '../../core/instant';
import type { Deps } from '../../handlers/deps';
import type { Channel, Frozen } from '../../ports/platform';
import type { Dispatch, Outlet, QueuedDelivery, Tx } from '../../ports/store';
import { composeBatch } from './compose';
import { waitForWindow } from './window';

export interface Reserved {
  readonly dispatch: Dispatch;
  readonly outlet: Outlet;
  readonly channel: Channel;
  readonly parts: readonly Frozen[];
}

/** `idle`: nothing to send now. `again`: something was dropped or held, look again. */
export type Reservation = Reserved | 'idle' | 'again';

const LOOK_AT = 50;
/** A call that has not answered by then is aborted, in real milliseconds; its end is unknown. */
export const CALL_MS = 12_000;
/** Beyond its calls, a dispatch that nobody settles for so long counts as lost. */
const SETTLE_MS = 8_000;

export async function reserve(tx: Tx, deps: Deps, outletId: string): Promise<Reservation> {
  const now = deps.clock.now();
  const outlet = await tx.outlet(outletId);
  if (outlet.busyDispatch !== null || (outlet.blockedUntil !== null && outlet.blockedUntil > now)) return 'idle';
  const batch = nextBatch(await tx.queued(outletId, now, LOOK_AT));
  const [first] = batch;
  if (first === undefined) return 'idle';
  const channel = deps.reach.channel(outlet.tenant, outlet.channel);
  if (channel === null) {
    await tx.cancel(
      batch.map((d) => d.id),
      'no_channel',
    );
    return 'again';
  }
  const { message, carried, dropped } = await composeBatch(tx, deps, batch, now);
  if (dropped.length > 0) await tx.cancel(dropped, 'not_owed');
  if (message === null) return 'again';
  const ticket = first.ticket;
  const parts = channel.split(message, { address: outlet.address, ticket });
  const free = waitForWindow(channel.limits, outlet.recent, first.lane, parts.length, now);
  if (free !== null) {
    await tx.hold(carried, free, 'rate_window');
    return 'again';
  }
  const dispatch = dispatchOf(deps, outlet, carried, first, parts, now);
  await tx.reserve(dispatch);
  return { dispatch, outlet, channel, parts };
}

/** The most urgent delivery, with others of the same incident and lane that say the same kind of thing. */
function nextBatch(queued: readonly QueuedDelivery[]): readonly QueuedDelivery[] {
  const [first] = queued;
  if (first === undefined) return [];
  const alike = (d: QueuedDelivery): boolean =>
    d.stream === first.stream && d.lane === first.lane && d.purpose === first.purpose && d.leg === first.leg && d.ticketOf === null;
  return first.purpose === 'reply' || first.ticketOf !== null ? [first] : queued.filter(alike);
}

function dispatchOf(
  deps: Deps,
  outlet: Outlet,
  carried: readonly string[],
  first: QueuedDelivery,
  parts: readonly Frozen[],
  now: Instant,
): Dispatch {
  const payload = parts.map((p) => p.body);
  return {
    id: deps.ids.next(),
    outlet: outlet.id,
    deliveries: carried,
    lane: first.lane,
    attempt: 1 + first.attempts,
    payload,
    payloadHash: deps.digest.of(payload.join('\n')),
    ticket: first.ticket,
    reservedAt: now,
    limitMs: parts.length * CALL_MS + SETTLE_MS,
    resendOf: null,
  };
}
