/** Real time for machines: never moved by the sandbox, never jumping with the wall clock. */
import type { Pace } from '../ports/clock';

/** Longer than this one timer of Node.js fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a pace is made of: a clock of milliseconds, and one timer of at most `LONGEST_TIMER_MS` that ends early, without a fault, at `stop`. */
export interface Ticking {
  now(): number;
  nap(ms: number, stop: AbortSignal | undefined): Promise<void>;
}

/** A pace of any timers: `sleep` returns early, without a fault, when `stop` is raised. Any length works; zero and less give way once. */
export function createPace({ now, nap }: Ticking): Pace {
  return {
    mono: now,
    sleep: async (ms, stop) => {
      const end = now() + ms;
      for (let left = ms; !stop?.aborted; left = end - now()) {
        await nap(Math.min(Math.max(left, 0), LONGEST_TIMER_MS), stop);
        if (now() >= end) return;
      }
    },
  };
}

/** `mono` counts milliseconds from an arbitrary start; a sleep alone does not keep the process alive. */
export const realPace: Pace = createPace({ now: () => performance.now(), nap });

/** By hand: every call has a limit that is taken back, and the promise of Node.js makes a fault of each. */
function nap(ms: number, stop: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      stop?.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms).unref();
    stop?.addEventListener('abort', end);
    if (stop?.aborted) end();
  });
}
