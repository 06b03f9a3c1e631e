/** What a read month does to the roster: its days are the sheet's, all others stay, and what spans both is cut. */
import type { Day } from '../../calendar/calendar';
import type { Instant } from '../../instant';
import type { PersonId, Shift } from '../roster';
import { daysOf, spanOf } from './read';

/** One place of one day that has other people than before. */
export interface Change {
  readonly day: Day;
  readonly role: Shift['role'];
  readonly before: readonly PersonId[];
  readonly after: readonly PersonId[];
}

/** From the first change of shifts of a month to the first of the next. */
export function monthSpan(month: string, changeAt: number): { readonly from: Instant; readonly until: Instant } {
  const days = daysOf(month);
  return { from: spanOf(days[0] ?? `${month}-01`, changeAt).from, until: spanOf(days.at(-1) ?? `${month}-01`, changeAt).until };
}

/** Rows of the roster with this month's in their place, in order of time. May run twice: the same month again changes nothing. */
export function withMonth(
  shifts: readonly Shift[],
  added: readonly Shift[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
): readonly Shift[] {
  const kept = shifts.flatMap((shift): readonly Shift[] => {
    const end = shift.until ?? Number.POSITIVE_INFINITY;
    if (end <= from || shift.from >= until) return [shift];
    return [...(shift.from < from ? [{ ...shift, until: from }] : []), ...(end > until ? [{ ...shift, from: until }] : [])];
  });
  return [...kept, ...added].sort((a, b) => a.from - b.from);
}

/** Day by day, who changes. */
export function changesOf(before: readonly Shift[], after: readonly Shift[], month: string, changeAt: number): readonly Change[] {
  return daysOf(month).flatMap((day) => {
    const at = spanOf(day, changeAt).from;
    return (['duty_officer', 'duty_leader'] as const).flatMap((role): readonly Change[] => {
      const [was, is] = [before, after].map((shifts) => there(shifts, role, at));
      return was === undefined || is === undefined || (was.length === is.length && was.every((one) => is.includes(one)))
        ? []
        : [{ day, role, before: was, after: is }];
    });
  });
}

function there(shifts: readonly Shift[], role: Shift['role'], at: Instant): readonly PersonId[] {
  return shifts.flatMap((s) => (s.role === role && s.from <= at && (s.until === null || at < s.until) ? [s.person] : []));
}
