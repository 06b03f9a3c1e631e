/** A database of the first days goes on: incidents stored in the first shape are seen, acted on and rung, and what is stored stays as it is. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Deadline } from '../../src/core/deadlines/deadline';
import { deadlines } from '../../src/core/deadlines/deadlines';
import { type IncidentState, STATE_V } from '../../src/core/incident/state';
import { catchUp } from '../../src/handlers/catchUp';
import { hashedText } from '../../src/handlers/execute';
import { peekIncident, viewedIncident } from '../../src/handlers/incident';
import { ringDeadlines } from '../../src/handlers/ringDeadlines';
import { composeBatch } from '../../src/jobs/send/compose';
import type { StoredEvent } from '../../src/ports/streams';
import { createStore, createViews } from '../../src/store/postgres';
import { sha256 } from '../../src/wiring/chance';
import { clock, RULES, received, setLevel } from '../core/builders';
import { inside } from '../store/contract/builders';
import { countedFigures, keptFigures } from '../support/countedFigures';
import { freshDatabase, type TestDatabase } from '../support/database';
import { plantFirstDays, SINCE, STORED } from './firstDays';
import { type Office, openOffice } from './office';

let database: TestDatabase;
let office: Office;
beforeEach(async () => {
  database = await freshDatabase();
  expect(await plantFirstDays(database.pool)).toEqual(SINCE);
  office = openOffice(createStore(database.pool, { log: console }));
});
afterEach(() => database.drop());

test.each(STORED)('#$stream.n of the first days is seen as it was, its levels confirmed by us or still only proposed', async (old) => {
  const seen = await inside(office.deps.store, (tx) => peekIncident(tx, old.stream.id));
  const levels = old.state.levels.map((step) => ({ ...step, status: step.status === 'confirmed' ? 'confirmed_by_us' : step.status }));
  expect(seen?.state).toMatchObject({ ...old.state, levels });
  expect(seen?.status).toBe(seen?.state?.status);
  const views = createViews(database.pool);
  const view = await views.incident(old.stream.n);
  expect(view === null ? null : await viewedIncident(views, view)).toEqual(seen?.state);
});

test('a refusal that nobody had heard of when the program changed is still told, with its code', async () => {
  expect(await office.deps.store.unheededStreams(10)).toEqual(['first']);
  const [refusal] = await inside(office.deps.store, (tx) => tx.unheeded('first'));
  expect(refusal).toMatchObject({ addressee: 'person:coord2', state: 'refused', codes: ['phone_off'] });
});

test('what the figures keep was counted with the tables that came, and again with what is owed today', async () => {
  expect(await keptFigures(database.pool)).toEqual(await countedFigures(database.pool));
  office.now = clock('10:31');
  await catchUp(office.deps);
  expect(await keptFigures(database.pool)).toEqual(await countedFigures(database.pool));
});

test('an answer is taken, and the incident is saved in the shape of today with its old events as they were', async () => {
  office.now = clock('09:54');
  expect(await office.act('first', 'coord2', received(), { room: 'hq' })).toMatchObject({ is: 'done', version: 12 });
  const { state } = await saved('first');
  expect(Object.values(state.asks).find((ask) => ask.person === 'coord2')).toMatchObject({
    answer: 'acknowledged',
    answeredAt: office.now,
  });
  expect(state.levels.map((step) => step.status)).toEqual(['confirmed_by_us', 'proposed']);
  const answered = await database.pool.query(`SELECT person_id FROM asks WHERE stream_id = 'first' AND answered_at = $1`, [
    new Date(office.now).toISOString(),
  ]);
  expect(answered.rows).toEqual([{ person_id: 'coord2' }]);
});

test('messages that were waiting when the program changed are worded from what the incident is, or are owed to nobody any more', async () => {
  const waiting = STORED.flatMap(({ stream, deliveries }) => deliveries.map((one) => ({ ...one, stream: stream.id })));
  const worded = await inside(office.deps.store, (tx) =>
    Promise.all(waiting.map((one, i) => composeBatch(tx, office.deps, [{ ...QUEUED, ...one, id: `d${i}` }], clock('09:54')))),
  );
  const told = waiting.flatMap(({ purpose }, i) => (worded[i]?.message === null ? [] : [purpose]));
  expect(told).toEqual(
    expect.arrayContaining(['leader_told', 'activation_notice', 'call_out', 'summary', 'escalation', 'level_change_notice']),
  );
  expect((await office.row('first')).stateV).toBe(1);
});

test('who does not answer is late as he was owed to be, and stands in the same chain of events', async () => {
  office.now = clock('09:56');
  const due = await office.deps.store.waiting('due', office.now, 10, null);
  expect(due).toContain('first');
  for (let i = 0; i < 3; i++) await ringDeadlines(office.deps, ['first']);
  expect(await ringDeadlines(office.deps, ['first'])).toEqual(['idle']);
  const { state, events } = await saved('first');
  expect(events.slice(11).map((event) => event.type)).toContain('DeadlinesRang');
  expect(state.rings['group_ack:seed6-1']).toBeGreaterThan(STORED[0]?.state.rings['group_ack:seed6-1'] ?? 9);
});

test('what was only reported in the first days owes what the plan asks today before anybody acts on it, and is decided today', async () => {
  office.now = clock('10:31');
  expect(await office.deps.store.waiting('due', clock('10:59'), 10, null)).not.toContain('third');
  expect(await catchUp(office.deps)).toBe(2);
  expect(await catchUp(office.deps)).toBe(0);
  expect(await office.deps.store.waiting('due', clock('10:59'), 10, null)).toContain('third');
  const { state, events } = await saved('third');
  expect(events).toHaveLength(1);
  expect(deadlines(RULES, state).length).toBeGreaterThan(STORED[2]?.deadlines.length ?? 99);
  expect(await office.act('third', 'director', setLevel(3))).toMatchObject({ is: 'done' });
  expect((await saved('third')).state.status).toBe('assessing');
});

test('what was over stays over until somebody comes back to it', async () => {
  office.now = clock('23:00');
  expect(await office.deps.store.waiting('due', office.now, 10, null)).not.toContain('second');
  expect(await catchUp(office.deps)).toBe(2);
  expect((await office.row('second')).stateV).toBe(1);
  office.now = clock('10:21');
  await office.act('second', 'coord1', received(), { room: 'hq' });
  expect((await saved('second')).state.status).toBe('terminated');
});

const QUEUED = {
  ...{ notBefore: 0, relevantUntil: null, routes: [], ticketOf: null, ticket: null, version: 1, rung: 0, attempts: 0 },
  ...{ state: 'queued' as const, repeats: null },
};

/** Row, events and everything folded from them, which must agree. */
async function saved(id: string): Promise<{ readonly state: IncidentState; readonly events: readonly StoredEvent[] }> {
  const row = await office.row(id);
  const events = await inside(office.deps.store, (tx) => tx.events(id, 0, 1000));
  const planted = STORED.find((old) => old.stream.id === id)?.events ?? [];
  expect(events.slice(0, planted.length)).toEqual(planted);
  events.forEach((event, i) => {
    expect(event).toMatchObject({
      version: i + 1,
      prevHash: events[i - 1]?.hash ?? '',
      hash: sha256.of(hashedText({ ...event, stream: id })),
    });
  });
  expect(row).toMatchObject({ stateV: STATE_V, version: events.length, headHash: events.at(-1)?.hash });
  const state = row.state as IncidentState;
  const byKey = (rows: readonly Deadline[]) => [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));
  const view = await createViews(database.pool).incident(row.n);
  expect(byKey(view?.deadlines ?? [])).toEqual(byKey(deadlines(RULES, state)));
  expect(view?.row.status).toBe(state.status);
  return { state, events };
}
