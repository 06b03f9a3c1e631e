/** The one policy of rights: may this caller do this act on this incident? Chat, API and pages ask here; what no line allows is refused. */
import { type LevelAct, type ListedAct, mayAtLevel, mayDo } from '../incident/authority';
import { type Refusal, refuse } from '../incident/refusal';
import type { IncidentState } from '../incident/state';
import type { Instant } from '../instant';
import type { Rulebook } from '../plans/rulebook';
import type { PersonId, Roster } from '../roster/roster';
import { type Act, type Decision, INCIDENT_ACTS, type IncidentAct, type OfficeAct, type Scope } from './act';
import { officeRoles, rolesOf } from './reach';
import { bearingOf, onlyApart, sees, sightOf } from './sight';

/** What is asked about: the incident as it stands, with the rules it was opened under and the moment of asking. */
export interface Matter {
  readonly rules: Rulebook;
  readonly state: IncidentState;
  readonly at: Instant;
}

/** A person of the roster, or a machine with the scopes of its token. `byToken`: a machine that speaks for the person. */
export type Caller =
  | { readonly is: 'person'; readonly roster: Roster; readonly person: PersonId; readonly byToken?: boolean }
  | { readonly is: 'machine'; readonly scopes: readonly Scope[] };

export type May = { readonly is: 'yes' } | Refusal;

const YES: May = { is: 'yes' };

/**
 * Pure, the same at every asking. Refuses `token_scope` and `token_may_not_decide` to machines, `no_role` to whoever holds no role now,
 * `content_apart` to those whose power is apart from what incidents hold, `not_in_scope` to others, `not_authorised` where only the
 * decision is not theirs. An act on an incident without an incident is refused.
 */
export function may(caller: Caller, act: Act, matter: Matter | null = null): May {
  if (caller.is === 'machine') return machineMay(caller.scopes, act);
  const { roster, person, byToken = false } = caller;
  if (typeof act === 'object') return byToken ? tokenMayNotDecide() : decides(caller, act, matter);
  if (isOfficeAct(act)) return officeMay(roster, person, act);
  return matter === null ? refuse('not_in_scope', '不在您的办理范围内。') : onIncident(roster, person, act, matter);
}

/** Reading needs the reading scope, reporting its own; a machine in nobody's name does nothing else. What people did is audited by people. */
function machineMay(scopes: readonly Scope[], act: Act): May {
  if (typeof act === 'object') return tokenMayNotDecide();
  const wanted: Scope = act === 'report' ? 'report' : 'read';
  return act !== 'supplement' && act !== 'read_audit' && scopes.includes(wanted) ? YES : refuse('token_scope', '这个令牌没有此项权限。');
}

function isOfficeAct(act: IncidentAct | OfficeAct): act is OfficeAct {
  return !(INCIDENT_ACTS as readonly string[]).includes(act);
}

/** Anyone reports, and anyone of the roster may ask who keeps duty; the rest is a list of roles. */
function officeMay(roster: Roster, person: PersonId, act: OfficeAct): May {
  if (act === 'report' || (act === 'read_on_duty' && roster.people.has(person))) return YES;
  const roles = rolesOf(roster, person);
  if (roles.length === 0) return noRole();
  return roles.some((role) => officeRoles(act).includes(role)) ? YES : refuse('not_in_scope', '不在您的职责范围内。');
}

function onIncident(roster: Roster, person: PersonId, act: IncidentAct, matter: Matter): May {
  const apart = onlyApart(roster, person);
  if (!roster.people.has(person)) return noRole();
  if (act === 'supplement' && matter.state.reportedBy === person && !apart) return YES;
  if (rolesOf(roster, person).length === 0) return noRole();
  if (sees(sightOf(roster, person, act, [matter.rules]), bearingOf(matter.rules, matter.state))) return YES;
  return apart
    ? refuse('content_apart', '系统管理员、审计员、上级机关不在这里看、办事件内容。')
    : refuse('not_in_scope', '不在您的办理范围内。');
}

/** Nobody decides on what he may not read. */
function decides({ roster, person }: Extract<Caller, { is: 'person' }>, { decide, rank }: Decision, matter: Matter | null): May {
  if (matter === null) return refuse('not_in_scope', '不在您的办理范围内。');
  const read = onIncident(roster, person, 'read_incident', matter);
  if (read.is !== 'yes') return read;
  const { rules, state, at } = matter;
  const powers = { rules, roster };
  const people = isLevelAct(decide) ? mayAtLevel(powers, decide, rank, state, at) : mayDo(powers, decide, state, at, rank);
  return people.includes(person) ? YES : refuse('not_authorised', '这项决定不在您的权限内。', '', people);
}

function isLevelAct(act: LevelAct | ListedAct): act is LevelAct {
  return act === 'set' || act === 'activate' || act === 'terminate';
}

/** What a machine is answered that gives a decision, in whosever name. */
export function tokenMayNotDecide(): Refusal {
  return refuse('token_may_not_decide', '令牌不能代为决定或答收到，须由本人办理。');
}

/** What somebody is answered whose roles, if any, have ended. */
export function noRole(): Refusal {
  return refuse('no_role', '您没有值班、科室或工作组身份，不能查看。', '需要查看请联系值班室');
}
