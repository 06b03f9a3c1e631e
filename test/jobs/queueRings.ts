/** What a ring promises on every backend: heard at once, in every process where it must be, and never lost during a run. */
import { expect, test } from '@jest/globals';
import { realPace } from '../../src/jobs/pace';
import { type Bench, counter, eventually } from './queueBench';

/** What comes in after this long would have come by the ring. */
const QUIET_MS = 150;

export function ringsAreHeard({ wake }: Bench): void {
  test('A ring alone wakes its lane through the queue, once', async () => {
    const ringing = await wake();
    const runs = counter();
    ringing.on('inbox', runs.work);
    ringing.poke('inbox');
    await runs.reach(1);
    await realPace.sleep(QUIET_MS);
    expect(runs.count()).toBe(1);
    expect(ringing.healthy()).toBe(true);
  });

  test.each(['inbox', 'due', 'send'] as const)(
    'A ring of %s in a process without work of its own is heard in the one that works',
    async (lane) => {
      const [web, worker] = [await wake({ mode: 'all' }), await wake({ mode: 'all' })];
      const runs = counter();
      worker.on(lane, runs.work);
      for (let n = 1; n <= 5; n += 1) {
        web.poke(lane);
        await runs.reach(n);
      }
    },
  );

  test('Every working process hears each ring of send within a second, so the owner of a robot does too', async () => {
    const web = await wake();
    const heard = [counter(), counter(), counter()];
    for (const each of heard) (await wake()).on('send', each.work);
    // An ear that has just opened looks once: words may have been missed before.
    await Promise.all(heard.map((each) => each.reach(1)));
    for (let n = 0; n < 5; n += 1) {
      const before = heard.map((each) => each.count());
      const begun = Date.now();
      web.poke('send');
      await Promise.all(heard.map((each, i) => each.reach((before[i] ?? 0) + 1)));
      expect(Date.now() - begun).toBeLessThan(1000);
    }
  });

  test('A ring of inbox is taken by one working process, whichever', async () => {
    const web = await wake();
    const heard = [counter(), counter(), counter()];
    for (const each of heard) (await wake()).on('inbox', each.work);
    const total = (): number => heard.reduce((sum, each) => sum + each.count(), 0);
    for (let n = 1; n <= 3; n += 1) {
      web.poke('inbox');
      await eventually(() => total() >= n, 'the ring is heard');
      await realPace.sleep(QUIET_MS);
      expect(total()).toBe(n);
    }
  });

  test('A process does not work twice for its own ring of send', async () => {
    const ringing = await wake({ mode: 'all' });
    const runs = counter();
    ringing.on('send', runs.work);
    await runs.reach(1);
    for (let n = 2; n <= 6; n += 1) {
      ringing.poke('send');
      await realPace.sleep(QUIET_MS / 3);
      expect(runs.count()).toBe(n);
    }
  });

  test('A ring in the very moment in which an earlier one is taken is not lost', async () => {
    const [web, worker] = [await wake(), await wake()];
    const runs = counter();
    worker.on('due', async () => {
      await runs.work();
      if (runs.count() % 2 === 1) web.poke('due');
    });
    for (let n = 1; n <= 20; n += 1) {
      web.poke('due');
      await runs.reach(2 * n);
    }
  });

  test.each(['inbox', 'send'] as const)('Many rings of %s during a run lead to one more run, after it', async (lane) => {
    const ringing = await wake();
    let open: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    const runs = counter(held);
    ringing.on(lane, runs.work);
    ringing.poke(lane);
    await runs.reach(1);
    for (let n = 0; n < 20; n += 1) ringing.poke(lane);
    await realPace.sleep(QUIET_MS);
    expect(runs.count()).toBe(1);
    open();
    await runs.reach(2);
    await realPace.sleep(QUIET_MS);
    expect(runs.count()).toBe(2);
  });

  test.each(['due', 'send'] as const)(
    'A thousand rings of %s from two processes do no harm: one run at a time, and no row stays',
    async (lane) => {
      const [web, worker] = [await wake(), await wake()];
      let waiting = 0;
      let atWork = 0;
      let most = 0;
      worker.on(lane, async () => {
        most = Math.max(most, ++atWork);
        waiting = 0;
        await realPace.sleep(1);
        atWork -= 1;
      });
      for (let row = 0; row < 500; row += 1) {
        waiting += 1;
        web.poke(lane);
        worker.poke(lane);
        if (row % 10 === 0) await realPace.sleep(1 + (row % 7));
      }
      await eventually(() => waiting === 0, 'every row is worked by the rings alone');
      expect(most).toBe(1);
    },
  );

  test('A fault in the work is survived', async () => {
    const ringing = await wake();
    const runs = counter();
    ringing.on('due', async () => {
      await runs.work();
      throw new Error('the database is away');
    });
    ringing.poke('due');
    await runs.reach(1);
    await realPace.sleep(50);
    ringing.poke('due');
    await runs.reach(2);
  });
}
