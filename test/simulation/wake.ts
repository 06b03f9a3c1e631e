/** An alarm clock that loses, repeats and delays its rings, over a plain timer that does not. */
import type { Pace } from '../../src/ports/clock';
import { LANES, type Lane, type Wake } from '../../src/ports/wake';
import type { Random } from './random';

/** Lanes that a due moment may make work in. */
const ALARM_LANES: readonly Lane[] = ['due', 'send'];

/** Pause of the plain timer. */
const TIMER_MS = 20_000;

export interface SimWake extends Wake {
  /** Rung by another process through the shared queue. */
  ring(lane: Lane): void;
}

export interface WakeWorld {
  readonly random: Random;
  readonly pace: Pace;
  /** The domain's clock, which `armAt` speaks of. */
  readonly now: () => number;
  readonly turn: (what: string) => Promise<void>;
  /** Rings other processes. */
  readonly others: (lane: Lane) => void;
  /** While it answers false every ring arrives, once and at once. */
  readonly isRough: () => boolean;
  readonly failed: (lane: Lane, fault: unknown) => void;
  /** The alarm rang so many milliseconds before its time. */
  readonly tooEarly: (ms: number) => void;
}

export function createSimWake(world: WakeWorld): SimWake {
  const { random, pace } = world;
  const lanes = new Map<Lane, () => void>();
  let alarm = new AbortController();
  let armed: number | null = null;
  const ring = (lane: Lane): void => lanes.get(lane)?.();
  const tick = async (): Promise<void> => {
    for (;;) {
      await pace.sleep(TIMER_MS);
      for (const lane of LANES) ring(lane);
    }
  };
  const ringAt = async (at: number, stop: AbortSignal): Promise<void> => {
    const until = pace.mono() + Math.max(0, at - world.now());
    await pace.sleep(until - pace.mono(), stop);
    if (stop.aborted) return;
    armed = null;
    if (pace.mono() < until) world.tooEarly(until - pace.mono());
    for (const lane of ALARM_LANES) ring(lane);
  };
  void tick();
  return {
    ring,
    poke: (lane) => {
      const fate = world.isRough() ? random.next() : 1;
      if (fate < 0.1) return;
      ring(lane);
      if (fate < 0.2) void pace.sleep(random.int(1, 2000)).then(() => ring(lane));
      if (fate > 0.5) world.others(lane);
    },
    armAt: (at) => {
      // The domain's clock may have been moved since: only an alarm just set for the same moment still stands.
      if (at !== null && armed === at - world.now() + pace.mono()) return;
      alarm.abort('armed anew');
      armed = null;
      if (at === null || (world.isRough() && random.chance(0.1))) return;
      alarm = new AbortController();
      armed = at - world.now() + pace.mono();
      void ringAt(at, alarm.signal);
    },
    on: (lane, work) => void lanes.set(lane, createLane(world, lane, work)),
    healthy: () => true,
    stop: async () => undefined,
  };
}

/** One run at a time; a ring during a run leads to one more. */
function createLane({ turn, failed }: WakeWorld, lane: Lane, work: () => Promise<void>): () => void {
  let wanted = false;
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    await turn(`lane ${lane}`);
    while (wanted) {
      wanted = false;
      await work().catch((fault: unknown) => failed(lane, fault));
    }
    running = false;
  };
  return () => {
    wanted = true;
    if (!running) void run();
  };
}
