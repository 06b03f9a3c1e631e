/** Roster, hand-over, log and figures on the console: what a clerk and two shifts do there in a day, by the same commands as in the chat. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readWorkbook } from '../../src/config/sheet/workbook';
import { daysOf } from '../../src/core/roster/month/read';
import { type Bureau, openBureau } from '../support/bureau';
import { workbook } from '../support/workbook';
import { DESK, openWindow, PHONE, takePicture, type Window } from './chromium';
import { obstacles } from './obstacles';
import { be } from './signIn';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let bureau: Bureau;
let window: Window;
let page: Page;
let month: string;
const asked = new Set<string>();
beforeAll(async () => {
  window = await openWindow(DESK);
  page = window.page;
  page.setDefaultTimeout(10_000);
  bureau = await openBureau();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  const now = new Date(Date.parse(String((await bureau.sandbox('state')).body.now)));
  month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
}, 60_000);
afterAll(async () => {
  await window?.close();
  await bureau?.close();
});

/** Every day two of each, so that holidays of whatever month are filled; the third day as given. */
function sheet(third: string): Buffer {
  const days = daysOf(month).map((day, i) => [{ day }, '郑带班 冯带班', i === 2 ? third : '周值一、吴值二'] as const);
  const title = `${month.slice(0, 4)}年${Number(month.slice(5))}月值班表`;
  return Buffer.from(workbook({ rows: [[title], ['日期', '带班领导', '值班员'], ...days.map((row) => [...row])] }));
}

const choose = (name: string, buffer: Buffer) => page.setInputFiles('input[type=file]', { name, mimeType: XLSX, buffer });

test('换班：对方同意、带班领导批准，值班表才变', async () => {
  await be(page, bureau, '周值一', '/duty');
  await page.getByRole('button', { name: '申请换班' }).click();
  await page.getByLabel('我的班').selectOption({ index: 1 });
  await page.getByLabel('与谁换').selectOption({ label: '吴值二' });
  await page.getByLabel('理由').fill('家中有事');
  await page.getByRole('button', { name: '提出' }).click();
  await page.getByText('等对方同意').waitFor();
  const before = (await bureau.pool.query('SELECT * FROM shifts ORDER BY position')).rows;
  await be(page, bureau, '吴值二', '/duty');
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByText('等带班领导批准').waitFor();
  expect((await bureau.pool.query('SELECT * FROM shifts ORDER BY position')).rows).toEqual(before);
  await be(page, bureau, '郑带班', '/duty');
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByText('已批准').waitFor();
  expect((await bureau.pool.query('SELECT * FROM shifts ORDER BY position')).rows).not.toEqual(before);
});

describe('月值班表', () => {
  test('值班员不能导入，页面说出由谁办', async () => {
    await be(page, bureau, '周值一', '/duty/import');
    await page.getByText('值班表由应急办、带班领导或局领导导入').waitFor();
  });

  test('有一处错误就整张不收，错在哪个单元格看得见；改好再选，确认后生效', async () => {
    await be(page, bureau, '郑带班', '/duty/import');
    await choose('值班表.xlsx', sheet('周值三、吴值二'));
    await page.getByText('有 1 处错误，没有导入').waitFor();
    await page.getByText('通讯录里没有“周值三”，是不是“周值一”').waitFor();
    expect(await page.locator('td.wrong').allTextContents()).toEqual(['周值三、吴值二']);
    expect(await obstacles(page)).toEqual([]);
    await choose('值班表改好.xlsx', sheet('周值一、吴值二'));
    await page.getByText('确认后生效').waitFor();
    expect((await bureau.pool.query("SELECT 1 FROM events WHERE type = 'RosterImported'")).rows).toEqual([]);
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByText('已通知有关人员').waitFor();
    const { rows } = await bureau.pool.query("SELECT actor_person FROM events WHERE type = 'RosterImported'");
    expect(rows).toEqual([{ actor_person: 'leader1' }]);
  });

  test('导入的班当场在日历上，每一天都排着两名值班员；导入这件事可以离开后再看', async () => {
    await page.getByRole('link', { name: '看值班表' }).click();
    await page.getByRole('button', { name: '下月' }).click();
    await page.getByRole('heading', { name: `${Number(month.slice(5))}月` }).waitFor();
    expect(await page.locator('.day', { hasText: '吴值二' }).count()).toBe(daysOf(month).length);
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('link', { name: '我的后台工作' }).click();
    await page.locator('.work', { hasText: '导入值班表' }).getByText('已完成').waitFor();
  });
});

describe('交接班', () => {
  test('单上列出每一项未办时限和责任人；一方确认，班还没有交', async () => {
    await bureau.say('duty', 'duty1', REPORT);
    await bureau.see({ room: 'duty', text: '#1 已接报' });
    await be(page, bureau, '周值一', '/duty/handover');
    await page.getByLabel('设备故障').fill('传真机缺纸');
    await page.getByRole('button', { name: '列交接班单' }).click();
    await page.locator('.sheet').getByText('传真机缺纸').waitFor();
    await page.locator('tr', { hasText: '电话报告上级' }).getByText('周值一').waitFor();
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('button', { name: '交班', exact: true }).click();
    await page.getByRole('button', { name: '确认' }).click();
    await page.locator('.signed', { hasText: '周值一' }).waitFor();
    await page.getByText('尚未确认').waitFor();
  });

  test('日志里手写的一条和办过的事在一起', async () => {
    await page.goto(`${bureau.app.url}/console/duty/log`);
    await page.getByLabel('内容').fill('设备间空调异响，已报后勤');
    await page.getByRole('button', { name: '记入日志' }).click();
    await page.locator('tr.by-hand', { hasText: '设备间空调异响' }).waitFor();
    await page.locator('tr', { hasText: '接报' }).first().waitFor();
    expect(await obstacles(page)).toEqual([]);
  });

  test('接班人确认后，签过字的单子打印出来只有单子', async () => {
    await be(page, bureau, '吴值二', '/duty/handover');
    await page.getByRole('button', { name: '接班', exact: true }).click();
    await page.getByRole('button', { name: '确认' }).click();
    await page.getByRole('link', { name: '上一班' }).click();
    await page.locator('.signed', { hasText: '吴值二' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const onPaper = await page.evaluate('document.body.innerText');
    await takePicture(page, 'handover-print');
    expect(onPaper).toMatch(/三门峡市市场监督管理局\s+交接班单[\s\S]+电话报告上级[\s\S]+传真机缺纸[\s\S]+周值一[\s\S]+吴值二/);
    expect(onPaper).not.toMatch(/打印|上一班|退出|统计/);
    expect((await page.pdf({ format: 'A4', preferCSSPageSize: true })).subarray(0, 4).toString()).toBe('%PDF');
    await page.emulateMedia({ media: null });
  });
});

test('统计导出的表格打得开，数字与页面一致，演练另算', async () => {
  await be(page, bureau, '李副消', '/figures');
  await page.getByText('首次提醒').first().waitFor();
  expect(await obstacles(page)).toEqual([]);
  await page.getByRole('button', { name: '导出表格' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载' }).click()]);
  const read = readWorkbook(readFileSync(await download.path()));
  if (read.is === 'fault') throw new Error(read.zh);
  const cells = read.sheet.map((row) => row.map((cell) => cell?.text ?? ''));
  expect(cells[0]?.slice(0, 3)).toEqual(['分组', '项目', '事件']);
  expect(cells.find(([by, name]) => by === '按县区' && name === '湖滨区')?.[2]).toBe('1');
  expect(await page.locator('.tiles dd').first().textContent()).toBe('1');
  await page.getByRole('radio', { name: '演练' }).check();
  await page.getByText('这段时间没有演练').waitFor();
});

test('手机上这几页都不必左右拖动；除了服务器什么也没有连', async () => {
  await page.setViewportSize(PHONE);
  for (const path of ['/duty', '/duty/handover', '/duty/log', '/figures', '/background']) {
    await page.goto(`${bureau.app.url}/console${path}`);
    await page.locator('.card').first().waitFor();
    expect([path, await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')]).toEqual([path, 0]);
  }
  expect(asked).toEqual(new Set([bureau.app.url]));
  expect(window.faults.filter((fault) => !fault.includes('403'))).toEqual([]);
});
