/** What the figures keep of an incident is what its rows say, after every act of its road and whoever acts at once; calls may be settled late. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { DAY, HOUR, MINUTE } from '../../../src/core/instant';
import { ringDeadlines } from '../../../src/handlers/ringDeadlines';
import type { Settlement } from '../../../src/ports/sending';
import type { Store } from '../../../src/ports/store';
import { createStore, createViews } from '../../../src/store/postgres';
import { activate, changeLevel, clock, progress, received, reopen, report, setLevel, terminate } from '../../core/builders';
import { type Office, openOffice } from '../../handlers/office';
import { countedFigures, keptFigures } from '../../support/countedFigures';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { delivery, inside, listedRow, opened, reserved, T, WEBHOOK } from '../contract/builders';

const PRIVATE = { room: null, conversation: 'private' };
let database: TestDatabase;
let store: Store;
let office: Office;
beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.pool, { log: console });
  office = openOffice(store);
});
afterAll(() => database.drop());

async function isTrue(): Promise<void> {
  expect(await keptFigures(database.pool)).toEqual(await countedFigures(database.pool));
}

/** A minute after the act before, or after longer. */
async function act(who: string, command: IncidentCommand, later = MINUTE): Promise<void> {
  office.now += later;
  expect(await office.act('s1', who, command, PRIVATE)).toMatchObject({ is: 'done' });
  await isTrue();
}

async function called(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ person: string }>(
    `SELECT DISTINCT person_id AS person FROM asks WHERE answered_at IS NULL ORDER BY 1`,
  );
  return rows.map(({ person }) => person);
}

test('一起事件从接报到结束再启动,每办一步、每响一次,记着的数都与逐行数的一样', async () => {
  office.now = clock('09:00');
  await act('duty1', report({ receivedAt: office.now }));
  await act('director', setLevel(3));
  await act('director', activate());
  const [first = '', ...others] = await called();
  await act(first, received());
  office.now += MINUTE;
  const answers = await Promise.all(others.map((person) => office.act('s1', person, received(), PRIVATE)));
  expect(answers.filter(({ is }) => is === 'done').length).toBeGreaterThan(5);
  await isTrue();
  expect((await keptFigures(database.pool)).get('s1')).toMatchObject({ ack: 2 });
  for (const later of [HOUR, HOUR, DAY]) {
    office.now += later;
    await ringDeadlines(office.deps, ['s1']);
    await isTrue();
  }
  await act('site1', progress());
  await act('director', changeLevel(2));
  await act('director', terminate());
  await act('director', reopen(), DAY);
  expect((await keptFigures(database.pool)).get('s1')).not.toMatchObject({ missed: 0 });
});

test('首次点名以平台收下的时刻为准,晚到的答复也算,收下又退回的不算', async () => {
  const pages = [delivery({ topic: 'a', addressee: 'room:hq' }), delivery({ topic: 'b', routes: [WEBHOOK] })];
  const deliveries = pages.map((page) => ({ ...page, version: 1 }));
  await opened(store, 's2', { incident: listedRow({ n: 2, receivedAt: T }), deliveries });
  for (const [i, outlet] of (await store.waiting('send', T, 100, null)).entries())
    await reserved(store, outlet, { id: ['slow', 'quick'][i] ?? '' });
  await settle('slow', { is: 'unknown', what: 'timeout', again: 'no' }, T + MINUTE);
  expect(await toMention()).toBeNull();
  await settle('slow', { is: 'accepted', ref: 'r', handle: null }, T + 9 * MINUTE);
  expect(await toMention()).toBe(9);
  await settle('quick', { is: 'accepted', ref: 'r', handle: null, askAt: T + 5 * MINUTE }, T + 4 * MINUTE);
  expect(await toMention()).toBe(4);
  await inside(store, (tx) => tx.told('quick', { ended: { is: 'refused', code: 'phone_off' }, askAt: null }, T + 20 * MINUTE));
  expect(await toMention()).toBe(9);
});

function settle(id: string, how: Settlement, now: number): Promise<void> {
  return inside(store, (tx) => tx.settle(id, 1, how, now));
}

/** Of the incident received at T. */
async function toMention(): Promise<number | null> {
  const { groups } = await createViews(database.pool).figures({ from: T, until: T + 1, mode: 'real', now: T + HOUR });
  return groups.find(({ by }) => by === 'all')?.toMention?.median ?? null;
}
