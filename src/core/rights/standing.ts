/** How a person stands to an incident: of its county, of a group or section the plan gives work in it, or asked by name. */
import type { IncidentState } from '../incident/state';
import type { Instant } from '../instant';
import type { Rulebook } from '../plans/rulebook';
import type { Grant, PersonId } from '../roster/roster';
import type { Reach } from './reach';

/** The incident as it stands, with the rules it was opened under and the moment of asking. */
export interface Matter {
  readonly rules: Rulebook;
  readonly state: IncidentState;
  readonly at: Instant;
}

/** In review or filed: what the archive is given to read. */
const FILED: readonly IncidentState['status'][] = ['reviewing', 'archived'];

/** Does one role of a person, that reaches so far, reach this incident? A county role without its county reaches none. */
export function reaches(grant: Grant, reach: Reach, { rules, state }: Matter): boolean {
  if (reach === 'county') return state.county !== null && grant.scope === state.county;
  if (reach === 'filed') return FILED.includes(state.status);
  return reach === 'all' || (reach === 'work' && hasWork(rules, state, grant));
}

/**
 * Did anybody ask this person by name: a call, a task, a directive, standing in? Reporting alone is no ask; who holds a role and reported
 * goes on with it, so he counts too.
 */
export function isAskedIn(state: IncidentState, person: PersonId): boolean {
  return (
    state.reportedBy === person ||
    state.standIn?.person === person ||
    Object.values(state.asks).some((ask) => ask.person === person) ||
    Object.values(state.tasks).some((task) => task.owner === person || task.givenBy === person) ||
    Object.values(state.directives).some((one) => one.leader === person || one.assignee === person)
  );
}

/** Groups work once they were called; command and sections from the start, since they decide and draft. */
function hasWork(rules: Rulebook, state: IncidentState, { role, scope }: Grant): boolean {
  if (role === 'group_leader' || role === 'group_member') return scope !== null && calledGroups(state).has(scope);
  const slots = [...namedSlots(rules), ...rules.pack.roles.map((slot) => slot.id)];
  return slots.some((slot) => {
    const bound = rules.pack.roles.find((r) => r.id === slot)?.bound_to;
    const wanted = bound?.scope ?? rules.pack.pack;
    return (bound?.role ?? slot) === role && (scope === null || scope === wanted);
  });
}

function namedSlots({ pack }: Rulebook): readonly string[] {
  return [pack.command.commander, ...pack.command.deputies];
}

function calledGroups(state: IncidentState): ReadonlySet<string> {
  return new Set(Object.values(state.asks).flatMap((ask) => ask.group ?? []));
}
