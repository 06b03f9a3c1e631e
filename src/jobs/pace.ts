/** Real time for machines: never moved by the sandbox, never jumping with the wall clock. */
import { setTimeout as timer } from 'node:timers/promises';
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

async function nap(ms: number, stop: AbortSignal | undefined): Promise<void> {
  try {
    await timer(ms, undefined, { ref: false, ...(stop ? { signal: stop } : {}) });
  } catch (fault) {
    if (!stop?.aborted) throw fault;
  }
}
