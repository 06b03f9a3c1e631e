/** 节假日日历: the shipped years against days everybody remembers, working days counted over make-up days, a year that is not known. */
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCalendars } from '../../../src/config/calendars';
import {
  afterWorkingDays,
  type Calendar,
  dayKind,
  dayOf,
  daysBetween,
  daysLater,
  holidayOn,
  isWeekend,
  NO_CALENDAR,
  nextHoliday,
  startOfDay,
  yearWanted,
} from '../../../src/core/calendar/calendar';
import { DAY } from '../../../src/core/instant';
import { latestHoliday } from '../../../src/core/report/calendar';

const SHIPPED: Calendar = (() => {
  const read = readCalendars(resolve('config'));
  if (read.is === 'faults') throw new Error(read.faults.map(({ zh }) => zh).join('\n'));
  return read.calendar;
})();

describe('随程序发布的日历', () => {
  test.each([
    ['2024-02-09', 'workday', '除夕不放假'],
    ['2024-02-10', 'holiday', '春节第一天'],
    ['2024-02-17', 'holiday', '春节最后一天'],
    ['2024-02-18', 'worked_weekend', '春节补班'],
    ['2024-04-07', 'worked_weekend', '清明补班'],
    ['2024-05-11', 'worked_weekend', '劳动节补班'],
    ['2024-09-14', 'worked_weekend', '中秋补班'],
    ['2024-09-16', 'holiday', '中秋调休'],
    ['2024-10-08', 'workday', '国庆后第一天上班'],
    ['2024-10-12', 'worked_weekend', '国庆补班'],
    ['2025-01-02', 'workday', '元旦不调休'],
    ['2025-01-26', 'worked_weekend', '春节补班'],
    ['2025-01-28', 'holiday', '除夕放假'],
    ['2025-05-05', 'holiday', '劳动节最后一天'],
    ['2025-10-08', 'holiday', '国庆中秋连休最后一天'],
    ['2025-10-11', 'worked_weekend', '国庆补班'],
    ['2026-01-02', 'holiday', '元旦调休'],
    ['2026-01-04', 'worked_weekend', '元旦补班'],
    ['2026-02-14', 'worked_weekend', '春节补班'],
    ['2026-02-23', 'holiday', '春节最后一天'],
    ['2026-02-28', 'worked_weekend', '春节补班'],
    ['2026-04-06', 'holiday', '清明最后一天'],
    ['2026-05-09', 'worked_weekend', '劳动节补班'],
    ['2026-06-19', 'holiday', '端午'],
    ['2026-09-20', 'worked_weekend', '国庆补班'],
    ['2026-10-10', 'worked_weekend', '国庆补班'],
    ['2026-11-22', 'weekend', '普通星期日'],
    ['2026-11-23', 'workday', '普通星期一'],
    ['2027-02-05', 'holiday', '除夕'],
    ['2027-10-01', 'holiday', '国庆'],
  ])('%s 是 %s：%s', (day, kind) => expect(dayKind(SHIPPED, day)).toBe(kind));

  test('每年放假的总天数与通知一致', () => {
    const days = (year: number) => (SHIPPED.get(year)?.holidays ?? []).reduce((sum, h) => sum + daysBetween(h.from, h.until) + 1, 0);
    expect([2024, 2025, 2026].map(days)).toEqual([1 + 8 + 3 + 5 + 3 + 3 + 7, 1 + 8 + 3 + 5 + 3 + 8, 3 + 9 + 3 + 5 + 3 + 3 + 7]);
  });

  test('法定节日的天数：2024年11天，2025年起13天', () => {
    const days = (year: number) => (SHIPPED.get(year)?.holidays ?? []).reduce((sum, h) => sum + h.statutory.length, 0);
    expect([2024, 2025, 2026, 2027].map(days)).toEqual([11, 13, 13, 13]);
  });

  test.each([
    ['春节', [2024, 2025, 2026, 2027]],
    ['端午', [2024, 2025, 2026, 2027]],
    ['中秋', [2024, 2025, 2026, 2027]],
  ])('%s按农历推算，各年都落在所写的法定节日里', (name, years) => {
    for (const year of years) {
      const at = latestHoliday(startOfDay(`${year}-12-31`), name);
      const day = dayOf((at ?? 0) + DAY / 2);
      expect([day, holidayOn(SHIPPED, day)?.statutory.includes(day)]).toEqual([day, true]);
    }
  });
});

describe('工作日', () => {
  test.each([
    ['2026-09-18T10:00:00+08:00', 1, '2026-09-20', '补班的星期日算工作日'],
    ['2026-09-30T10:00:00+08:00', 1, '2026-10-08', '跳过国庆七天'],
    ['2026-09-30T10:00:00+08:00', 3, '2026-10-10', '补班的星期六算工作日'],
    ['2026-11-20T23:59:00+08:00', 1, '2026-11-23', '跳过周末，当天不算'],
    ['2026-11-22T00:00:00+08:00', 20, '2026-12-18', '二十个工作日'],
  ])('从 %s 起 %d 个工作日到 %s 为止：%s', (from, n, day) => {
    expect(afterWorkingDays(SHIPPED, Date.parse(from), n)).toBe(startOfDay(daysLater(day, 1)) - 1);
  });

  test('没有日历时只有周末不算', () => {
    expect(dayKind(NO_CALENDAR, '2026-10-01')).toBe('workday');
    expect(isWeekend('2026-10-10')).toBe(true);
    expect(isWeekend('1969-12-27')).toBe(true);
  });
});

describe('还不知道的年份', () => {
  const without = (year: number): Calendar => new Map([...SHIPPED].filter(([y]) => y !== year));
  test('缺的年份从60日前开始提醒，早一日不提醒', () => {
    expect(yearWanted(without(2026), '2025-11-01')).toBeNull();
    expect(yearWanted(without(2026), '2025-11-02')).toEqual({ year: 2026, provisional: false, daysLeft: 60 });
    expect(yearWanted(without(2026), '2026-03-01')).toEqual({ year: 2026, provisional: false, daysLeft: 0 });
  });
  test('暂定本也提醒；正式的不提醒', () => {
    expect(yearWanted(SHIPPED, '2026-11-22')).toEqual({ year: 2027, provisional: true, daysLeft: 40 });
    expect(yearWanted(SHIPPED, '2025-12-31')).toBeNull();
  });
  test('下一个节日，年底也看得到来年的元旦', () => {
    expect(nextHoliday(SHIPPED, '2026-10-01')?.name).toBe('元旦');
    expect(nextHoliday(SHIPPED, '2026-09-25')?.from).toBe('2026-10-01');
    expect(nextHoliday(NO_CALENDAR, '2026-09-25')).toBeNull();
  });
});
