/** Real time for machines: never moved by the sandbox, never jumping with the wall clock. */
import { setTimeout as timer } from 'node:timers/promises';
import type { Pace } from '../ports/clock';

/** Longer than this one Node.js timer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * `mono` counts milliseconds from an arbitrary start. `sleep` returns early, without a fault, when `stop` is raised; a sleep alone
 * does not keep the process alive. Any length works, days and weeks too; zero and less give way once.
 */
export const realPace: Pace = {
  mono: () => performance.now(),
  sleep: async (ms, stop) => {
    const end = performance.now() + ms;
    for (let left = ms; !stop?.aborted; left = end - performance.now()) {
      await nap(Math.min(Math.max(left, 0), LONGEST_TIMER_MS), stop);
      if (performance.now() >= end) return;
    }
  },
};

async function nap(ms: number, stop: AbortSignal | undefined): Promise<void> {
  try {
    await timer(ms, undefined, { ref: false, ...(stop ? { signal: stop } : {}) });
  } catch (fault) {
    if (!stop?.aborted) throw fault;
  }
}
