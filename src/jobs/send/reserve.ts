/** First half of a sending: under the outlet's lock, choose what goes next, make its bytes and fix them before any call. */
import { HOUR, type Instant } from '../../core/instant';
import { LANE } from '../../core/notices/intent';
import type { Deps } from '../../handlers/deps';
import type { Channel, Frozen } from '../../ports/platform';
import type { Dispatch, Outlet, QueuedDelivery } from '../../ports/sending';
import type { Tx } from '../../ports/store';
import { composeBatch } from './compose';
import { quietUntil, sparedRoom } from './quiet';
import { recognises } from './repeat';
import { remembered, waitForWindow } from './window';

export interface Reserved {
  readonly dispatch: Dispatch;
  readonly outlet: Outlet;
  readonly channel: Channel;
  readonly parts: readonly Frozen[];
  /** May use what a channel keeps back for people in need. */
  readonly urgent: boolean;
  /** The most urgent lane of what else waited at this outlet; null when nothing did. */
  readonly nextLane: number | null;
}

/** `idle`: nothing to send now. `again`: something was dropped or held, look again. */
export type Reservation = Reserved | 'idle' | 'again';

/** Waiting deliveries that may become one message. */
const LOOK_AT = 200;
/** What waits longer than this was held up by something. */
const WAITED_MS = 60_000;
/** A call that has not answered by then is aborted, in real milliseconds; its end is unknown. */
export const CALL_MS = 12_000;
/** Beyond its calls, a dispatch that nobody settles for so long counts as lost. */
const SETTLE_MS = 8_000;

/**
 * Chooses, makes and fixes the outlet's next call in the caller's transaction. A connection that this process does not hold, or
 * holds under an epoch that is over, leaves the outlet to its owner (`idle`).
 */
export async function reserve(tx: Tx, deps: Deps, outletId: string): Promise<Reservation> {
  const now = deps.clock.now();
  const outlet = await tx.outlet(outletId);
  if (!isFree(outlet, now) || !isMine(deps, outlet)) return 'idle';
  const queued = await tx.queued(outletId, now, LOOK_AT);
  const batch = nextBatch(queued, now);
  const [first] = batch;
  if (first === undefined) return 'idle';
  const quiet = await quietened(tx, deps, first, now);
  if (quiet !== null) {
    await tx.hold(
      batch.map((d) => d.id),
      quiet.until,
      quiet.why,
    );
    return 'again';
  }
  const channel = deps.reach.channel(outlet.tenant, outlet.channel);
  if (channel === null) {
    await tx.cancel(
      batch.map((d) => d.id),
      'no_channel',
    );
    return 'again';
  }
  const call = (await sameCall(tx, { channel, first, batch, now })) ?? (await newCall(tx, deps, { outlet, channel, first, batch, now }));
  if (call === null) return 'again';
  const lane = first.intent.urgency === 'never_hold' ? LANE.urgent : first.lane;
  const free = waitForWindow(channel.limits, outlet.recent, lane, call.parts.length, now);
  if (free !== null) {
    await tx.hold(call.carried, free, 'rate_window');
    return 'again';
  }
  const dispatch = dispatchOf(deps, { outlet, first, call, rememberMs: remembered(channel.limits) }, now);
  await tx.reserve(dispatch);
  const nextLane = queued.find((d) => !batch.includes(d))?.lane ?? null;
  return { dispatch, outlet, channel, parts: call.parts, urgent: lane === LANE.urgent, nextLane };
}

async function quietened(tx: Tx, deps: Deps, first: QueuedDelivery, now: Instant): Promise<ReturnType<typeof quietUntil>> {
  const room = sparedRoom(first);
  return room === null ? null : quietUntil(first, await tx.posts(deps.reach.toRoom(room), now - HOUR), now, deps.roomPostsAnHour);
}

function isFree(outlet: Outlet, now: Instant): boolean {
  return outlet.busyDispatch === null && (outlet.blockedUntil === null || outlet.blockedUntil <= now);
}

function isMine(deps: Deps, { connection }: Outlet): boolean {
  return connection === null || (connection.epoch !== null && deps.held().get(connection.id) === connection.epoch);
}

/**
 * The most urgent delivery, with others of the same incident and lane that say the same kind of thing; an answer to one message goes by
 * itself. What had to wait (an outage, a full window, a quiet hour) goes as one message, whatever it is about or answers: people read what
 * was missed once.
 */
function nextBatch(queued: readonly QueuedDelivery[], now: Instant): readonly QueuedDelivery[] {
  const [first] = queued;
  if (first === undefined) return [];
  const together = hasWaited(first, now);
  if (!together && (first.purpose === 'reply' || first.ticketOf !== null)) return [first];
  const alike = (d: QueuedDelivery): boolean =>
    (together ? hasWaited(d, now) : d.stream === first.stream && d.purpose === first.purpose && d.ticketOf === null) &&
    d.lane === first.lane &&
    d.leg === first.leg &&
    d.intent.urgency === first.intent.urgency &&
    d.repeats === first.repeats &&
    d.attempts === first.attempts;
  return queued.filter(alike);
}

function hasWaited({ stream, state, notBefore }: QueuedDelivery, now: Instant): boolean {
  return stream !== null && (state === 'held' || now - notBefore >= WAITED_MS);
}

interface Call {
  readonly parts: readonly Frozen[];
  readonly carried: readonly string[];
  /** The dispatch it is an attempt of; null for a new one. */
  readonly of: { readonly id: string; readonly attempt: number } | null;
}

/** The bytes of a call whose end is unknown, as they were; null when there is none, or the platform would not know the repeat any more. */
async function sameCall(tx: Tx, { channel, first, batch, now }: Omit<Choice, 'outlet'>): Promise<Call | null> {
  const frozen = first.repeats === null ? null : await tx.frozen(first.repeats);
  if (frozen === null || first.repeats === null || !recognises(channel, frozen.reservedAt, now)) return null;
  const carried = batch.filter((d) => frozen.deliveries.includes(d.id)).map((d) => d.id);
  return { parts: frozen.payload.map((body) => ({ body })), carried, of: { id: first.repeats, attempt: frozen.attempt } };
}

interface Choice {
  readonly outlet: Outlet;
  readonly channel: Channel;
  readonly first: QueuedDelivery;
  readonly batch: readonly QueuedDelivery[];
  readonly now: Instant;
}

/** Worded from the state as it is now; null when nobody is owed anything any more. */
async function newCall(tx: Tx, deps: Deps, { outlet, channel, first, batch, now }: Choice): Promise<Call | null> {
  const { message, carried, dropped } = await composeBatch(tx, deps, batch, now);
  if (dropped.length > 0) await tx.cancel(dropped, 'not_owed');
  if (message === null) return null;
  const to = { address: outlet.address, ticket: first.ticket };
  const file = message.file === undefined ? undefined : channel.attach?.(message.file, to);
  return { parts: [...channel.split(message, to), ...(file === undefined ? [] : [file])], carried, of: null };
}

interface Fixed {
  readonly outlet: Outlet;
  readonly first: QueuedDelivery;
  readonly call: Call;
  readonly rememberMs: number;
}

function dispatchOf(deps: Deps, { outlet, first, call: { parts, carried, of }, rememberMs }: Fixed, now: Instant): Dispatch {
  const payload = parts.map((p) => p.body);
  return {
    id: of?.id ?? deps.ids.next(),
    outlet: outlet.id,
    deliveries: carried,
    lane: first.lane,
    attempt: 1 + (of?.attempt ?? first.attempts),
    payload,
    payloadHash: deps.digest.of(payload.join('\n')),
    ticket: first.ticket,
    reservedAt: now,
    rememberMs,
    limitMs: parts.length * CALL_MS + SETTLE_MS,
    epoch: outlet.connection?.epoch ?? null,
  };
}
