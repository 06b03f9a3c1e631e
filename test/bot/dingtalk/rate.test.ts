/** The line before the calls of one kind: nobody stands in it longer than a call may wait for its end. */
import { expect, test } from '@jest/globals';
import { createRate } from '../../../src/bot/dingtalk/rate';
import { virtualPace } from './virtual';

const CALLS = 200;
const BACK_AT_MS = 10_000;
/** Whoever waits for a call gives it up after ten seconds. */
const MOST_MS = 9_000;

test('those who were sent away and come back together, while the platform takes fewer calls, are not all let into the line', async () => {
  const pace = virtualPace();
  const rate = createRate(pace);
  const never = new AbortController().signal;
  const waited: number[] = [];
  const ask = async (): Promise<boolean> => {
    const from = pace.mono();
    const away = await rate.enter(false, never);
    if (away === null) waited.push(pace.mono() - from);
    return away === null;
  };
  const night = async (): Promise<void> => {
    const first = await Promise.all(Array.from({ length: CALLS }, ask));
    await pace.sleep(BACK_AT_MS - pace.mono());
    rate.halve();
    await Promise.all(first.filter((entered) => !entered).map(ask));
  };
  await pace.until(night());
  expect(Math.max(...waited)).toBeLessThanOrEqual(MOST_MS);
  expect(waited.length).toBeGreaterThan(CALLS / 4);
});
