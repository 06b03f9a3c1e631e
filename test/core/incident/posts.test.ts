/** Posts nobody fills and people nobody can reach: somebody else is called at once, and the room is told whom to telephone. */
import { describe, expect, test } from '@jest/globals';
import type { Roster } from '../../../src/core/roster/roster';
import {
  activate,
  activated,
  event,
  type Given,
  GROUPS,
  given,
  levelSet,
  NOTHING_TOLD,
  type Past,
  ROSTER,
  report,
  told,
} from '../builders';
import { composed, readable, theOne } from '../notices/intents';

const WITHOUT = (...people: readonly string[]): Roster => ({ ...ROSTER, grants: ROSTER.grants.filter((g) => !people.includes(g.person)) });
const LOST = (...people: readonly string[]): Roster => ({ ...ROSTER, unreachable: new Set(people) });
const inHubin = report({ fields: { ...NOTHING_TOLD, district: told('湖滨区') } });
const inKfq = report({ fields: { ...NOTHING_TOLD, district: told('开发区') } });
const level3 = levelSet(3, '09:10', { mayActivate: ['director'] });

function under(roster: Roster, ...past: readonly Past[]): Given {
  return given(...past).under({ roster });
}

function words(g: Given, wanted: string): string {
  const message = composed(g, theOne(g, wanted));
  if (message === null) throw new Error(`nothing is owed for ${wanted}`);
  return readable(message);
}

describe('a person nobody can reach', () => {
  test('县区局长没有账号：随即叫替补，群里写明请电话通知，号码打码', () => {
    const g = under(LOST('hubin1')).after('duty1', inHubin);
    expect(Object.values(g.state.asks).map((a) => [a.person, a.standInFor])).toEqual([
      ['hubin1', null],
      ['hubin2', 'hubin1'],
    ]);
    const said = words(g, 'prior_handling room:county-hubin page');
    expect(said).toMatch(/联系不上：华湖一.*电话通知（100\*{4}0025/);
    expect(said).not.toContain('10000000025');
  });

  test('当班值班员、带班领导没有账号：替补也叫', () => {
    const reported = event(under(LOST('duty1', 'leader1')).when('office1', inHubin), 'IncidentReported');
    expect(reported.asked.filter((a) => a.kind === 'duty_ack').map((a) => a.person)).toEqual(['duty1', 'duty2']);
    expect(reported.told.people).toEqual(['leader1', 'leader2']);
  });

  test('替补本来就被点名的，不点两次', () => {
    const response = event(under(LOST('site1'), ...[reportedNow(), level3]).when('director', activate()), 'ResponseActivated');
    expect(response.asked.map((a) => a.person)).toEqual(GROUPS);
  });

  test('替补也联系不上、没有替补的：照样点名，由阶梯往上', () => {
    const asked = (roster: Roster) => event(under(roster).when('duty1', inKfq), 'IncidentReported').asked.map((a) => a.person);
    expect(asked(LOST('kfq1'))).toEqual(['kfq1']);
  });
});

describe('a post nobody fills', () => {
  test('属地没有人：县区群照样看到，回显里写明空岗', () => {
    const g = under(WITHOUT('kfq1')).after('duty1', inKfq);
    expect(Object.keys(g.state.asks)).toEqual([]);
    expect(words(g, 'report_known room:branch-kfq show')).toContain('开发区没有登记负责人，也没有其他人员');
    expect(words(g, 'echo conversation:chat-duty1 show')).toContain('空岗');
  });

  test('县区局长空缺：叫下一位，并写明', () => {
    const g = under(WITHOUT('hubin1')).after('duty1', inHubin);
    expect(Object.values(g.state.asks).map((a) => a.person)).toEqual(['hubin2']);
    expect(words(g, 'echo conversation:chat-duty1 show')).toContain('湖滨区没有登记负责人，已通知：金湖二');
  });

  test('值班表有空档：叫得到的人照叫，并写明现在没有值班员', () => {
    const g = under({ ...ROSTER, shifts: ROSTER.shifts.filter((s) => s.role !== 'duty_officer') }).after('office1', inHubin);
    expect(Object.values(g.state.asks).some((a) => a.kind === 'duty_ack')).toBe(true);
    expect(words(g, 'echo conversation:chat-office1 show')).toContain('值班表上现在没有值班员');
  });

  test('组长空缺：点名消息里写明；齐全时一字不提', () => {
    const past = [reportedNow(), level3, activated(3)];
    const page = 'call_out room:hq page';
    expect(words(under(WITHOUT('site1'), ...past), page)).toContain('现场处置组没有登记负责人');
    expect(words(given(...past), page)).not.toMatch(/空岗|联系不上/);
  });
});

function reportedNow() {
  const [first] = given().after('duty1', inHubin).history;
  if (first === undefined) throw new Error('nothing was reported');
  return { at: first.at, event: first.event };
}
