/** Measures several ways of doing one thing in turns, so that a noisy minute of the machine falls on all of them alike. */

/** How long to measure: fresh processes so often, and so many counted rounds in each, after two that only warm up. */
export interface Length {
  readonly sittings: number;
  readonly rounds: number;
  /** Messages of one round. */
  readonly messages: number;
  /** What takes most of an hour too. */
  readonly isLong?: boolean;
}

/**
 * One sitting after the other: `open` starts fresh processes, each way is warmed up twice, then they take turns, every other round the
 * other way round. Who measures is told what only warms up, which may be smaller. Answers what each way gave in each counted round.
 */
export async function inTurns<Way extends string, Given>(
  ways: readonly Way[],
  { sittings, rounds }: Length,
  open: () => Promise<{ measure(way: Way, warmsUp: boolean): Promise<Given>; close(): Promise<void> }>,
): Promise<Readonly<Record<Way, readonly Given[]>>> {
  const given = Object.fromEntries(ways.map((way) => [way, []])) as unknown as Record<Way, Given[]>;
  for (let sitting = 0; sitting < sittings; sitting++) {
    const { measure, close } = await open();
    try {
      for (const way of [...ways, ...ways]) await measure(way, true);
      for (let round = 0; round < rounds; round++)
        for (const way of round % 2 === 0 ? ways : [...ways].reverse()) given[way].push(await measure(way, false));
    } finally {
      await close();
    }
  }
  return given;
}

/** Round by round, how many times more the one is than the other. */
export function ratios(one: readonly number[], other: readonly number[]): readonly number[] {
  return one.map((value, round) => value / (other[round] ?? Number.NaN));
}
