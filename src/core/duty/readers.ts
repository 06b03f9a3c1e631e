/** Who may read the log of a shift and its other papers: the same in the chat and over the API. */
import { holders, type PersonId, type Roster } from '../roster/roster';
import type { DutyState } from './state';

/** Whoever sits in the shift, keeps duty, leads or audits. Null: there is no shift yet. Pure. */
export function shiftReaders(roster: Roster, state: Pick<DutyState, 'seats'> | null): readonly PersonId[] {
  const seats = state?.seats.map((seat) => seat.person) ?? [];
  return [...new Set([...seats, ...READERS.flatMap((role) => holders(roster, role))])];
}

const READERS = ['duty_officer', 'duty_leader', 'emergency_office', 'director', 'auditor'];
