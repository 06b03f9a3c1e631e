/** The callers and incidents of the expected table of rights: every role by how the person stands to the incident. */
import type { IncidentState } from '../../../src/core/incident/state';
import { MINUTE } from '../../../src/core/instant';
import type { Act } from '../../../src/core/rights/act';
import type { Caller } from '../../../src/core/rights/may';
import { type Grant, inForce, type Roster } from '../../../src/core/roster/roster';
import { expectedRows, type Row } from '../../support/csv';
import { activated, clock, given, levelSet, ROSTER, RULES, reported } from '../builders';

export const AT = clock('10:00');
export const COLUMNS = ['elsewhere', 'own_county', 'own_group', 'own_incident', 'filed'] as const;
export type Column = (typeof COLUMNS)[number];

/** The scope by which a role belongs to the incident; roles without a line have none. */
const FITTING: Readonly<Record<string, string>> = {
  ...{ section_in_charge: 'consumer', section_head: 'consumer' },
  ...{ commander: RULES.pack.pack, deputy_commander: RULES.pack.pack, deputy_director: RULES.pack.pack, press_section: RULES.pack.pack },
  ...{ group_leader: 'coordination', group_member: 'coordination', territorial_head: 'hubin', territorial_member: 'hubin' },
};

export const RESPONDING = given(reported(), levelSet(3), activated()).state;
export const UNGRADED = given(reported()).state;
const decide = (decide: Extract<Act, object>['decide'], rank: number | null): Act => ({ decide, rank });
export const ACTS: Readonly<Record<string, { readonly act: Act; readonly state: IncidentState }>> = {
  ...Object.fromEntries(
    (
      [
        'list_incidents',
        'read_incident',
        'read_record',
        'supplement',
        'report',
        'read_on_duty',
        'read_statistics',
        'read_operation',
        'read_audit',
      ] as const
    ).map((act) => [act, { act, state: RESPONDING }]),
  ),
  set_level_4: { act: decide('set', 4), state: UNGRADED },
  set_level_3: { act: decide('set', 3), state: UNGRADED },
  activate_4: { act: decide('activate', 4), state: given(reported(), levelSet(4)).state },
  activate_3: { act: decide('activate', 3), state: given(reported(), levelSet(3)).state },
  terminate_4: { act: decide('terminate', 4), state: RESPONDING },
  terminate_3: { act: decide('terminate', 3), state: RESPONDING },
  change_level_3: { act: decide('set', 3), state: RESPONDING },
  dismiss: { act: decide('dismiss', null), state: UNGRADED },
  transfer: { act: decide('transfer', null), state: UNGRADED },
  merge: { act: decide('merge', null), state: UNGRADED },
};

const LEFT = '已离开的人';
const P = 'somebody';

export function callerOf(role: string, column: Column): Caller {
  const [, scope] = /^token_(read|report|command)$/.exec(role) ?? [];
  if (scope !== undefined) return { is: 'machine', scopes: [scope as 'read' | 'report' | 'command'] };
  return { is: 'person', roster: rosterOf(role, column), person: role === 'left' ? LEFT : P };
}

/** The sample bureau with one person of one role, who keeps the shift where the role is one of the duty room. */
function rosterOf(role: string, column: Column): Roster {
  const person = { id: P, name: '某人', post: '', phone: null };
  const shifts = role === 'duty_leader' || role === 'duty_officer' ? [{ person: P, role, from: AT - MINUTE, until: null } as const] : [];
  const roster = { ...ROSTER, people: new Map([...ROSTER.people, [P, person]]), grants: [grantOf(role, column)], shifts };
  return inForce(roster, AT);
}

function grantOf(role: string, column: Column): Grant {
  if (role === 'no_role' || role === 'left') return { person: P, role: 'duty_officer', scope: null, until: AT };
  const fits = column === (role.startsWith('territorial_') ? 'own_county' : 'own_group');
  const scope = FITTING[role] === undefined ? null : fits ? (FITTING[role] ?? null) : 'another';
  return { person: P, role, scope };
}

/** The incident as the person stands to it: asked by name (for 补充 its reporter), or in review. */
export function stateFor(row: Row, column: Column, state: IncidentState): IncidentState {
  if (column === 'filed') return { ...state, status: 'reviewing' };
  if (column !== 'own_incident') return state;
  if (row.act === 'supplement') return { ...state, reportedBy: row.role === 'left' ? LEFT : P };
  const [ask] = Object.values(RESPONDING.asks);
  if (ask === undefined) throw new Error('nobody was asked');
  return { ...state, asks: { ...state.asks, mine: { ...ask, id: 'mine', person: P, group: null } } };
}

export const CELLS = expectedRows('rights.csv').flatMap((row) =>
  COLUMNS.filter((column) => row[column] !== '-').map((column) => [`${row.role} ${row.act} ${column}`, row, column] as const),
);
