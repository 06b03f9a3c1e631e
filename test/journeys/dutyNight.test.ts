/** The duty room by typed verbs: a shift from its opening to the hand-over, zero reports of a special period, a hand-over that nobody makes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { REPORT, until } from './mainRoad';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

describe('a night in the duty room', () => {
  let duty: Bureau;
  /** End of the shift that is on duty first. */
  let ends: number;
  beforeAll(async () => {
    duty = await openBureau();
    const { rows } = await duty.pool.query('SELECT min(until_at) AS ends FROM shifts');
    ends = new Date(rows[0].ends).getTime();
    await duty.advance(Math.ceil((ends - 12 * HOUR_MS - (await now())) / 60_000));
  }, 60_000);
  afterAll(() => duty.close());
  /** A room takes so many messages a minute: each part of the night has its own. */
  beforeEach(async () => {
    await duty.advance(1);
  });

  async function answered(room: string, from: string, words: string, expected: string | RegExp): Promise<string> {
    const { cursor } = await duty.messages();
    await duty.say(room, from, words);
    return (await duty.see({ room, text: expected, after: cursor })).text;
  }

  /** Says a decision and confirms it; answers what the bot asked before. */
  async function decided(room: string, from: string, words: string): Promise<string> {
    const { cursor } = await duty.messages();
    await duty.say(room, from, words);
    const question = await duty.see({ room, text: /确认 \d{4}/, after: cursor });
    await duty.say(room, from, `确认 ${/确认 (\d{4})/.exec(question.text)?.[1] ?? ''}`);
    return question.text;
  }

  async function now(): Promise<number> {
    return Date.parse(String((await duty.sandbox('state')).body.now));
  }

  /** Moves the clock to the next such minute of the day, Asia/Shanghai. */
  async function goTo(minute: string): Promise<void> {
    const at = await now();
    const today = Date.parse(`${local(at).slice(0, 10)}T${minute}:00+08:00`);
    await duty.advance(Math.ceil(((today > at ? today : today + DAY_MS) - at) / 60_000));
  }

  async function onRoster(person: string, date: string): Promise<boolean> {
    const { rows } = await duty.pool.query(
      "SELECT person_id, from_at AT TIME ZONE 'Asia/Shanghai' AS day FROM shifts WHERE person_id = $1",
      [person],
    );
    return rows.some((row: { day: Date | string }) => JSON.stringify(row).includes(date));
  }

  function pingedSince(messages: readonly { room: string; text: string; pinged: readonly string[] }[], text: string): readonly string[] {
    return [...new Set(messages.filter((m) => m.text.includes(text)).flatMap((m) => m.pinged))].sort();
  }

  test('before anybody opens it there is no shift, but everybody can read who is on duty', async () => {
    expect(await answered('duty', 'guest1', '值班', '尚未开班')).toMatch(/周值一[\s\S]*郑带班[\s\S]*接班[\s\S]*吴值二/);
    await answered('county-hubin', 'hubin1', '零报告', '当前没有值班班次');
    await answered('duty', 'guest1', '开班', '开班由值班人员办理');
    await answered('dm:guest1', 'guest1', '帮助 全部', /换班[\s\S]*台账/);
    await answered('dm:guest1', 'guest1', '帮助', /上报：报告/);
  });

  test('the officer opens the first shift, the leader signs in by the button', async () => {
    await answered('duty', 'duty1', '开班', '第1班 已开班');
    const asked = await duty.see({ room: 'dm:leader1', text: '请到岗签到' });
    await duty.click(asked, 'leader1');
    await duty.see({ room: 'duty', text: /已签到[\s\S]*郑带班/ });
    await answered('duty', 'duty1', '签到', '您已经签到');
    expect(await answered('duty', 'duty1', '值班', '当前值班（第1班）')).toMatch(/已签到：.*周值一.*郑带班/);
  });

  test('a report is handled, and what was told by telephone is written down and put right without a trace being lost', async () => {
    await answered('duty', 'duty1', REPORT, '已接报');
    await answered('duty', 'duty1', '日志 市民来电问退费,已答复', '日志已登记');
    await answered('duty', 'duty1', '日志 更正 99 写错了', '本班日志没有这一条');
    const shown = await answered('duty', 'duty1', '值班日志', '第1班 值班日志');
    expect(shown).toMatch(/#1 接报[\s\S]*周值一/);
    const entry = /第(\d+)条/.exec(shown)?.[1];
    await answered('duty', 'duty1', `日志 更正 ${entry} 来电人为商户`, `更正第 ${entry} 条`);
    expect(await answered('duty', 'office1', '值班日志', '来电人为商户')).toContain('市民来电问退费');
    await answered('duty', 'guest1', '值班日志', '值班日志由值班人员查看');
  });

  test('a swap changes the roster when the other has agreed and the leader has approved, and not before', async () => {
    const day = local(ends + 6 * DAY_MS).slice(0, 10);
    expect([await onRoster('duty2', day), await onRoster('duty1', day)]).toEqual([true, false]);
    await answered('dm:duty2', 'duty2', `换班 ${day} @周值一`, '换班须写明理由');
    await answered('dm:duty2', 'duty2', `换班 ${day} @周值一 家中有事`, '换班已提出');
    await duty.see({ room: 'dm:duty1', text: /请答复换班[\s\S]*家中有事/ });
    await answered('dm:leader1', 'leader1', '同意换班', '换班先由对方答复');
    await answered('dm:duty1', 'duty1', '同意换班', '对方同意换班，等批准');
    expect([await onRoster('duty2', day), await onRoster('duty1', day)]).toEqual([true, false]);
    await duty.see({ room: 'dm:leader1', text: '请批准换班' });
    await answered('dm:duty1', 'duty1', '同意换班', '不能由本人批准');
    await answered('dm:leader1', 'leader1', '同意换班', '换班已批准');
    await duty.see({ room: 'dm:duty2', text: '换班已批准，值班表已改' });
    expect([await onRoster('duty2', day), await onRoster('duty1', day)]).toEqual([false, true]);
  });

  test('the shift is handed over with every open deadline and its owner, and stands until both have confirmed', async () => {
    await goTo('08:10');
    await answered('duty', 'duty1', '交班', '还没有交接班单');
    const sheet = await answered('duty', 'duty1', '交接班单 文件钥匙：两把 设备故障：无', '交接班单');
    expect(sheet).toMatch(/接班：[\s\S]*吴值二[\s\S]*冯带班/);
    expect(sheet).toMatch(/事件未办事项 \d+ 项，均有责任人/);
    for (const owed of ['书面首报', '电话报告上级', '两把', '设备故障：无']) expect(sheet).toContain(owed);
    await answered('duty', 'duty2', '接班', '交班人还没有确认交班');
    expect(await decided('duty', 'duty1', '交班')).toMatch(/向吴值二交班[\s\S]*尚有 \d+ 项未办结/);
    await duty.see({ room: 'dm:duty2', text: /请接班[\s\S]*书面首报/ });
    expect(await answered('duty', 'duty1', '值班', '已交班，等接班人确认')).toContain('第1班');
    await answered('duty', 'duty1', '接班', '您不是这一班的接班人');
    await duty.advance(1);
    await answered('duty', 'duty2', '拒接班 缺一把钥匙', '原班继续值守');
    await answered('duty', 'duty1', '交接班单 文件钥匙：三把', '三把');
    await decided('duty', 'duty1', '交班');
    await duty.see({ room: 'duty', text: '已交班' });
    await until(
      async () => (await duty.messages()).messages.filter((m) => m.room === 'dm:duty2' && m.text.includes('请接班')).length === 2,
    );
    await decided('duty', 'duty2', '接班');
    expect((await duty.see({ room: 'duty', text: '第2班开始' })).text).toMatch(/吴值二[\s\S]*冯带班/);
    await duty.see({ room: 'dm:leader2', text: '请到岗签到' });
    expect(await answered('duty', 'duty2', '值班', '当前值班（第2班）')).toContain('吴值二');
  });

  test('the log of the night shows all of it, and nobody writes in it any more', async () => {
    const log = await answered('duty', 'duty2', '值班日志 1', '第1班 值班日志');
    for (const line of [
      /开班.*周值一/,
      /签到.*郑带班/,
      /#1 接报/,
      /第\d+条/,
      /批准换班.*郑带班/,
      /列交接班单/,
      /拒接班.*吴值二/,
      /接班，本班结束.*吴值二/,
    ])
      expect(log).toMatch(line);
    await answered('duty', 'duty1', '值班日志 7', '没有第7班');
    const signed = (await duty.messages()).messages.find((m) => m.room === 'dm:leader1' && m.text.includes('请到岗签到'));
    if (signed === undefined) throw new Error('the leader was never asked');
    const { cursor } = await duty.messages();
    await duty.click(signed, 'leader1');
    // Where nothing can be pressed the word is said anew, and meets the shift of now.
    const refusal = process.env.FENGHUO_SANDBOX === 'govding' ? '您不在本班' : '第1班已经交班';
    await duty.see({ room: 'dm:leader1', text: refusal, after: cursor });
  });

  test('in a special period silent counties are reminded, named and escalated; the office reports for itself all the same', async () => {
    await goTo('08:31');
    await duty.see({ room: 'dm:director', text: /定时摘要[\s\S]*在办事件 1 起[\s\S]*#1 湖滨区/ });
    await duty.decide('hq', 'director', '#1 不列入 系误报');
    await goTo('14:30');
    expect(await decided('duty', 'leader2', '特殊时期 开始 国庆假期')).toMatch(/进入特殊时期[\s\S]*将点名/);
    await duty.see({ room: 'county-lushi', text: '每日零报告' });
    await goTo('15:05');
    await answered('county-hubin', 'hubin1', '零报告', '湖滨区零报告已收到');
    await duty.see({ room: 'duty', text: '湖滨区零报告已收到' });
    const before = (await duty.messages()).cursor;
    await goTo('15:31');
    const reminded = (await duty.messages(before)).messages.filter((m) => m.text.includes('县区零报告'));
    expect(pingedSince(reminded, '催办')).toEqual(expect.arrayContaining(['lushi1', 'yima1', 'lingbao1']));
    expect(pingedSince(reminded, '催办')).not.toContain('hubin1');
    const atFour = (await duty.messages()).cursor;
    await goTo('16:01');
    const silence = await duty.see({ room: 'duty', text: '零报告未到', after: atFour });
    expect(silence.text).toContain('卢氏县');
    expect(silence.text).not.toContain('湖滨区');
    await duty.see({ room: 'dm:leader2', text: /逾时报告|临期未办报告/, after: atFour });
    await answered('county-lushi', 'lushi1', '零报告', '已逾期，请写明原因');
    await answered('county-lushi', 'lushi1', '零报告 逾期原因：线路中断', '卢氏县零报告已收到');
    expect(await decided('duty', 'duty2', '零报告')).toMatch(/尚有 \d+ 个县区未报/);
    await duty.see({ room: 'duty', text: /本局零报告已登记[\s\S]*仍未报/ });
    await decided('duty', 'leader2', '特殊时期 结束 假期结束');
    await duty.see({ room: 'duty', text: '不再零报告' });
  });

  test('a roll call is answered by each for himself, by word or button', async () => {
    await answered('duty', 'duty2', '查岗', '查岗由局领导');
    await answered('dm:director', 'director', '查岗', '应答人');
    const page = await duty.see({ room: 'duty', text: '查岗，请应答' });
    expect(page.pinged).toEqual(['duty2', 'leader2']);
    await answered('duty', 'duty2', '收到', '在岗，已应答');
    await duty.click(await duty.see({ room: 'dm:leader2', text: '查岗，请应答' }), 'leader2');
    await duty.see({ room: 'duty', text: /在岗，已应答[\s\S]*冯带班/ });
  });

  test('a register keeps what was bought, who answers for it, and says when it falls short', async () => {
    await answered('dm:office1', 'office1', '台账 应急物资 防护服 @曹勤一 数量 50套 最低30', '台账第1项');
    await duty.see({ room: 'dm:log1', text: /防护服[\s\S]*台账 1 检查/ });
    await answered('dm:log1', 'log1', '台账 1 检查 数量 20套', '有问题的须写明情况');
    await answered('dm:log1', 'log1', '台账 1 检查 领用三十套，已申购 数量 20套 复查 明天', /有问题[\s\S]*低于最低要求/);
    await answered('dm:office1', 'office1', '台账', /数量不足[\s\S]*防护服/);
    await decided('dm:office1', 'office1', '台账 1 销号 并入2项');
    await duty.see({ room: 'dm:log1', text: '已销号' });
    await answered('dm:office1', 'office1', '台账', '没有登记在册');
  });

  test('a hand-over that nobody makes rings ten minutes ahead, and louder when the end has passed', async () => {
    const state = await duty.pool.query("SELECT max(due_at) AS due FROM deadlines WHERE stream_id = 'shift-2' AND kind = 'handover'");
    const due = new Date(state.rows[0].due).getTime();
    await duty.advance(Math.floor((due - (await now())) / 60_000) - 11);
    const ahead = (await duty.messages()).cursor;
    await duty.advance(2);
    const reminder = await duty.see({ room: 'duty', text: /催办[\s\S]*交接班/, after: ahead });
    expect([reminder.pinged, reminder.text.includes('回复：交接班单')]).toEqual([['duty2'], true]);
    const late = (await duty.messages()).cursor;
    await duty.advance(12);
    await duty.see({ room: 'duty', text: /逾期未办，请电话联系[\s\S]*吴值二/, after: late });
    await duty.see({ room: 'dm:office1', text: /逾时报告[\s\S]*交接班/, after: late });
    expect(await answered('duty', 'duty2', '值班', '当前值班（第2班）')).toContain('吴值二');
  });
});

/** 2026-11-25T08:30 on a Shanghai clock. */
function local(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
}
