/** The daily anchor: made once a day has ended, kept in the database and in a file, and broken by whoever rewrites a whole chain. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { dayOf, daysLater, startOfDay } from '../../../src/core/calendar/calendar';
import { DAY, HOUR, MINUTE } from '../../../src/core/instant';
import { anchorYesterday, firstWrongAnchor } from '../../../src/handlers/anchor';
import type { Anchors, AnchorsOutside } from '../../../src/ports/anchors';
import { createStore } from '../../../src/store/postgres';
import { createAnchors } from '../../../src/store/postgres/anchors';
import { anchorsFile, anchorsOutside } from '../../../src/wiring/anchoring';
import { sha256, sm3 } from '../../../src/wiring/chance';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { listedRow, opened, T } from '../contract/builders';

/** The day the events of the builders happened on, and noon of the next. */
const THE_DAY = dayOf(T);
const NOON = startOfDay(daysLater(THE_DAY, 1)) + 12 * HOUR;
let database: TestDatabase;
let folder: string;
let anchors: Anchors;
let outside: AnchorsOutside;
beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-anchors-'));
  anchors = createAnchors(database.pool);
  outside = anchorsOutside(anchorsFile(folder));
  const store = createStore(database.pool, { log: console });
  await opened(store, 's1', { incident: listedRow() });
  await opened(store, 's2', { incident: listedRow({ n: 2 }) });
  await database.pool.query('ALTER TABLE events DISABLE TRIGGER events_no_change');
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await anchorYesterday(anchors, outside, sha256, NOON);
});
afterEach(async () => {
  await database.pool.query('TRUNCATE anchors');
  rmSync(anchorsFile(folder), { force: true });
});

test('昨天的锚只做一次，库里库外各存一份', async () => {
  expect(await anchorYesterday(anchors, outside, sha256, NOON)).toBeNull();
  const [made, ...more] = await anchors.all();
  expect([made, more]).toEqual([{ day: THE_DAY, root: expect.stringMatching(/^[0-9a-f]{64}$/), streams: 2 }, []]);
  expect(await outside.read()).toEqual([made]);
  expect(await firstWrongAnchor(anchors, outside, sha256)).toBeNull();
});

test('午夜刚过不做，等当天最后的记录落定', async () => {
  await database.pool.query('TRUNCATE anchors');
  const midnight = startOfDay(daysLater(THE_DAY, 1));
  expect(await anchorYesterday(anchors, outside, sha256, midnight + 5 * MINUTE)).toBe(daysLater(THE_DAY, -1));
  expect(await anchorYesterday(anchors, outside, sha256, midnight + 15 * MINUTE)).toBe(THE_DAY);
});

test('记录被重写、库里的锚被改、锚被删去，都查得出是哪一天', async () => {
  const { rows } = await database.pool.query(`SELECT hash FROM events WHERE stream_id = 's1'`);
  await database.pool.query(`UPDATE events SET hash = 'rewritten' WHERE stream_id = 's1'`);
  expect(await firstWrongAnchor(anchors, outside, sha256)).toMatchObject({ day: THE_DAY, zh: expect.stringContaining('对不上') });
  await database.pool.query(`UPDATE anchors SET root_hash = 'rewritten'`);
  expect(await firstWrongAnchor(anchors, outside, sha256)).toMatchObject({ zh: expect.stringContaining('库外所存的不同') });
  await database.pool.query('DELETE FROM anchors');
  expect(await firstWrongAnchor(anchors, outside, sha256)).toMatchObject({ zh: expect.stringContaining('不见了') });
  await database.pool.query(`UPDATE events SET hash = $1 WHERE stream_id = 's1'`, [rows[0].hash]);
});

test('库外的文件丢了会补齐；换成国密算法后，以前的锚仍然有效', async () => {
  await anchorYesterday(anchors, outside, sm3, NOON + DAY);
  expect((await anchors.all()).map(({ root }) => root.startsWith('sm3:'))).toEqual([false, true]);
  rmSync(anchorsFile(folder));
  await anchorYesterday(anchors, outside, sha256, NOON + DAY);
  expect(readFileSync(anchorsFile(folder), 'utf8').trim().split('\n')).toHaveLength(2);
  expect(await firstWrongAnchor(anchors, outside, sha256)).toBeNull();
});
