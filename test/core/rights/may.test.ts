/** Every cell of the expected table of rights: role by act by how the person stands to the incident. */
import { describe, expect, test } from '@jest/globals';
import { MOVES, type MoveId } from '../../../src/core/incident/records/kinds';
import type { IncidentState } from '../../../src/core/incident/state';
import { MINUTE } from '../../../src/core/instant';
import type { Act } from '../../../src/core/rights/act';
import { givesDecision, isDecision } from '../../../src/core/rights/act';
import { type Caller, may } from '../../../src/core/rights/may';
import { type Grant, inForce, type Roster } from '../../../src/core/roster/roster';
import { expectedRows, type Row } from '../../support/csv';
import { activated, clock, given, levelSet, ROSTER, RULES, reported } from '../builders';

const AT = clock('10:00');
const COLUMNS = ['elsewhere', 'own_county', 'own_group', 'own_incident', 'filed'] as const;
type Column = (typeof COLUMNS)[number];

/** The scope by which a role belongs to the incident; roles without a line have none. */
const FITTING: Readonly<Record<string, string>> = {
  ...{ section_in_charge: 'consumer', section_head: 'consumer' },
  ...{ commander: RULES.pack.pack, deputy_commander: RULES.pack.pack, deputy_director: RULES.pack.pack, press_section: RULES.pack.pack },
  ...{ group_leader: 'coordination', group_member: 'coordination', territorial_head: 'hubin', territorial_member: 'hubin' },
};

const RESPONDING = given(reported(), levelSet(3), activated()).state;
const UNGRADED = given(reported()).state;
const decide = (decide: Extract<Act, object>['decide'], rank: number | null): Act => ({ decide, rank });
const ACTS: Readonly<Record<string, { readonly act: Act; readonly state: IncidentState }>> = {
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

function callerOf(role: string, column: Column): Caller {
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
function stateFor(row: Row, column: Column, state: IncidentState): IncidentState {
  if (column === 'filed') return { ...state, status: 'reviewing' };
  if (column !== 'own_incident') return state;
  if (row.act === 'supplement') return { ...state, reportedBy: row.role === 'left' ? LEFT : P };
  const [ask] = Object.values(RESPONDING.asks);
  if (ask === undefined) throw new Error('nobody was asked');
  return { ...state, asks: { ...state.asks, mine: { ...ask, id: 'mine', person: P, group: null } } };
}

const CELLS = expectedRows('rights.csv').flatMap((row) =>
  COLUMNS.filter((column) => row[column] !== '-').map((column) => [`${row.role} ${row.act} ${column}`, row, column] as const),
);

describe('谁能做什么（角色、事项、范围逐格）', () => {
  test('表里每一格都有人试', () => {
    expect(CELLS.length).toBeGreaterThan(1_500);
    expect(new Set(CELLS.map(([, row]) => row.act))).toEqual(new Set(Object.keys(ACTS)));
  });

  test.each(CELLS)('%s', (_title, row, column) => {
    const wanted = ACTS[row.act ?? ''];
    if (wanted === undefined) throw new Error(`no act ${row.act}`);
    const state = stateFor(row, column, wanted.state);
    const answer = may(callerOf(row.role ?? '', column), wanted.act, { rules: RULES, state, at: AT });
    expect(answer.is === 'yes' ? 'yes' : 'no').toBe(row[column]);
  });
});

describe('令牌和离开的人', () => {
  const matter = { rules: RULES, state: UNGRADED, at: AT };

  test('替本人说话的令牌能读本人能读的，不能作本人能作的决定', () => {
    const caller = { is: 'person', roster: ROSTER, person: 'director', byToken: true } as const;
    expect(may(caller, 'read_incident', matter)).toEqual({ is: 'yes' });
    expect(may(caller, { decide: 'set', rank: 3 }, matter)).toMatchObject({ is: 'refusal', code: 'token_may_not_decide' });
    expect(may({ ...caller, byToken: false }, { decide: 'set', rank: 3 }, matter)).toEqual({ is: 'yes' });
  });

  test.each([
    ['到期前一分钟', AT - MINUTE, 'yes'],
    ['到期那一刻', AT, 'refusal'],
  ])('角色%s：%s', (_title, at, is) => {
    const roster = { ...ROSTER, grants: [{ person: 'duty1', role: 'duty_officer', scope: null, until: AT }] };
    expect(may({ is: 'person', roster: inForce(roster, at), person: 'duty1' }, 'read_incident', { ...matter, at }).is).toBe(is);
  });

  test('还没有到起始时间的角色不算数', () => {
    const roster = { ...ROSTER, grants: [{ person: 'duty1', role: 'duty_officer', scope: null, from: AT }] };
    expect(inForce(roster, AT - 1).grants).toEqual([]);
    expect(inForce(roster, AT).grants).toHaveLength(1);
  });

  test('没有写出来的事项和没有事件的请求一律不准', () => {
    expect(may({ is: 'person', roster: ROSTER, person: 'director' }, 'read_incident')).toMatchObject({ code: 'not_in_scope' });
    expect(may({ is: 'machine', scopes: ['read', 'report', 'command'] }, 'supplement', matter)).toMatchObject({ code: 'token_scope' });
  });

  test.each(['SetLevel', 'ActivateResponse', 'TerminateResponse', 'MergeInto', 'NameStandIn', 'RecordOralApproval', 'TransferIncident'])(
    '%s 是决定',
    (type) => expect(isDecision(type)).toBe(true),
  );
  test.each(['SupplementIncident', 'ReportProgress', 'CompleteTask', 'Acknowledge'])('%s 不是决定', (type) =>
    expect(isDecision(type)).toBe(false),
  );
});

test('令牌不能审核、批准对外口径，不能下达方案、采纳建议；登记和答复可以（2.1（3））', () => {
  const nothing = { record: 'r', words: null, parts: {}, amount: null, doneAt: null, about: null, lateReason: null };
  const decided = (Object.keys(MOVES) as MoveId[]).filter((move) => givesDecision({ type: 'EnterRecord', move, ...nothing }));
  expect(decided.sort()).toEqual(['adopt', 'approve', 'check', 'issue', 'reject', 'send_back']);
});
