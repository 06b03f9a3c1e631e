/** The figures as the database counts them, against rows whose sums can be done by hand. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Views } from '../../../src/ports/views';
import { createViews } from '../../../src/store/postgres';
import { recount } from '../../../src/store/postgres/incidentFigures';
import { freshDatabase, type TestDatabase } from '../../support/database';

const MINUTE = 60_000;
/** 23:30 on the last day of October in China, still October by the office's clock. */
const T = Date.UTC(2026, 9, 31, 15, 30);
let database: TestDatabase;
let views: Views;

interface Told {
  readonly mode?: string;
  readonly level?: number | null;
  readonly county?: string;
  readonly at?: number;
  /** Minutes after receipt; missing: never. */
  readonly mention?: number;
  readonly refused?: number;
  readonly paper?: number;
  readonly activated?: number;
  readonly acks?: readonly (number | null)[];
  readonly deadlines?: readonly (readonly [owner: string, status: string, due: number])[];
}

async function put(n: number, told: Told): Promise<void> {
  const { mode = 'real', level = null, county = 'hubin', at = T, acks = [], deadlines = [] } = told;
  const id = `s${n}`;
  const moment = (minutes: number | undefined): Date | null => (minutes === undefined ? null : new Date(at + minutes * MINUTE));
  const run = (text: string, values: readonly unknown[]) => database.pool.query(text, [...values]);
  await run(
    `INSERT INTO streams (id, kind, mode, n, version, head_hash, rulebook, status) VALUES ($1, 'incident', $2, $3, 1, '', '', 'responding')`,
    [id, mode, n],
  );
  await run(
    `INSERT INTO incidents (stream_id, n, mode, status, plan, category, level, county, title, received_at, activated_at)
     VALUES ($1, $2, $3, 'responding', 'p', 'c', $4, $5, '', $6, $7)`,
    [id, n, mode, level, county, moment(0), moment(told.activated)],
  );
  for (const [i, [minutes, state]] of [[told.mention, 'accepted'] as const, [told.refused, 'refused'] as const].entries()) {
    if (minutes === undefined) continue;
    await run(
      `INSERT INTO dispatches (id, outlet_id, deliveries, lane, attempt, payload_vault, payload_hash, state, limit_real_at, reserved_at, settled_at)
      VALUES ($1, 'o', '{}', 0, 1, '', '', $2, now(), now(), $3)`,
      [`${id}-${i}`, state, moment(minutes)],
    );
    await run(
      `INSERT INTO deliveries (stream_id, event_version, purpose, addressee, leg, topic, lane, intent, not_before, routes, state, dispatch_id, at, taken_at)
      VALUES ($1, 1, $2, 'room:duty', 'page', 't', 0, '{}', now(), '[]', $3, $4, now(), $5)`,
      [id, `p${i}`, state, `${id}-${i}`, moment(minutes)],
    );
  }
  if (told.paper !== undefined)
    await run(
      `INSERT INTO events (stream_id, version, type, v, at, cause_kind, cause_id, body, prev_hash, hash) VALUES ($1, 1, 'PaperSent', 1, $2, '', '', '', '', '')`,
      [id, moment(told.paper)],
    );
  for (const [i, minutes] of acks.entries())
    await run(
      `INSERT INTO asks (stream_id, ask_id, person_id, kind, asked_at, answered_at, answer) VALUES ($1, $2, 'x', 'call_out', $3, $4, $5)`,
      [...[id, `a${i}`, moment(0), moment(minutes ?? undefined), minutes === null ? null : 'acknowledged']],
    );
  for (const [i, [owner, status, due]] of deadlines.entries())
    await run(
      `INSERT INTO deadlines (stream_id, key, kind, owner, base_at, due_at, stage, status, basis, why) VALUES ($1, $2, 'k', $3, $4, $5, 0, $6, '', '')`,
      [id, `k${i}`, owner, moment(0), moment(due), status],
    );
  await recount(database.pool, [id]);
}

beforeAll(async () => {
  database = await freshDatabase();
  views = createViews(database.pool);
  await put(1, {
    level: 3,
    mention: 1,
    refused: 0,
    paper: 60,
    activated: 10,
    acks: [2, 4, null],
    deadlines: [
      ['duty1', 'met', 5],
      ['press_section', 'missed', 5],
    ],
  });
  await put(2, {
    level: 3,
    county: 'lushi',
    mention: 3,
    activated: 30,
    acks: [6],
    deadlines: [
      ['duty1', 'met', 5],
      ['duty1', 'open', 10],
      ['duty1', 'open', 500],
      ['duty1', 'void', 5],
    ],
  });
  await put(3, { level: 4, at: T + 60 * MINUTE });
  await put(4, { mode: 'drill', level: 3, mention: 9, acks: [99] });
});
afterAll(() => database.drop());

const figuresOf = (mode: 'real' | 'drill') => views.figures({ from: T, until: T + 120 * MINUTE, mode, now: T + 60 * MINUTE });

test('件数、用时中位数和按时与否，合计一行与逐件算的一样', async () => {
  const { groups, incidents, open } = await figuresOf('real');
  expect([incidents, open]).toEqual([3, 3]);
  const all = groups.find(({ by }) => by === 'all');
  expect(all).toMatchObject({ incidents: 3, met: 2, missed: 1, overdue: 1 });
  expect([all?.toMention?.median, all?.toActivation?.median, all?.toReport?.median, all?.toAck?.median, all?.toEnd]).toEqual([
    2,
    20,
    60,
    4.5,
    null,
  ]);
});

test('按月用本地的月份，按级别、县区各成一组，没有的不编造', async () => {
  const { groups } = await figuresOf('real');
  const of = (by: string) => groups.filter((group) => group.by === by).map(({ key, incidents }) => [key, incidents]);
  expect(of('month')).toEqual([
    ['2026-10', 2],
    ['2026-11', 1],
  ]);
  expect(of('level')).toEqual([
    ['3', 2],
    ['4', 1],
  ]);
  expect(of('county')).toEqual([
    ['hubin', 2],
    ['lushi', 1],
  ]);
  expect(groups.find(({ by, key }) => by === 'level' && key === '4')).toMatchObject({ toMention: null, toAck: null, met: 0 });
});

test('演练另成一套数，不混进真实事件', async () => {
  const { groups } = await figuresOf('drill');
  expect(groups.find(({ by }) => by === 'all')).toMatchObject({ incidents: 1, toMention: { median: 9 }, toAck: { median: 99 } });
});

test('欠谁的时限按责任人和县区分开，取消的不算', async () => {
  expect((await figuresOf('real')).owed).toEqual([
    { owner: 'duty1', county: 'hubin', met: 1, missed: 0, overdue: 0 },
    { owner: 'duty1', county: 'lushi', met: 1, missed: 0, overdue: 1 },
    { owner: 'press_section', county: 'hubin', met: 0, missed: 1, overdue: 0 },
  ]);
});
