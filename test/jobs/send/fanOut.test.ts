/** The whole sender tells a thousand people, in virtual time; `FAN_OUT_PEOPLE=5000` those of the design, in about half a minute of a calm core. */
import { expect, test } from '@jest/globals';
import { leastCalls, leastMs, ROUND_TRIP_MS, tellEverybody } from './everybody';

const PEOPLE = Number(process.env.FAN_OUT_PEOPLE ?? 1_000);

test(`${PEOPLE} people are told by the fewest calls in the shortest time, and no second has more than ten calls of a kind`, async () => {
  const { made, took } = await tellEverybody(PEOPLE);
  const sends = made.filter(({ people }) => people > 0);
  expect(sends.reduce((sum, { people }) => sum + people, 0)).toBe(PEOPLE);
  expect(sends.length).toBeLessThanOrEqual(leastCalls(PEOPLE) * 1.1);
  expect(took - ROUND_TRIP_MS).toBeLessThanOrEqual(leastMs(PEOPLE) * 1.1);
  // Who has read is asked of each call that was shared, not of each person.
  expect(made.length - sends.length).toBeLessThanOrEqual(sends.length);
  for (const { api, at } of made)
    expect(made.filter((one) => one.api === api && one.at >= at && one.at < at + 1_000).length).toBeLessThanOrEqual(10);
}, 600_000);
