/** Every page of the console x every role of the sample bureau x objects of its own and of others, over HTTP as a browser asks, against the expected table. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readReport } from '../../../src/core/report/read';
import { createStore } from '../../../src/store/postgres';
import { activate, NETWORK, ROSTER, report, setLevel } from '../../core/builders';
import { openOffice } from '../../handlers/office';
import { inside } from '../../store/contract/builders';
import { type Bureau, openBureau } from '../../support/bureau';
import { expectedRows } from '../../support/csv';
import { type Answer, type Browser, browserAt } from './browser';

/** Where a page finds each object. */
const PATHS: Readonly<Record<string, string>> = {
  names: '/api/v1/names',
  on_duty: '/api/v1/roster/on-duty',
  incident_list: '/api/v1/incidents?limit=200',
  open_list: '/api/v1/incidents?open=true',
  deadlines: '/api/v1/deadlines?limit=500',
  deliveries: '/api/v1/deliveries?state=refused',
  ...Object.fromEntries([1, 2, 3, 4].map((n) => [`incident_${n}`, `/api/v1/incidents/${n}`])),
  ...Object.fromEntries([1, 2, 3, 4].map((n) => [`record_${n}`, `/api/v1/incidents/${n}/events`])),
  heard_1: '/api/v1/incidents/1/heard',
  paper_1: '/api/v1/incidents/1/papers/1',
  paper_file_1: '/api/v1/incidents/1/papers/1/file',
  papers_1: '/api/v1/incidents/1/papers',
  paper_list: '/api/v1/papers',
  roll_call_1: '/api/v1/incidents/1/roll-call?format=csv',
  bundle_1: '/api/v1/incidents/1/bundle',
  gaps: '/api/v1/roster/gaps',
  month: '/api/v1/roster/month',
  duty: '/api/v1/duty',
  duty_owed: '/api/v1/duty',
  duty_log: '/api/v1/duty/log',
  log_paper: '/api/v1/shifts/1/papers/duty_log',
  sheet_paper: '/api/v1/shifts/1/papers/handover_sheet',
  sheet_file: '/api/v1/shifts/1/papers/handover_sheet/file',
  work_list: '/api/v1/long-work',
  work_file: '/api/v1/long-work/{work}/file',
  plans: '/api/v1/plans',
  stats: '/api/v1/stats',
  drill_stats: '/api/v1/stats?mode=drill',
  export_stats: '/api/v1/exports/stats',
  system: '/api/v1/system',
  export_deliveries: '/api/v1/exports/deliveries',
  audit: '/api/v1/audit',
  chain: '/api/v1/audit/chain',
  export_audit: '/api/v1/exports/audit?format=csv',
};
const LISTS = ['incident_list', 'open_list', 'deadlines', 'paper_list', 'work_list'];
const ROWS = expectedRows('pages.csv');
const PEOPLE = Object.keys(ROWS[0] ?? {}).filter((name) => !['page', 'object', 'rule'].includes(name));

let bureau: Bureau;
/** The evidence bundle of #1 that duty1 had made. */
let work = '';
beforeAll(async () => {
  bureau = await openBureau({ TIMER_MS: '60000' });
  await fourIncidents(bureau);
  await aShift(bureau);
  work = await bundleOf('duty1');
}, 60_000);
afterAll(() => bureau.close());

/** As the table says of each: by the handlers, the paper by a message in the room; the road to the archive is told by the rows. */
async function fourIncidents({ pool, say, see }: Bureau): Promise<void> {
  const store = createStore(pool, { log: console });
  const office = openOffice(store);
  office.now = Date.now();
  const reportIn = async (n: number, stream: string, district: string): Promise<void> => {
    const { fields, facts } = readReport(`${district}某商场六十多名消费者聚集`, office.now, ROSTER, 'report');
    await office.act(stream, 'duty1', report({ n, receivedAt: office.now, fields, facts }));
  };
  await reportIn(1, 'first', '湖滨区');
  await office.act('first', 'director', setLevel(3));
  await office.act('first', 'director', activate());
  await reportIn(2, 'second', '陕州区');
  await inside(store, (tx) => tx.openStream('incident', 'real', 'third', NETWORK.hash));
  await reportIn(3, 'third', '灵宝市');
  await reportIn(4, 'fourth', '义马市');
  await pool.query(`UPDATE streams SET status = 'archived', state = jsonb_set(state, '{status}', '"archived"') WHERE id = 'fourth'`);
  await pool.query(`UPDATE incidents SET status = 'archived' WHERE stream_id = 'fourth'`);
  await pool.query(`UPDATE deadlines SET status = 'void', next_at = NULL WHERE stream_id = 'fourth'`);
  await say('hq', 'cons2', '#1 首报');
  await see({ room: 'hq', text: '已起草' });
  await say('network', 'net2', '#3 首报');
  await see({ room: 'network', text: '已起草' });
  // The builders' words have no true commitment; they are destroyed, as old ones are.
  await pool.query(`UPDATE vault SET salt = NULL, body = NULL, purged_at = now() WHERE commitment LIKE 'hash of %'`);
}

/** Shift 1 with its list for handing over. */
async function aShift({ say, see }: Bureau): Promise<void> {
  await say('duty', 'duty1', '签到');
  await see({ room: 'duty', text: '已开班' });
  await say('duty', 'duty1', '交接班单 设备故障：传真机缺纸');
  await see({ room: 'duty', text: '传真机缺纸' });
}

/** Asks until it is made. */
async function bundleOf(person: string): Promise<string> {
  const browser = await as(person);
  const { id } = (await browser.post('/api/v1/long-work', { kind: 'bundle', n: 1 })).body as { id: string };
  for (;;) {
    const { body } = await browser.get(`/api/v1/long-work/${id}`);
    if ((body as { state: string }).state !== 'running') return id;
    await new Promise((go) => setTimeout(go, 20));
  }
}

async function as(person: string): Promise<Browser> {
  const browser = browserAt(bureau.app.url);
  await browser.post('/console/session/sandbox', { person });
  return browser;
}

async function asked(browser: Browser, object: string): Promise<string> {
  const answer = await browser.get((PATHS[object] ?? '').replace('{work}', work));
  if (object === 'duty') return dutyIn(answer);
  if (object === 'duty_owed') return numbersOf((answer.body as Duty).obligations);
  if (LISTS.includes(object)) return numbersIn(answer);
  return ({ 200: 'yes', 403: 'no', 404: 'hidden' } as Readonly<Record<number, string>>)[answer.status] ?? String(answer.status);
}

function numbersIn({ status, body }: Answer): string {
  if (status !== 200) return String(status);
  return numbersOf((body as { readonly items: readonly Numbered[] }).items);
}

/** A paper has a number of its own and its incident's; long work is about one. */
type Numbered = { readonly n?: number; readonly incident?: number; readonly about?: { readonly n: number } };

function numbersOf(items: readonly Numbered[]): string {
  return [...new Set(items.map(({ n, incident, about }) => about?.n ?? incident ?? n))].sort().join('') || '-';
}

interface Duty {
  readonly may: { readonly read: boolean };
  readonly sheet: { readonly obligations: readonly Numbered[] } | null;
  readonly obligations: readonly Numbered[];
  readonly own: readonly unknown[];
  readonly swaps: readonly unknown[];
}

/** What is not his to read is empty, whatever the page says of it; in the sheet stands no more of incidents than beside it. */
function dutyIn({ status, body }: Answer): string {
  if (status !== 200) return String(status);
  const { may, sheet, obligations, own, swaps } = body as Duty;
  if (!may.read) return sheet === null && [...obligations, ...own, ...swaps].length === 0 ? 'empty' : 'told';
  if (sheet === null) return 'no sheet';
  return numbersOf(sheet.obligations) === numbersOf(obligations) ? 'yes' : `sheet ${numbersOf(sheet.obligations)}`;
}

test('每一页、每种身份、每个对象：看得到的和看不到的与表一致', async () => {
  const wrong: string[] = [];
  for (const person of PEOPLE) {
    const browser = await as(person);
    const found = await Promise.all(ROWS.map(({ object = '' }) => asked(browser, object)));
    for (const [i, row] of ROWS.entries())
      if (found[i] !== row[person]) wrong.push(`${person} ${row.object}: ${found[i]}, expected ${row[person]} (${row.rule})`);
  }
  expect(ROWS.map(({ object }) => object).sort()).toEqual(Object.keys(PATHS).sort());
  expect(wrong).toEqual([]);
}, 60_000);

test('没有登录的人什么也看不到', async () => {
  const found = await Promise.all(
    Object.keys(PATHS).map(async (object) => (await browserAt(bureau.app.url).get(PATHS[object] ?? '')).status),
  );
  expect(new Set(found)).toEqual(new Set([401]));
});

test('谁看了原始消息、导出了什么、谁没能登录，都能在操作记录里查到，记录链完整', async () => {
  const auditor = browserAt(bureau.app.url);
  await auditor.post('/console/session/local', { person: 'leader2', password: '不是密码', code: '000000' });
  await auditor.post('/console/session/sandbox', { person: 'auditor1' });
  const page = (await auditor.get('/api/v1/audit?kind=admin&limit=200')).body as {
    readonly items: readonly { readonly type: string; readonly actor: string | null; readonly body: Record<string, unknown> }[];
  };
  const did = page.items.map(({ type, actor }) => `${actor} ${type}`);
  expect(did).toEqual(expect.arrayContaining(['director RawRead', 'auditor1 FileExported', 'hubin1 PageEntered', 'null PageRefused']));
  expect(page.items.find(({ type }) => type === 'PageRefused')?.body).toMatchObject({ claimed: 'leader2', why: 'wrong_password' });
  expect(JSON.stringify(page)).not.toContain('不是密码');
  const found = async (query: string) =>
    ((await auditor.get(`/api/v1/audit?${query}`)).body as { items: readonly { n: number; type: string }[] }).items;
  const decided = await found('n=1&person=director');
  expect(new Set(decided.map(({ n }) => n))).toEqual(new Set([1]));
  expect(decided.map(({ type }) => type)).toEqual(expect.arrayContaining(['ResponseActivated', 'LevelSet']));
  expect((await found(`kind=incident&words=${encodeURIComponent('灵宝市')}`)).map(({ n }) => n)).toEqual([3]);
  await auditor.post('/api/v1/audit/check', {});
  await expect(checked(auditor)).resolves.toMatchObject({ by: 'auditor1', broken: 0, first: null });
});

/** Asks until the check has ended. */
async function checked(auditor: Browser): Promise<unknown> {
  for (;;) {
    const { checking, checked: last } = (await auditor.get('/api/v1/audit/chain')).body as { checking: unknown; checked: unknown };
    if (checking === null && last !== null) return last;
    await new Promise((go) => setTimeout(go, 50));
  }
}
