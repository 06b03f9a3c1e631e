/** The alarm clock of the bot: BullMQ wakes at once and across processes, a plain timer finds what nobody woke. */
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Instant } from '../core/instant';
import { DAY } from '../core/instant';
import type { Clock, Pace } from '../ports/clock';
import { LANES, type Lane, type Wake } from '../ports/wake';
import { type LaneRunner, laneRunner } from './queue/laneRunner';
import { mendingBell } from './queue/mendingBell';

export interface WakeOptions {
  readonly backend: { readonly kind: 'postgres'; readonly pool: Pool } | { readonly kind: 'redis'; readonly url: string };
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** `queue`: BullMQ alone, no timer and no direct run; `timer`: no BullMQ. Both are for fault-finding and tests. */
  readonly mode: 'all' | 'queue' | 'timer';
  /** Pause of the plain timer; at most 1 s while the queue is unwell. */
  readonly timerMs: number;
}

const UNWELL_TIMER_MS = 1000;
const STOP_PATIENCE_MS = 2500;

/**
 * Opens the alarm clock. The database must be up; a queue that cannot be opened only makes it unwell, and is tried again every
 * 10 s. Throws one thing: a Redis that may drop alarms (its sentence says what to change). A process that has
 * named no work takes no jobs; one that has takes those of all lanes, so it names the work of all or of none.
 */
export async function createWake({ backend, clock, pace, log, mode, timerMs }: WakeOptions): Promise<Wake> {
  const runners = new Map<Lane, LaneRunner>();
  const ring = (lane: Lane): void => runners.get(lane)?.ring();
  const bell = mode === 'timer' ? null : await mendingBell({ backend, pace, log, rung: ring });
  const stopping = new AbortController();

  const tick = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pace.sleep(bell && !bell.healthy() ? Math.min(UNWELL_TIMER_MS, timerMs) : timerMs, stopping.signal);
      if (stopping.signal.aborted) return;
      if (mode !== 'queue') for (const lane of LANES) ring(lane);
      bell?.mend();
    }
  };
  const ticking = tick();
  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    stopping.abort();
    await ticking;
    const limit = new AbortController();
    const ended = Promise.all([...runners.values()].map((runner) => runner.stop())).then(() => limit.abort());
    await Promise.race([ended, pace.sleep(STOP_PATIENCE_MS, limit.signal)]);
    await bell?.close();
  };

  return {
    poke: (lane) => {
      if (mode !== 'queue') ring(lane);
      bell?.ring(lane);
    },
    armAt: (at) => bell?.arm(at === null ? null : delayUntil(at, clock)),
    on: (lane, work) => {
      runners.set(
        lane,
        laneRunner(work, (fault) => log.error({ err: fault, lane }, '后台处理出错，稍后重试。')),
      );
      bell?.listen();
    },
    healthy: () => bell?.healthy() ?? true,
    stop: () => (stopped ??= stop()),
  };
}

/** Early is harmless, late is not: whoever is rung too early arms again. */
function delayUntil(at: Instant, clock: Clock): number {
  return Math.min(Math.max(at - clock.now(), 0), DAY);
}
