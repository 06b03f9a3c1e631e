import { expect, test } from '@jest/globals';
import { askAgainAt, firstAskAt } from '../../src/jobs/send/receipts';

const START = Date.parse('2026-08-01T09:00:03.217+08:00');
const MINUTE = 60_000;

test('a carrier is asked after ten seconds at the earliest, and about all calls at the same moments', () => {
  for (const now of [START, START + 1, START + 6_000, START + 6_782]) {
    const at = firstAskAt(now);
    expect(at - now).toBeGreaterThanOrEqual(10_000);
    expect(at - now).toBeLessThan(20_000);
    expect(at % 10_000).toBe(0);
  }
  expect(new Set([START, START + 10, START + 500].map(firstAskAt)).size).toBe(1);
});

test('after two minutes it is asked every minute, after a quarter of an hour not any more', () => {
  const next = (after: number) => (askAgainAt(START, START + after) ?? Number.POSITIVE_INFINITY) - (START + after);
  expect(next(MINUTE)).toBeLessThan(20_000);
  expect(next(2 * MINUTE)).toBeGreaterThanOrEqual(MINUTE);
  expect(next(2 * MINUTE)).toBeLessThan(2 * MINUTE);
  expect(askAgainAt(START, START + 15 * MINUTE)).toBeNull();
});

test('a carrier that has nothing to tell for a while is left alone so long', () => {
  const at = askAgainAt(START, START + 10_000, 4 * MINUTE) ?? 0;
  expect(at - START - 10_000).toBeGreaterThanOrEqual(4 * MINUTE);
  expect(at - START - 10_000).toBeLessThan(5 * MINUTE);
  expect(askAgainAt(START, START + 10_000, 1)).toBe(askAgainAt(START, START + 10_000));
});
