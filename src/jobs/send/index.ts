/** The send lane: every free outlet sends its most urgent message on its own, calls outside any transaction, and settles each end. */
import { LANE } from '../../core/notices/intent';
import type { Deps } from '../../handlers/deps';
import type { Pace } from '../../ports/clock';
import type { Channel, SendResult } from '../../ports/platform';
import type { Again, Ended, Sendable, Settlement } from '../../ports/sending';
import { firstAskAt } from './receipts';
import { againAfter } from './repeat';
import { CALL_MS, type Reserved } from './reserve';
import { roadUntil } from './roadWait';
import { createSteps, type Step, type TakeStep } from './steps';

const BATCH = 50;
/** What is being sent when the process stops may take so long to end, in real milliseconds. */
const LAST_CALLS_MS = 4_000;
/** A message that cannot be made waits so long before it is tried again, visibly. */
const FAULT_WAIT_MS = 60_000;

export interface Sender {
  /** Starts every outlet that can send now and is not at it already; returns without waiting for the platforms. */
  work(): Promise<void>;
  /** No new message; calls under way are given a moment to end. */
  stop(): Promise<void>;
}

/** `more` is told when an outlet has come to rest and something may have become sendable meanwhile. */
export function createSender(deps: Deps, pace: Pace, more: () => void): Sender {
  const take = createSteps(deps, pace);
  const sending = new Map<string, Promise<void>>();
  let stopping = false;
  let looks = 0;

  const start = (at: Sendable): void => {
    const ended = drain({ deps, pace, take, isStopping: () => stopping, looks: () => looks }, at).then((isMore) => {
      sending.delete(at.outlet);
      if (isMore && !stopping) more();
    });
    sending.set(at.outlet, ended);
  };

  return {
    work: async () => {
      looks += 1;
      const waiting = await deps.store.sendable(deps.clock.now(), BATCH + sending.size, [...deps.held().keys()]);
      for (const at of waiting) if (!stopping && !sending.has(at.outlet)) start(at);
    },
    stop: async () => {
      stopping = true;
      await Promise.race([Promise.all(sending.values()), pace.sleep(LAST_CALLS_MS)]);
    },
  };
}

/** What the ways of all outlets share. `looks`: how often sendable outlets were looked for. */
interface Sending {
  readonly deps: Deps;
  readonly pace: Pace;
  readonly take: TakeStep;
  readonly isStopping: () => boolean;
  readonly looks: () => number;
}

/**
 * Sends one outlet's messages in turn until it has nothing more to send now. Answers whether to look again: something ended in another
 * way than accepted, or somebody looked when this outlet was still busy. Never throws.
 */
async function drain({ deps, pace, take, isStopping, looks }: Sending, { outlet, lane }: Sendable): Promise<boolean> {
  let isMoved = false;
  let isStirred = false;
  let step: Step = { outlet, isUrgent: lane === LANE.urgent, ended: null, goesOn: true };
  let seen = 0;
  try {
    for (;;) {
      if (step.goesOn) seen = looks();
      const { next, since } = await take({ ...step, goesOn: step.goesOn && !isStopping() });
      if (next === 'busy' || next === 'idle') return isMoved && (isStirred || looks() !== seen);
      isMoved = true;
      if (next === 'again') {
        isStirred = true;
        step = { ...step, ended: null };
        continue;
      }
      const how = await callAndTell(deps, pace, next, since);
      isStirred ||= how.is !== 'accepted' || (how.askAt ?? null) !== null;
      // Where nothing waited and nobody has looked since, nothing can have come.
      const goesOn = next.nextLane !== null || looks() !== seen;
      step = { outlet, isUrgent: next.nextLane === LANE.urgent, ended: { ...attemptOf(next), how }, goesOn };
    }
  } catch (cause) {
    deps.log.error({ outlet, cause }, 'sending stopped at an outlet');
    await setAside(deps, outlet).catch((fault: unknown) =>
      deps.log.error({ outlet, cause: fault }, 'a faulty message could not be set aside'),
    );
    return isMoved;
  }
}

/** What stands first cannot be made or settled: it waits, visibly, and does not keep the others. */
async function setAside(deps: Deps, outlet: string): Promise<void> {
  const now = deps.clock.now();
  await deps.store.transact({ outlets: [outlet], busy: 'wait' }, async (tx) => {
    const [first] = await tx.queued(outlet, now, 1);
    if (first !== undefined) await tx.hold([first.id], now + FAULT_WAIT_MS, 'fault');
  });
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

/** Makes the call, and leaves a line about its end. */
async function callAndTell(deps: Deps, pace: Pace, reserved: Reserved, since: number): Promise<Settlement> {
  const { dispatch, outlet, channel } = reserved;
  const result = await call(pace, reserved, since + dispatch.limitMs - CALL_MS);
  const now = deps.clock.now();
  const how = settlementOf(result, { channel, failures: outlet.failures }, againAfter(channel, dispatch, now), now);
  const fields = {
    dispatch: dispatch.id,
    channel: channel.id,
    lane: dispatch.lane,
    end: how.is,
    code: 'code' in how ? how.code : undefined,
  };
  if (how.is === 'accepted') deps.log.debug(fields, 'message accepted by the platform');
  else deps.log.warn(fields, 'message not accepted by the platform');
  return how;
}

function attemptOf({ dispatch: { id, attempt } }: Reserved): Omit<Ended, 'how'> {
  return { dispatch: id, attempt };
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
