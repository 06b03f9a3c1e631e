/** 台账: what is kept ready, watched or to be improved, looked at again before it is forgotten. */
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCalendars } from '../../../src/config/calendars';
import { change, check, close, enter, item, NETWORK, nothing, on, question, ROSTER, RULES, refusal, words } from './builders';

const open = (kept: ReturnType<typeof item>) => kept.rows().flatMap((r) => (r.status === 'open' ? [[r.owner, r.dueAt]] : []));

describe('登记', () => {
  test('物资90天查一次，责任人收到通知', () => {
    expect(open(item())).toEqual([['log1', on('06-09')]]);
    expect(
      item()
        .owed()
        .map((i) => `${i.purpose} ${Object.values(i.to)[0]}`),
    ).toEqual(['act_noted chat-office1', 'act_noted log1']);
  });

  test('演练和预案评估的间隔依预案：至少每三年一次', () => {
    const exercise = item({ kind: 'exercise', about: null, amount: null });
    expect(exercise.rows()[0]?.dueAt).toBe(Date.parse('2029-03-11T09:00:00+08:00'));
    expect(exercise.rows()[0]?.basis).toBe('nat');
  });

  test('预案备案按工作日：印发后20个工作日，补班的周末算、放假的平日不算', () => {
    const read = readCalendars(resolve('config'));
    const scene = { rules: RULES, roster: { ...ROSTER, calendar: read.is === 'ok' ? read.calendar : new Map() } };
    const filed = nothing(scene).after(
      'office1',
      enter({ kind: 'plan_filing', about: null, amount: null }),
      Date.parse('2026-09-17T09:00:00+08:00'),
    );
    expect(filed.rows()[0]?.dueAt).toBe(Date.parse('2026-10-22T00:00:00+08:00') - 1);
  });

  test.each([
    ['没有的种类', enter({ kind: 'weather' }), 'office1', 'no_such_kind'],
    ['预案里没有的条目', enter({ about: 'helicopters' }), 'office1', 'not_in_plan'],
    ['不管台账的人', enter(), 'guest1', 'not_authorised'],
    ['没写内容的', enter({ title: null }), 'office1', 'text_required'],
    ['责任人不在册', enter({ owner: 'nobody' }), 'office1', 'no_such_person'],
    ['日期已过的', enter({ nextAt: on('03-10') }), 'office1', 'due_passed'],
    ['比规定的间隔还晚', enter({ nextAt: on('07-01') }), 'office1', 'review_too_late'],
    ['没有账号的人', enter(), null, 'unknown_person'],
  ])('%s：不登记', (_, command, who, code) => expect(refusal(nothing().when(who, command, on('03-11'))).code).toBe(code));

  test('预案写明由谁保障的，谁可以登记', () => {
    const drills = enter({ kind: 'material', about: 'drills', owner: 'net2' });
    const here = { rules: NETWORK, roster: ROSTER };
    expect(nothing(here).after('net1', drills, on('03-11')).state.about).toBe('drills');
    expect(refusal(nothing(here).when('log1', drills, on('03-11'))).code).toBe('not_authorised');
  });

  test('登记过的不重复登记，没登记的无从检查', () => {
    expect(refusal(item().when('office1', enter(), on('03-12'))).code).toBe('item_entered');
    expect(refusal(nothing().when('office1', check(), on('03-12'))).code).toBe('no_item');
  });
});

describe('检查', () => {
  test('正常的从检查之日重新起算', () => {
    const done = item().after('log1', check(), on('06-01'));
    expect(done.rows().map((r) => [r.dueAt, r.status])).toEqual([
      [on('06-09'), 'met'],
      [on('08-30'), 'open'],
    ]);
  });

  test('少于最低数量算有问题：写明情况和复查日期，应急办知道', () => {
    expect(refusal(item().when('log1', check({ amount: 29 }), on('06-01'))).code).toBe('text_required');
    expect(refusal(item().when('log1', check({ amount: 29, text: words('发出21套') }), on('06-01'))).code).toBe('next_required');
    const short = item().after('log1', check({ amount: 29, text: words('发出21套'), nextAt: on('06-15') }), on('06-01'));
    expect(short.state).toMatchObject({ amount: { value: 29 }, checked: { short: true, inOrder: false } });
    expect(short.owed().map((i) => Object.values(i.to)[0])).toEqual(['chat-log1', 'office1']);
    expect(item().after('log1', check({ amount: 30 }), on('06-01')).state.checked).toMatchObject({ short: false });
  });

  test('逾期检查须写明原因，记为逾期', () => {
    expect(refusal(item().when('log1', check(), on('06-10'))).code).toBe('late_reason_required');
    const late = item().after('log1', check({ text: words('出差') }), on('06-10'));
    expect(late.rows()[0]?.status).toBe('missed');
  });

  test('不是责任人也不管台账的，不能代为登记', () => {
    expect(refusal(item().when('guest1', check(), on('06-01')))).toMatchObject({
      code: 'not_authorised',
      whom: expect.arrayContaining(['log1', 'office1']),
    });
  });
});

describe('到期提醒和逾期上报', () => {
  test('到期前7天起：先提醒责任人，再告带班领导，到期告应急办，此后每过一个期限再往上报', () => {
    const half = item().rung(on('06-05', '21:00'));
    expect(half.owed().map((i) => `${i.purpose} ${Object.values(i.to)[0]}`)).toEqual(['reminder log1']);
    const due = half.rung(on('06-09'));
    expect(due.owed().map((i) => `${i.purpose} ${Object.values(i.to)[0]}`)).toEqual([
      'reminder log1',
      'escalation leader1',
      'escalation office1',
    ]);
    const over = due.rung(on('06-16'));
    expect(over.owed().map((i) => `${i.purpose} ${Object.values(i.to)[0]}`)).toEqual(['escalation leader1']);
    const more = over.rung(on('06-23'));
    expect(more.owed().map((i) => `${i.purpose} ${Object.values(i.to)[0]}`)).toEqual(['escalation director']);
    expect(more.rung(on('06-30')).rows()[0]?.nextAt).toBeNull();
  });

  test('查过的不再响；没到时候的不响', () => {
    const [row] = item().rows();
    const keys = [row?.key ?? ''];
    expect(item().when(null, { type: 'RingDeadlines', keys }, on('06-01'))).toEqual({ is: 'events', events: [] });
    expect(item().after('log1', check(), on('06-01')).when(null, { type: 'RingDeadlines', keys }, on('06-20'))).toEqual({
      is: 'events',
      events: [],
    });
  });

  test('责任人已不在册，提醒应急办', () => {
    const people = new Map([...ROSTER.people].filter(([id]) => id !== 'log1'));
    const gone = item().under({ rules: RULES, roster: { ...ROSTER, people } });
    expect(
      gone
        .rung(on('06-05', '21:00'))
        .owed()
        .map((i) => Object.values(i.to)[0]),
    ).toEqual(['office1']);
  });

  test('同一分钟查两次、改回原来的日期，各记各的', () => {
    const twice = item()
      .after('log1', check(), on('06-01'))
      .after('log1', check(), on('06-01') + 20_000);
    const back = twice
      .after('office1', change({ nextAt: on('08-01') }), on('06-02'))
      .after('office1', change({ nextAt: on('08-01') }), on('06-02'));
    expect(new Set(back.rows().map((r) => r.key)).size).toBe(back.rows().length);
    expect(open(back)).toEqual([['log1', on('08-01')]]);
  });
});

describe('变更和销号', () => {
  test('换责任人，两边都知道；改日期的，原来的那次作废', () => {
    const moved = item().after('office1', change({ owner: 'log2', nextAt: on('05-01') }), on('04-01'));
    expect(moved.rows().map((r) => [r.owner, r.dueAt, r.status])).toEqual([
      ['log2', on('06-09'), 'void'],
      ['log2', on('05-01'), 'open'],
    ]);
    expect(moved.owed().map((i) => Object.values(i.to)[0])).toEqual(['chat-office1', 'log1', 'log2']);
  });

  test.each([
    ['什么也没写的', change(), 'office1', 'nothing_changed'],
    ['没写理由的', change({ owner: 'log2', reason: null }), 'office1', 'reason_required'],
    ['责任人自己', change({ owner: 'log2' }), 'log1', 'not_authorised'],
    ['拖过规定间隔的', change({ nextAt: on('12-01') }), 'office1', 'review_too_late'],
    ['换给不在册的人', change({ owner: 'nobody' }), 'office1', 'no_such_person'],
  ])('%s：不变更', (_, command, who, code) => expect(refusal(item().when(who, command, on('04-01'))).code).toBe(code));

  test('销号先列出逾期的检查，销了就不再响，要用再登记', () => {
    expect(question(item().when('office1', close({ confirmed: false }), on('07-01')))).toMatchObject({ open: ['review:1'] });
    expect(refusal(item().when('office1', close({ reason: null }), on('07-01'))).code).toBe('reason_required');
    expect(refusal(item().when('log1', close(), on('07-01'))).code).toBe('not_authorised');
    const closed = item().after('office1', close(), on('07-01'));
    expect(closed.rows().map((r) => [r.status, r.nextAt])).toEqual([['missed', null]]);
    expect(closed.when(null, { type: 'RingDeadlines', keys: ['review:1'] }, on('07-02'))).toEqual({
      is: 'events',
      events: [],
    });
    expect(refusal(closed.when('log1', check(), on('07-02')))).toMatchObject({ code: 'item_closed', hint: '请重新登记' });
  });
});
