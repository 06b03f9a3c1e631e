/** 值班台: before anybody opens a shift digests and notes of the calendar come all the same, and nobody is asked anything. */
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCalendars } from '../../../src/config/calendars';
import type { Scene } from '../../../src/core/incident/decide/scene';
import { composeDuty } from '../../../src/core/notices/compose/duty/compose';
import { gapsIn } from '../../../src/core/roster/gaps';
import { readable } from '../notices/intents';
import { AT_DUTY, clock, day, last, nothingYet, refusal, type Shifted } from './builders';

const read = readCalendars(resolve('config'));
const CALENDAR = read.is === 'ok' ? read.calendar : new Map();
const WITH_DAYS = { ...AT_DUTY, roster: { ...AT_DUTY.roster, calendar: CALENDAR } };
const desk = (at: string, scene: Scene = WITH_DAYS): Shifted => nothingYet(scene).after(null, { type: 'OpenDesk', n: 1 }, clock(at));
const on = (text: string) => clock(`${text}:00+08:00`);

describe('没有开班的值班台', () => {
  test('到点照样有定时摘要，此外什么也不欠、谁也不催', () => {
    const opened = desk('2026-03-11T07:00:00+08:00');
    expect(opened.rows().map((row) => [row.kind, row.dueAt, row.status])).toEqual([['digest', on('2026-03-11T08:30'), 'open']]);
    const rung = opened.rung(on('2026-03-11T08:30'));
    expect(last(rung, 'DigestDue').to).toEqual(expect.arrayContaining(['director', 'deputy1', 'deputy2', 'leader1']));
    expect(rung.row('digest:2026-03-11T17:30').status).toBe('open');
  });

  test('开班之前不能办理班次的事；开班以后就是第一班', () => {
    const opened = desk('2026-03-11T07:00:00+08:00');
    expect(refusal(opened.when('duty1', { type: 'SignIn' }, '08:00')).code).toBe('no_shift');
    const shift = opened.after('duty1', { type: 'OpenShift', n: 1, left: null }, '08:31');
    expect([shift.state.n, shift.state.status, shift.state.seats.map(({ person }) => person)]).toEqual([1, 'open', ['duty1', 'leader1']]);
    expect(refusal(shift.when('duty1', { type: 'OpenShift', n: 1, left: null }, '08:40')).code).toBe('shift_open');
  });

  test('值班台只启用一次', () => {
    const opened = desk('2026-03-11T07:00:00+08:00');
    expect(opened.when(null, { type: 'OpenDesk', n: 1 }, '07:01')).toEqual({ is: 'events', events: [] });
  });
});

describe('日历提示', () => {
  const notes = (shifted: Shifted) => shifted.history.filter(({ event }) => event.type === 'CalendarNoted');
  const words = (shifted: Shifted): string => {
    const view = { ...shifted.scene, state: shifted.state, texts: new Map<string, string>(), now: 0, underWay: [] };
    return shifted
      .owed()
      .flatMap((intent) => composeDuty(view, intent) ?? [])
      .map((message) => readable(message))
      .join('\n');
  };

  test('来年日历只有暂定本，年前60日起告诉应急办和系统管理员，每周一次', () => {
    const before = desk('2026-11-01T08:00:00+08:00').rung(on('2026-11-01T08:30'));
    expect(notes(before)).toEqual([]);
    const first = before.rung(on('2026-11-01T17:30')).rung(on('2026-11-02T08:30'));
    expect(last(first, 'CalendarNoted')).toMatchObject({
      notes: [{ is: 'year_wanted', year: 2027, provisional: true, daysLeft: 60 }],
      told: { rooms: [], people: ['office1', 'admin1'] },
    });
    expect(words(first)).toMatch(/2027 年节假日安排只有暂定本[\s\S]*config\/calendars\/2027\.yaml/);
    const weekly = ['02T17:30', '03T08:30', '06T17:30', '09T08:30', '10T08:30'].reduce(
      (shifted, moment) => shifted.rung(on(`2026-11-${moment}`)),
      first,
    );
    expect(notes(weekly).map(({ at }) => at)).toEqual([on('2026-11-02T08:30'), on('2026-11-09T08:30')]);
  });

  test('节前三天告诉值班群和带班领导还缺谁，只说一次', () => {
    const shifts = ['2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06'].flatMap((date) => day(date, 'duty1', 'leader1'));
    const two = [...shifts, ...day('2026-04-04', 'duty2', 'leader2'), ...day('2026-04-05', 'duty2', 'leader1')];
    const scene = { ...WITH_DAYS, roster: { ...WITH_DAYS.roster, shifts: two } };
    const rung = desk('2026-03-31T08:00:00+08:00', scene).rung(on('2026-03-31T08:30')).rung(on('2026-03-31T17:30'));
    expect(notes(rung)).toEqual([]);
    const told = rung.rung(on('2026-04-01T08:30'));
    expect(last(told, 'CalendarNoted').told).toEqual({ rooms: ['duty'], people: ['office1', 'leader1', 'leader2'] });
    expect(words(told)).toMatch(
      /清明节：4月4日 至 4月6日，共 3 天[\s\S]*4月5日 带班领导：应 2 人，已排 1 人[\s\S]*4月6日 值班员：应 2 人，已排 1 人/,
    );
    expect(words(told)).toContain('特殊时期 开始 清明节 至4月6日');
    expect(notes(told.rung(on('2026-04-02T08:30')))).toHaveLength(1);
  });

  test('没有日历文件的单位不受打扰', () => {
    expect(notes(desk('2026-12-30T08:00:00+08:00', AT_DUTY).rung(on('2026-12-30T08:30')))).toEqual([]);
  });
});

test('平日一名值班员一名带班领导即可，缺岗和节日单人逐日指出', () => {
  const roster = { ...WITH_DAYS.roster, shifts: [...day('2026-04-02', 'duty1', 'leader1'), ...day('2026-04-04', 'duty1', 'leader1')] };
  expect(gapsIn(roster, '2026-04-02', '2026-04-04').map(({ day, role, has, needs }) => [day, role, has, needs])).toEqual([
    ['2026-04-03', 'duty_officer', 0, 1],
    ['2026-04-03', 'duty_leader', 0, 1],
    ['2026-04-04', 'duty_officer', 1, 2],
    ['2026-04-04', 'duty_leader', 1, 2],
  ]);
});
