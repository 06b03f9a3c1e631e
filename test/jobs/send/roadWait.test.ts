/** How often a broken road is knocked at. */
import { expect, test } from '@jest/globals';
import { roadUntil, roadWait } from '../../../src/jobs/send/roadWait';

test('waits grow to half a minute, and are never shorter than the platform asked for', () => {
  expect([0, 1, 2, 3, 4, 9].map((failures) => roadWait(2_000, failures))).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(roadWait(60_000, 3)).toBe(60_000);
  expect(roadWait(0, 3)).toBe(0);
});

test('addresses that fail within the same seconds are tried again together, none sooner than the platform asked for or later than its wait', () => {
  const T = Date.UTC(2026, 7, 1, 4);
  expect([0, 700, 4_900].map((late) => roadUntil(T + late, 1_000, 9) - T)).toEqual([30_000, 30_000, 30_000]);
  expect([0, 700].map((late) => roadUntil(T + late, 1_000, 2) - T)).toEqual([4_000, 4_000]);
  expect(roadUntil(T + 700, 1_000, 0) - T).toBe(1_700);
  expect(roadUntil(T + 700, 60_000, 3) - T).toBe(60_700);
  expect(roadUntil(T + 700, 0, 3) - T).toBe(700);
});
