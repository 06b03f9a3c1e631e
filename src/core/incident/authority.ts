/** Who may decide what (decisions.md section 1), read from the pack and the roster. */
import type { Instant } from '../instant';
import type { Authority } from '../plans/packSchema';
import type { Rulebook } from '../plans/rulebook';
import { holders, holds, onDuty, type PersonId, type Roster } from '../roster/roster';

/** The director may always act. */
const ALWAYS = 'director';

/** Everybody who may do it now, the first to be asked first. `duty_leader` means the one on duty; territorial roles mean the incident's county. */
export function mayDo(rules: Rulebook, roster: Roster, authority: Authority, county: string | null, at: Instant): readonly PersonId[] {
  const named = authority.roles.flatMap((role) => inRole(rules, roster, role, county, at));
  return [...new Set([...named, ...holders(roster, ALWAYS)])];
}

function inRole(rules: Rulebook, roster: Roster, role: string, county: string | null, at: Instant): readonly PersonId[] {
  if (role === 'duty_leader') return onDuty(roster, 'duty_leader', at);
  if (role.startsWith('territorial_')) return county === null ? [] : holders(roster, role, county);
  return inScope(roster, role, rules.pack.pack);
}

/** Holders of a role for this pack, or for every pack. */
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
