/** Which days are worked and which are holidays, as the State Council's yearly notices arrange them: plain data, asked by date. */
import { DAY, type Instant, localMinute } from '../instant';

/** A civil day in China, `2026-10-01`. */
export type Day = string;

/** One holiday of a year with the days off around it. */
export interface Holiday {
  readonly name: string;
  /** First and last day off, both included. */
  readonly from: Day;
  readonly until: Day;
  /** Days among them that are holidays by law; the others are moved days off and weekends. */
  readonly statutory: readonly Day[];
}

/** One year as its file has it. */
export interface CalendarYear {
  readonly year: number;
  /** `provisional`: written before the notice; its holidays hold, its moved days are not known. */
  readonly status: 'final' | 'provisional';
  readonly source: string;
  readonly holidays: readonly Holiday[];
  /** 补班: weekend days that are worked. */
  readonly workdays: readonly Day[];
}

/** All years the office has files for. */
export type Calendar = ReadonlyMap<number, CalendarYear>;

/** No year known: weekends are off, nothing else is. */
export const NO_CALENDAR: Calendar = new Map();

/** `worked_weekend`: 补班. */
export type DayKind = 'workday' | 'worked_weekend' | 'weekend' | 'holiday';

/** The civil day of a moment in China. */
export function dayOf(at: Instant): Day {
  return localMinute(at).slice(0, 10);
}

/** Its first moment. */
export function startOfDay(day: Day): Instant {
  return Date.parse(`${day}T00:00:00+08:00`);
}

/** So many days later, or earlier. */
export function daysLater(day: Day, days: number): Day {
  return dayOf(startOfDay(day) + days * DAY);
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, until: Day): number {
  return Math.round((startOfDay(until) - startOfDay(from)) / DAY);
}

/** The holiday a day belongs to, days off around it included; null on all others. */
export function holidayOn(calendar: Calendar, day: Day): Holiday | null {
  const year = Number(day.slice(0, 4));
  // Days off around New Year's Day may lie in the year before.
  const near = [year, year + 1].flatMap((y) => calendar.get(y)?.holidays ?? []);
  return near.find(({ from, until }) => from <= day && day <= until) ?? null;
}

/** What kind of day it is. In a year without a file only weekends are off. */
export function dayKind(calendar: Calendar, day: Day): DayKind {
  const year = Number(day.slice(0, 4));
  if ([year, year + 1].some((y) => calendar.get(y)?.workdays.includes(day))) return 'worked_weekend';
  if (holidayOn(calendar, day) !== null) return 'holiday';
  return isWeekend(day) ? 'weekend' : 'workday';
}

/** Saturday or Sunday. */
export function isWeekend(day: Day): boolean {
  // The first day of 1970 was a Thursday; midnights in China are counted there.
  const weekday = (((Math.round(Date.parse(`${day}T00:00:00Z`) / DAY) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

/** Is it worked? */
export function isWorked(calendar: Calendar, day: Day): boolean {
  const kind = dayKind(calendar, day);
  return kind === 'workday' || kind === 'worked_weekend';
}

/** The last moment of the n-th working day after the day of `at`, which itself does not count (procedure section 5). `n` is at least 1. */
export function afterWorkingDays(calendar: Calendar, at: Instant, n: number): Instant {
  let day = dayOf(at);
  for (let left = n; left > 0; ) {
    day = daysLater(day, 1);
    if (isWorked(calendar, day)) left -= 1;
  }
  return startOfDay(day) + DAY - 1;
}

/** The next holiday that begins after this day; null where no file says. */
export function nextHoliday(calendar: Calendar, day: Day): Holiday | null {
  const year = Number(day.slice(0, 4));
  const ahead = [year, year + 1].flatMap((y) => calendar.get(y)?.holidays ?? []).filter(({ from }) => from > day);
  return ahead.reduce<Holiday | null>((first, holiday) => (first === null || holiday.from < first.from ? holiday : first), null);
}

/** So long before a year its file is asked for. */
const WARN_DAYS = 60;

/** A year whose arrangement is not known and is needed soon or already. */
export interface YearWanted {
  readonly year: number;
  /** The file is there, but written before the notice. */
  readonly provisional: boolean;
  /** Days to its first day; 0 once it has begun. */
  readonly daysLeft: number;
}

/** The first such year, from 60 days before it begins; null when all is known. */
export function yearWanted(calendar: Calendar, day: Day): YearWanted | null {
  const year = Number(day.slice(0, 4));
  for (const wanted of [year, year + 1]) {
    const known = calendar.get(wanted);
    const daysLeft = Math.max(0, daysBetween(day, `${wanted}-01-01`));
    if (known?.status !== 'final' && daysLeft <= WARN_DAYS) return { year: wanted, provisional: known !== undefined, daysLeft };
  }
  return null;
}
