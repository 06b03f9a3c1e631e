/** Lets only so many pieces of work run at a time, the urgent ones first. Keeps senders from taking every database connection. */

export type Turns = <T>(isUrgent: boolean, work: () => Promise<T>) => Promise<T>;

interface Kind {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * At most `most` (2 or more) at a time, each kind in the order of asking. Of what is not urgent one alone runs beside urgent work, so
 * that it takes little from it; that one place is never taken by urgent work that others wait behind, so that nobody waits for ever.
 */
export function createTurns(most: number): Turns {
  const urgent: Kind = { running: 0, waiting: [] };
  const other: Kind = { running: 0, waiting: [] };
  const mayGo = (kind: Kind): boolean => {
    if (kind === urgent) return urgent.running < most - 1 && urgent.running + other.running < most;
    const isCalm = urgent.running === 0 && urgent.waiting.length === 0;
    return isCalm ? other.running < most : other.running === 0;
  };
  const next = (): void => {
    for (const kind of [urgent, other])
      while (kind.waiting.length > 0 && mayGo(kind)) {
        kind.running += 1;
        kind.waiting.shift()?.();
      }
  };
  return async (isUrgent, work) => {
    const kind = isUrgent ? urgent : other;
    await new Promise<void>((go) => {
      kind.waiting.push(go);
      next();
    });
    try {
      return await work();
    } finally {
      kind.running -= 1;
      next();
    }
  };
}
