/** The whole road under a scheduler that chooses every order, loses wakes, kills processes and lets the platform fail: the quick form of `npm run sim` (docs/simulation.md). */
import { expect, test } from '@jest/globals';
import { type Met, type Outcome, simulate } from './run';
import { createTally, toldSeed } from './tell';

const SEEDS = 12;
/** What a night is to meet on average at the least, so that silence is not taken for order. */
const LEAST: Partial<Met> = { steps: 5_000, acts: 40, crashes: 2, events: 30, rings: 20, shown: 80, repeats: 5, ended: 0.3 };
const MOST_MS_A_SEED = 5_000;

test(
  'whatever the order and whatever fails: nothing is lost, nothing happens twice, and everything comes to an end',
  async () => {
    const tally = createTally();
    const bad: Outcome[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const run = await simulate(seed);
      tally.add(run);
      if (run.violations.length > 0) bad.push(run);
    }
    expect(bad.map(toldSeed).join('\n')).toBe('');
    const sums = tally.sums();
    for (const [what, least] of Object.entries(LEAST)) expect([what, sums[what as keyof Met] / SEEDS >= least]).toEqual([what, true]);
  },
  SEEDS * MOST_MS_A_SEED,
);

test.each([1607, 2245])(
  'in night %i, where so much had waited that one message was more than a window holds, no window is broken',
  async (seed) => {
    expect((await simulate(seed)).violations).toEqual([]);
  },
);

test('the same seed gives the same night, step for step, and another seed another one', async () => {
  const lines: string[] = [];
  const [first, other] = [await simulate(7), await simulate(8)];
  const again = await simulate(7, { heard: (line) => void lines.push(line) });
  expect(again).toEqual(first);
  expect(lines.slice(-first.tail.length)).toEqual(first.tail);
  expect(other.hash).not.toBe(first.hash);
}, 60_000);
