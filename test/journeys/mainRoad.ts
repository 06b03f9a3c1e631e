/** The main road, told once: from a typed report to a closed incident, through the sandbox API alone. */
import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type { DutyRoom, Seen } from '../support/dutyRoom';

export const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';

const GROUPS = ['coord1', 'coord2', 'site1', 'site2', 'inv1', 'inv2', 'op1', 'op2', 'legal1', 'legal2', 'log1', 'log2'];
const LEADERS = ['director', 'deputy1', 'leader1'];

/** Bot messages that page somebody, since a cursor. */
async function pages(duty: DutyRoom, after: number): Promise<readonly Seen[]> {
  return (await duty.messages(after)).messages.filter((m) => m.fromBot && m.pinged.length > 0);
}

async function cursor(duty: DutyRoom): Promise<number> {
  return (await duty.messages()).cursor;
}

/** Report: echoed with fields, words and proposal; the county is asked, the on-duty leader told. Nobody else sees anything. */
export async function reportIsEchoed(duty: DutyRoom): Promise<void> {
  await duty.say('duty', 'duty1', REPORT);
  const echo = await duty.see({ room: 'duty', text: '已接报' });
  for (const words of ['#1', '08:30', '今早8点半', '湖滨区', '建设路丰和超市', '60—69 人', '六十多名', '预付卡退费', '派湖滨分局到场'])
    expect(echo.text).toContain(words);
  for (const proposal of ['消费领域群体性事件应急预案', '投诉或反映较为集中', '较大（Ⅲ级）', '1.4.2（3）', '达到 50 人以上'])
    expect(echo.text).toContain(proposal);
  await duty.see({ room: 'county-hubin', text: /先期处置任务[\s\S]*派员到场核实/ });
  expect((await pages(duty, 0)).map((m) => [m.room, m.pinged])).toEqual([['county-hubin', ['hubin1']]]);
  await duty.see({ room: 'dm:leader1', text: '新事件报告' });
  await duty.see({ room: 'dm:hubin1', text: '先期处置任务' });
  const rooms = new Set((await duty.messages()).messages.filter((m) => m.fromBot).map((m) => m.room));
  expect([...rooms].sort()).toEqual(['county-hubin', 'dm:hubin1', 'dm:leader1', 'duty']);
}

/** Level: refused to who may not, asked to be confirmed, set by who may. */
export async function levelIsSet(duty: DutyRoom): Promise<void> {
  await duty.say('duty', 'duty1', '定级 Ⅲ');
  const refusal = await duty.see({ room: 'duty', text: '不在您的权限内' });
  expect(refusal.text).toContain('局长');
  await duty.decide('hq', 'director', '#1 定级 Ⅲ');
  await duty.see({ room: 'duty', text: '已定级' });
  await duty.see({ room: 'dm:director', text: '请决定是否启动响应' });
}

/** Activation: every group that the pack names is really paged, each with its task; leaders get a summary. */
export async function groupsAreCalled(duty: DutyRoom): Promise<void> {
  const before = await cursor(duty);
  await duty.decide('hq', 'director', '#1 启动');
  const call = await duty.see({
    room: 'hq',
    text: /综合协调组[\s\S]*现场处置组[\s\S]*调查取证组[\s\S]*舆情监测组[\s\S]*法律咨询组[\s\S]*后勤保障组[\s\S]*未 @ 的回复收不到/,
    after: before,
  });
  expect(call.pinged).toEqual(GROUPS);
  for (const task of ['赶赴现场', '固定证据', '监测网络舆情', '提供法律支持', '车辆、物资和通讯']) expect(call.text).toContain(task);
  for (const person of GROUPS) await duty.see({ room: `dm:${person}`, text: '集结', after: before });
  for (const leader of LEADERS) await duty.see({ room: `dm:${leader}`, text: '情况摘要：响应已启动', after: before });
  await duty.see({ room: 'county-hubin', text: '启动应急响应', after: before });
  expect((await pages(duty, before)).map((m) => [m.room, m.pinged])).toEqual([['hq', GROUPS]]);
}

/** 收到 by word, by the button in the room and by the button in the private chat; the county too. */
export async function someAnswer(duty: DutyRoom): Promise<void> {
  await duty.say('hq', 'coord1', '收到');
  await duty.see({ room: 'hq', text: /已记录[\s\S]*杨协一：收到/ });
  await duty.click(await cardIn(duty, 'hq'), 'site1');
  await duty.click(await cardIn(duty, 'dm:inv1'), 'inv1');
  await duty.say('county-hubin', 'hubin1', '收到');
  await until(async () => {
    const asks = (await duty.api('/api/v1/incidents/1')).body.asks as unknown as { person: string; answer: string | null }[];
    return asks.filter((a) => a.answer === 'acknowledged').length === 4;
  });
}

/** The newest card with a button in a room, as soon as it is there. */
async function cardIn(duty: DutyRoom, room: string): Promise<Seen> {
  let found: Seen | undefined;
  await until(async () => {
    found = (await duty.messages()).messages.findLast((m) => m.room === room && (m.buttons?.length ?? 0) > 0);
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`no card with a button in ${room}`);
  return found;
}

/** One merged reminder that names only those who have not answered; then the next rungs. */
export async function lateOnesAreReminded(duty: DutyRoom): Promise<void> {
  const before = await cursor(duty);
  await duty.advance(11);
  const late = GROUPS.filter((p) => !['coord1', 'site1', 'inv1'].includes(p));
  expect((await pages(duty, before)).map((m) => [m.room, m.pinged])).toEqual([['hq', late]]);
  const afterFirst = await cursor(duty);
  await duty.advance(12);
  const report = await duty.see({ room: 'dm:leader1', text: /临期未回复报告[\s\S]*朱协二/, after: afterFirst });
  if (!report.text.includes('强提醒未开通')) await duty.see({ room: 'dm:coord2', text: '[DING', after: afterFirst });
  await duty.see({ room: 'dm:coord2', text: '催办', after: afterFirst });
  await duty.see({ room: 'dm:office1', text: '逾时报告', after: afterFirst });
  const dial = await duty.see({ room: 'duty', text: '请电话联系', after: afterFirst });
  expect(dial.text).toMatch(/朱协二.*100\*{4}\d{4}/);
  expect(dial.text).not.toContain('杨协一');
}

export async function progressIsTold(duty: DutyRoom): Promise<void> {
  await duty.say('hq', 'site1', '进展 已到现场，群众情绪平稳，正在登记诉求');
  await duty.see({ room: 'duty', text: /处置进展[\s\S]*正在登记诉求/ });
  await duty.see({ room: 'county-hubin', text: /处置进展[\s\S]*正在登记诉求/ });
}

/** Level change: everyone concerned has a notice, leaders a summary, nobody is paged anew since nobody is newly called. */
export async function levelIsChanged(duty: DutyRoom): Promise<void> {
  const before = await cursor(duty);
  await duty.decide('hq', 'director', '调级 Ⅱ 聚集扩大至两市,现场超过二百人');
  for (const room of ['duty', 'hq', 'county-hubin']) {
    const notice = await duty.see({ room, text: '响应级别调整', after: before });
    for (const words of ['由较大（Ⅲ级）调整为重大（Ⅱ级）', '待上级确认', '聚集扩大至两市,现场超过二百人'])
      expect(notice.text).toContain(words);
  }
  for (const leader of LEADERS) await duty.see({ room: `dm:${leader}`, text: '情况摘要：级别已调整', after: before });
  expect(await pages(duty, before)).toEqual([]);
}

/** Termination: notice to all, summary to leaders, nobody paged; the groups are never called again, only the final report is owed. */
export async function responseIsTerminated(duty: DutyRoom): Promise<void> {
  const before = await cursor(duty);
  await duty.decide('hq', 'director', '终止 群众已散去,退费方案已落实');
  for (const room of ['duty', 'hq', 'county-hubin']) await duty.see({ room, text: '终止应急响应', after: before });
  for (const leader of LEADERS) await duty.see({ room: `dm:${leader}`, text: '情况摘要：响应已终止', after: before });
  expect(await pages(duty, before)).toEqual([]);
  const ended = await cursor(duty);
  await duty.advance(4 * 24 * 60);
  expect(await heard(duty, ended)).toEqual(['dm:cons2 终报', 'dm:deputy2 定时摘要']);
}

/** Done by its own verb it is told in the duty room and rings no more; the review it starts is not due for weeks. */
export async function finalReportIsMade(duty: DutyRoom): Promise<void> {
  const before = await cursor(duty);
  await duty.say('dm:cons2', 'cons2', '#1 办结 终报 今天8点');
  for (const room of ['duty', 'dm:cons2']) await duty.see({ room, text: /终报[\s\S]*办结|办结[\s\S]*终报/, after: before });
  const done = await cursor(duty);
  await duty.advance(3 * 24 * 60);
  expect(await heard(duty, done)).toEqual([]);
}

/** Where something was heard, and of which of the works that follow the end; notes of the calendar hang on the day of the test. */
async function heard(duty: DutyRoom, after: number): Promise<readonly string[]> {
  const messages = (await duty.messages(after)).messages.filter(({ text }) => !/^\**节假日/.test(text));
  return [...new Set(messages.map((m) => `${m.room} ${/定时摘要|终报|总结评估/.exec(m.text)?.[0] ?? m.text}`))].sort();
}

interface ShownEvent {
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string | null;
  readonly cause: { readonly kind: string; readonly id: string };
  readonly body: object;
  readonly prevHash: string;
  readonly hash: string;
}

/** The digest over an event's place, moment, actor, cause and exact body and over the event before it, reckoned here anew. */
function hashOf(stream: string, e: ShownEvent): string {
  const covered = [e.prevHash, stream, e.version, Date.parse(e.at), e.actor ?? '', e.cause.kind, e.cause.id, JSON.stringify(e.body)];
  return createHash('sha256').update(covered.join('\n')).digest('hex');
}

/** The record: every event in order, its hash true and chained; the incident ended; nothing left to send; what is still owed is not due yet. */
export async function recordIsWhole(duty: DutyRoom): Promise<void> {
  const incident = (await duty.api('/api/v1/incidents/1')).body as unknown as {
    id: string;
    status: string;
    deadlines: { kind: string; status: string }[];
    deliveries: { state: string }[];
  };
  const { items } = (await duty.api('/api/v1/incidents/1/events')).body as unknown as { items: ShownEvent[] };
  expect(items.map((e) => e.version)).toEqual(items.map((_, i) => i + 1));
  expect(items.map((e) => e.hash)).toEqual(items.map((e) => hashOf(incident.id, e)));
  expect(items.slice(1).map((e) => e.prevHash)).toEqual(items.slice(0, -1).map((e) => e.hash));
  expect([items[0]?.type, items.at(-1)?.type]).toEqual(['IncidentReported', 'ObligationMet']);
  expect(incident.status).toBe('terminated');
  expect(
    incident.deadlines
      .filter((d) => d.status === 'open')
      .map((d) => d.kind)
      .sort(),
  ).toEqual(['casualty_update', 'data_purge', 'review']);
  const states = new Set(incident.deliveries.map((d) => d.state));
  for (const unsettled of ['queued', 'held', 'sending', 'unknown']) expect(states).not.toContain(unsettled);
}

/** The whole road in order. */
export async function walkTheMainRoad(duty: DutyRoom): Promise<void> {
  await reportIsEchoed(duty);
  await levelIsSet(duty);
  await groupsAreCalled(duty);
  await someAnswer(duty);
  await lateOnesAreReminded(duty);
  await progressIsTold(duty);
  await levelIsChanged(duty);
  await responseIsTerminated(duty);
  await finalReportIsMade(duty);
  await recordIsWhole(duty);
}

export async function until(holds: () => Promise<boolean>, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come true in time');
    await new Promise((go) => setTimeout(go, 20));
  }
}
