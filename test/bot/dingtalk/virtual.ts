/** Time that passes only when everything waits for it: hours of sending in a moment, in the order in which they would happen. */
import type { Pace } from '../../../src/ports/clock';

export interface VirtualPace extends Pace {
  /** Lets time pass until the work has ended; throws when it waits for nothing. */
  until<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  readonly nth: number;
  wake(): void;
}

/** Begins at zero. Whatever is resumed runs to its next wait before time goes on. */
export function virtualPace(): VirtualPace {
  let now = 0;
  let count = 0;
  const sleepers: Sleeper[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const earliest = (): Sleeper | undefined => sleepers.reduce<Sleeper | undefined>(sooner, undefined);
  return {
    mono: () => now,
    sleep: (ms, stop) =>
      new Promise((resolve) => {
        count += 1;
        const wake = () => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          stop?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper: Sleeper = { at: now + Math.max(0, ms), nth: count, wake };
        if (stop?.aborted) return resolve();
        sleepers.push(sleeper);
        stop?.addEventListener('abort', wake);
      }),
    async until(work) {
      let isOver = false;
      const ended = work.finally(() => {
        isOver = true;
      });
      for (;;) {
        await settle();
        if (isOver) return ended;
        const next = earliest();
        if (next === undefined) throw new Error('everything waits, and nothing will happen any more');
        now = Math.max(now, next.at);
        for (const due of sleepers.filter(({ at }) => at <= now)) due.wake();
      }
    },
  };
}

function sooner(a: Sleeper | undefined, b: Sleeper): Sleeper {
  return a === undefined || b.at < a.at || (b.at === a.at && b.nth < a.nth) ? b : a;
}
