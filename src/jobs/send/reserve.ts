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
import { mostAtOnce, remembered, waitForWindow } from './window';

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
  const next = nextBatch(await tx.queued(outletId, now, LOOK_AT), now);
  if (next === null) return 'idle';
  const { first, batch, nextLane } = next;
  const ids = batch.map((d) => d.id);
  const quiet = await quietened(tx, deps, first, now);
  if (quiet !== null) return again(tx.hold(ids, quiet.until, quiet.why));
  const channel = deps.reach.channel(outlet.tenant, outlet.channel);
  if (channel === null) return again(tx.cancel(ids, 'no_channel'));
  const lane = first.intent.urgency === 'never_hold' ? LANE.urgent : first.lane;
  const fullUntil = (calls: number): Instant | null => waitForWindow(channel.limits, outlet.recent, lane, calls, now);
  // Where not even one call fits, nothing needs to be worded.
  const full = fullUntil(1);
  if (full !== null) return again(tx.hold(ids, full, 'rate_window'));
  const most = mostAtOnce(channel.limits, lane);
  const call =
    (await sameCall(tx, { channel, first, batch, now })) ?? (await newCall(tx, deps, { outlet, channel, first, batch, most, now }));
  if (call === null) return 'again';
  const tooFull = fullUntil(call.parts.length);
  if (tooFull !== null) return again(tx.hold(call.carried, tooFull, 'rate_window'));
  const dispatch = dispatchOf(deps, { outlet, first, call, rememberMs: remembered(channel.limits) }, now);
  await tx.reserve(dispatch);
  return { dispatch, outlet, channel, parts: call.parts, urgent: lane === LANE.urgent, nextLane: call.isCut ? first.lane : nextLane };
}

async function again(done: Promise<void>): Promise<'again'> {
  await done;
  return 'again';
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

interface Batch {
  readonly first: QueuedDelivery;
  /** With the first, in the order in which they waited. */
  readonly batch: readonly QueuedDelivery[];
  /** Of the most urgent one that is left out; null when none is. */
  readonly nextLane: number | null;
}

/**
 * The most urgent delivery, with others of the same incident and lane that say the same kind of thing; an answer to one message goes by
 * itself. What had to wait (an outage, a full window, a quiet hour) goes as one message, whatever it is about or answers: people read what
 * was missed once.
 */
function nextBatch(queued: readonly QueuedDelivery[], now: Instant): Batch | null {
  const [first] = queued;
  if (first === undefined) return null;
  const together = hasWaited(first, now);
  const isAlone = !together && (first.purpose === 'reply' || first.ticketOf !== null);
  const isAlike = (d: QueuedDelivery): boolean =>
    (together ? hasWaited(d, now) : d.stream === first.stream && d.purpose === first.purpose && d.ticketOf === null) &&
    d.lane === first.lane &&
    d.leg === first.leg &&
    d.intent.urgency === first.intent.urgency &&
    d.repeats === first.repeats &&
    d.attempts === first.attempts;
  const goesAlong = (d: QueuedDelivery): boolean => d === first || (!isAlone && isAlike(d));
  return { first, batch: queued.filter(goesAlong), nextLane: queued.find((d) => !goesAlong(d))?.lane ?? null };
}

function hasWaited({ stream, state, notBefore }: QueuedDelivery, now: Instant): boolean {
  return stream !== null && (state === 'held' || now - notBefore >= WAITED_MS);
}

interface Call {
  readonly parts: readonly Frozen[];
  readonly carried: readonly string[];
  /** Others of the batch go with a later call. */
  readonly isCut: boolean;
  /** The dispatch it is an attempt of; null for a new one. */
  readonly of: { readonly id: string; readonly attempt: number } | null;
}

/** The bytes of a call whose end is unknown, as they were; null when there is none, or the platform would not know the repeat any more. */
async function sameCall(tx: Tx, { channel, first, batch, now }: Omit<Choice, 'outlet' | 'most'>): Promise<Call | null> {
  const frozen = first.repeats === null ? null : await tx.frozen(first.repeats);
  if (frozen === null || first.repeats === null || !recognises(channel, frozen.reservedAt, now)) return null;
  const carried = batch.filter((d) => frozen.deliveries.includes(d.id)).map((d) => d.id);
  return { parts: frozen.payload.map((body) => ({ body })), carried, isCut: false, of: { id: first.repeats, attempt: frozen.attempt } };
}

interface Choice {
  readonly outlet: Outlet;
  readonly channel: Channel;
  readonly first: QueuedDelivery;
  readonly batch: readonly QueuedDelivery[];
  /** Parts that the windows ever hold. */
  readonly most: number;
  readonly now: Instant;
}

/** Worded from the state as it is now, of so many deliveries as the windows hold together; null when nobody is owed anything any more. */
async function newCall(tx: Tx, deps: Deps, choice: Choice): Promise<Call | null> {
  const { outlet, channel, first, batch, most, now } = choice;
  const { message, carried, dropped } = await composeBatch(tx, deps, batch, now);
  if (dropped.length > 0) await tx.cancel(dropped, 'not_owed');
  if (message === null) return null;
  const to = { address: outlet.address, ticket: first.ticket };
  const file = message.file === undefined ? undefined : channel.attach?.(message.file, to);
  const parts = [...channel.split(message, to), ...(file === undefined ? [] : [file])];
  if (parts.length <= most || carried.length === 1) return { parts, carried, isCut: false, of: null };
  const half = batch.filter(({ id }) => carried.includes(id)).slice(0, Math.ceil(carried.length / 2));
  const cut = await newCall(tx, deps, { ...choice, batch: half });
  return cut && { ...cut, isCut: true };
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
