/** The clock of the duty room: database time plus the sandbox's offset. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClock, steady } from '../../src/store/clock';
import { stampDatabase } from '../../src/store/stamp';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('the clock tells database time in whole milliseconds', async () => {
  const clock = await createClock(database.pool);
  const { rows } = await database.pool.query(`SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now`);
  expect(Math.abs(clock.now() - rows[0].now)).toBeLessThan(1000);
  expect(Number.isInteger(clock.now())).toBe(true);
  clock.stop();
});

test('the clock of a database that is not a sandbox cannot be moved', async () => {
  const clock = await createClock(database.pool);
  await expect(clock.setOffset(60_000)).rejects.toMatchObject({ retryable: false });
  expect(clock.offsetMs()).toBe(0);
  clock.stop();
});

test('the clock of a sandbox is moved for everybody, and stays moved over a restart', async () => {
  await stampDatabase(database.pool, 'sandbox');
  const [mine, other] = [await createClock(database.pool), await createClock(database.pool)];
  const before = mine.now();
  await mine.setOffset(3_600_000);
  expect(mine.now() - before).toBeGreaterThanOrEqual(3_600_000);
  expect(other.offsetMs()).toBe(0);
  await other.refresh();
  expect(other.offsetMs()).toBe(3_600_000);
  const restarted = await createClock(database.pool);
  expect(Math.abs(restarted.now() - mine.now())).toBeLessThan(1000);
  for (const clock of [mine, other, restarted]) clock.stop();
});

test('a second instance follows when the first moves the clock, also after it was cut off meanwhile', async () => {
  const { pool } = database;
  const [mine, other] = [await createClock(pool), await createClock(pool)];
  const unfollow = await other.follow();
  const followed = async (): Promise<void> => {
    const until = performance.now() + 10_000;
    while (other.offsetMs() !== mine.offsetMs() && performance.now() < until) await pause(5);
    expect(other.offsetMs()).toBe(mine.offsetMs());
  };
  await mine.setOffset(7_200_000);
  await followed();
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`);
  await mine.setOffset(10_800_000);
  await followed();
  await unfollow();
  await mine.setOffset(0);
  for (const clock of [mine, other]) clock.stop();
});

test('a new measuring never makes time run backward by a little', async () => {
  const clock = await createClock(database.pool);
  let last = clock.now();
  for (let i = 0; i < 20; i++) {
    await clock.refresh();
    const now = clock.now();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
  clock.stop();
});

test.each([
  [1000, 1001, 1001],
  [1000, 999, 1000],
  [5000, 3000, 5000],
  [5000, 2999, 2999],
  [-Infinity, 7, 7],
])('after %d the measuring says %d and the clock tells %d', (last, next, told) => {
  expect(steady(last, next)).toBe(told);
});
