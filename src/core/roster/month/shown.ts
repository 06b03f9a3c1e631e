/** A month of the roster as a calendar shows it: who keeps each day of duty, what kind of day it is, and where somebody is missing. */
import { type Day, type DayKind, dayKind, holidayOn } from '../../calendar/calendar';
import type { Instant } from '../../instant';
import { gapsIn, type RosterGap, usualChange } from '../gaps';
import { calendarOf, type PersonId, type Roster, type Shift } from '../roster';
import { daysOf, spanOf } from './read';

/** Somebody who keeps a part of a day of duty, or all of it. */
export interface Kept {
  readonly person: PersonId;
  readonly role: Shift['role'];
  /** The part that is his, inside [begin of the day of duty, its end). */
  readonly from: Instant;
  readonly until: Instant;
  /** When the whole shift begins, maybe days before: a swap is about all of it. */
  readonly begins: Instant;
  /** Not the whole day: somebody stands in for the rest, or nobody does. */
  readonly isPart: boolean;
}

/** One day of duty; it begins with the change of shifts and ends with the next one. */
export interface DayShown {
  readonly day: Day;
  readonly kind: DayKind;
  /** Name of the holiday it belongs to; null on all others. */
  readonly holiday: string | null;
  readonly kept: readonly Kept[];
  readonly gaps: readonly RosterGap[];
}

/** The days of `month` (`2026-12`) from the first on. `changeAt` is the minute of the day at which most shifts begin. Pure. */
export function monthShown(roster: Roster, month: string): { readonly changeAt: number; readonly days: readonly DayShown[] } {
  const days = daysOf(month);
  const changeAt = usualChange(roster.shifts);
  const gaps = gapsIn(roster, days[0] ?? `${month}-01`, days.at(-1) ?? `${month}-01`);
  return {
    changeAt,
    days: days.map((day) => ({
      day,
      kind: dayKind(calendarOf(roster), day),
      holiday: holidayOn(calendarOf(roster), day)?.name ?? null,
      kept: keptOn(roster.shifts, spanOf(day, changeAt)),
      gaps: gaps.filter((gap) => gap.day === day),
    })),
  };
}

function keptOn(shifts: readonly Shift[], { from, until }: { readonly from: Instant; readonly until: Instant }): readonly Kept[] {
  return shifts
    .flatMap((shift): readonly Kept[] => {
      const end = shift.until ?? Number.POSITIVE_INFINITY;
      if (end <= from || shift.from >= until) return [];
      const isPart = shift.from > from || end < until;
      const part = { from: Math.max(from, shift.from), until: Math.min(until, end), begins: shift.from, isPart };
      return [{ person: shift.person, role: shift.role, ...part }];
    })
    .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.from - b.from);
}

const ORDER: readonly Shift['role'][] = ['duty_officer', 'duty_leader'];
