/** The whole road under a scheduler that chooses every order, loses wakes, kills processes and lets the platform fail. `SIM_SEEDS=n` for more runs, `SIM_SEED=n` for one. */
import { expect, test } from '@jest/globals';
import { type Outcome, simulate } from './run';

const ONE = process.env.SIM_SEED;
const SEEDS = ONE === undefined ? Array.from({ length: Number(process.env.SIM_SEEDS ?? 12) }, (_, i) => i + 1) : [Number(ONE)];
/** What 20 runs are to meet at the least, so that silence is not taken for order. */
const LEAST = { steps: 100_000, crashes: 50, events: 400, shown: 2_000, repeats: 100, ended: 5 };
const MOST_MS_A_RUN = 5_000;

test(
  'whatever the order and whatever fails: nothing is lost, nothing happens twice, and everything comes to an end',
  async () => {
    const bad: Outcome[] = [];
    const met: Record<string, number> = {};
    for (const seed of SEEDS) {
      const run = await simulate(seed);
      for (const [what, count] of Object.entries(run.met)) met[what] = (met[what] ?? 0) + count;
      if (run.violations.length > 0) bad.push(run);
    }
    if (process.env.SIM_SEEDS !== undefined) console.log(met);
    expect(told(bad)).toBe('');
    if (SEEDS.length >= 12)
      for (const [what, least] of Object.entries(LEAST)) expect(met[what]).toBeGreaterThanOrEqual(Math.floor((least * SEEDS.length) / 20));
  },
  10_000 + SEEDS.length * MOST_MS_A_RUN,
);

test('the same seed gives the same run, step for step, and another seed another one', async () => {
  const [first, again, other] = [await simulate(7), await simulate(7), await simulate(8)];
  expect(again).toEqual(first);
  expect(other.hash).not.toBe(first.hash);
});

/** What was violated by which seed, and the last steps of the first of them. */
function told(bad: readonly Outcome[]): string {
  const faults = bad.slice(0, 20).map(({ seed, violations }) => `SIM_SEED=${seed}\n  ${violations.slice(0, 8).join('\n  ')}`);
  return [...faults, ...(bad[0]?.tail ?? [])].join('\n');
}
