/** Every act of a shift is answered and told in words; in a room that may see pointers only nobody's own words and no list of what is owed. */
import { describe, expect, test } from '@jest/globals';
import type { DutyEvent } from '../../../src/core/duty/events';
import { notices } from '../../../src/core/duty/notices';
import { composeDuty } from '../../../src/core/notices/compose/duty/compose';
import type { UnderWay } from '../../../src/core/notices/compose/duty/view';
import { refsIn } from '../../../src/core/notices/compose/view';
import type { Message } from '../../../src/core/notices/message';
import { clear } from '../../../src/core/privacy/clear';
import type { Exposure } from '../../../src/core/roster/roster';
import { clock, handOver, NEXT_DAY, OWED, prepare, type Shifted, shift, takeOver, words } from '../duty/builders';

const OWN_WORDS = '某人原话';

function composed(life: Shifted, when: number, underWay: readonly UnderWay[] = []): readonly Message[] {
  const recorded = life.history.at(-1);
  if (recorded === undefined) throw new Error('nothing has happened');
  const texts = new Map(refsIn([life.state, recorded.event]).map((id) => [id, OWN_WORDS]));
  const view = { ...life.scene, state: life.state, texts, now: when, underWay };
  return notices(recorded).flatMap((intent) => composeDuty(view, intent) ?? []);
}

function readable(message: Message, exposure: Exposure): string {
  const { heading, lines } = clear(message, exposure);
  return [heading, ...lines.map((line) => line.parts.map((part) => part.text).join(''))].join('\n');
}

const swapped = () =>
  shift().after('duty1', { type: 'ProposeSwap', mine: NEXT_DAY + 86_400_000, other: 'duty2', theirs: null, reason: words('why') }, '09:00');
const swapId = (life: Shifted) => Object.keys(life.state.swaps)[0] ?? '';
const answered = (life: Shifted, who: string, agrees: boolean) =>
  life.after(who, { type: 'AnswerSwap', id: swapId(life), agrees, reason: words('answer') }, '09:05');
const special = () =>
  shift().after('leader1', { type: 'StartSpecialPeriod', title: words('title'), until: null, confirmed: true }, '09:00');
const handedOver = () =>
  shift()
    .after('duty1', prepare([OWED]), '2026-03-12T08:20:00+08:00')
    .after('duty1', handOver([OWED]), '2026-03-12T08:25:00+08:00');

const LIVES: readonly (readonly [DutyEvent['type'], () => Shifted, RegExp])[] = [
  ['ShiftOpened', () => shift(), /第1班 已开班/],
  ['SignedIn', () => shift().after('leader1', { type: 'SignIn' }, '08:35'), /已签到/],
  [
    'LogWritten',
    () => shift().after('duty1', { type: 'WriteLog', text: words('log'), incident: 3, corrects: null }, '09:00'),
    /日志已登记/,
  ],
  ['SwapProposed', swapped, /换班已提出/],
  ['SwapConsented', () => answered(swapped(), 'duty2', true), /等批准/],
  ['SwapApproved', () => answered(answered(swapped(), 'duty2', true), 'leader1', true), /值班表已改/],
  ['SwapRefused', () => answered(swapped(), 'duty2', false), /值班表不变/],
  ['SwapWithdrawn', () => swapped().after('duty1', { type: 'WithdrawSwap', id: swapId(swapped()) }, '09:10'), /换班已撤回/],
  [
    'OnDutyStoodIn',
    () => shift().after('duty2', { type: 'StandInOnDuty', absent: 'duty1', person: 'duty2', reason: words('ill') }, '10:00'),
    /吴值二.*顶.*周值一/,
  ],
  ['HandoverPrepared', () => shift().after('duty1', prepare([OWED]), '2026-03-12T08:20:00+08:00'), /交接班单[\s\S]*事件未办事项 1 项/],
  ['HandedOver', handedOver, /已交班，等接班人确认/],
  [
    'TakeOverRefused',
    () => handedOver().after('duty2', { type: 'RefuseTakeOver', reason: words('key') }, '2026-03-12T08:27:00+08:00'),
    /原班继续值守/,
  ],
  ['TakenOver', () => handedOver().after('duty2', takeOver([OWED]), NEXT_DAY), /第2班开始/],
  ['SpecialPeriodStarted', special, /每日零报告/],
  [
    'SpecialPeriodEnded',
    () => special().after('leader1', { type: 'EndSpecialPeriod', reason: words('over'), confirmed: true }, '10:00'),
    /不再零报告/,
  ],
  [
    'ZeroReported',
    () =>
      special().after('hubin1', { type: 'ReportZero', county: 'hubin', text: words('calm'), lateReason: null, confirmed: true }, '15:10'),
    /湖滨区零报告已收到/,
  ],
  ['RollCalled', () => shift().after('director', { type: 'CallRoll' }, '22:00'), /查岗[\s\S]*周值一/],
  [
    'RollAnswered',
    () => shift().after('director', { type: 'CallRoll' }, '22:00').after('duty1', { type: 'AnswerRoll' }, '22:01'),
    /已应答/,
  ],
];

describe.each(LIVES)('%s', (type, life, expected) => {
  test('is told in words to everybody it is owed to', () => {
    const told = composed(life(), life().history.at(-1)?.at ?? 0);
    expect(life().history.at(-1)?.event.type).toBe(type);
    expect(told.map((message) => readable(message, 'full')).join('\n\n')).toMatch(expected);
    expect(told).toHaveLength(life().owed().length);
  });
  test('shows nobody’s own words where only pointers may be seen', () => {
    for (const message of composed(life(), life().history.at(-1)?.at ?? 0)) {
      expect(readable(message, 'pointer')).not.toContain(OWN_WORDS);
      expect(readable(message, 'summary')).not.toContain(OWN_WORDS);
    }
  });
});

describe('what the clock brings', () => {
  test('reminds by name those who have not signed in, and is silent about who has come meanwhile', () => {
    const late = shift().rung('08:38');
    const [reminder] = composed(late, clock('08:38')).filter((message) => message.mentions.length > 0);
    expect(reminder?.mentions).toEqual(['leader1']);
    expect(reminder === undefined ? '' : readable(reminder, 'pointer')).toMatch(/催办[\s\S]*到岗签到[\s\S]*回复：签到/);
    const come = late.after('leader1', { type: 'SignIn' }, '08:39');
    const texts = new Map<string, string>();
    const view = { ...come.scene, state: come.state, texts, now: clock('08:40'), underWay: [] };
    const before = late.history.at(-1);
    if (before === undefined) throw new Error('nothing rang');
    expect(notices(before).flatMap((intent) => composeDuty(view, intent) ?? [])).toEqual([]);
  });
  test('names the silent counties in the duty room until they have reported', () => {
    const silent = special().rung('15:31').rung('15:49').rung('16:00');
    const told = composed(silent, clock('16:00')).map((message) => readable(message, 'full'));
    expect(told.some((text) => /零报告未到[\s\S]*卢氏县/.test(text))).toBe(true);
  });
  test('the digest counts what is owed and late, and nobody reads one about nothing', () => {
    const evening = shift().after('leader1', { type: 'SignIn' }, '08:35').rung('17:30');
    const next = { zh: '书面首报', dueAt: clock('17:05') };
    const last = { did: 'ProgressReported', at: clock('16:40') };
    const underWay = [{ n: 3, county: '湖滨区', level: '较大', owed: 4, late: 1, next, last, ended: false, told: ['deputy1'] }];
    const [read] = composed(evening, clock('17:30'), underWay);
    expect(read === undefined ? '' : readable(read, 'full')).toMatch(
      /定时摘要[\s\S]*在办事件 1 起[\s\S]*#3 湖滨区[\s\S]*未办 4 项，其中逾期 1 项，最早：书面首报 17:05[\s\S]*最近：16:40 报告进展/,
    );
    expect(composed(evening, clock('17:30'))).toEqual([]);
    const readers = (told: readonly string[]) => composed(evening, clock('17:30'), [{ ...underWay[0], told } as UnderWay]).length;
    expect(readers([]) - readers(['deputy1', 'leader1'])).toBe(2);
  });
});
