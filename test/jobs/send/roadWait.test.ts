/** How often a broken road is knocked at. */
import { expect, test } from '@jest/globals';
import { roadWait } from '../../../src/jobs/send/roadWait';

test('waits grow to half a minute, and are never shorter than the platform asked for', () => {
  expect([0, 1, 2, 3, 4, 9].map((failures) => roadWait(2_000, failures))).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(roadWait(60_000, 3)).toBe(60_000);
  expect(roadWait(0, 3)).toBe(0);
});
