/** What a platform charges by the month: one count for all instances, kept over restarts, gone when its month is over. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createQuota } from '../../../src/bot/dingtalk/quota';
import { createMeter } from '../../../src/store/postgres';
import { testDeps } from '../../bot/wire/support';
import { freshDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;
let now = Date.parse('2026-08-15T09:00:00+08:00');
const AUGUST_ENDS = Date.parse('2026-09-01T00:00:00+08:00');
const SEPTEMBER_ENDS = Date.parse('2026-10-01T00:00:00+08:00');

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const names = async () =>
  (await database.pool.query('SELECT name FROM platform_meters ORDER BY name')).rows.map((row) => row.name as string);

test('calls of all instances add up, however many count at once', async () => {
  const [a, b] = [createMeter(database.pool, () => now), createMeter(database.pool, () => now)];
  const counts = await Promise.all(Array.from({ length: 40 }, (_, nth) => (nth % 2 === 0 ? a : b).add('city:2026-08', 3, AUGUST_ENDS)));
  expect([...counts].sort((x, y) => x - y)).toEqual(Array.from({ length: 40 }, (_, nth) => (nth + 1) * 3));
  expect(await createMeter(database.pool, () => now).add('city:2026-08', 1, AUGUST_ENDS)).toBe(121);
});

test('a new month begins at nothing, and the old one is gone', async () => {
  now = AUGUST_ENDS;
  expect(await createMeter(database.pool, () => now).add('city:2026-09', 2, SEPTEMBER_ENDS)).toBe(2);
  expect(await names()).toEqual(['city:2026-09']);
});

test('a bought month is used to the last one by two processes at once, and never beyond', async () => {
  const quotas = [0, 1].map(() =>
    createQuota({
      ...{ name: 'bought', allowed: 10, clock: { now: () => now }, log: testDeps().log },
      meter: createMeter(database.pool, () => now),
    }),
  );
  const taken = await Promise.all(Array.from({ length: 30 }, (_, nth) => quotas[nth % 2]?.take()));
  const had = taken.flatMap((one) => one ?? []);
  expect(had).toHaveLength(10);
  await had[0]?.back();
  expect([await quotas[0]?.take(), await quotas[1]?.take()].map((one) => one === null)).toEqual([false, true]);
  const { rows } = await database.pool.query("SELECT calls::int FROM platform_meters WHERE name = 'bought:2026-09'");
  expect(rows).toEqual([{ calls: 10 }]);
});
