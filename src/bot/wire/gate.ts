/** How many calls of one tenant may be under way at once: halved when the platform says that they are too many, and slowly grown back. */
import type { Clock } from '../../ports/clock';

/** A way through for calls; those beyond the number of the moment wait in line. */
export interface Gate {
  /** Runs `work` when there is room, in the order of asking. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The platform refused a call as one too many (45033): half as many from now on, at least one. */
  halve(): void;
}

const MOST = 32;
/** One more may be under way for each such time without a refusal, in milliseconds. */
const GROW_MS = 10_000;
/** Refusals that come together are one. */
const TOGETHER_MS = 1_000;

/** Starts at 32, far above what a bureau's outlets have under way: each makes one call at a time. */
export function createGate(clock: Clock): Gate {
  const waiting: (() => void)[] = [];
  let under = 0;
  let most = MOST;
  let since = clock.now();

  const room = (): number => Math.min(MOST, most + Math.max(0, Math.floor((clock.now() - since) / GROW_MS)));
  const leave = (): void => {
    under -= 1;
    while (waiting.length > 0 && under < room()) {
      under += 1;
      waiting.shift()?.();
    }
  };
  return {
    async run(work) {
      if (under < room() && waiting.length === 0) under += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        leave();
      }
    },
    halve() {
      const now = clock.now();
      if (most < MOST && now - since < TOGETHER_MS) return;
      most = Math.max(1, Math.floor(room() / 2));
      since = now;
    },
  };
}
