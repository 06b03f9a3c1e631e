/** A database is sandbox or real for ever, and only a sandbox is emptied. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SEES_ALL } from '../../src/core/rights/sight';
import { createClock } from '../../src/store/clock';
import { createDirectory, importRoster } from '../../src/store/directory';
import { createStore, createViews } from '../../src/store/postgres';
import { resetSandbox, stampDatabase } from '../../src/store/stamp';
import { freshDatabase, type TestDatabase } from '../support/database';
import { deadline, delivery, heard, inside, listedRow, opened, T } from './contract/builders';
import { roster } from './rosterBuilder';

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

test('a stamp is given once; the other kind of program is told what it found', async () => {
  expect(await stampDatabase(database.pool, 'real')).toEqual({ is: 'ok', found: 'real' });
  expect(await stampDatabase(database.pool, 'real')).toEqual({ is: 'ok', found: 'real' });
  expect(await stampDatabase(database.pool, 'sandbox')).toEqual({ is: 'mismatch', found: 'real' });
});

test('a real database and an unstamped one are never emptied', async () => {
  const store = createStore(database.pool, { log: console });
  await opened(store, 's1');
  await expect(resetSandbox(database.pool)).rejects.toMatchObject({ retryable: false });
  await stampDatabase(database.pool, 'real');
  await expect(resetSandbox(database.pool)).rejects.toMatchObject({ retryable: false });
  expect((await inside(store, (tx) => tx.peek('s1')))?.version).toBe(1);
});

test('a sandbox begins again at number 1 and at real time, and knows its people still', async () => {
  const store = createStore(database.pool, { log: console });
  await stampDatabase(database.pool, 'sandbox');
  const clock = await createClock(database.pool);
  await clock.setOffset(86_400_000);
  await importRoster(database.pool, roster());
  await heard(store);
  await opened(store, 's1', { incident: listedRow(), deadlines: [deadline()], deliveries: [{ ...delivery(), version: 1 }] });

  await resetSandbox(database.pool);
  await clock.refresh();
  clock.stop();

  expect(clock.offsetMs()).toBe(0);
  expect(await createViews(database.pool).incidents({ sight: SEES_ALL, among: null, limit: 10, before: null })).toEqual([]);
  expect(await store.nextMoment(null)).toBeNull();
  expect(await store.waiting('inbox', T, 10, null)).toEqual([]);
  expect((await opened(store, 's1')).n).toBe(1);
  expect((await heard(store)).id).toBe('1');
  expect((await createDirectory(database.pool).at(T)).people.size).toBe(2);
});
