/** The send lane: every free outlet sends its most urgent message on its own, calls outside any transaction, and settles each end. */
import { LANE } from '../../core/notices/intent';
import type { Deps } from '../../handlers/deps';
import type { Pace } from '../../ports/clock';
import type { Channel, SendResult } from '../../ports/platform';
import type { Again, Overdue, Sendable, Settlement } from '../../ports/sending';
import { firstAskAt } from './receipts';
import { againAfter } from './repeat';
import { CALL_MS, type Reserved, reserve } from './reserve';
import { roadUntil } from './roadWait';
import { createTurns, type Turns } from './turns';

const BATCH = 50;
/** Transactions of this process's senders at a time; calls to the platforms are not counted. */
const MOST_TRANSACTIONS = 5;
/** What is being sent when the process stops may take so long to end, in real milliseconds. */
const LAST_CALLS_MS = 4_000;
/** A message that cannot be made waits so long before it is tried again, visibly. */
const FAULT_WAIT_MS = 60_000;

export interface Sender {
  /** Starts every outlet that can send now and is not at it already; returns without waiting for the platforms. */
  work(): Promise<void>;
  /** Ends, visibly, what was being sent when its process died. */
  settleLost(): Promise<void>;
  /** No new message; calls under way are given a moment to end. */
  stop(): Promise<void>;
}

/** `more` is told when an outlet has come to rest and something may have become sendable meanwhile. */
export function createSender(deps: Deps, pace: Pace, more: () => void): Sender {
  const inTurn = createTurns(MOST_TRANSACTIONS);
  const sending = new Map<string, Promise<void>>();
  let stopping = false;

  const start = (at: Sendable): void => {
    const ended = drain(deps, pace, inTurn, at, () => stopping).then((moved) => {
      sending.delete(at.outlet);
      if (moved && !stopping) more();
    });
    sending.set(at.outlet, ended);
  };

  return {
    work: async () => {
      const waiting = await deps.store.sendable(deps.clock.now(), BATCH + sending.size, [...deps.held().keys()]);
      for (const at of waiting) if (!stopping && !sending.has(at.outlet)) start(at);
    },
    settleLost: async () => {
      const lost = await deps.store.overdueDispatches(BATCH);
      await settleLost(deps, lost);
      // Their outlets are free only now.
      if (lost.length > 0) more();
    },
    stop: async () => {
      stopping = true;
      await Promise.race([Promise.all(sending.values()), pace.sleep(LAST_CALLS_MS)]);
    },
  };
}

/** Sends one outlet's messages in turn until it has nothing more to send now; answers whether anything moved. Never throws. */
async function drain(deps: Deps, pace: Pace, inTurn: Turns, { outlet, lane }: Sendable, isStopping: () => boolean): Promise<boolean> {
  let moved = false;
  let next: number = lane;
  try {
    while (!isStopping()) {
      let since = 0;
      const reserved = await inTurn(next === LANE.urgent, () => {
        since = pace.mono();
        return deps.store.transact({ outlet, busy: 'skip' }, (tx) => reserve(tx, deps, outlet));
      });
      if (reserved === 'busy' || reserved === 'idle') return moved;
      moved = true;
      if (reserved === 'again') continue;
      await settle(deps, inTurn, reserved, await call(pace, reserved, since + reserved.dispatch.limitMs - CALL_MS));
      // What has come meanwhile is found by the next look, which whoever moved something asks for.
      if (reserved.nextLane === null) return true;
      next = reserved.nextLane;
    }
  } catch (cause) {
    deps.log.error({ outlet, cause }, 'sending stopped at an outlet');
    await setAside(deps, inTurn, outlet).catch((fault: unknown) =>
      deps.log.error({ outlet, cause: fault }, 'a faulty message could not be set aside'),
    );
  }
  return moved;
}

/** What stands first cannot be made or settled: it waits, visibly, and does not keep the others. */
async function setAside(deps: Deps, inTurn: Turns, outlet: string): Promise<void> {
  const now = deps.clock.now();
  await inTurn(false, () =>
    deps.store.transact({ outlet, busy: 'wait' }, async (tx) => {
      const [first] = await tx.queued(outlet, now, 1);
      if (first !== undefined) await tx.hold([first.id], now + FAULT_WAIT_MS, 'fault');
    }),
  );
}

/**
 * The parts in order; the first that is not accepted decides the end of all. None begins after `until`: whoever comes so late (a long
 * pause of the process) may have been counted as lost, and others call. A ticket serves the first part only.
 */
async function call(pace: Pace, { channel, outlet, parts, dispatch, urgent }: Reserved, until: number): Promise<SendResult> {
  let last: SendResult = { is: 'refused', code: 'empty', fault: 'content' };
  for (const [i, part] of parts.entries()) {
    const to = { address: outlet.address, ticket: i === 0 ? dispatch.ticket : null, urgent };
    last = pace.mono() > until ? TOO_LATE : await withinLimit(pace, (stop) => channel.send(part, to, `${dispatch.id}-${i}`, stop));
    if (last.is !== 'accepted') return i === 0 ? last : halfShown(last, i + 1);
  }
  return last;
}

const TOO_LATE: SendResult = { is: 'road', code: 'too_late', blocks: 'outlet', waitMs: 0 };

/** Once a part was accepted any other end is unknown: to send the whole anew, unmarked, would show that part twice. */
function halfShown(end: Exclude<SendResult, { is: 'accepted' }>, part: number): SendResult {
  return end.is === 'unknown' ? end : { is: 'unknown', what: `part ${part}: ${end.code}` };
}

async function withinLimit<T>(pace: Pace, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const ended = new AbortController();
  void pace.sleep(CALL_MS, ended.signal).then(() => ended.signal.aborted || limit.abort());
  return work(limit.signal).finally(() => ended.abort('answered'));
}

/** Who is called next at this outlet waits for it: an urgent call is settled as urgently. */
async function settle(deps: Deps, inTurn: Turns, { dispatch, outlet, channel, urgent }: Reserved, result: SendResult): Promise<void> {
  const now = deps.clock.now();
  const how = settlementOf(result, { channel, failures: outlet.failures }, againAfter(channel, dispatch, now), now);
  await inTurn(urgent, () =>
    deps.store.transact({ outlet: outlet.id, busy: 'wait' }, (tx) => tx.settle(dispatch.id, dispatch.attempt, how, now)),
  );
  const fields = {
    dispatch: dispatch.id,
    channel: channel.id,
    lane: dispatch.lane,
    end: how.is,
    code: 'code' in how ? how.code : undefined,
  };
  if (how.is === 'accepted') deps.log.debug(fields, 'message accepted by the platform');
  else deps.log.warn(fields, 'message not accepted by the platform');
}

interface Road {
  readonly channel: Channel;
  readonly failures: number;
}

function settlementOf(result: SendResult, { channel, failures }: Road, again: Again, now: number): Settlement {
  switch (result.is) {
    case 'accepted':
      return {
        ...{ is: 'accepted', ref: result.ref ?? null, handle: result.handle ?? null },
        askAt: channel.receipt === undefined || result.ref === undefined ? null : firstAskAt(now),
      };
    case 'refused':
      return { is: 'refused', code: result.code };
    case 'road':
      return { is: 'road', code: result.code, blocks: result.blocks, until: roadUntil(now, result.waitMs, failures) };
    case 'unknown':
      return { is: 'unknown', what: result.what, again };
    default:
      return result satisfies never;
  }
}

/** Dispatches nobody settled (a crash between call and settlement) end as unknown, visibly. */
async function settleLost(deps: Deps, overdue: readonly Overdue[]): Promise<void> {
  for (const lost of overdue) {
    const now = deps.clock.now();
    const channel = deps.reach.channel(lost.tenant, lost.channel);
    const how: Settlement = { is: 'unknown', what: 'no settlement before the limit', again: againAfter(channel, lost, now) };
    await deps.store.transact({ outlet: lost.outlet, busy: 'wait' }, (tx) => tx.settle(lost.id, lost.attempt, how, now));
    deps.log.warn({ dispatch: lost.id }, 'a sending has an unknown end');
  }
}
