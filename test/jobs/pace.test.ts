/** Real time: sleeps that end when told, and long ones that do not end at once. */
import { expect, test } from '@jest/globals';
import { realPace } from '../../src/jobs/pace';

test('A sleep takes its time, and the clock it is measured by only goes forward', async () => {
  const begun = realPace.mono();
  await realPace.sleep(30);
  expect(realPace.mono() - begun).toBeGreaterThanOrEqual(29);
});

test.each([1_000, 60 * 86_400_000])('A sleep of %d ms ends when it is told to stop, without a fault and not before', async (ms) => {
  const stop = new AbortController();
  let ended = false;
  const sleeping = realPace.sleep(ms, stop.signal).then(() => {
    ended = true;
  });
  await realPace.sleep(20);
  expect(ended).toBe(false);
  stop.abort();
  await sleeping;
  await realPace.sleep(ms, stop.signal);
});

test('A sleep alone does not keep the process alive', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const [before, stop] = [timers(), new AbortController()];
  const sleeping = realPace.sleep(60_000, stop.signal);
  expect(timers()).toBe(before);
  stop.abort();
  await sleeping;
});
