/** Who of the bureau looks into the duty room's own papers, and who changes its roster by a sheet: asked by chat, API and pages alike. */
import { holders, type PersonId, type Roster } from '../roster/roster';
import type { DutyState } from './state';

const READERS = ['duty_officer', 'duty_leader', 'emergency_office', 'director', 'auditor'];
/** The office that makes the roster, and whoever leads the shift (feature table, row O1). */
const KEEPERS = ['emergency_office', 'duty_leader', 'director'];

/** Log, hand-over sheet and swaps are for whoever keeps duty, leads or audits. `state` null: there is no shift yet. Pure. */
export function dutyReaders(roster: Roster, state: DutyState | null): readonly PersonId[] {
  return unique([...(state?.seats ?? []).map(({ person }) => person), ...READERS.flatMap((role) => holders(roster, role))]);
}

/** A month sheet becomes the roster at their word. Pure. */
export function rosterKeepers(roster: Roster): readonly PersonId[] {
  return unique(KEEPERS.flatMap((role) => holders(roster, role)));
}

function unique(people: readonly PersonId[]): readonly PersonId[] {
  return [...new Set(people)];
}
