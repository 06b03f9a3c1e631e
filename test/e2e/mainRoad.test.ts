/** From a typed report to a closed incident, by hand in a real browser: only what the page shows, only what the page lets one press. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChatPage, wordsOf } from './chatPage';
import { DESK } from './chromium';
import { type Sitting, sitDown } from './sitting';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
const GROUPS = ['coord1', 'coord2', 'site1', 'site2', 'inv1', 'inv2', 'op1', 'op2', 'legal1', 'legal2', 'log1', 'log2'];
const ANSWERED = ['coord1', 'site1', 'inv1'];

describe('the duty room at a desk', () => {
  let sitting: Sitting;
  let chat: ChatPage;

  beforeAll(async () => {
    sitting = await sitDown(DESK);
    chat = sitting.chat;
  }, 60_000);
  afterAll(() => sitting?.close());

  test('a report typed by the duty officer is echoed with the level proposed, and his level is refused', async () => {
    await chat.be('duty1', 'duty');
    await chat.say(REPORT);
    const echo = await chat.textOf('已接报');
    for (const words of ['#1', '08:30', '湖滨区', '建设路丰和超市', '60—69 人', '较大（Ⅲ级）', '1.4.2（3）']) expect(echo).toContain(words);
    await chat.say('定级 Ⅲ');
    expect(await chat.textOf('不在您的权限内')).toContain('局长');
    await chat.picture('1-duty-room');
    await chat.be('hubin1', 'county-hubin');
    expect(await chat.pinged(await chat.seePage('派员到场核实'))).toEqual(['hubin1']);
    await chat.picture('2-county');
  });

  test('the director sets the level and activates by reading the code from the bubble', async () => {
    await chat.be('director', 'hq');
    await chat.decide('#1 定级 Ⅲ');
    await chat.see('已定级');
    await chat.decide('#1 启动');
    const call = await chat.seePage('现场处置组');
    expect(await chat.pinged(call)).toEqual(GROUPS);
    await chat.picture('3-hq-as-director');
  });

  test('a called person finds the room marked and himself named', async () => {
    await chat.be('director', 'dm:director');
    await chat.be('coord1', 'dm:coord1');
    expect(await chat.byId('room-hq').getAttribute('data-pings')).toBe('1');
    await chat.picture('4-dm-coord1');
    await chat.be('coord1', 'hq');
    const call = await chat.seePage('现场处置组');
    expect(await wordsOf(call.locator('.at-me'))).toBe('@杨协一');
    await chat.picture('5-hq-as-coord1');
  });

  test('收到 counts by word, by the button in the room and by the private button', async () => {
    await chat.say('收到');
    await chat.see('杨协一：收到');
    await chat.be('site1', 'hq');
    expect(await wordsOf(await chat.press('收到'))).toContain('已');
    await chat.picture('6-hq-after-the-press');
    await chat.be('inv1', 'dm:inv1');
    await chat.press('收到');
    await chat.picture('7-dm-inv1');
  });

  test('one merged reminder pages only those who have not answered, then the ladder climbs to leader and telephone', async () => {
    await chat.be('coord2', 'hq');
    const before = await chat.mark();
    await chat.moveClock('10');
    await chat.moveClock('5');
    const reminder = await chat.seePage('尚未回复', before);
    expect(await chat.pinged(reminder)).toEqual(GROUPS.filter((person) => !ANSWERED.includes(person)));
    expect(await wordsOf(reminder)).not.toContain('杨协一');
    await chat.picture('8-hq-after-the-reminder');
    await chat.moveClock('10');
    await chat.be('leader1', 'dm:leader1');
    await chat.see(/临期未回复报告.*朱协二/s);
    await chat.picture('9-dm-leader1');
    await chat.be('duty1', 'duty');
    expect(await chat.textOf('请电话联系')).toMatch(/朱协二.*100\*{4}\d{4}/);
    await chat.picture('10-duty-room-telephone');
  });

  test('progress from the scene is read in the duty room', async () => {
    await chat.be('site1', 'hq');
    await chat.say('进展 已到现场，群众情绪平稳，正在登记诉求');
    await chat.be('duty1', 'duty');
    expect(await chat.textOf('处置进展')).toContain('正在登记诉求');
  });

  test('a level change with its reason is announced and the leader has a summary', async () => {
    await chat.be('director', 'hq');
    await chat.decide('调级 Ⅱ 聚集扩大至两市,现场超过二百人');
    expect(await chat.textOf('响应级别调整')).toContain('由较大（Ⅲ级）调整为重大（Ⅱ级）');
    await chat.picture('11-hq-level-change');
    await chat.be('leader1', 'dm:leader1');
    await chat.see('情况摘要：级别已调整');
    await chat.picture('12-dm-leader1');
  });

  test('the termination is announced, and then every timer is silent for more than a day', async () => {
    await chat.be('director', 'hq');
    await chat.decide('终止 群众已散去,退费方案已落实');
    await chat.see('终止应急响应');
    for (const room of ['duty', 'county-hubin']) {
      await chat.be('duty1', room);
      await chat.see('终止应急响应');
    }
    await chat.be('leader1', 'dm:leader1');
    await chat.see('情况摘要：响应已终止');
    const [unread, last] = [await chat.unread(), await chat.mark()];
    await chat.moveClock('1440');
    await chat.moveClock('hour');
    await chat.say('列表');
    await chat.see('没有在办事件', last);
    expect(await chat.onlyOwnAfter(last)).toBe(true);
    // The digest tells one leader more that the response ended; whether the holidays of a year are wanted hangs on the day of the run.
    const digest = { 'room-dm:deputy2': (unread['room-dm:deputy2'] ?? 0) + 1 };
    expect(withoutCalendar(await chat.unread())).toEqual({ ...withoutCalendar(unread), ...digest });
    await chat.picture('13-dm-leader1-at-the-end');
  });

  test('the page itself never reported a fault', () => {
    expect(sitting.faults).toEqual([]);
  });
});

/** Office and administrator hear of holiday calendars, whatever goes on. */
function withoutCalendar(unread: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(unread).filter(([room]) => room !== 'room-dm:admin1' && room !== 'room-dm:office1'));
}
