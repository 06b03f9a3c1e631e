/** What the alarm clock promises on every backend: one body of tests for PostgreSQL and Redis. */
import { beforeAll, describe, test } from '@jest/globals';
import { alarmRings } from './queueAlarm';
import { eventually, handles, openBench, type PortableBackend } from './queueBench';
import { lossesAreSurvived } from './queueLosses';
import { ringsAreHeard } from './queueRings';

/** Defines the tests; to be called inside a `describe`. What is tested is the waking itself, so moments are real where they matter. */
export function queuePortability(backend: PortableBackend): void {
  const bench = openBench(backend);
  let before = 0;
  beforeAll(async () => {
    await backend.alarms();
    before = handles();
  });
  // Losses first: after a fault BullMQ keeps a timer or two for up to eleven seconds, which have run out when the rest is done.
  describe('losses', () => lossesAreSurvived(bench, backend));
  describe('its alarm', () => alarmRings(bench, backend));
  describe('rings', () => ringsAreHeard(bench));
  test('Of all that was lost, cut and stopped nothing is left that keeps the process alive', () =>
    eventually(() => handles() <= before, 'what was open has ended'));
}
