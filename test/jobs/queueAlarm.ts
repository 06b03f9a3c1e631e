/** What the alarm promises on every backend: one at a time, at its moment, replaced both ways, taken back, set again when it was lost. */
import { beforeEach, expect, test } from '@jest/globals';
import { realPace } from '../../src/jobs/pace';
import type { Wake } from '../../src/ports/wake';
import { type Bench, counter, eventually, hasty, type PortableBackend } from './queueBench';

const HOUR = 3_600_000;

export function alarmRings({ wake }: Bench, backend: PortableBackend): void {
  // An alarm outlives the process that set it; here each test begins without any.
  beforeEach(() => backend.loseJobs());

  const isSet = async (): Promise<string> => {
    await eventually(async () => (await backend.alarms()).length === 1, 'one alarm is set');
    return (await backend.alarms()).join();
  };
  const another = (old: string): Promise<void> =>
    eventually(async () => {
      const ids = await backend.alarms();
      return ids.length === 1 && ids[0] !== old;
    }, 'another alarm is set');

  test.each(['lose', 'loseJobs'] as const)(
    'An alarm that was lost (%s) is set again by itself, and meanwhile the timer looks',
    async (harm) => {
      const working = await wake({ ...hasty, mode: 'all', timerMs: 5000 });
      const runs = counter();
      const moment = hasty.clock.now() + HOUR;
      working.on('due', async () => {
        working.armAt(moment);
        await runs.work();
      });
      working.on('send', async () => undefined);
      const lost = await isSet();
      await backend[harm]();
      const before = runs.count();
      await another(lost);
      await runs.reach(before + 2);
    },
  );

  test('The alarm rings at its moment, never early, and an earlier word replaces a later one', async () => {
    const ringing = await wake();
    const runs = counter();
    ringing.on('due', runs.work);
    const begun = Date.now();
    ringing.armAt(begun + HOUR);
    const first = await isSet();
    ringing.armAt(begun + 400);
    await another(first);
    await runs.reach(1);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(395);
    expect(Date.now() - begun).toBeLessThan(1900);
    expect(await backend.alarms()).toEqual([]);
  });

  test('A later word replaces an earlier one, and an alarm that is taken back does not ring', async () => {
    const ringing = await wake();
    const runs = counter();
    ringing.on('due', runs.work);
    ringing.armAt(Date.now() + 300);
    const first = await isSet();
    ringing.armAt(Date.now() + HOUR);
    await another(first);
    await realPace.sleep(400);
    expect(runs.count()).toBe(0);
    ringing.armAt(Date.now() + 300);
    await another(first);
    ringing.armAt(null);
    await eventually(async () => (await backend.alarms()).length === 0, 'no alarm is set');
    await realPace.sleep(400);
    expect(runs.count()).toBe(0);
  });

  test('The same moment said again and again sets one alarm once, months ahead too', async () => {
    const ringing = await wake();
    const moment = Date.now() + 60 * 24 * HOUR;
    ringing.armAt(moment);
    const first = await isSet();
    for (let n = 0; n < 20; n += 1) {
      ringing.armAt(moment);
      await realPace.sleep(5);
    }
    expect(await backend.alarms()).toEqual([first]);
  });

  test('An alarm rings due in one process and send in all, whoever set it', async () => {
    const [due, send] = [counter(), [counter(), counter(), counter()]];
    const all: Wake[] = [];
    for (const each of send) {
      const one = await wake();
      one.on('due', due.work);
      one.on('send', each.work);
      all.push(one);
    }
    await Promise.all(send.map((each) => each.reach(1)));
    const before = send.map((each) => each.count());
    all[0]?.armAt(Date.now() + 100);
    await Promise.all(send.map((each, i) => each.reach((before[i] ?? 0) + 1)));
    await due.reach(1);
    await realPace.sleep(200);
    expect(due.count()).toBe(1);
  });
}
