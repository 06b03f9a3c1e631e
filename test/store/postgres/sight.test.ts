/** Who may see which rows: the database answers every cell of the table of rights as the policy itself does. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IncidentAct } from '../../../src/core/rights/act';
import { bearingOf, SEES_NOTHING, sightOf } from '../../../src/core/rights/sight';
import type { Views } from '../../../src/ports/views';
import { createStore, createViews } from '../../../src/store/postgres';
import { RULES } from '../../core/builders';
import { CELLS, COLUMNS, callerOf, RESPONDING, stateFor } from '../../core/rights/cases';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { listedRow, opened } from '../contract/builders';

const READING = ['list_incidents', 'read_incident', 'read_record'];
const cells = CELLS.filter(([, { act, role }]) => READING.includes(act ?? '') && !role?.startsWith('token_'));
let database: TestDatabase;
let views: Views;

/** One incident for each way of standing to it, numbered by its column. */
beforeAll(async () => {
  database = await freshDatabase();
  views = createViews(database.pool);
  const store = createStore(database.pool, { log: console });
  const [, row] = cells[0] ?? [];
  for (const [i, column] of COLUMNS.entries()) {
    if (row === undefined) throw new Error('the table is empty');
    await opened(store, `s${i}`, { incident: listedRow({ n: i + 1, ...bearingOf(RULES, stateFor(row, column, RESPONDING)) }) });
  }
});
afterAll(() => database.drop());

test('数据库按行筛出来的，与权限表逐格一致', async () => {
  const wrong: string[] = [];
  for (const [title, { act, ...row }, column] of cells) {
    const caller = callerOf(row.role ?? '', column);
    if (caller.is !== 'person') throw new Error(`${title} is no person`);
    const n = COLUMNS.indexOf(column) + 1;
    const found = await views.seen([n], sightOf(caller.roster, caller.person, act as IncidentAct, [RULES]));
    if ((found.has(n) ? 'yes' : 'no') !== row[column]) wrong.push(title);
  }
  expect(cells.length).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});

test('什么也看不到的人，列表、时限都是空的', async () => {
  expect(await views.incidents({ sight: SEES_NOTHING, among: null, limit: 10, before: null })).toEqual([]);
  const page = { sight: SEES_NOTHING, status: 'open', n: null, limit: 10, after: null } as const;
  expect(await views.deadlines(page)).toEqual([]);
});
