/** The whole sender tells a thousand people, in virtual time. */
import { expect, test } from '@jest/globals';
import { LEAST_CALLS, LEAST_MS, PEOPLE, ROUND_TRIP_MS, tellEverybody } from './everybody';

test('a thousand people are told by the fewest calls in the shortest time, and no second has more than ten calls', async () => {
  const { made, took } = await tellEverybody();
  expect(made.reduce((sum, { people }) => sum + people, 0)).toBe(PEOPLE);
  expect(made.length).toBeLessThanOrEqual(LEAST_CALLS * 1.1);
  expect(took - ROUND_TRIP_MS).toBeLessThanOrEqual(LEAST_MS * 1.1);
  for (const { at } of made) expect(made.filter((one) => one.at >= at && one.at < at + 1_000).length).toBeLessThanOrEqual(10);
}, 60_000);
