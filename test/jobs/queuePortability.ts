/** What the alarm clock promises on every backend: one body of tests for PostgreSQL and Redis. */
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import pino from 'pino';
import { realPace } from '../../src/jobs/pace';
import { createWake, type WakeOptions } from '../../src/jobs/queue';
import type { Wake } from '../../src/ports/wake';

/** A backend under test; `lose` throws away everything the queue has stored, as a dropped schema or a flush does. */
export interface PortableBackend {
  readonly name: string;
  open(): Promise<WakeOptions['backend']>;
  lose(): Promise<void>;
}

/** Defines the tests. Times are real: what is tested is the waking itself. */
export function queuePortability(backend: PortableBackend): void {
  let where: WakeOptions['backend'];
  const wakes: Wake[] = [];
  beforeAll(async () => {
    where = await backend.open();
  });
  afterEach(async () => {
    await Promise.all(wakes.splice(0).map((wake) => wake.stop()));
  });

  const wake = async (mode: WakeOptions['mode'], timerMs = 60_000): Promise<Wake> => {
    const made = await createWake({
      backend: where,
      clock: { now: () => Date.now() },
      pace: realPace,
      log: pino({ level: 'silent' }),
      mode,
      timerMs,
    });
    wakes.push(made);
    return made;
  };

  test(`${backend.name}: a poke alone wakes the lane through the queue, once`, async () => {
    const ringing = await wake('queue');
    const runs = counter();
    ringing.on('inbox', runs.work);
    ringing.poke('inbox');
    await runs.reach(1);
    await realPace.sleep(200);
    expect(runs.count()).toBe(1);
    expect(ringing.healthy()).toBe(true);
  });

  test(`${backend.name}: a poke in one process wakes the lane in another`, async () => {
    const [web, worker] = [await wake('all'), await wake('all')];
    const runs = counter();
    worker.on('inbox', runs.work);
    for (let n = 1; n <= 5; n += 1) {
      web.poke('inbox');
      await runs.reach(n);
    }
  });

  test(`${backend.name}: many pokes during a run lead to one more run, after it`, async () => {
    const ringing = await wake('queue');
    let open: () => void = () => undefined;
    const runs = counter(
      new Promise<void>((resolve) => {
        open = resolve;
      }),
    );
    ringing.on('due', runs.work);
    ringing.poke('due');
    await runs.reach(1);
    for (let n = 0; n < 20; n += 1) ringing.poke('due');
    await realPace.sleep(300);
    expect(runs.count()).toBe(1);
    open();
    await runs.reach(2);
    await realPace.sleep(200);
    expect(runs.count()).toBe(2);
  });

  test(`${backend.name}: the alarm rings at its moment, and a later word replaces an earlier one both ways`, async () => {
    const ringing = await wake('queue');
    const runs = counter();
    ringing.on('due', runs.work);
    const begun = Date.now();
    ringing.armAt(begun + 60_000);
    await realPace.sleep(50);
    ringing.armAt(begun + 400);
    await runs.reach(1);
    const late = Date.now() - begun - 400;
    expect(late).toBeGreaterThanOrEqual(-5);
    expect(late).toBeLessThan(1500);
    ringing.armAt(Date.now() + 300);
    await realPace.sleep(50);
    ringing.armAt(Date.now() + 60_000);
    await realPace.sleep(800);
    expect(runs.count()).toBe(1);
    ringing.armAt(null);
  });

  test(`${backend.name}: a fault in the work is survived`, async () => {
    const ringing = await wake('queue');
    const runs = counter();
    ringing.on('send', async () => {
      await runs.work();
      throw new Error('the database is away');
    });
    ringing.poke('send');
    await runs.reach(1);
    await realPace.sleep(100);
    ringing.poke('send');
    await runs.reach(2);
  });

  test(`${backend.name}: when the queue loses all it knows, the plain timer carries on`, async () => {
    const ringing = await wake('all', 300);
    const runs = counter();
    ringing.on('due', runs.work);
    ringing.armAt(Date.now() + 3_600_000);
    await runs.reach(1);
    await backend.lose();
    ringing.poke('inbox');
    const before = runs.count();
    await runs.reach(before + 3);
    await ringing.stop();
    const other = await wake('queue');
    const heard = counter();
    other.on('send', heard.work);
    other.poke('send');
    await heard.reach(1);
  });

  test(`${backend.name}: stopping takes less than five seconds even in the middle of a run, and a poke after it is harmless`, async () => {
    const ringing = await wake('all');
    const runs = counter(new Promise(() => undefined));
    ringing.on('inbox', runs.work);
    ringing.poke('inbox');
    await runs.reach(1);
    const begun = Date.now();
    await ringing.stop();
    expect(Date.now() - begun).toBeLessThan(5000);
    ringing.poke('inbox');
    ringing.armAt(Date.now());
  });
}

/** Counts runs; each takes as long as `until`. */
export function counter(until: Promise<unknown> = Promise.resolve()): {
  work(): Promise<void>;
  count(): number;
  reach(n: number): Promise<void>;
} {
  let count = 0;
  return {
    work: async () => {
      count += 1;
      await until;
    },
    count: () => count,
    reach: async (n) => {
      const end = Date.now() + 10_000;
      while (count < n) {
        if (Date.now() > end) throw new Error(`${count} runs after 10 s, ${n} expected`);
        await realPace.sleep(10);
      }
    },
  };
}
