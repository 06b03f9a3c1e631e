/** Who may decide what (decisions.md section 1), read from the pack and the roster: the one policy behind every act. */
import type { Instant } from '../instant';
import { type Authority, UNSPECIFIED } from '../plans/packSchema';
import { levelOf, type Rulebook } from '../plans/rulebook';
import { holders, holds, onDuty, type PersonId, type Roster } from '../roster/roster';
import type { IncidentState } from './state';

/** The director may always act. */
const ALWAYS = 'director';

/** Acts whose power stands at the level itself, or at `ungraded` of a level-free plan. */
export type LevelAct = 'set' | 'activate' | 'terminate';
/** Acts whose power stands in the pack's list. */
export type ListedAct = Rulebook['pack']['authority'][number]['act'];

/** What powers hang on besides rules and roster: the county concerned and who stands in now; streams that are no incident have neither. */
export type Concerned = Pick<IncidentState, 'county' | 'standIn'>;

/** Rulebook, roster and moment that powers are read from. */
export interface Powers {
  readonly rules: Rulebook;
  readonly roster: Roster;
}

/** Everybody who may set, activate or terminate at this level now, the first to be asked first; nobody where the plan knows no such act. */
export function mayAtLevel(powers: Powers, act: LevelAct, rank: number | null, state: Concerned, at: Instant): readonly PersonId[] {
  const authority = authorityAt(powers.rules, act, rank);
  return authority === null ? [] : withDirector(powers, namedAtLevel(powers, act, authority, state, at));
}

/** Who is asked to decide: those the plan names; the director, who may always act, only where nobody is named. */
export function askedAtLevel(powers: Powers, act: LevelAct, rank: number | null, state: Concerned, at: Instant): readonly PersonId[] {
  const authority = authorityAt(powers.rules, act, rank);
  if (authority === null) return [];
  const named = namedAtLevel(powers, act, authority, state, at);
  return named.length > 0 ? named : holders(powers.roster, ALWAYS);
}

/** What the plan says of an act at a level; null where it says nothing, e.g. of setting a level in a level-free plan. */
export function authorityAt(rules: Rulebook, act: LevelAct, rank: number | null): Authority | null {
  if (rules.pack.level_scheme === 'none') return act === 'set' ? null : (rules.pack.ungraded[act] ?? null);
  return levelOf(rules, rank)?.[act] ?? null;
}

function namedAtLevel(powers: Powers, act: LevelAct, { roles }: Authority, state: Concerned, at: Instant): readonly PersonId[] {
  return named(powers, act === 'set' ? roles : withoutDeputies(powers.rules, roles), state, at);
}

/**
 * Everybody who may do a listed act now; rows that name levels count only at those. Where the plan has no row of the act the office's own
 * order holds. Powers of the archive are kept apart from those of command (procedure section 4).
 */
export function mayDo(powers: Powers, act: ListedAct, state: Concerned, at: Instant, rank: number | null = null): readonly PersonId[] {
  const { pack } = powers.rules;
  const rows = pack.authority.filter((row) => row.act === act);
  const here = rows.filter((row) => row.levels === undefined || (rank !== null && row.levels.includes(rank)));
  const roles = rows.length > 0 ? here.flatMap((row) => row.roles) : (usual(pack)[act] ?? []);
  const may = named(powers, act === 'reopen' ? withoutDeputies(powers.rules, roles) : roles, state, at);
  return act === 'archive' ? may : withDirector(powers, may);
}

/** Everybody who may do what is the duty room's own work and stands in no plan, e.g. recording a receipt. */
export function mayAs(powers: Powers, roles: readonly string[], state: Concerned, at: Instant): readonly PersonId[] {
  return withDirector(powers, named(powers, roles, state, at));
}

/** Everybody who fills one of these slots of the plan, or stands in for one who does; not the director, unless he is named. */
export function filling(powers: Powers, roles: readonly string[], state: Concerned, at: Instant): readonly PersonId[] {
  return named(powers, roles, state, at);
}

/** The office's own order for acts a plan says nothing of (decisions.md section 1). */
function usual({ command }: Rulebook['pack']): Readonly<Partial<Record<ListedAct, readonly string[]>>> {
  const { commander, deputies } = command;
  return {
    propose_level: ['duty_officer', 'duty_leader', 'section_in_charge', 'emergency_office'],
    change_response_level: [commander, ...deputies],
    dismiss: ['duty_leader', 'section_head', commander, ...deputies],
    transfer: ['duty_leader', 'section_head', commander, ...deputies],
    merge: ['duty_officer', 'duty_leader', 'emergency_office'],
    public_release: [commander, ...deputies],
    confirm_by_superior: ['duty_leader', 'emergency_office', commander, ...deputies],
    taken_over: ['duty_leader', 'emergency_office', commander],
    oral_approval: ['duty_leader'],
    stand_in: ['duty_leader'],
    widen_exposure: ['duty_leader'],
    not_applicable: ['duty_leader', commander, ...deputies],
    reopen: [commander],
    archive: ['emergency_office'],
  };
}

/** Deputies activate, terminate and reopen only while recorded as standing in, unless nobody but deputies is named. */
function withoutDeputies({ pack }: Rulebook, roles: readonly string[]): readonly string[] {
  const first = roles.filter((role) => !pack.command.deputies.includes(role));
  return first.length > 0 ? first : roles;
}

/** Is the person one of the deputies, who may be named to stand in? */
export function isDeputy({ rules, roster }: Powers, person: PersonId): boolean {
  return rules.pack.command.deputies.some((role) => boundTo(rules, roster, role).includes(person));
}

/** Holders of any of the roles, and whoever stands in for one of them now. */
function named(powers: Powers, roles: readonly string[], state: Concerned, at: Instant): readonly PersonId[] {
  const people = roles.flatMap((role) => peopleOf(powers, role, state, at));
  const standIn = standInNow(state, at);
  return [...new Set(standIn !== null && people.includes(standIn.standsFor) ? [...people, standIn.person] : people)];
}

/** The recorded stand-in while the record holds. */
export function standInNow({ standIn }: Concerned, at: Instant): Concerned['standIn'] {
  return standIn !== null && at < standIn.until ? standIn : null;
}

function withDirector({ roster }: Powers, people: readonly PersonId[]): readonly PersonId[] {
  return [...new Set([...people, ...holders(roster, ALWAYS)])];
}

/**
 * The people behind an actor of the pack: `duty_leader` is the one on duty; territorial roles and subordinate organs are the incident's
 * county; a group or function is its leader and members, else the role that leads it; the command organ is all who sit in it.
 */
export function peopleOf({ rules, roster }: Powers, actor: string, { county }: Concerned, at: Instant): readonly PersonId[] {
  const { pack } = rules;
  if (actor === 'duty_leader') return onDuty(roster, 'duty_leader', at);
  if (actor === pack.command.id)
    return [pack.command.commander, ...pack.command.deputies, ...pack.command.members].flatMap((role) => boundTo(rules, roster, role));
  const group = [...pack.groups, ...pack.functions].find((g) => g.id === actor);
  if (group !== undefined) return groupPeople(rules, roster, group);
  if (pack.parties.some((party) => party.id === actor && party.line === 'subordinate')) return countyPeople(roster, county);
  if (actor.startsWith('territorial_')) return county === null ? [] : holders(roster, actor, county);
  return boundTo(rules, roster, actor);
}

function groupPeople(rules: Rulebook, roster: Roster, { id, lead }: Rulebook['pack']['groups'][number]): readonly PersonId[] {
  const people = [...holders(roster, 'group_leader', id), ...holders(roster, 'group_member', id)];
  return people.length > 0 || lead === UNSPECIFIED ? people : boundTo(rules, roster, lead);
}

/** People of a county bureau, its head first. */
export function countyPeople(roster: Roster, county: string | null): readonly PersonId[] {
  return county === null ? [] : [...holders(roster, 'territorial_head', county), ...holders(roster, 'territorial_member', county)];
}

/** Who fills a slot of the pack: the roster's role it is bound to, in its scope, or the role of the same name for this pack. */
export function boundTo(rules: Rulebook, roster: Roster, slot: string): readonly PersonId[] {
  const bound = rules.pack.roles.find((r) => r.id === slot)?.bound_to;
  return inScope(roster, bound?.role ?? slot, bound?.scope ?? rules.pack.pack);
}

/** Holders of a role for this scope, or for every scope. */
export function inScope(roster: Roster, role: string, scope: string): readonly PersonId[] {
  return roster.grants.filter((g) => g.role === role && (g.scope === scope || g.scope === null)).map((g) => g.person);
}

/** Anybody with a role of the bureau: others are guests, whose reports are 未核实. */
export function hasAnyRole(roster: Roster, person: PersonId): boolean {
  return roster.grants.some((g) => g.person === person);
}

/** Does the person belong to the duty room: officers, on-duty leader, emergency office? */
export function keepsDuty(roster: Roster, person: PersonId): boolean {
  return ['duty_officer', 'duty_leader', 'emergency_office'].some((role) => holds(roster, person, role)) || holds(roster, person, ALWAYS);
}
