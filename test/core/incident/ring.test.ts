/** 叫应, decisions.md section 3: what each ring does, to whom, once. */
import { expect, test } from '@jest/globals';
import type { IncidentEvent } from '../../../src/core/incident/events';
import {
  acknowledged,
  activated,
  ask,
  clock,
  event,
  events,
  GROUP_CALLS,
  GROUPS,
  given,
  levelSet,
  ROSTER,
  reported,
  ring,
  rosterWith,
  standInNamed,
  terminated,
} from '../builders';

type Rang = Extract<IncidentEvent, { type: 'DeadlinesRang' }>;
const SITE = ask('call_out', 'site1', { group: 'on_site' });
const KEY = 'group_ack:call_out-site1';
/** Called at 09:20 at level 3: twenty minutes. */
const called = given(reported(), levelSet(3), activated(3, [SITE]));
const rangAt = (g: typeof called, at: string, ...keys: string[]): Rang => event(g.when(null, ring(...keys), { at }), 'DeadlinesRang');
const acknowledge = { type: 'Acknowledge', call: null, via: 'text' } as const;
const ALL_KEYS = GROUPS.map((p) => `group_ack:call_out-${p}`);

/** at, percent, what must be done, what must not be done yet. */
test.each<[string, number, string[], string[]]>([
  ['09:30', 50, ['room_again'], ['tell_duty_leader', 'voice', 'call_stand_in', 'tell_office', 'dial_list', 'tell_commander']],
  ['09:36', 80, ['strong_reminder', 'sms', 'tell_duty_leader'], ['voice', 'call_stand_in', 'tell_office', 'dial_list', 'tell_commander']],
  ['09:40', 100, ['voice', 'call_stand_in', 'tell_office', 'dial_list'], ['tell_commander']],
  ['10:00', 200, ['tell_duty_leader'], ['tell_commander', 'room_again']],
  ['10:20', 300, ['tell_commander'], ['room_again']],
  ['10:40', 400, ['tell_commander'], ['room_again']],
])('%s 是时限的百分之 %i（第3节叫应阶梯）', (at, percent, must, mustNot) => {
  const moments = ['09:30', '09:36', '09:40', '10:00', '10:20', '10:40'];
  const before = moments.slice(0, moments.indexOf(at)).reduce((g, m) => g.after(null, ring(KEY), { at: m }), called);
  expect(events(before.when(null, ring(KEY), { at: clock(at) - 1 }))).toEqual([]);
  const [only] = rangAt(before, at, KEY).rings;
  expect(only).toMatchObject({ key: KEY, kind: 'group_ack', percent, stage: moments.indexOf(at) + 1, people: ['site1'], rooms: ['hq'] });
  expect(only?.actions).toEqual(expect.arrayContaining(must));
  for (const action of mustNot) expect(only?.actions).not.toContain(action);
});

test('逾期三个时限之后不再响', () => {
  const all = ['09:30', '09:36', '09:40', '10:00', '10:20', '10:40'].reduce((g, m) => g.after(null, ring(KEY), { at: m }), called);
  expect(all.deadline(KEY)).toMatchObject({ status: 'open', nextAt: null, stage: 6 });
  expect(events(all.when(null, ring(KEY), { at: '2026-03-12T09:00:00+08:00' }))).toEqual([]);
});

test('同时到点的人合并成一件事，只含没有回复的人', () => {
  const g = given(
    reported(),
    levelSet(3),
    activated(),
    ...['coord1', 'site1', 'inv1'].map((p) => acknowledged(p, [`call_out-${p}`], '09:25')),
  );
  expect(rangAt(g, '09:30', ...ALL_KEYS).rings.flatMap((r) => r.people)).toEqual(
    GROUPS.filter((p) => !['coord1', 'site1', 'inv1'].includes(p)),
  );
});

test('回复了就不再响', () => {
  const answered = given(reported(), levelSet(3), activated(3, [SITE]), acknowledged('site1', ['call_out-site1'], '09:29'));
  expect(events(answered.when(null, ring(KEY), { at: '09:30' }))).toEqual([]);
});

test('同一级不响两次，不认识的事项不响', () => {
  const once = called.after(null, ring(KEY), { at: '09:30' });
  expect(events(once.when(null, ring(KEY), { at: '09:31' }))).toEqual([]);
  expect(events(called.when(null, ring('group_ack:nobody'), { at: '09:50' }))).toEqual([]);
});

test('终止以后什么都不响（第3节末）', () => {
  const ended = given(reported(), levelSet(3), activated(), terminated('09:25'));
  expect(events(ended.when(null, ring(...ALL_KEYS, 'assess', 'activate', 'task_ack:prior_handling-hubin1'), { at: '11:00' }))).toEqual([]);
});

test('到期未复：点替补，同一任务、同一群，时限重新起算（第3节100%）', () => {
  const late = given(reported()).after(null, ring('task_ack:prior_handling-hubin1'), { at: '09:10' });
  const e = rangAt(late, '09:20', 'task_ack:prior_handling-hubin1');
  expect(e.asked).toEqual([
    { id: expect.any(String), kind: 'prior_handling', person: 'hubin2', room: 'county-hubin', group: null, standInFor: 'hubin1' },
  ]);
  const after = late.after(null, ring('task_ack:prior_handling-hubin1'), { at: '09:20' });
  expect(after.deadline(`task_ack:${e.asked[0]?.id}`)).toMatchObject({
    owner: 'hubin2',
    baseAt: clock('09:20'),
    dueAt: clock('09:40'),
    status: 'open',
    stage: 0,
  });
});

test('替补只点一次：再响不再点，替补逾期也不回头点原来的人', () => {
  const task = 'task_ack:prior_handling-hubin1';
  const g = given(reported()).after(null, ring(task), { at: '09:20' });
  const standIn = Object.values(g.state.asks).find((a) => a.person === 'hubin2')?.id ?? '';
  expect(rangAt(g, '09:40', task, `task_ack:${standIn}`).asked).toEqual([]);
});

test('替补本来就在点名之列而没有回复的，另以替补身份再点一次；本人已回复的不再点', () => {
  const g = given(reported(), levelSet(3), activated()).after('site2', acknowledge, { room: 'hq', at: '09:25' });
  const called = rangAt(g, '09:40', ...ALL_KEYS).asked.map((a) => [a.person, a.standInFor]);
  expect(called).toEqual(['coord', 'inv', 'op', 'legal', 'log'].map((group) => [`${group}2`, `${group}1`]));
});

test('替补已回复的，不再为原来的人往上催；本人的回复仍欠着', () => {
  const called = given(reported(), levelSet(3), activated()).after(null, ring(...ALL_KEYS), { at: '09:40' });
  const come = called.after('legal2', acknowledge, { room: 'hq', at: '09:45' });
  expect(called.deadline('group_ack:call_out-legal1').nextAt).toBe(clock('10:00'));
  expect(come.deadline('group_ack:call_out-legal1')).toMatchObject({ status: 'open', nextAt: null });
});

test('本人迟到后，替补的叫应也就此停止', () => {
  const called = given(reported(), levelSet(3), activated()).after(null, ring(...ALL_KEYS), { at: '09:40' });
  const come = called.after('inv1', acknowledge, { room: 'hq', at: '09:50' });
  const standIn = Object.values(come.state.asks).find((a) => a.standInFor === 'inv1')?.id ?? '';
  expect(called.deadline(`group_ack:${standIn}`).nextAt).toBe(clock('09:50'));
  expect(come.deadline(`group_ack:${standIn}`)).toMatchObject({ status: 'open', nextAt: null });
});

test('没有替补的人逾期，不点任何人', () => {
  const g = given(reported({ county: 'kfq', asked: [ask('prior_handling', 'kfq1', { room: 'branch-kfq' })] }));
  expect(rangAt(g, '09:20', 'task_ack:prior_handling-kfq1').asked).toEqual([]);
});

test('两人同时逾期、替补是同一人，只点他一次', () => {
  const roster = rosterWith({
    grants: [
      { person: 'office1', role: 'stand_in', scope: 'kfq1' },
      { person: 'office1', role: 'stand_in', scope: 'cons1' },
    ],
  });
  const g = given(reported(), levelSet(3), activated(3, [ask('call_out', 'kfq1'), ask('call_out', 'cons1')])).under({ roster });
  expect(rangAt(g, '09:40', 'group_ack:call_out-kfq1', 'group_ack:call_out-cons1').asked.map((a) => a.person)).toEqual(['office1']);
});

test.each([
  ['09:33', 1, 50],
  ['09:37', 2, 80],
  ['09:59:59', 3, 100],
  ['10:01', 4, 200],
  ['2026-03-13T09:00:00+08:00', 6, 400],
])('停机到 %s 才醒：错过的几级只算一次，记到第 %i 级', (at, stage, percent) => {
  const e = rangAt(called, at, KEY);
  expect(e.rings.map((r) => [r.stage, r.percent])).toEqual([[stage, percent]]);
  const after = called.after(null, ring(KEY), { at });
  expect(events(after.when(null, ring(KEY), { at }))).toEqual([]);
});

test('停机错过了到期那一级，醒来仍点替补、仍列电话（第3节100%）', () => {
  const e = rangAt(given(reported()), '09:45', 'task_ack:prior_handling-hubin1');
  expect(e.asked.map((a) => a.person)).toEqual(['hubin2']);
  expect(e.rings[0]?.actions).toEqual(expect.arrayContaining(['tell_office', 'dial_list']));
});

test('事件记下当时该告知的带班领导、应急办、总指挥和值班群', () => {
  const e = rangAt(given(reported(), levelSet(3), activated(3, GROUP_CALLS)), '09:40', ...ALL_KEYS);
  expect(e).toMatchObject({ leaders: ['leader1'], office: ['office1'], commanders: ['director'], dutyRooms: ['duty'] });
});

test.each<[string, string, number | null, string[], string[]]>([
  ['三级启动由总指挥欠着，在指挥部群催', 'activate', 3, ['director'], ['hq']],
  ['四级启动由县局局长和总指挥欠着，在县区群和指挥部群催', 'activate', 4, ['director', 'hubin1'], ['county-hubin', 'hq']],
  ['研判由牵头科室欠着', 'assess', null, ['cons2'], ['duty']],
  ['电话报告由当班值班员欠着', 'phone_superior', null, ['duty1'], ['duty']],
  ['发布信息由新闻宣传科欠着', 'opinion_first', null, ['press1'], ['duty']],
])('%s（程序第5节“先提醒责任人”）', (_title, key, rank, people, rooms) => {
  const g = given(reported(), ...(rank === null ? [] : [levelSet(rank, '09:10')]));
  const [only] = rangAt(g, '2026-03-13T09:00:00+08:00', key).rings;
  expect([[...(only?.people ?? [])].sort(), only?.rooms]).toEqual([people, rooms]);
});

test('承办的位置没有人，由值班室承办', () => {
  const grants = ROSTER.grants.filter((g) => g.role !== 'press_section');
  const g = given(reported()).under({ roster: { ...ROSTER, grants } });
  expect(rangAt(g, '2026-03-12T21:00:00+08:00', 'opinion_target').rings[0]?.people).toEqual(['duty1', 'leader1']);
});

test('启动时限过八成，向带班领导提请代行；到期请副总指挥代为决定，时限重新起算，只请一次', () => {
  const at = (time: string) => given(reported({ asked: [] }), levelSet(3, '09:00')).after(null, ring('activate'), { at: time });
  expect(rangAt(at('09:30'), '09:48', 'activate')).toMatchObject({ standInOffered: 'deputy1' });
  const due = rangAt(at('09:48'), '10:00', 'activate');
  expect(due).toMatchObject({ deciders: { people: ['deputy1'], rooms: ['hq'] }, asked: [] });
  const later = at('09:48').after(null, ring('activate'), { at: '10:00' });
  expect(later.deadline('activate:stand_in')).toMatchObject({ owner: 'deputy1', baseAt: clock('10:00'), dueAt: clock('11:00') });
  const over = rangAt(later, '11:00', 'activate', 'activate:stand_in');
  expect(over.rings.map((r) => [r.key, r.percent, r.people])).toEqual([
    ['activate', 200, ['director']],
    ['activate:stand_in', 100, ['deputy1']],
  ]);
  expect([over.deciders, over.standInOffered]).toEqual([undefined, undefined]);
});

test('已登记代行的，到期就请代行的人；代行的人和总指挥一起催', () => {
  const g = given(reported({ asked: [] }), levelSet(3, '09:00'), standInNamed('deputy1', '09:40'));
  const e = rangAt(g, '10:00', 'activate');
  expect([...(e.rings[0]?.people ?? [])].sort()).toEqual(['deputy1', 'director']);
  expect(e.standInOffered).toBeUndefined();
});

test('没有登记替补的，写明是谁没有替补', () => {
  const g = given(reported({ county: 'kfq', asked: [ask('prior_handling', 'kfq1', { room: 'branch-kfq' })] }));
  expect(rangAt(g, '09:20', 'task_ack:prior_handling-kfq1').unfilled).toEqual(['kfq1']);
  expect(rangAt(given(reported()), '09:20', 'task_ack:prior_handling-hubin1').unfilled).toBeUndefined();
});

test('值班员没有登记替补的，请另一名当班值班员', () => {
  const shift = (person: string) => ({ person, role: 'duty_officer' as const, from: 0, until: null });
  const grants = ROSTER.grants.filter((g) => g.role !== 'stand_in');
  const roster = { ...ROSTER, grants, shifts: [...ROSTER.shifts.filter((s) => s.role !== 'duty_officer'), shift('duty1'), shift('duty2')] };
  const g = given(reported({ by: 'office1', asked: [ask('duty_ack', 'duty1')] })).under({ roster });
  expect(rangAt(g, '09:05', 'duty_ack:duty_ack-duty1').asked.map((a) => a.person)).toEqual(['duty2']);
});

test('不答的人自己就是下一步要告知的人：他的替补也告知', () => {
  const g = given(reported(), levelSet(3), activated(3, [ask('call_out', 'leader1')]));
  expect(rangAt(g, '09:36', 'group_ack:call_out-leader1').leaders).toEqual(['leader1', 'leader2']);
});

test('替补的阶梯不再往上：原来的人没有答，往上报的是他那一项', () => {
  const task = 'task_ack:prior_handling-hubin1';
  const g = given(reported()).after(null, ring(task), { at: '09:20' });
  const key = `task_ack:${Object.values(g.state.asks).find((a) => a.person === 'hubin2')?.id}`;
  const e = rangAt(g, '09:40', task, key);
  expect(e.rings.map((r) => [r.key === task, r.percent, r.actions.includes('call_stand_in')])).toEqual([
    [true, 200, false],
    [false, 100, false],
  ]);
  const after = g.after(null, ring(task, key), { at: '09:40' });
  expect(after.deadline(key).nextAt).toBeNull();
});
