/** Whether enough people are on duty: one officer and one leader at any time, two of each on days off around a holiday (procedure section 11). */
import { type Day, dayOf, daysBetween, daysLater, holidayOn, startOfDay } from '../calendar/calendar';
import { type Instant, MINUTE } from '../instant';
import { calendarOf, type PersonId, type Roster, type Shift } from './roster';

/** A day on which the roster lacks somebody. */
export interface RosterGap {
  readonly day: Day;
  readonly role: Shift['role'];
  /** The holiday that asks for two; null on all other days. */
  readonly holiday: string | null;
  /** So many are there at the thinnest moment of the day, and so many are asked for. */
  readonly has: number;
  readonly needs: number;
}

const ROLES = ['duty_officer', 'duty_leader'] as const;

/** Faults of these days, both included, day by day; a day of duty begins with the usual change of shifts. Pure. */
export function gapsIn(roster: Roster, from: Day, until: Day): readonly RosterGap[] {
  const changesAt = usualChange(roster.shifts);
  const days = Array.from({ length: daysBetween(from, until) + 1 }, (_, i) => daysLater(from, i));
  return days.flatMap((day) => {
    const holiday = holidayOn(calendarOf(roster), day);
    const needs = holiday === null ? 1 : 2;
    return ROLES.flatMap((role): readonly RosterGap[] => {
      const begins = startOfDay(day) + changesAt * MINUTE;
      const has = thinnest(roster.shifts, role, begins, startOfDay(daysLater(day, 1)) + changesAt * MINUTE);
      return has >= needs ? [] : [{ day, role, holiday: holiday?.name ?? null, has, needs }];
    });
  });
}

/** The minute of the day at which most shifts begin; midnight where there are none. */
export function usualChange(shifts: readonly Shift[]): number {
  const counts = new Map<number, number>();
  for (const { from } of shifts) {
    const minute = Math.round((from - startOfDay(dayOf(from))) / MINUTE);
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** The fewest different people at any moment of [from, until). */
function thinnest(shifts: readonly Shift[], role: Shift['role'], from: Instant, until: Instant): number {
  const near = shifts.filter((s) => s.role === role && s.from < until && (s.until === null || s.until > from));
  const moments = [from, ...near.flatMap((s) => [s.from, s.until ?? until])].filter((at) => at >= from && at < until);
  const there = moments.map((at) => new Set(near.filter((s) => s.from <= at && (s.until === null || at < s.until)).map((s) => s.person)));
  return Math.min(...there.map((people) => people.size));
}

/** Somebody rostered in two places at one time. */
export interface Clash {
  readonly person: PersonId;
  readonly at: Instant;
}

/** Each person once for each pair of shifts that meet, the earliest moment first. Pure. */
export function clashesOf(shifts: readonly Shift[]): readonly Clash[] {
  return shifts.flatMap((a, i) =>
    shifts.slice(i + 1).flatMap((b): readonly Clash[] => {
      const at = Math.max(a.from, b.from);
      const end = Math.min(a.until ?? Number.POSITIVE_INFINITY, b.until ?? Number.POSITIVE_INFINITY);
      return a.person === b.person && at < end ? [{ person: a.person, at }] : [];
    }),
  );
}
