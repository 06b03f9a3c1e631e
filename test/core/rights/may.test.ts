/** Every cell of the expected table of rights: role by act by how the person stands to the incident. */
import { describe, expect, test } from '@jest/globals';
import { MOVES, type MoveId } from '../../../src/core/incident/records/kinds';
import { MINUTE } from '../../../src/core/instant';
import { isPersonal, onlyInPerson } from '../../../src/core/rights/act';
import { may } from '../../../src/core/rights/may';
import { inForce } from '../../../src/core/roster/roster';
import { ROSTER, RULES } from '../builders';
import { ACTS, AT, CELLS, callerOf, stateFor, UNGRADED } from './cases';

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

  test.each([
    ...['SetLevel', 'ActivateResponse', 'TerminateResponse', 'MergeInto', 'NameStandIn', 'RecordOralApproval', 'TransferIncident'],
    ...['WidenExposure', 'AssessRetention', 'RevealWords', 'VerifyFacts', 'GiveTask', 'Acknowledge', '以后新加的'],
  ])('%s 须由本人办', (type) => expect(isPersonal(type)).toBe(true));
  test.each(['SupplementIncident', 'ReportProgress', 'CompleteTask', 'RecordFigures'])('%s 令牌可以代报', (type) =>
    expect(isPersonal(type)).toBe(false),
  );
});

test('令牌不能审核、批准对外口径，不能下达方案、采纳建议；登记和答复可以（2.1（3））', () => {
  const nothing = { record: 'r', words: null, parts: {}, amount: null, doneAt: null, about: null, lateReason: null };
  const decided = (Object.keys(MOVES) as MoveId[]).filter((move) => onlyInPerson({ type: 'EnterRecord', move, ...nothing }));
  expect(decided.sort()).toEqual(['adopt', 'approve', 'check', 'issue', 'reject', 'send_back']);
});
