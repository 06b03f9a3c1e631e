/** Calls of one turn share one statement, and each gets its own answer. */
import { expect, test } from '@jest/globals';
import { together } from '../../src/store/together';

test('calls made together are run once, in order, and each hears its own answer', async () => {
  const runs: number[][] = [];
  const double = together(async (items: readonly number[]) => {
    runs.push([...items]);
    return items.map((n) => n * 2);
  });
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(runs).toEqual([[1, 2, 3], [4]]);
});

test('a fault is heard by everybody who shared the run, and by nobody after it', async () => {
  let failing = true;
  const run = together(async (items: readonly number[]) => {
    if (failing) throw new Error('no road');
    return items;
  });
  const both = await Promise.allSettled([run(1), run(2)]);
  expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  failing = false;
  expect(await run(3)).toBe(3);
});
