/** What may come after the messages: many askings in a row become one run, a little later. */
import type { Pace } from '../ports/clock';

/** So much later it begins, in real milliseconds: whoever waits for a message does not wait for it, and an alarm is set this late at most. */
const AFTER_MS = 40;

export interface Afterwards {
  /** Asks for one more run. What is asked for during a run comes in the next one, after a pause of its own. */
  ask(): void;
  /** No new run; resolves when the one under way has ended. May run twice. */
  stop(): Promise<void>;
}

/** Runs `work` a little after it is asked for, once for all who ask meanwhile and never twice at a time. `work` must not throw. */
export function createAfterwards(pace: Pace, work: () => Promise<void>): Afterwards {
  const nap = new AbortController();
  let isStopped = false;
  let isAsked = false;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (isAsked) {
      await pace.sleep(AFTER_MS, nap.signal);
      isAsked = false;
      if (!isStopped) await work();
    }
    running = null;
  };
  return {
    ask: () => {
      isAsked = !isStopped;
      if (isAsked) running ??= run();
    },
    stop: async () => {
      isStopped = true;
      isAsked = false;
      nap.abort('stopped');
      await running;
    },
  };
}
