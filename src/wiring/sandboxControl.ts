/** The hand on the sandbox's clock: moves it from due moment to due moment and waits at each until everything is at rest. */
import type { Clock, Pace } from '../ports/clock';
import type { Store } from '../ports/store';
import type { Views } from '../ports/views';
import { LANES, type Wake } from '../ports/wake';

export interface SandboxControl {
  now(): number;
  /** Runs to `target`, never backward; resolves with the moment reached when every delivery is settled or held beyond it. */
  advanceTo(target: number): Promise<number>;
  /** Fresh sample data and real time. */
  reset(): Promise<void>;
}

export interface ControlPorts {
  readonly clock: Clock & { offsetMs(): number; setOffset(ms: number): Promise<void> };
  readonly pace: Pace;
  readonly store: Store;
  readonly views: Views;
  readonly wake: Wake;
  readonly wipe: () => Promise<void>;
  /** Told of every moment the clock is set to, before anything is rung; a simulator in another process follows it. */
  readonly moved: (now: number) => Promise<void>;
}

const LOOK_EVERY_MS = 8;
/** Real milliseconds until an unrest is called stuck. */
const GIVE_UP_MS = 60_000;

export function createControl(ports: ControlPorts): SandboxControl {
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined);
    return next;
  };
  return {
    now: () => ports.clock.now(),
    advanceTo: (target) => inTurn(() => advance(ports, target)),
    reset: () =>
      inTurn(async () => {
        await atRest(ports);
        await ports.wipe();
        await ports.moved(ports.clock.now());
      }),
  };
}

async function advance(ports: ControlPorts, target: number): Promise<number> {
  const { store, clock } = ports;
  await atRest(ports);
  for (;;) {
    const next = await store.nextMoment(null);
    if (next === null || next > target) break;
    await setTo(ports, next);
    await passed(ports, next);
  }
  await setTo(ports, target);
  await atRest(ports);
  return clock.now();
}

/** Rings until the moment lies behind: between two looks an outlet may go from one message to the next, and seem at rest. */
async function passed(ports: ControlPorts, moment: number): Promise<void> {
  const until = ports.pace.mono() + GIVE_UP_MS;
  while (ports.pace.mono() < until) {
    ports.wake.armAt(moment);
    await atRest(ports);
    const next = await ports.store.nextMoment(null);
    if (next === null || next > moment) return;
  }
  throw new Error('a due moment did not pass when its time came');
}

/** Forward only: a moment already past stays past. */
async function setTo({ clock, moved }: ControlPorts, moment: number): Promise<void> {
  const ahead = moment - clock.now();
  if (ahead > 0) await clock.setOffset(clock.offsetMs() + ahead);
  await moved(clock.now());
}

/** Waits until nothing is being handled, rung or sent at this moment: two looks in a row must agree. */
async function atRest({ store, views, clock, pace }: ControlPorts): Promise<void> {
  const until = pace.mono() + GIVE_UP_MS;
  for (let calm = 0; calm < 2; ) {
    const now = clock.now();
    const waiting = await Promise.all(LANES.map((lane) => store.waiting(lane, now, 1, null)));
    const { deliveriesSending, refusalsUnheeded, receiptsDue } = await views.backlog(now);
    const moving = deliveriesSending + refusalsUnheeded + receiptsDue > 0;
    calm = waiting.every((ids) => ids.length === 0) && !moving ? calm + 1 : 0;
    if (pace.mono() > until) throw new Error('the sandbox does not come to rest');
    await pace.sleep(LOOK_EVERY_MS);
  }
}
