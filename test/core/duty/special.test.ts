/** 特殊时期和零报告: every county and the office itself, every day, also when nothing happened. */
import { describe, expect, test } from '@jest/globals';
import { clock, last, question, refusal, ring, shift, special, words, zero } from './builders';

const begun = () => shift().after('leader1', { type: 'SignIn' }, '08:40').after('leader1', special(), '09:00');
const end = (confirmed = true) => ({ type: 'EndSpecialPeriod', reason: words('节后'), confirmed }) as const;
const day = (time: string) => clock(`2026-03-12T${time}:00+08:00`);

describe('特殊时期', () => {
  test('由带班领导或应急办宣布，先说明影响；七个县区16:00、本局16:30', () => {
    expect(question(shift().when('leader1', special(null, false), '09:00'))).toMatchObject({
      effect: '进入特殊时期，7个县区和本局每日零报告',
      pages: expect.arrayContaining(['hubin1', 'kfq1']),
    });
    const rows = begun()
      .rows()
      .filter((r) => r.kind.startsWith('zero'));
    expect(rows.map((r) => [r.owner, r.dueAt, r.status])).toEqual([
      ...['hubin1', 'shanzhou1', 'lingbao1', 'yima1', 'lushi1', 'mianchi1', 'kfq1'].map((p) => [p, clock('16:00'), 'open']),
      ['duty_officer', clock('16:30'), 'open'],
    ]);
    expect(last(begun(), 'SpecialPeriodStarted').told.rooms).toEqual(expect.arrayContaining(['duty', 'county-hubin', 'branch-kfq']));
  });

  test.each([
    ['值班员不能宣布', 'duty1', special(), 'not_authorised'],
    ['要写明是什么时期', 'leader1', { ...special(), title: null } as never, 'text_required'],
    ['截止时间不能已过', 'leader1', special(clock('08:00')), 'due_passed'],
  ])('%s', (_, who, command, code) => expect(refusal(shift().when(who, command, '09:00')).code).toBe(code));

  test('已经开始的不再开始；没有开始的无可结束', () => {
    expect(refusal(begun().when('office1', special(), '10:00')).code).toBe('special_running');
    expect(refusal(shift().when('office1', end(), '10:00')).code).toBe('no_special_period');
    expect(refusal(begun().when('duty1', end(), '10:00')).code).toBe('not_authorised');
  });

  test('结束以后不再要零报告，此前欠的仍可补报', () => {
    const late = begun().rung('16:00').after('leader1', zero(null), '16:05');
    expect(question(late.when('leader1', end(false), '17:00')).open).toHaveLength(7);
    const over = late.after('leader1', end(), '17:00');
    const hubin = over.rows().filter((r) => r.key.startsWith('zero_report:hubin'));
    expect(hubin.map((r) => [r.dueAt, r.status, r.why])).toEqual([
      [clock('16:00'), 'open', ''],
      [day('16:00'), 'void', '特殊时期已结束'],
    ]);
    expect(over.after('hubin1', zero('hubin', '网络故障'), '17:10').row('zero_report:hubin').status).toBe('missed');
    const again = over
      .after('leader1', special(), '18:00')
      .rows()
      .filter((r) => r.key === 'zero_report:hubin:2026-03-12T16:00');
    expect(again.map((r) => r.status)).toEqual(['open']);
  });

  test('到期自行结束之后再宣布，各县区仍只报一份', () => {
    const twice = shift()
      .after('leader1', special(clock('15:30')), '09:00')
      .after('leader1', special(), '15:40');
    const keys = twice.rows().map((r) => r.key);
    expect(keys.filter((key) => key.startsWith('zero_report:hubin'))).toEqual(['zero_report:hubin:2026-03-11T16:00']);
  });

  test('写明截止的到时自行结束', () => {
    const rows = shift()
      .after('leader1', special(clock('15:00')), '09:00')
      .rows();
    expect(rows.filter((r) => r.kind.startsWith('zero'))).toEqual([]);
  });
});

describe('零报告', () => {
  test('县区按时报了就不催；没报的一半时提醒，期满列名、叫带班领导和应急办', () => {
    const some = begun().after('hubin1', zero('hubin'), '15:10');
    const half = some.rung('15:30');
    expect(last(half, 'DeadlinesRang').rings.map((r) => r.rooms)).toHaveLength(6);
    expect(
      half
        .owed()
        .filter((i) => i.purpose === 'reminder')
        .map((i) => i.to),
    ).toEqual(['shanzhou', 'lingbao', 'yima', 'lushi', 'mianchi'].map((c) => ({ room: `county-${c}` })).concat([{ room: 'branch-kfq' }]));
    expect(last(half, 'DeadlinesRang').silent).toEqual([]);
    const over = half.rung('16:00');
    expect(last(over, 'DeadlinesRang').silent).toEqual(['shanzhou', 'lingbao', 'yima', 'lushi', 'mianchi', 'kfq']);
    const told = over.owed().map((i) => `${i.purpose} ${Object.values(i.to)[0]}`);
    expect(told).toEqual(expect.arrayContaining(['escalation leader1', 'escalation office1', 'escalation duty', 'act_noted duty']));
  });

  test('本局零报告先列出未报的县区，再登记', () => {
    const one = begun().after('hubin1', zero('hubin'), '15:10');
    expect(question(one.when('duty1', { ...zero(null), confirmed: false } as never, '16:10'))).toMatchObject({
      effect: '尚有 6 个县区未报，仍登记本局零报告',
      open: ['shanzhou', 'lingbao', 'yima', 'lushi', 'mianchi', 'kfq'],
    });
    expect(last(one.after('duty1', zero(null), '16:10'), 'ZeroReported')).toMatchObject({
      county: null,
      silent: expect.arrayContaining(['kfq']),
    });
  });

  test('值班员可代县区登记电话报告，别的县区不行', () => {
    expect(begun().after('duty1', zero('hubin'), '15:10').row('zero_report:hubin').status).toBe('met');
    expect(refusal(begun().when('yima1', zero('hubin'), '15:10')).code).toBe('not_authorised');
    expect(refusal(begun().when('hubin1', zero(null), '16:10')).code).toBe('not_authorised');
  });

  test('16:00这一分钟内报的不算迟；迟了须写原因，次日照常再报', () => {
    const due = begun().rung('16:00');
    expect(due.after('hubin1', zero('hubin'), clock('16:00:59')).row('zero_report:hubin').status).toBe('met');
    expect(refusal(due.when('hubin1', zero('hubin'), '16:01'))).toMatchObject({ code: 'late_reason_required' });
    const late = due.after('hubin1', zero('hubin', '网络故障'), '16:05');
    expect(
      late
        .rows()
        .filter((r) => r.key.startsWith('zero_report:hubin'))
        .map((r) => [r.dueAt, r.status]),
    ).toEqual([
      [clock('16:00'), 'missed'],
      [day('16:00'), 'open'],
    ]);
  });

  test('太早的、平时的、已报过的都说清楚', () => {
    expect(refusal(begun().when('hubin1', zero('hubin'), '11:00'))).toMatchObject({
      code: 'too_early',
      zh: '下一次零报告于 15:00 至 16:00 报送。',
    });
    expect(refusal(shift().when('hubin1', zero('hubin'), '15:10')).code).toBe('no_special_period');
    const last = shift()
      .after('leader1', special(clock('18:00')), '09:00')
      .after('hubin1', zero('hubin'), '15:10');
    expect(refusal(last.when('hubin1', zero('hubin'), '15:20')).code).toBe('already_reported');
  });

  test('特殊时期没有事也发摘要', () => {
    const due = begun().after(null, ring('digest:2026-03-11T17:30'), '17:30');
    expect(last(due, 'DigestDue').always).toBe(true);
  });
});
