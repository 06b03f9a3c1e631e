/** The hand on the sandbox's clock: moves it from due moment to due moment and waits at each until everything is at rest. */
import type { Clock, Pace } from '../ports/clock';
import type { Store } from '../ports/store';
import type { Wake } from '../ports/wake';

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
  for (;;) {
    const next = await atRest(ports);
    if (next === null || next > target) break;
    await setTo(ports, next);
    ports.wake.armAt(next);
  }
  await setTo(ports, target);
  await atRest(ports);
  return ports.clock.now();
}

/** Forward only: a moment already past stays past. */
async function setTo({ clock, moved }: ControlPorts, moment: number): Promise<void> {
  const ahead = moment - clock.now();
  if (ahead > 0) await clock.setOffset(clock.offsetMs() + ahead);
  await moved(clock.now());
}

/**
 * Waits until nothing is being handled, rung or sent, and answers the moment at which something will be: later than now, so that a walk from
 * one to the next comes to an end. Two looks in a row, because what somebody has just said is on the wire for a moment, and in no row yet.
 */
async function atRest({ store, clock, pace }: ControlPorts): Promise<number | null> {
  const until = pace.mono() + GIVE_UP_MS;
  let wasMoving = true;
  for (;;) {
    const next = await store.rest(clock.now());
    if (next !== 'moving' && !wasMoving) return next;
    wasMoving = next === 'moving';
    if (pace.mono() > until) throw new Error('the sandbox does not come to rest');
    await pace.sleep(LOOK_EVERY_MS);
  }
}
