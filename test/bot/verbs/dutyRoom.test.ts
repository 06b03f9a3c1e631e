/** What people type in the duty room: days of shifts, swaps, hand-over sheets, zero reports, registers. */
import { describe, expect, test } from '@jest/globals';
import { dayAt, endOf, startOf } from '../../../src/bot/arguments/day';
import type { Turn } from '../../../src/bot/turn';
import { parse } from '../../../src/bot/verbs/parse';
import { enteredAs, entryCommand } from '../../../src/bot/verbs/register';
import type { DutySaid } from '../../../src/bot/verbs/standing';
import { dutyVerb } from '../../../src/bot/verbs/table';
import type { RegisterState } from '../../../src/core/register/state';
import { RULES } from '../../core/builders';
import { AT_DUTY, clock, shift } from '../../core/duty/builders';

const NOW = clock('2026-03-11T22:10:00+08:00');

function turn(person: string): Turn {
  let count = 0;
  const next = () => {
    count += 1;
    return `id${count}`;
  };
  return {
    person,
    roster: AT_DUTY.roster,
    heardAt: NOW,
    at: NOW,
    deps: { ids: { next }, digest: { of: (text: string) => text } },
  } as unknown as Turn;
}

/** The command a message becomes, with the words it keeps. */
async function read(person: string, typed: string) {
  const { verb, rest } = parse(typed);
  const said: DutySaid = { turn: turn(person), rules: RULES, state: shift().state, rest, confirmed: false, obligations: async () => [] };
  const made = await dutyVerb(verb ?? '')?.onShift(said);
  if (made === undefined) throw new Error(`${typed} is no verb of the duty room`);
  return made.is === 'refusal' ? made.code : { ...made.command, words: made.texts.map((text) => text.body) };
}

test.each([
  ['11月25日 @某人', '2026-11-25', '@某人'],
  ['2026-03-14 @某人', '2026-03-14', '@某人'],
  ['3月10日 @某人', '2027-03-10', '@某人'],
  ['明天@某人', '2026-03-12', '@某人'],
  ['后天', '2026-03-13', ''],
])('“%s”说的是 %s', (words, date, rest) => {
  expect(dayAt(words, NOW)).toEqual({ date, rest });
});

test.each(['2月30日', '13月1日', '22:10 来电', '家中有事'])('“%s”没有说到哪一天', (words) => {
  expect(dayAt(words, NOW)).toBeNull();
});

test('一天从零点到最后一分钟', () => {
  expect([startOf('2026-03-12'), endOf('2026-03-12')]).toEqual([clock('2026-03-12T00:00:00+08:00'), clock('2026-03-12T23:59:00+08:00')]);
});

describe('换班', () => {
  test('names the shift by its day, the other by @ and what is taken in return by a second day', async () => {
    expect(await read('duty1', '换班 3月13日 @吴值二 3月12日 家中有事')).toMatchObject({
      ...{ type: 'ProposeSwap', other: 'duty2', words: ['家中有事'] },
      mine: clock('2026-03-13T08:30:00+08:00'),
      theirs: clock('2026-03-12T08:30:00+08:00'),
    });
  });
  test('without a day or a person it is asked back', async () => {
    expect(await read('duty1', '换班 @吴值二 家中有事')).toBe('which_day');
    expect(await read('duty1', '换班 3月13日 家中有事')).toBe('which_person');
  });
});

test('顶班：只写缺岗人就是本人顶，写了第二个人就是他顶', async () => {
  expect(await read('duty2', '顶班 @周值一 突发疾病')).toMatchObject({ absent: 'duty1', person: 'duty2', words: ['突发疾病'] });
  expect(await read('leader1', '顶班 @周值一 @吴值二 突发疾病')).toMatchObject({ absent: 'duty1', person: 'duty2', words: ['突发疾病'] });
});

test('交接班单按标签分开，写“无”的就是没有', async () => {
  const sheet = await read('duty1', '交接班单 文件钥匙：两把 设备故障：无 其他：传真待复');
  expect(sheet).toMatchObject({ equipment: null, words: ['两把', '传真待复'] });
});

test('日志可以写明事件，也可以更正前一条', async () => {
  expect(await read('duty1', '日志 #3 来电 22:10 市民询问')).toMatchObject({ type: 'WriteLog', corrects: null });
  expect(await read('duty1', '日志 更正 第3条 应为22:15')).toMatchObject({ corrects: 3, incident: null, words: ['应为22:15'] });
});

test('零报告算本人所在县区的，值班室可以代某县登记；没有情况不留文字', async () => {
  expect(await read('hubin1', '零报告 无')).toMatchObject({ county: 'hubin', text: null, words: [] });
  expect(await read('duty1', '零报告')).toMatchObject({ county: null });
  expect(await read('duty1', '零报告 卢氏县 发现一起投诉 逾期原因：线路中断')).toMatchObject({
    county: 'lushi',
    words: ['发现一起投诉', '线路中断'],
  });
});

test('特殊时期写到哪一天就到那天结束', async () => {
  expect(await read('leader1', '特殊时期 开始 五一假期 至5月5日')).toMatchObject({
    ...{ type: 'StartSpecialPeriod', words: ['五一假期'] },
    until: clock('2026-05-05T23:59:00+08:00'),
  });
  expect(await read('leader1', '特殊时期')).toBe('argument_missing');
});

describe('台账', () => {
  test('a new entry names its kind, what it is, whose it is and how much there is', () => {
    const made = enteredAs(turn('office1'), RULES, '应急物资 防护服 @曹勤一 数量 50套 最低30 下次 4月1日');
    expect(made).toMatchObject({
      command: {
        kind: 'material',
        owner: 'log1',
        amount: { value: 50, unit: '套', minimum: 30 },
        nextAt: clock('2026-04-01T23:59:00+08:00'),
      },
      texts: [{ body: '防护服' }],
    });
    expect(enteredAs(turn('office1'), RULES, '无此种类 防护服')).toMatchObject({ code: 'no_such_kind' });
  });
  test('a check is in order unless its first words say otherwise', () => {
    const state = { n: 1, amount: { value: 50, unit: '套', minimum: 30 } } as RegisterState;
    const typed = (rest: string) => entryCommand({ turn: turn('log1'), state, rest, confirmed: false });
    expect(typed('检查 完好')).toMatchObject({ command: { type: 'CheckItem', inOrder: true } });
    expect(typed('检查 有问题 短少十套 数量 40套 复查 明天')).toMatchObject({ command: { inOrder: false, amount: 40 } });
    expect(typed('变更 数量 60套 理由：新购')).toMatchObject({
      command: { type: 'ChangeItem', title: null, amount: { value: 60, minimum: 30 } },
      texts: [{ body: '新购' }],
    });
    expect(typed('销毁')).toMatchObject({ code: 'argument_missing' });
  });
});
