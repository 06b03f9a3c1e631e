/** 开班, 签到, 顶班, 查岗, 日志. */
import { describe, expect, test } from '@jest/globals';
import { relievedAt, shiftsAfter } from '../../../src/core/duty/shifts';
import { profileFaults } from '../../../src/core/plans/profileFaults';
import type { Shift } from '../../../src/core/roster/roster';
import { RULES } from '../builders';
import { AT_DUTY, clock, day, events, last, NEXT_DAY, nothingYet, refusal, shift, words } from './builders';

describe('开班和签到', () => {
  test('班次按值班表开，开班的人即为到岗，其余的人15分钟内签到', () => {
    const open = shift();
    expect(open.state.seats.map((s) => s.person)).toEqual(['duty1', 'leader1']);
    expect([open.state.until, open.state.signedIn]).toEqual([NEXT_DAY, { duty1: clock('08:30') }]);
    expect(open.rows().flatMap((r) => (r.kind === 'sign_in' ? [[r.owner, r.dueAt, r.status]] : []))).toEqual([
      ['leader1', clock('08:45'), 'open'],
    ]);
    expect(open.after('leader1', { type: 'SignIn' }, '08:40').row('sign_in').status).toBe('met');
  });

  test('值班表上没有值班员，不开班，请应急办补排；已开班的不再开', () => {
    const empty = { ...AT_DUTY, roster: { ...AT_DUTY.roster, shifts: [] } };
    const open = { type: 'OpenShift', n: 1, left: null } as const;
    expect(refusal(nothingYet(empty).when('office1', open, '08:31'))).toMatchObject({ code: 'nobody_rostered', whom: ['office1'] });
    expect(refusal(nothingYet().when('cons2', open, '08:31')).code).toBe('not_authorised');
    expect(refusal(nothingYet().when('duty1', { type: 'SignIn' }, '08:31')).code).toBe('no_shift');
    expect(refusal(shift().when('duty1', open, '08:31')).code).toBe('shift_open');
  });

  test('同一人连值两班，中间不交接；值班表没写到何时的，不催交接班', () => {
    const [first, second] = day('2026-03-11', 'duty1', 'leader1');
    const rostered = (shifts: readonly Shift[]) => ({ ...AT_DUTY, roster: { ...AT_DUTY.roster, shifts } });
    const twice = rostered([
      ...day('2026-03-11', 'duty1', 'leader1'),
      ...day('2026-03-12', 'duty1', 'leader2'),
      ...day('2026-03-13', 'duty2', 'leader1'),
    ]);
    expect(relievedAt(twice.roster, clock('09:00'))).toBe(clock('2026-03-13T08:30:00+08:00'));
    const endless = [first, second].flatMap((s) => (s === undefined ? [] : [{ ...s, until: null }]));
    const open = nothingYet(rostered(endless)).after('duty1', { type: 'OpenShift', n: 1, left: null }, '08:30');
    expect(open.rows().map((r) => r.kind)).toEqual(['sign_in', 'digest']);
  });

  test('不在本班的人不能签到，已签到的不重复', () => {
    expect(refusal(shift().when('duty2', { type: 'SignIn' }, '08:40'))).toMatchObject({ code: 'not_on_shift', whom: ['duty1', 'leader1'] });
    expect(refusal(shift().when('duty1', { type: 'SignIn' }, '08:40')).code).toBe('already_signed_in');
    expect(refusal(shift().when(null, { type: 'SignIn' }, '08:40')).code).toBe('unknown_person');
  });

  test('带班领导迟迟不签到：一半时群里提醒，期满叫替补，替补签到即为顶班', () => {
    const late = shift().rung('08:38').rung('08:42').rung('08:45');
    const rang = last(late, 'DeadlinesRang');
    expect(rang.asked).toEqual([
      expect.objectContaining({ kind: 'sign_in', person: 'leader2', standInFor: 'leader1', dueAt: clock('09:00') }),
    ]);
    const came = late.after('leader2', { type: 'SignIn' }, '08:50');
    expect(came.state.seats).toEqual([
      { person: 'duty1', role: 'duty_officer' },
      { person: 'leader2', role: 'duty_leader' },
    ]);
    expect(
      came
        .rows()
        .filter((r) => r.kind === 'sign_in')
        .map((r) => r.status),
    ).toEqual(['void', 'met']);
  });
});

describe('顶班', () => {
  const absent = { type: 'StandInOnDuty', absent: 'duty1', person: 'duty2', reason: words('急病') } as const;

  test('说了就算，通知所有有关的人，值班表从此刻起改成顶班的人', () => {
    const stood = shift().after('leader1', absent, '14:00');
    const event = last(stood, 'OnDutyStoodIn');
    expect(event.told).toEqual({ rooms: ['duty'], people: ['duty1', 'duty2'] });
    const rows = shiftsAfter(AT_DUTY.roster.shifts, event).filter((s) => s.role === 'duty_officer' && s.from < NEXT_DAY);
    expect(rows).toEqual([
      { person: 'duty1', role: 'duty_officer', from: clock('08:30'), until: clock('14:00') },
      { person: 'duty2', role: 'duty_officer', from: clock('14:00'), until: NEXT_DAY },
    ]);
    expect(stood.row('sign_in:s1').owner).toBe('duty2');
  });

  test.each([
    ['没有值班资格的不能顶班', { ...absent, person: 'cons2' }, 'leader1', 'cannot_fill'],
    ['不写理由的不办', { ...absent, reason: null }, 'leader1', 'reason_required'],
    ['不相干的人无权安排', absent, 'cons2', 'not_authorised'],
    ['被顶的人须在这一班', { ...absent, absent: 'office1' }, 'leader1', 'not_on_shift'],
  ])('%s', (_, command, who, code) => expect(refusal(shift().when(who, command, '14:00')).code).toBe(code));
});

describe('查岗', () => {
  test('带班领导查岗，值班员10分钟内应答；不答的按阶梯上报，带班领导也收得到', () => {
    const called = shift().after('director', { type: 'CallRoll' }, '02:00'.replace('02', '22'));
    expect(
      called
        .rows()
        .filter((r) => r.kind === 'roll_call')
        .map((r) => [r.owner, r.dueAt]),
    ).toEqual([
      ['duty1', clock('22:10')],
      ['leader1', clock('22:10')],
    ]);
    expect(
      called
        .owed()
        .filter((i) => i.leg === 'page')
        .map((i) => [i.to, i.people]),
    ).toEqual([[{ room: 'duty' }, ['duty1', 'leader1']]]);
    const answered = called.after('duty1', { type: 'AnswerRoll' }, '22:04');
    expect(answered.row('roll_call:s1-0').status).toBe('met');
    const late = answered.rung('22:10');
    expect(
      last(late, 'DeadlinesRang')
        .rings.filter((r) => r.kind === 'roll_call')
        .map((r) => r.people),
    ).toEqual([['leader1']]);
    expect(last(late, 'DeadlinesRang').leaders).toEqual(['leader1', 'leader2']);
  });

  test('值班员不能查岗，正在查岗时不重复查，没有被查的人无须应答', () => {
    const called = shift().after('leader1', { type: 'CallRoll' }, '22:00');
    expect(refusal(shift().when('duty1', { type: 'CallRoll' }, '22:00')).code).toBe('not_authorised');
    expect(refusal(called.when('director', { type: 'CallRoll' }, '22:01')).code).toBe('roll_call_running');
    expect(refusal(called.when('leader1', { type: 'AnswerRoll' }, '22:01')).code).toBe('nothing_asked');
  });
});

describe('值班日志', () => {
  test('手工记的改错另记一条，原来的不动；写明事件的记到事件上', () => {
    const written = shift().after('duty1', { type: 'WriteLog', text: words('来电'), incident: 3, corrects: null }, '10:05');
    const mended = written.after('duty1', { type: 'WriteLog', text: words('更正'), incident: null, corrects: 2 }, '10:06');
    expect(mended.state.log.map((e) => [e.version, e.text.id, e.incident, e.corrects])).toEqual([
      [2, '来电', 3, null],
      [3, '更正', null, 2],
    ]);
    expect(refusal(mended.when('duty1', { type: 'WriteLog', text: words('x'), incident: null, corrects: 9 }, '10:07')).code).toBe(
      'no_such_entry',
    );
    expect(refusal(mended.when('cons2', { type: 'WriteLog', text: words('x'), incident: null, corrects: null }, '10:07')).code).toBe(
      'not_authorised',
    );
    expect(refusal(mended.when('duty1', { type: 'WriteLog', text: null, incident: null, corrects: null }, '10:07')).code).toBe(
      'text_required',
    );
  });
});

describe('时限档案', () => {
  test('同一值班事项、同一台账种类写两次，检查时指出', () => {
    const [first] = RULES.profile.duty;
    const [kind] = RULES.profile.register;
    const faults = profileFaults({
      ...RULES.profile,
      duty: first === undefined ? [] : [first, first],
      register: kind === undefined ? [] : [kind, kind],
    });
    expect(faults.map((f) => f.path)).toEqual([
      ['duty', 1, 'id'],
      ['register', 1, 'id'],
    ]);
  });

  test('时限档案不计时的事项，班次里就没有', () => {
    const bare = { ...AT_DUTY, rules: { ...RULES, profile: { ...RULES.profile, duty: [] } } };
    expect(nothingYet(bare).after('duty1', { type: 'OpenShift', n: 1, left: null }, '08:30').rows()).toEqual([]);
  });
});

describe('领导定时摘要', () => {
  test('08:30和17:30各一次；睡过几次醒来只发一次', () => {
    const open = shift();
    expect(open.row('digest').dueAt).toBe(clock('17:30'));
    const slept = open.rung('2026-03-12T10:00:00+08:00');
    const due = slept.history.flatMap(({ event }) => (event.type === 'DigestDue' ? [event] : []));
    expect(due).toEqual([
      {
        ...{ type: 'DigestDue', v: 1, always: false },
        keys: ['digest:2026-03-11T17:30', 'digest:2026-03-12T08:30'],
        to: ['director', 'deputy1', 'deputy2', 'leader1', 'leader2'],
      },
    ]);
    expect(
      slept
        .rows()
        .filter((r) => r.kind === 'digest' && r.status === 'open')
        .map((r) => r.key),
    ).toEqual(['digest:2026-03-12T17:30']);
  });

  test('没有到点不发', () =>
    expect(events(shift().when(null, { type: 'RingDeadlines', keys: ['digest:2026-03-11T17:30'] }, '17:29'))).toEqual([]));
});
