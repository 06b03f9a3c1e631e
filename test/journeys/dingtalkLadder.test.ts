/** The rungs that DingTalk itself has: a strong reminder beside the short message, and a month's allowance that nobody runs into unwarned. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { REPORT, until } from './mainRoad';

interface Delivery {
  readonly addressee: string;
  readonly purpose: string;
  readonly state: string;
  readonly channel: string;
}
interface Owed {
  readonly kind: string;
  readonly owner: string;
  readonly baseAt: string;
  readonly dueAt: string;
}
interface Seen {
  readonly via?: string;
  readonly text: string;
  readonly at: string;
}

let bureau: Bureau;
beforeEach(async () => {
  bureau = await openBureau({ SANDBOX: 'dingtalk' });
}, 60_000);
afterEach(() => bureau.close());

test('who does not answer is reminded by DING at 80 % of the term, beside the short message; pointers only, and the leader reads of no rung left out', async () => {
  await bureau.say('duty', 'duty1', REPORT);
  await bureau.see({ room: 'county-hubin', text: '先期处置任务' });
  const { body } = await bureau.api('/api/v1/incidents/1');
  const owed = (body.deadlines as unknown as Owed[]).find((d) => d.kind === 'task_ack' && d.owner === 'hubin1');
  if (owed === undefined) throw new Error('nothing is owed by the county');
  const minutes = (Date.parse(owed.dueAt) - Date.parse(owed.baseAt)) / 60_000;
  await bureau.advance(minutes * 0.85);

  const rung = ((await bureau.sandbox('messages?room=dm:hubin1')).body.messages as unknown as Seen[]).filter(({ via }) => via === 'ding');
  expect(rung.map(({ at }) => Math.round(((Date.parse(at) - Date.parse(owed.baseAt)) / 60_000 / minutes) * 100))).toEqual([80]);
  expect(rung[0]?.text).toMatch(/#1 [\s\S]*湖滨区[\s\S]*#1 收到/);
  for (const secret of ['丰和超市', '建设路', '60', '预付卡']) expect(rung[0]?.text).not.toContain(secret);

  const deliveries = (await bureau.api('/api/v1/incidents/1')).body.deliveries as unknown as Delivery[];
  const hers = deliveries.filter((d) => d.addressee === 'person:hubin1' && ['strong_reminder', 'sms'].includes(d.purpose));
  expect(hers.map(({ purpose, channel }) => [purpose, channel]).sort()).toEqual([
    ['sms', 'sms'],
    ['strong_reminder', 'dingtalk.ding'],
  ]);
  for (const { state } of hers) expect(['accepted', 'delivered']).toContain(state);
  const warned = await bureau.see({ room: 'dm:leader1', text: '临期未回复报告' });
  expect(warned.text).not.toContain('未开通');
}, 120_000);

test('the duty room reads that seven tenths of the month’s calls are used, once, and the shift has it on record', async () => {
  await bureau.say('duty', 'duty1', REPORT);
  const count = "FROM platform_meters WHERE name ~ '^dingtalk:.*:calls:[0-9-]{7}$'";
  await until(async () => (await bureau.pool.query(`SELECT 1 ${count}`)).rowCount === 1);
  await bureau.pool.query(`UPDATE platform_meters SET calls = 7000 WHERE name IN (SELECT name ${count})`);
  await bureau.advance(3);
  const told = await bureau.see({ room: 'duty', text: '平台调用量提示' });
  expect(told.text).toMatch(/已过 70%：\d{4} 次，全月 10000 次/);
  const noted = await bureau.pool.query("SELECT body::jsonb ->> 'percent' AS percent FROM events WHERE type = 'AllowanceNoted'");
  expect(noted.rows).toEqual([{ percent: '70' }]);
}, 120_000);
