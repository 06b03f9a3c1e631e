/** Who does the work: tasks passed on and looked over, people added and let go, who is on the way and who is there. */
import { expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { openAsks } from '../../../src/core/incident/state';
import { activated, answerTo, clock, event, type Given, given, levelSet, received, refusal, reported, words } from '../builders';

const give: IncidentCommand = { type: 'GiveTask', owner: 'site2', what: words('what'), dueAt: clock('10:30') };
const running = given(reported(), levelSet(3), activated());
const withTask = running.after('director', give, { room: 'hq', at: '09:30' });
const [ID = ''] = Object.keys(withTask.state.tasks);
const pass = (owner: string, reason = words('why')): IncidentCommand => ({ type: 'ReassignTask', task: ID, owner, reason });
const complete: IncidentCommand = { type: 'CompleteTask', task: ID, text: words('done'), evidence: [] };
const check: IncidentCommand = { type: 'CheckTask', task: ID, text: null };
const add = (person: string, group: string | null = null): IncidentCommand => ({ type: 'AddMember', person, group });
const remove = (person: string): IncidentCommand => ({ type: 'RemoveMember', person, reason: words('why') });
const step = (at: 'departed' | 'arrived'): IncidentCommand => ({ type: 'ReportProgress', text: words('progress'), step: at });
const waiting = (g: Given, kind: string): readonly string[] => openAsks(g.state).flatMap((a) => (a.kind === kind ? [a.person] : []));

test('转派以后催新承办人，原承办人不再被催，完成时限不变', () => {
  const passed = withTask.after('director', pass('inv1'), { room: 'hq', at: '09:40' });
  expect(waiting(withTask, 'task')).toEqual(['site2']);
  expect(waiting(passed, 'task')).toEqual(['inv1']);
  expect(passed.state.tasks[ID]).toMatchObject({ owner: 'inv1', group: 'investigation', dueAt: clock('10:30') });
  expect(passed.deadline(`task_done:${ID}`)).toMatchObject({ owner: 'inv1', dueAt: clock('10:30') });
  expect(event(withTask.when('director', pass('inv1'), { room: 'hq' }), 'TaskReassigned').told.people).toEqual(['site2']);
  expect(answerTo(passed.when('site2', complete, { room: null }))).toBe('not_authorised');
  expect(answerTo(passed.when('inv1', complete, { room: null }))).toBe('accepted');
});

test.each([
  ['交办的人', 'director', 'inv1', 'accepted'],
  ['本组组长转给本组的人', 'site1', 'site1', 'accepted'],
  ['本组组长不能转给别的组', 'site1', 'inv1', 'not_authorised'],
  ['承办人自己不能转', 'site2', 'inv1', 'not_authorised'],
  ['转给原承办人', 'director', 'site2', 'same_owner'],
  ['转给别的县区', 'director', 'shanzhou1', 'not_concerned'],
  ['转给通讯录里没有的人', 'director', 'nobody', 'no_such_person'],
])('转派：%s', (_title, who, owner, answer) => {
  expect(answerTo(withTask.when(who, pass(owner), { room: null }))).toBe(answer);
});

test('办完的任务不能转派，转派须写理由', () => {
  const done = withTask.after('site2', complete, { at: '10:00' });
  expect(refusal(done.when('director', pass('inv1'))).code).toBe('already_done');
  expect(refusal(withTask.when('director', { type: 'ReassignTask', task: ID, owner: 'inv1', reason: null })).code).toBe('reason_required');
});

test('任务由交办人验收，承办人不验收自己的；退回以后要重新验收', () => {
  expect(refusal(withTask.when('director', check)).code).toBe('not_done');
  const done = withTask.after('site2', complete, { at: '10:00' });
  expect(answerTo(done.when('site2', check, { room: null }))).toBe('not_authorised');
  const checked = done.after('director', check, { at: '10:05' });
  expect(checked.state.tasks[ID]?.checkedAt).toBe(clock('10:05'));
  expect(refusal(checked.when('director', check)).code).toBe('already_checked');
  const back = checked.after('director', { type: 'ReturnTask', task: ID, reason: words('why') }, { at: '10:10' });
  expect(back.state.tasks[ID]).toMatchObject({ doneAt: null, checkedAt: null });
});

test('响应中增加的成员立刻被点名，收到算数', () => {
  const added = running.after('director', add('cons2', 'on_site'), { room: 'hq', at: '09:35' });
  expect(waiting(added, 'call_out')).toContain('cons2');
  const ask = openAsks(added.state).find((a) => a.person === 'cons2');
  expect(ask).toMatchObject({ group: 'on_site', standInFor: null });
  const answered = added.after('cons2', received(added.history.length), { room: ask?.room ?? null, at: '09:37' });
  expect(waiting(answered, 'call_out')).not.toContain('cons2');
});

test('响应前增加的成员在启动时一并点名；减去的不再点名', () => {
  const before = given(reported(), levelSet(3))
    .after('director', add('cons2'), { at: '09:20' })
    .after('director', remove('cons2'), { at: '09:21' });
  expect(refusal(before.when('director', remove('cons2'))).code).toBe('not_member');
  const again = before.after('director', add('cons2'), { at: '09:22' });
  const called = event(again.when('director', { type: 'ActivateResponse', confirmed: true }), 'ResponseActivated').asked;
  expect(called.map((a) => a.person)).toContain('cons2');
});

test('减去的成员不再被催，调级也不再点名；有任务没办完的先转派', () => {
  const without = running.after('director', remove('inv2'), { at: '09:40' });
  expect(waiting(without, 'call_out')).not.toContain('inv2');
  const raised = without.when('director', { type: 'ChangeLevel', rank: 2, reason: words('why'), confirmed: true });
  expect(event(raised, 'LevelChanged').asked.map((a) => a.person)).not.toContain('inv2');
  expect(refusal(withTask.when('director', remove('site2'))).code).toBe('owes_work');
});

test('调低级别不把增加的成员撤下', () => {
  const added = running.after('director', add('cons2', 'on_site'), { at: '09:35' });
  const id = openAsks(added.state).find((a) => a.person === 'cons2')?.id;
  const lowered = event(added.when('director', { type: 'ChangeLevel', rank: 4, reason: words('why'), confirmed: true }), 'LevelChanged');
  expect(lowered.stoodDown.length).toBeGreaterThan(0);
  expect(lowered.stoodDown).not.toContain(id);
});

test.each([
  ['组长给本组加人', 'site1', add('cons2', 'on_site'), 'accepted'],
  ['组长给别的组加人', 'site1', add('cons2', 'investigation'), 'not_authorised'],
  ['组员加人', 'site2', add('cons2', 'on_site'), 'not_authorised'],
  ['值班员加人', 'duty1', add('cons2'), 'accepted'],
  ['加已经点过名的人', 'director', add('site2'), 'already_member'],
  ['加别的县区的人', 'director', add('shanzhou1'), 'not_concerned'],
  ['加来访人员', 'director', add('guest1'), 'not_concerned'],
  ['预案里没有的组', 'director', add('cons2', 'nowhere'), 'no_such_group'],
])('成员：%s', (_title, who, command, answer) => {
  expect(answerTo(running.when(who, command, { room: null }))).toBe(answer);
});

test('出发、到达都记进时间线，也算收到点名', () => {
  const left = running.after('site1', step('departed'), { room: 'hq', at: '09:32' });
  expect(waiting(left, 'call_out')).not.toContain('site1');
  const there = left.after('site1', step('arrived'), { room: 'hq', at: '09:50' });
  expect(there.state.progress.map((p) => [p.step, p.at])).toEqual([
    ['departed', clock('09:32')],
    ['arrived', clock('09:50')],
  ]);
});
