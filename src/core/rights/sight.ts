/** What a person sees of incidents, as one condition: asked of one incident here, of a whole list in a single question to the rows. */
import type { IncidentState } from '../incident/state';
import type { Rulebook } from '../plans/rulebook';
import type { Grant, PersonId, Roster } from '../roster/roster';
import type { IncidentAct } from './act';
import { reachOf, rolesOf } from './reach';

/** An incident is seen where any part of it holds. */
export interface Sight {
  readonly all: boolean;
  /** What is in review or filed. */
  readonly filed: boolean;
  readonly counties: readonly string[];
  /** Groups of the plan, once they were called. */
  readonly groups: readonly string[];
  /** Hashes of the rules under which one of his roles has work. */
  readonly rulebooks: readonly string[];
  /** Who is asked by name; null where being asked gives nothing. */
  readonly person: PersonId | null;
}

/** What of an incident sight looks at; kept beside its row in the lists. */
export interface Bearing {
  readonly status: string;
  readonly county: string | null;
  readonly rulebook: string;
  /** Everybody asked by name, without doubles. */
  readonly people: readonly PersonId[];
  /** Groups that were called, without doubles. */
  readonly groups: readonly string[];
}

/** For machines that may read. */
export const SEES_ALL: Sight = { all: true, filed: false, counties: [], groups: [], rulebooks: [], person: null };
export const SEES_NOTHING: Sight = { ...SEES_ALL, all: false };
/** In review or filed: what the archive is given to read. */
export const FILED: readonly IncidentState['status'][] = ['reviewing', 'archived'];

/** Of a person of the roster; whoever holds no role sees nothing. `rulebooks`: all that incidents may run under. */
export function sightOf(roster: Roster, person: PersonId, act: IncidentAct, rulebooks: readonly Rulebook[]): Sight {
  const reaching = (wanted: string): readonly Grant[] =>
    roster.grants.filter((grant) => grant.person === person && roster.people.has(person) && reachOf(grant.role, act) === wanted);
  const work = reaching('work');
  return {
    all: reaching('all').length > 0,
    filed: reaching('filed').length > 0,
    counties: reaching('county').flatMap(({ scope }) => scope ?? []),
    groups: work.flatMap(({ role, scope }) => (isOfGroup(role) ? (scope ?? []) : [])),
    rulebooks: rulebooks.filter((rules) => work.some((grant) => hasWork(rules, grant))).map(({ hash }) => hash),
    person: act === 'supplement' || rolesOf(roster, person).length === 0 || onlyApart(roster, person) ? null : person,
  };
}

/** Does it see this one? A county role without its county sees none. */
export function sees(sight: Sight, { status, county, rulebook, people, groups }: Bearing): boolean {
  return (
    sight.all ||
    (sight.filed && (FILED as readonly string[]).includes(status)) ||
    (county !== null && sight.counties.includes(county)) ||
    sight.rulebooks.includes(rulebook) ||
    groups.some((group) => sight.groups.includes(group)) ||
    (sight.person !== null && people.includes(sight.person))
  );
}

/** As the incident stands under these rules. */
export function bearingOf({ hash }: Pick<Rulebook, 'hash'>, state: IncidentState): Bearing {
  const groups = Object.values(state.asks).flatMap((ask) => ask.group ?? []);
  return { status: state.status, county: state.county, rulebook: hash, people: askedIn(state), groups: [...new Set(groups)].sort() };
}

/**
 * Whom anybody asked by name: a call, a task, a directive, standing in. Reporting alone is no ask; who holds a role and reported goes on with
 * it, so he counts too.
 */
function askedIn(state: IncidentState): readonly PersonId[] {
  const named = [
    ...[state.reportedBy, state.standIn?.person],
    ...Object.values(state.asks).map((ask) => ask.person),
    ...Object.values(state.tasks).flatMap((task) => [task.owner, task.givenBy]),
    ...Object.values(state.directives).flatMap((one) => [one.leader, one.assignee]),
  ];
  return [...new Set(named.flatMap((person) => person ?? []))].sort();
}

/** Powers kept apart from what incidents hold; a higher organ is told on paper. */
const APART: readonly string[] = ['sysadmin', 'auditor', 'superior_authority'];

/** Does the person hold roles, and only such as are kept apart? */
export function onlyApart(roster: Roster, person: PersonId): boolean {
  const roles = rolesOf(roster, person);
  return roles.length > 0 && roles.every((role) => APART.includes(role));
}

const isOfGroup = (role: string): boolean => role === 'group_leader' || role === 'group_member';

/** Groups work once they were called; command and sections from the start, since they decide and draft. */
function hasWork(rules: Rulebook, { role, scope }: Grant): boolean {
  if (isOfGroup(role)) return false;
  const { command, roles, pack } = rules.pack;
  return [command.commander, ...command.deputies, ...roles.map((slot) => slot.id)].some((slot) => {
    const bound = roles.find((r) => r.id === slot)?.bound_to;
    return (bound?.role ?? slot) === role && (scope === null || scope === (bound?.scope ?? pack));
  });
}
