/** What the events of a shift do to the roster: rows change by approved swaps, by standing in and by imported months, by nothing else. */
import type { Instant } from '../instant';
import { withMonth } from '../roster/month/replace';
import { onDuty, type PersonId, type Roster, type Shift } from '../roster/roster';
import type { DutyEvent, Seat, Swap } from './events';

/** Rows of the roster after an event; the very same list where it changes nothing. May run twice: what was moved is found no more. */
export function shiftsAfter(shifts: readonly Shift[], event: DutyEvent): readonly Shift[] {
  if (event.type === 'SwapApproved') return swapped(shifts, event.swap);
  if (event.type === 'OnDutyStoodIn') return stoodIn(shifts, event);
  if (event.type === 'RosterImported') return withMonth(shifts, event.shifts, event);
  return shifts;
}

/** Both shifts with their people exchanged. */
export function swapped(shifts: readonly Shift[], { proposer, other, role, mine, theirs }: Swap): readonly Shift[] {
  return shifts.map((shift) => {
    if (shift.role !== role) return shift;
    if (shift.person === proposer && shift.from === mine) return { ...shift, person: other };
    return shift.person === other && shift.from === theirs ? { ...shift, person: proposer } : shift;
  });
}

function stoodIn(shifts: readonly Shift[], by: Extract<DutyEvent, { type: 'OnDutyStoodIn' }>): readonly Shift[] {
  return shifts.flatMap((shift) => {
    const covered = shift.person === by.absent && shift.role === by.role;
    if (!covered || shift.from > by.from || by.from >= endOf(shift)) return [shift];
    const rest = { ...shift, person: by.person, from: by.from };
    return shift.from < by.from ? [{ ...shift, until: by.from }, rest] : [rest];
  });
}

/** Is somebody rostered twice at one time? */
export function clashes(shifts: readonly Shift[], people: readonly PersonId[]): boolean {
  const theirs = shifts.filter((shift) => people.includes(shift.person));
  return theirs.some((a, i) => theirs.slice(i + 1).some((b) => a.person === b.person && a.from < endOf(b) && b.from < endOf(a)));
}

function endOf({ until }: Shift): Instant {
  return until ?? Number.POSITIVE_INFINITY;
}

/** The row of the roster that begins then; null when there is none. */
export function shiftOf({ shifts }: Roster, person: PersonId, from: Instant): Shift | null {
  return shifts.find((shift) => shift.person === person && shift.from === from) ?? null;
}

/** Officers and leaders on the roster at a moment. */
export function seatsAt(roster: Roster, at: Instant): readonly Seat[] {
  return (['duty_officer', 'duty_leader'] as const).flatMap((role) => onDuty(roster, role, at).map((person) => ({ person, role })));
}

/** When other officers come, or none; null when the roster does not say. Somebody rostered twice on end is relieved once. */
export function relievedAt(roster: Roster, at: Instant): Instant | null {
  const officers = onDuty(roster, 'duty_officer', at);
  const ends = roster.shifts.flatMap(({ role, from, until }) =>
    role === 'duty_officer' && from <= at && until !== null && at < until ? [until] : [],
  );
  if (ends.length === 0) return null;
  const end = Math.min(...ends);
  const after = onDuty(roster, 'duty_officer', end);
  return after.length > 0 && after.every((person) => officers.includes(person)) ? relievedAt(roster, end) : end;
}
