/** The alarm clock of the bot: BullMQ and its server wake at once and across processes, a plain timer finds what nobody woke. */
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock, Pace } from '../ports/clock';
import { LANES, type Lane, type Wake } from '../ports/wake';
import { ALARM_LANES } from './queue/bell';
import { type LaneRunner, laneRunner } from './queue/laneRunner';
import { MendingBell } from './queue/mendingBell';

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
const STOP_PATIENCE_MS = 2000;

/**
 * Opens the alarm clock. The database must be up; a queue that cannot be opened only makes it unwell, and is tried again every
 * 10 s. Throws one thing: a Redis that may drop alarms (its sentence says what to change). A ring of `send` is heard by every
 * process that has named work, one of another lane by one of them, whichever: so a process names the work of all lanes or of none.
 */
export async function createWake(options: WakeOptions): Promise<Wake> {
  const { clock, pace, log, mode } = options;
  const runners = new Map<Lane, LaneRunner>();
  const rung = (lane: Lane): void => runners.get(lane)?.ring();
  const bell = mode === 'timer' ? null : await MendingBell.open({ ...options, rung, echo: mode === 'queue' });
  const stopping = new AbortController();
  const ticking = tick(options, bell, rung, stopping.signal);
  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    stopping.abort();
    await ticking;
    await endRuns([...runners.values()], pace);
    await bell?.close();
  };

  return {
    poke: (lane) => {
      if (mode !== 'queue') rung(lane);
      bell?.ring(lane);
    },
    armAt: (at) => {
      const ms = at === null ? null : Math.max(at - clock.now(), 0);
      // A moment that has come needs no alarm here; others still hear of it by the queue.
      if (ms === 0 && mode === 'all') ALARM_LANES.forEach(rung);
      bell?.arm(ms);
    },
    on: (lane, work) => {
      const failed = (fault: unknown): void => log.error({ err: fault, lane }, '后台处理出错，稍后重试。');
      runners.set(lane, laneRunner(work, failed));
      bell?.listen();
    },
    healthy: () => bell?.healthy() ?? true,
    stop: () => (stopped ??= stop()),
  };
}

/** The plain timer, until it is told to stop: rings every lane here, and has an unwell queue mended. */
async function tick(
  { mode, pace, timerMs }: WakeOptions,
  bell: MendingBell | null,
  rung: (lane: Lane) => void,
  stop: AbortSignal,
): Promise<void> {
  for (;;) {
    await pace.sleep(bell && !bell.healthy() ? Math.min(UNWELL_TIMER_MS, timerMs) : timerMs, stop);
    if (stop.aborted) return;
    if (mode !== 'queue') LANES.forEach(rung);
    bell?.mend();
  }
}

/** Waits for the runs that go on, but not for ever. */
async function endRuns(runners: readonly LaneRunner[], pace: Pace): Promise<void> {
  const limit = new AbortController();
  const ended = Promise.all(runners.map((runner) => runner.stop())).then(() => limit.abort());
  await Promise.race([ended, pace.sleep(STOP_PATIENCE_MS, limit.signal)]);
}
