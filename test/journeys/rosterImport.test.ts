/** A month's roster from the clerk's file to everybody's telephone: previewed, confirmed, told, and the same file again changes nothing. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { rosterCommand } from '../../src/cli/roster';
import { daysOf } from '../../src/core/roster/month/read';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';
import { type Written, workbook } from '../support/workbook';

let duty: Bureau;
let month: string;
const dir = mkdtempSync(join(tmpdir(), 'fenghuo-month-'));
const file = join(dir, '值班表.xlsx');

beforeAll(async () => {
  duty = await openBureau();
  const now = Date.parse(String((await duty.sandbox('state')).body.now));
  month = new Date(Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
}, 60_000);
afterAll(async () => {
  await duty.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Every day two of each, so that holidays of whatever month are filled. */
function rows(officers: (day: number) => string): readonly (readonly Written[])[] {
  const days = daysOf(month).map((day, i): Written[] => [{ day }, '郑带班 冯带班', officers(i + 1)]);
  return [[`${month.slice(0, 4)}年${Number(month.slice(5))}月值班表`], ['日期', '带班领导', '值班员'], ...days];
}

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  let said = '';
  const heard = (chunk: unknown): boolean => {
    said += String(chunk);
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(heard),
    jest.spyOn(process.stderr, 'write').mockImplementation(heard),
  ];
  const code = await rosterCommand(args, settings()).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { code, said };
}

function settings(): NodeJS.ProcessEnv {
  const { hostname, port } = new URL(duty.app.url);
  return {
    FENGHUO_HOST: hostname,
    FENGHUO_PORT: port,
    FENGHUO_API_TOKEN: API_TOKEN,
    FENGHUO_CONFIG_DIR: resolve('config'),
    FENGHUO_BUREAU: resolve('config/sample-bureau'),
  };
}

/** As the clerk does it: the command, and the text on its standard input. */
async function pastedIn(text: string): Promise<{ readonly status: number | null; readonly stdout: string }> {
  const args = [resolve('bin/fenghuo.js'), 'roster', 'import', '-', '--json'];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...settings() }, stdio: ['pipe', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  child.stdin.end(text);
  const status = await new Promise<number | null>((done) => child.once('close', done));
  return { status, stdout };
}

async function onRoster(person: string): Promise<number> {
  const { rows: found } = await duty.pool.query(
    "SELECT count(*)::int AS n FROM shifts WHERE person_id = $1 AND to_char(from_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') = $2 AND until_at - from_at = interval '1 day'",
    [person, month],
  );
  return found[0].n;
}

test('a sheet with faults is refused as a whole, each named by its cell', async () => {
  writeFileSync(file, workbook({ rows: rows((day) => (day === 3 ? '周值三、吴值二' : '周值一、吴值二')) }));
  const { code, said } = await run('import', file, '--yes');
  expect([code, said]).toEqual([1, expect.stringMatching(/^C5　通讯录里没有“周值三”，是不是“周值一”\n.*共 1 处错误，没有导入。\n$/s)]);
  expect(await onRoster('duty2')).toBe(0);
});

test('a sound sheet is first shown; without a yes nothing changes', async () => {
  writeFileSync(file, workbook({ rows: rows(() => '周值一、吴值二') }));
  const looked = await run('import', file, '--dry-run');
  expect([looked.code, looked.said]).toEqual([0, expect.stringContaining('值班表将改动')]);
  const unsaid = await run('import', file);
  expect([unsaid.code, unsaid.said]).toEqual([1, expect.stringContaining('没有确认，值班表没有改动')]);
  expect(await onRoster('duty2')).toBe(0);
});

test('confirmed it counts at once, is recorded, and everybody concerned reads his own days', async () => {
  const { cursor } = await duty.messages();
  const { code, said } = await run('import', file, '--yes');
  expect([code, said]).toEqual([0, expect.stringContaining('已通知有关人员')]);
  const days = daysOf(month).length;
  expect([await onRoster('duty1'), await onRoster('duty2'), await onRoster('leader2')]).toEqual([days, days, days]);
  expect((await duty.see({ room: 'dm:duty2', text: '值班表已导入', after: cursor })).text).toMatch(/您的班：.*1日（值班员）/);
  await duty.see({ room: 'duty', text: '值班表已导入', after: cursor });
  const { rows: events } = await duty.pool.query(
    "SELECT cause_kind, body::jsonb ->> 'month' AS month FROM events WHERE type = 'RosterImported'",
  );
  expect(events).toEqual([{ cause_kind: 'import', month }]);
});

test('the same again, from a workbook or pasted, changes nothing and tells nobody', async () => {
  const { cursor } = await duty.messages();
  const again = await run('import', file, '--yes');
  expect([again.code, again.said]).toEqual([0, expect.stringContaining('没有改动')]);
  const pasted = rows(() => '周值一、吴值二').map((cells, i) =>
    cells.map((cell) => (typeof cell === 'object' && cell !== null ? `${i - 1}日` : cell)).join('\t'),
  );
  const typed = await pastedIn(pasted.join('\n'));
  expect([typed.status, JSON.parse(typed.stdout)]).toEqual([0, { is: 'unchanged', month, faults: [], changes: [] }]);
  expect((await duty.messages(cursor)).messages.filter(({ text }) => text.includes('值班表'))).toEqual([]);
}, 120_000);

test('gaps ahead are named by day, and a server that is not there is said', async () => {
  const checked = await run('check', '--days', '3');
  expect([checked.code, checked.said]).toEqual([0, '值班表没有缺人。\n']);
  const wrong = await rosterCommand(['import'], settings());
  expect(wrong).toBe(2);
  const off = await rosterCommand(['check'], { ...settings(), FENGHUO_PORT: '9' });
  expect(off).toBe(1);
});
