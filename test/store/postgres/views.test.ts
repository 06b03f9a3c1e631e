/** What lists, pages and the API are shown. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SEES_ALL } from '../../../src/core/rights/sight';
import type { Store } from '../../../src/ports/store';
import type { Views } from '../../../src/ports/views';
import { createStore, createViews } from '../../../src/store/postgres';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { deadline, delivery, event, heard, incidentRow, inside, listedRow, opened, reserved, T } from '../contract/builders';

let database: TestDatabase;
let store: Store;
let views: Views;
const ask = { id: 'a1', person: 'duty1', kind: 'call_out', askedAt: T, answeredAt: null, answer: null };

beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.pool, { log: console });
  views = createViews(database.pool);
  const deliveries = [delivery(), delivery({ purpose: 'nobody', topic: 'nobody', routes: [] })].map((one) => ({ ...one, version: 1 }));
  const texts = [{ id: 't1', kind: 'report', salt: 's', body: '三人', commitment: 'c' }];
  await opened(store, 's1', { incident: listedRow({ level: 3 }), deadlines: [deadline({ nextAt: T })], asks: [ask], deliveries, texts });
  for (const n of [2, 3]) await opened(store, `s${n}`, { incident: listedRow({ n }) });
  await heard(store);
});
afterAll(() => database.drop());

test('incidents are listed newest first, page by page', async () => {
  const numbers = async (before: number | null) =>
    (await views.incidents({ sight: SEES_ALL, among: null, limit: 2, before })).map((row) => row.n);
  expect(await numbers(null)).toEqual([3, 2]);
  expect(await numbers(2)).toEqual([1]);
  expect(await numbers(1)).toEqual([]);
});

test('an incident is shown with its deadlines, people asked and deliveries', async () => {
  const seen = await views.incident(1);
  expect(seen).toMatchObject({ id: 's1', version: 1, state: { seen: 1 }, row: incidentRow({ level: 3 }), asks: [ask] });
  expect(seen?.deadlines).toEqual([deadline({ nextAt: T })]);
  expect(seen?.deliveries).toMatchObject([
    { purpose: 'call_out', channel: 'robot', state: 'queued', reason: null, rung: 0, at: T },
    { purpose: 'nobody', channel: '', state: 'refused', reason: 'unreachable' },
  ]);
  expect(await views.incident(99)).toBeNull();
});

test('events are read oldest first after a version; an unknown incident has none to show', async () => {
  expect(await views.events(1, 0, 10)).toEqual([event(1)]);
  expect(await views.events(1, 1, 10)).toEqual([]);
  expect(await views.events(99, 0, 10)).toBeNull();
});

test('words are read by id', async () => {
  expect([...(await views.texts(['t1', 'x']))]).toEqual([['t1', '三人']]);
});

test('the backlog counts what waits, what is in a call and what is blocked', async () => {
  const none = {
    inboxReceived: 1,
    inboxDead: 0,
    inboxLimited: 0,
    dueNow: 1,
    deliveriesHeld: 0,
    deliveriesSending: 0,
    deliveriesUnknown: 0,
    outletsBlocked: 0,
    receiptsDue: 0,
    refusalsUnheeded: 1,
  };
  expect(await views.backlog(T)).toEqual({ ...none, deliveriesQueued: 1 });
  const [outlet = ''] = await store.waiting('send', T, 10, null);
  await reserved(store, outlet);
  expect(await views.backlog(T)).toEqual({ ...none, deliveriesQueued: 0, deliveriesSending: 1 });
  await inside(store, (tx) => tx.settle('d1', 1, { is: 'road', code: '45009', blocks: 'tenant', until: T + 10 }, T));
  expect(await views.backlog(T)).toEqual({ ...none, deliveriesQueued: 1, outletsBlocked: 1 });
  expect((await views.backlog(T + 10)).outletsBlocked).toBe(0);
});
