/** The ladder beyond the chat: who does not answer is sent a short message, then rung up, at the minutes of the profile; who cannot be reached is not blamed. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { REPORT, until } from './mainRoad';

interface Rung {
  readonly kind: string;
  readonly person: string;
  readonly at: string;
  readonly text: string;
  readonly result: string;
}
interface Delivery {
  readonly addressee: string;
  readonly purpose: string;
  readonly state: string;
  readonly reason: string | null;
  readonly channel: string;
}
interface Owed {
  readonly key: string;
  readonly kind: string;
  readonly owner: string;
  readonly baseAt: string;
  readonly dueAt: string;
}

let bureau: Bureau;
beforeEach(async () => {
  bureau = await openBureau();
}, 60_000);
afterEach(() => bureau.close());

const rungUp = async (): Promise<readonly Rung[]> => (await bureau.sandbox('phones')).body.sent as readonly Rung[];
const deliveries = async (): Promise<readonly Delivery[]> =>
  (await bureau.api('/api/v1/incidents/1')).body.deliveries as unknown as Delivery[];
const phone = (person: string, manner: string) => bureau.sandbox('phone', { person, manner });

/** The report is in, and what the county's first man owes. */
async function asked(): Promise<Owed> {
  await bureau.say('duty', 'duty1', REPORT);
  await bureau.see({ room: 'county-hubin', text: '先期处置任务' });
  const { body } = await bureau.api('/api/v1/incidents/1');
  const owed = (body.deadlines as unknown as Owed[]).find((d) => d.kind === 'task_ack' && d.owner === 'hubin1');
  if (owed === undefined) throw new Error('nothing is owed by the county');
  return owed;
}

/** Share of the term at which something happened, in percent. */
const shareOf = ({ baseAt, dueAt }: Owed, at: string): number =>
  Math.round(((Date.parse(at) - Date.parse(baseAt)) * 100) / (Date.parse(dueAt) - Date.parse(baseAt)));
const minutesOf = ({ baseAt, dueAt }: Owed): number => (Date.parse(dueAt) - Date.parse(baseAt)) / 60_000;

describe('a person who does not answer', () => {
  test('is sent a short message at 80 % and rung up at 100 % of the term, and each end is told as what it is', async () => {
    const owed = await asked();
    await bureau.advance(minutesOf(owed) + 1);
    const hers = (await rungUp()).filter(({ person }) => person === 'hubin1');
    expect(hers.map((r) => [r.kind, shareOf(owed, r.at), r.result])).toEqual([
      ['sms', 80, 'delivered'],
      ['voice', 100, 'no_answer'],
    ]);
    const shown = (await deliveries()).filter((d) => d.addressee === 'person:hubin1' && ['sms', 'voice'].includes(d.purpose));
    expect(shown.map(({ purpose, state, reason }) => [purpose, state, reason])).toEqual([
      ['sms', 'delivered', 'delivered'],
      ['voice', 'delivered', 'no_answer'],
    ]);
    const dial = await bureau.see({ room: 'duty', text: /逾期未回复，请电话联系[\s\S]*华湖一/ });
    expect(dial.text).toContain('100****0025');
    const warned = await bureau.see({ room: 'dm:leader1', text: '临期未回复报告' });
    expect(warned.text.includes('强提醒未开通，本次没有发送')).toBe(process.env.FENGHUO_SANDBOX !== 'dingtalk');
    expect(warned.text).not.toMatch(/短信|语音电话/);
  }, 60_000);

  test('hears pointers only: number, category, county, what is due and what to do', async () => {
    const owed = await asked();
    await bureau.advance(minutesOf(owed) * 0.85);
    const [sms] = (await rungUp()).filter(({ person }) => person === 'hubin1');
    expect(sms?.text).toMatch(/^【烽火】#1 .*湖滨区.*任务回复|^【烽火】#1 .*湖滨区/);
    expect(sms?.text).toMatch(/请于 \d\d:\d\d 前完成/);
    expect(sms?.text).toContain('#1 收到');
    for (const secret of ['丰和超市', '建设路', '六十', '60', '预付卡']) expect(sms?.text).not.toContain(secret);
    expect((sms?.text ?? '').length).toBeLessThanOrEqual(220);
  }, 60_000);

  test('who has answered is left in peace', async () => {
    const owed = await asked();
    await bureau.say('county-hubin', 'hubin1', '#1 收到');
    await bureau.advance(minutesOf(owed) + 1);
    expect((await rungUp()).filter(({ person }) => person === 'hubin1')).toEqual([]);
  }, 60_000);
});

describe('a person who cannot be reached', () => {
  test('by a wrong number: the stand-in is asked at once, the duty room has the masked number to dial, and nobody is blamed', async () => {
    const owed = await asked();
    await phone('hubin1', 'gone');
    await bureau.advance(minutesOf(owed) * 0.85);
    const told = await bureau.see({ room: 'duty', text: '消息未送达，请电话联系' });
    expect(told.text).toContain('不作为本人未回复');
    expect(told.text).toMatch(/华湖一（.*）　电话 100\*\*\*\*0025.*短信：号码有误或已停用/);
    expect(told.text).toContain('已叫替补：金湖二');
    expect(told.pinged.length).toBeGreaterThan(0);
    const { body } = await bureau.api('/api/v1/incidents/1');
    expect((body.asks as unknown as { person: string; standInFor: string | null }[]).map((a) => [a.person, a.standInFor])).toContainEqual([
      'hubin2',
      'hubin1',
    ]);
  }, 60_000);

  test('switched off: the call is refused in the end, shown as not reached', async () => {
    const owed = await asked();
    await phone('hubin1', 'off');
    await bureau.advance(minutesOf(owed) + 1);
    await bureau.see({ room: 'duty', text: /华湖一.*关机或不在服务区/ });
    const voice = (await deliveries()).find((d) => d.addressee === 'person:hubin1' && d.purpose === 'voice');
    expect(voice).toMatchObject({ state: 'refused', reason: 'phone_off' });
  }, 60_000);
});

test('a carrier that is out of order gives way to the next rung, and the duty room is told', async () => {
  const owed = await asked();
  await bureau.sandbox('faults', { api: 'carrier/sms', status: 503, times: 1000 });
  await bureau.advance(minutesOf(owed) * 0.8 + 1.9);
  const [first] = (await rungUp()).filter(({ person }) => person === 'hubin1');
  expect(first?.kind).toBe('voice');
  expect(shareOf(owed, first?.at ?? '')).toBeLessThan(100);
  const told = await bureau.see({ room: 'duty', text: /短信：通道故障，没有发出/ });
  expect(told.text).not.toContain('已叫替补');
  // The carrier is asked what became of calls at common moments, twenty seconds after the call at the latest.
  await bureau.advance(0.5);
  await until(async () => (await deliveries()).some((d) => d.purpose === 'sms' && d.state === 'delivered' && d.channel === 'voice'));
}, 60_000);

test('no full number stands in the API, nor in the record of calls', async () => {
  const owed = await asked();
  await bureau.advance(minutesOf(owed) + 1);
  const pages = [
    await bureau.api('/api/v1/incidents/1'),
    await bureau.api('/api/v1/incidents/1/events'),
    await bureau.sandbox('calls?api=carrier/sms'),
  ];
  for (const page of pages) expect(JSON.stringify(page.body)).not.toMatch(/1000000\d{4}/);
  const { rows } = await bureau.pool.query(`SELECT body FROM vault WHERE kind = 'payload' UNION ALL SELECT address FROM outlets`);
  expect(JSON.stringify(rows)).not.toMatch(/1000000\d{4}/);
}, 60_000);
