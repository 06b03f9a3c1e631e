/** The month as the calendar shows it. */
import { expect, test } from '@jest/globals';
import type { CalendarYear } from '../../../../src/core/calendar/calendar';
import { monthShown } from '../../../../src/core/roster/month/shown';
import type { Shift } from '../../../../src/core/roster/roster';
import { ROSTER } from '../../builders';

const at = (day: string, clock = '08:30'): number => Date.parse(`${day}T${clock}:00+08:00`);
const shift = (person: string, from: string, until: string | null, role: Shift['role'] = 'duty_officer'): Shift => ({
  ...{ person, role, from: at(from), until: until === null ? null : at(until) },
});
const YEAR: CalendarYear = {
  ...{ year: 2026, status: 'final', source: '' },
  holidays: [{ name: '国庆节', from: '2026-10-01', until: '2026-10-07', statutory: ['2026-10-01'] }],
  workdays: ['2026-10-10'],
};
const ROSTERED = {
  ...ROSTER,
  calendar: new Map([[2026, YEAR]]),
  shifts: [
    shift('leader1', '2026-09-01', null, 'duty_leader'),
    shift('duty1', '2026-10-01', '2026-10-03'),
    { ...shift('duty1', '2026-10-03', null), until: at('2026-10-03', '12:00') },
    { ...shift('duty2', '2026-10-03', '2026-10-04'), from: at('2026-10-03', '12:00') },
  ],
};
const { changeAt, days } = monthShown(ROSTERED, '2026-10');
const on = (day: string) => days.find((one) => one.day === day);

test('每一天都有，换班时间是多数班的起点', () => {
  expect([days.length, days[0]?.day, days.at(-1)?.day, changeAt]).toEqual([31, '2026-10-01', '2026-10-31', 510]);
});

test('节假日、补班日、周末和工作日分得开', () => {
  const kinds = ['2026-10-01', '2026-10-10', '2026-10-11', '2026-10-12'].map((day) => [on(day)?.kind, on(day)?.holiday]);
  expect(kinds).toEqual([
    ['holiday', '国庆节'],
    ['worked_weekend', null],
    ['weekend', null],
    ['workday', null],
  ]);
});

test('节假日两名才不算缺，没有人值的日子按岗位标出', () => {
  expect(on('2026-10-01')?.gaps.map(({ role, has, needs }) => [role, has, needs])).toEqual([
    ['duty_officer', 1, 2],
    ['duty_leader', 1, 2],
  ]);
  expect(on('2026-10-12')?.gaps.map(({ role }) => role)).toEqual(['duty_officer']);
});

test('中途换人的一天，两人各值哪一段都写明；一个班跨几天，起点是整班的起点', () => {
  const third = on('2026-10-03')?.kept.filter(({ role }) => role === 'duty_officer');
  expect(third?.map(({ person, from, until, isPart }) => [person, from, until, isPart])).toEqual([
    ['duty1', at('2026-10-03'), at('2026-10-03', '12:00'), true],
    ['duty2', at('2026-10-03', '12:00'), at('2026-10-04'), true],
  ]);
  expect(on('2026-10-02')?.kept[0]).toMatchObject({ person: 'duty1', begins: at('2026-10-01'), isPart: false });
});
