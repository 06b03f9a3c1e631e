/** What leaders get and ask: a digest at 08:30 and 17:30 and at no other minute, answers from the record in a private chat, a directive that is followed up. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import type { Seen } from '../support/dutyRoom';
import { REPORT } from './mainRoad';
import { bureauWithoutTurns } from './night48/play';

const DAY_MS = 24 * 60 * 60_000;
const SECOND = '下午两点,灵宝市尹庄镇加油站,四十名车主因加油卡余额聚集讨说法,灵宝市局已到场';

describe('leaders', () => {
  jest.setTimeout(90_000);
  const dir = bureauWithoutTurns();
  let duty: Bureau;
  beforeAll(async () => {
    duty = await openBureau({ BUREAU: dir });
  }, 60_000);
  afterAll(async () => {
    await duty.close();
    rmSync(dir, { recursive: true, force: true });
  });
  /** A room takes so many messages a minute. */
  beforeEach(async () => {
    await duty.advance(1);
  });

  async function now(): Promise<number> {
    return Date.parse(String((await duty.sandbox('state')).body.now));
  }
  /** Moves the clock to the next such minute of the day, Asia/Shanghai. */
  async function goTo(minute: string): Promise<void> {
    const at = await now();
    const today = Date.parse(`${local(at).slice(0, 10)}T${minute}:00+08:00`);
    const target = today > at ? today : today + DAY_MS;
    await duty.sandbox('clock', { now: new Date(target).toISOString() });
  }
  async function digestsSince(cursor: number): Promise<readonly Seen[]> {
    return (await duty.messages(cursor)).messages.filter(({ text }) => text.startsWith('定时摘要'));
  }
  const answered = (from: string, words: string, expected: string | RegExp): Promise<string> =>
    duty.answered(`dm:${from}`, from, words, expected);

  test('with nothing under way nobody reads a digest, for a day and a night', async () => {
    await goTo('08:00');
    const { cursor } = await duty.messages();
    await duty.advance(24 * 60);
    expect(await digestsSince(cursor)).toEqual([]);
  });

  test('with two under way every leader reads one message at 08:30 and one at 17:30, for two days, without anybody having opened a shift', async () => {
    await goTo('15:00');
    await duty.say('duty', 'duty1', REPORT);
    await duty.see({ room: 'duty', text: '#1 已接报' });
    await duty.say('duty', 'duty1', SECOND);
    await duty.see({ room: 'duty', text: '#2 已接报' });
    const { cursor } = await duty.messages();
    await goTo('15:30');
    await duty.advance(27 * 60);
    const digests = await digestsSince(cursor);
    const leaders = ['deputy1', 'deputy2', 'director', 'leader1'];
    const times = digests.map(({ room, at }) => `${room} ${local(Date.parse(at)).slice(11)}`).sort();
    expect(times).toEqual(leaders.flatMap((leader) => ['08:30', '17:30', '17:30'].map((minute) => `dm:${leader} ${minute}`)).sort());
    for (const { text } of digests)
      expect(text).toMatch(/在办事件 2 起[\s\S]*#1 湖滨区[\s\S]*未办 \d+ 项[\s\S]*最近：[\s\S]*接报[\s\S]*#2 灵宝市[\s\S]*未办 \d+ 项/);
  });

  test('whoever is told at once of one is spared its digest, but not while another waits', async () => {
    await duty.decide('hq', 'director', '#1 定级 Ⅲ');
    await duty.see({ room: 'duty', text: '#1 已定级' });
    await duty.decide('hq', 'director', '#1 启动');
    await duty.see({ room: 'dm:deputy1', text: '情况摘要：响应已启动' });
    const both = (await duty.messages()).cursor;
    await goTo('17:31');
    expect([...new Set((await digestsSince(both)).map(({ room }) => room))].sort()).toEqual([
      'dm:deputy1',
      'dm:deputy2',
      'dm:director',
      'dm:leader1',
    ]);
    await duty.decide('hq', 'director', '#2 不列入 系误报');
    await duty.see({ room: 'duty', text: '#2 不列为突发事件' });
    const one = (await duty.messages()).cursor;
    await goTo('08:31');
    expect((await digestsSince(one)).map(({ room }) => room)).toEqual(['dm:deputy2']);
  });

  test('a leader asks in his own words and is answered from the record', async () => {
    await duty.say('hq', 'site1', '#1 进展 首批退款已兑付');
    await duty.see({ room: 'hq', text: '首批退款已兑付' });
    expect(await answered('director', '现在有几起？', '在办事件 1 起')).toMatch(/#1 湖滨区[\s\S]*最近：[\s\S]*报告进展/);
    expect(await answered('director', '状态', '#1 情况摘要')).toContain('首批退款已兑付');
    expect(await answered('director', '#1 进展怎么样', '#1 情况摘要')).toContain('首批退款已兑付');
    expect(await answered('deputy1', '丰和超市进展', '#1 情况摘要')).toMatch(/级别：较大[\s\S]*首批退款已兑付/);
    expect(await answered('deputy2', '湖滨区预付卡的事处理得怎么样了', '#1 情况摘要')).toContain('丰和超市');
    await answered('director', '卢氏那起怎么样了', '没有找到所问的事件');
    const events = (await duty.api('/api/v1/incidents/1/events')).body as unknown as { items: { type: string }[] };
    expect(events.items.filter(({ type }) => type === 'ProgressReported')).toHaveLength(1);
  });

  test('what a leader writes in his private chat is kept word for word, goes to who must answer, and is followed until he has', async () => {
    const { cursor } = await duty.messages();
    await duty.say('dm:director', 'director', '#1 批示 “务必今日兑付，一户不漏” @杨协一');
    expect((await duty.see({ room: 'dm:coord1', text: '领导批示，请办理', after: cursor })).text).toMatch(
      /务必今日兑付，一户不漏[\s\S]*前反馈/,
    );
    await duty.see({ room: 'duty', text: /收到领导批示[\s\S]*务必今日兑付，一户不漏[\s\S]*反馈 1〔/, after: cursor });
    await duty.advance(12 * 60 + 1);
    await duty.see({ room: 'dm:coord1', text: /催办[\s\S]*反馈领导批示/, after: cursor });
    await duty.say('dm:coord1', 'coord1', '#1 反馈 1 已全部兑付');
    await duty.see({ room: 'dm:coord1', text: '批示已反馈', after: cursor });
  });
});

/** 2026-11-25T08:30 on a Shanghai clock. */
function local(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
}
