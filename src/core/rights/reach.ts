/** How far each role reaches (procedure section 4), role by role: a role without a line reaches what its plan gives it to do. */
import type { PersonId, Roster } from '../roster/roster';
import type { IncidentAct, OfficeAct } from './act';

/** `all` incidents; those of the own `county`; those whose plan gives the role `work`; those in review or `filed`; `none`. */
export type Reach = 'all' | 'county' | 'work' | 'filed' | 'none';

/** Reading. Leaders of the bureau have the digest of all that is open, and with it the detail (decisions section 4). */
const READS: Readonly<Record<string, Reach>> = {
  duty_officer: 'all',
  duty_leader: 'all',
  emergency_office: 'all',
  director: 'all',
  deputy_director: 'all',
  territorial_head: 'county',
  territorial_member: 'county',
  archive_keeper: 'filed',
  liaison: 'none',
  stand_in: 'none',
  superior_authority: 'none',
  auditor: 'none',
  sysadmin: 'none',
};

/** Who tells more about an incident, beside its reporter. */
const SUPPLEMENTS: Readonly<Record<string, Reach>> = {
  duty_officer: 'all',
  territorial_head: 'county',
  territorial_member: 'county',
  section_in_charge: 'work',
  group_leader: 'work',
};

/** What is no single incident's; everybody reports, everybody of the roster asks who keeps duty. */
const OFFICE: Readonly<Record<OfficeAct, readonly string[]>> = {
  report: [],
  read_on_duty: [],
  read_statistics: [
    ...['duty_officer', 'duty_leader', 'emergency_office', 'section_head'],
    ...['director', 'deputy_director', 'commander', 'deputy_commander', 'auditor'],
  ],
  read_operation: ['duty_officer', 'duty_leader', 'emergency_office', 'director', 'auditor', 'sysadmin'],
  read_audit: ['auditor', 'director'],
};

/** Of one role and act, before it is asked how the person stands to the incident. */
export function reachOf(role: string, act: IncidentAct): Reach {
  if (act === 'supplement') return SUPPLEMENTS[role] ?? 'none';
  if (role === 'auditor') return act === 'read_incident' ? 'none' : 'all';
  return READS[role] ?? 'work';
}

export function officeRoles(act: OfficeAct): readonly string[] {
  return OFFICE[act];
}

/** Roles the person holds now; the roster given is that of the moment, so whoever has left holds none. */
export function rolesOf(roster: Roster, person: PersonId): readonly string[] {
  return roster.people.has(person) ? roster.grants.filter((grant) => grant.person === person).map((grant) => grant.role) : [];
}
