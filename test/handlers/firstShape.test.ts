/** A database of the first days goes on: incidents stored in the first shape are seen, acted on and rung, and what is stored stays as it is. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Deadline } from '../../src/core/deadlines/deadline';
import { deadlines } from '../../src/core/deadlines/deadlines';
import { type IncidentState, STATE_V } from '../../src/core/incident/state';
import { catchUp } from '../../src/handlers/catchUp';
import { hashedText } from '../../src/handlers/execute';
import { peekIncident, viewedIncident } from '../../src/handlers/incident';
import { ringDeadlines } from '../../src/handlers/ringDeadlines';
import type { Ask, IncidentRow, StoredEvent, StreamRow } from '../../src/ports/store';
import { createStore, createViews } from '../../src/store/postgres';
import { sha256 } from '../../src/wiring/chance';
import { clock, RULES, received, setLevel } from '../core/builders';
import { inside } from '../store/contract/builders';
import { freshDatabase, type TestDatabase } from '../support/database';
import { type Office, openOffice } from './office';

interface Old {
  readonly stream: Omit<StreamRow, 'state' | 'stateV' | 'rulebook'>;
  readonly state: Omit<IncidentState, 'levels'> & { readonly levels: readonly { readonly status: 'proposed' | 'confirmed' }[] };
  readonly incident: IncidentRow;
  readonly events: readonly StoredEvent[];
  readonly deadlines: readonly Deadline[];
  readonly asks: readonly Ask[];
}
const { streams: STORED } = JSON.parse(readFileSync(resolve(__dirname, '../fixtures/first-shape.json'), 'utf8')) as {
  streams: readonly Old[];
};

let database: TestDatabase;
let office: Office;
beforeEach(async () => {
  database = await freshDatabase();
  for (const old of STORED) await plant(old);
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
    iso(office.now),
  ]);
  expect(answered.rows).toEqual([{ person_id: 'coord2' }]);
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

/** As the program of the first days left it; the column of the shape was added since. */
async function plant({ stream, state, incident, events, deadlines: owed, asks }: Old): Promise<void> {
  const put = (table: string, rows: readonly object[]) =>
    database.pool.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [JSON.stringify(rows)]);
  const stream_id = stream.id;
  await database.pool.query(
    `INSERT INTO streams (id, kind, mode, n, version, head_hash, state, rulebook, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [stream.id, stream.kind, stream.mode, stream.n, stream.version, stream.headHash, JSON.stringify(state), RULES.hash, stream.status],
  );
  const { receivedAt, activatedAt, endedAt, ...row } = incident;
  await put('incidents', [
    { ...row, stream_id, received_at: iso(receivedAt), activated_at: isoOrNull(activatedAt), ended_at: isoOrNull(endedAt) },
  ]);
  await put(
    'events',
    events.map(({ at, actor, cause, prevHash, ...e }) => ({
      ...{ ...e, stream_id, at: iso(at), actor_person: actor },
      ...{ cause_kind: cause.kind, cause_id: cause.id, prev_hash: prevHash },
    })),
  );
  await put(
    'deadlines',
    owed.map(({ baseAt, dueAt, nextAt, ...d }) => ({
      ...d,
      stream_id,
      base_at: iso(baseAt),
      due_at: iso(dueAt),
      next_at: isoOrNull(nextAt),
    })),
  );
  await put(
    'asks',
    asks.map(({ id, person, askedAt, answeredAt, ...a }) => ({
      ...{ ...a, stream_id, ask_id: id, person_id: person },
      ...{ asked_at: iso(askedAt), answered_at: isoOrNull(answeredAt) },
    })),
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
