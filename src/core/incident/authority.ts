/** Who may decide what (decisions.md section 1), read from the pack and the roster: the one policy behind every act. */
import type { Instant } from '../instant';
import type { Authority } from '../plans/packSchema';
import { levelOf, type Rulebook } from '../plans/rulebook';
import { holders, holds, onDuty, type PersonId, type Roster } from '../roster/roster';
import type { IncidentState } from './state';

/** The director may always act. */
const ALWAYS = 'director';

/** Acts whose power stands at the level itself, or at `ungraded` of a level-free plan. */
export type LevelAct = 'set' | 'activate' | 'terminate';
/** Acts whose power stands in the pack's list. */
export type ListedAct = Rulebook['pack']['authority'][number]['act'];

/** Rulebook, roster and moment that powers are read from. */
export interface Powers {
  readonly rules: Rulebook;
  readonly roster: Roster;
}

/** Everybody who may set, activate or terminate at this level now, the first to be asked first; nobody where the plan knows no such act. */
export function mayAtLevel(powers: Powers, act: LevelAct, rank: number | null, state: IncidentState, at: Instant): readonly PersonId[] {
  const authority = authorityAt(powers.rules, act, rank);
  return authority === null ? [] : holdersOf(powers, authority.roles, state, at);
}

/** What the plan says of an act at a level; null where it says nothing, e.g. of setting a level in a level-free plan. */
export function authorityAt(rules: Rulebook, act: LevelAct, rank: number | null): Authority | null {
  if (rules.pack.level_scheme === 'none') return act === 'set' ? null : (rules.pack.ungraded[act] ?? null);
  return levelOf(rules, rank)?.[act] ?? null;
}

/** Everybody who may do a listed act now; rows that name levels count only at those. */
export function mayDo(powers: Powers, act: ListedAct, state: IncidentState, at: Instant, rank: number | null = null): readonly PersonId[] {
  const rows = powers.rules.pack.authority.filter(
    (row) => row.act === act && (row.levels === undefined || (rank !== null && row.levels.includes(rank))),
  );
  return holdersOf(
    powers,
    rows.flatMap((row) => row.roles),
    state,
    at,
  );
}

/** Holders of any of the roles, whoever stands in for one of them now, and the director. */
function holdersOf(powers: Powers, roles: readonly string[], state: IncidentState, at: Instant): readonly PersonId[] {
  const named = roles.flatMap((role) => inRole(powers, role, state, at));
  const { standIn } = state;
  const stands = standIn !== null && at < standIn.until && named.includes(standIn.standsFor) ? [standIn.person] : [];
  return [...new Set([...named, ...stands, ...holders(powers.roster, ALWAYS)])];
}

/** `duty_leader` means the one on duty; territorial roles mean the incident's county; all others the holders bound to the pack's slot. */
function inRole({ rules, roster }: Powers, role: string, { county }: IncidentState, at: Instant): readonly PersonId[] {
  if (role === 'duty_leader') return onDuty(roster, 'duty_leader', at);
  if (role.startsWith('territorial_')) return county === null ? [] : holders(roster, role, county);
  return boundTo(rules, roster, role);
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
