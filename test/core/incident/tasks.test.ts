/** 任务: given, accepted, done, sent back. */
import { expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { openAsks } from '../../../src/core/incident/state';
import {
  activated,
  answerTo,
  clock,
  done,
  event,
  type Given,
  given,
  happenedAt,
  levelSet,
  NOBODY_TOLD,
  received,
  refusal,
  reported,
  words,
} from '../builders';

type Give = Extract<IncidentCommand, { type: 'GiveTask' }>;
const give = (owner: string, some: Partial<Give> = {}): Give => ({ type: 'GiveTask', owner, what: words('what'), dueAt: null, ...some });
const complete = (task: string, evidence: readonly string[] = []): IncidentCommand => ({
  type: 'CompleteTask',
  task,
  text: words('done'),
  evidence,
});
const giveBack = (task: string, reason = words('why')): IncidentCommand => ({ type: 'ReturnTask', task, reason });

const running = given(reported(), levelSet(3), activated());
const withTask = running.after('director', give('site2', { dueAt: clock('10:30') }), { room: 'hq', at: '09:30' });
const [ID = ''] = Object.keys(withTask.state.tasks);
const waiting = (g: Given): readonly string[] => openAsks(g.state).flatMap((a) => (a.kind === 'task' ? [a.person] : []));

test('任务点承办人，在交办的群里；收到停表，完成另报', () => {
  const e = event(running.when('director', give('site2'), { room: 'hq' }), 'TasksGiven');
  expect(e.asked.map((a) => [a.kind, a.person, a.room, a.group])).toEqual([['task', 'site2', 'hq', 'on_site']]);
  expect(e.asked[0]?.id).toBe(e.tasks[0]?.id);
  expect(withTask.deadline(`task_ack:${ID}`)).toMatchObject({ owner: 'site2', dueAt: clock('09:50') });
  const accepted = withTask.after('site2', received(withTask.history.length), { room: 'hq', at: '09:35' });
  expect(accepted.deadline(`task_ack:${ID}`).status).toBe('met');
  expect(accepted.deadline(`task_done:${ID}`)).toMatchObject({ status: 'open', dueAt: clock('10:30') });
});

test.each([
  ['私聊里交办工作组成员：点在指挥部群', 'director', null, 'site2', 'hq'],
  ['私聊里交办属地局：点在县区群', 'director', null, 'hubin2', 'county-hubin'],
  ['指挥部群里交办属地局：点在县区群，他不在指挥部群', 'director', 'hq', 'hubin2', 'county-hubin'],
  ['县区局长在县区群交办本局的人', 'hubin1', 'county-hubin', 'hubin2', 'county-hubin'],
  ['承办人哪个群都不在：只私信', 'director', 'hq', 'legalhead1', null],
])('%s', (_title, who, room, owner, asked) => {
  expect(event(running.when(who, give(owner), { room }), 'TasksGiven').asked[0]?.room).toBe(asked);
});

test.each([
  ['组长交办本组', 'site1', 'site2', 'accepted'],
  ['组长不能交办别的组', 'site1', 'inv2', 'not_authorised'],
  ['组员不能交办', 'site2', 'site1', 'not_authorised'],
  ['县区局长不能交办市局的人', 'hubin1', 'site2', 'not_authorised'],
  ['别的县区与本事件无关', 'director', 'shanzhou1', 'not_concerned'],
  ['来访人员不能承办', 'director', 'guest1', 'not_concerned'],
  ['通讯录里没有的人', 'director', 'nobody', 'no_such_person'],
])('任务：%s', (_title, who, owner, answer) => {
  expect(answerTo(running.when(who, give(owner), { room: null }))).toBe(answer);
});

test('任务须写明内容，时限不能已经过去', () => {
  expect(refusal(running.when('director', give('site2', { what: null }))).code).toBe('what_required');
  expect(refusal(running.when('director', give('site2', { dueAt: clock('09:00') }))).code).toBe('due_passed');
});

test('完成须由承办人、其组长或替补报，写明情况；没有先说收到也不再催', () => {
  const after = withTask.after('site2', complete(ID), { at: '10:00' });
  expect(after.state.tasks[ID]).toMatchObject({ doneAt: clock('10:00'), returned: 0 });
  expect(waiting(after)).toEqual([]);
  expect(after.deadline(`task_done:${ID}`).status).toBe('met');
  expect(event(withTask.when('site2', complete(ID), { room: null }), 'TaskCompleted').told).toEqual({
    rooms: ['hq'],
    people: ['director'],
  });
  expect(answerTo(withTask.when('site1', complete(ID)))).toBe('accepted');
  expect(refusal(withTask.when('inv1', complete(ID)))).toMatchObject({ code: 'not_authorised', whom: ['site2', 'site1'] });
  expect(refusal(after.when('site2', complete(ID))).code).toBe('already_done');
  expect(refusal(withTask.when('site2', complete('nothing'))).code).toBe('no_such_task');
  expect(refusal(withTask.when('site2', { type: 'CompleteTask', task: ID, text: null, evidence: [] })).code).toBe('text_required');
});

test('预案该步骤要凭据的，没有凭据不算完成（预案4.1（4））', () => {
  const step = running.scene.rules.pack.procedure.find((s) => s.evidence.length > 0 && s.tasks.length > 0);
  const [template] = step?.tasks ?? [];
  const task = { id: 'planned', template: template?.id ?? null, what: null, owner: 'inv1', group: 'investigation', dueAt: null };
  const given1 = happenedAt('09:21', { type: 'TasksGiven', ...done('director'), tasks: [task], asked: [], told: NOBODY_TOLD });
  const g = given(reported(), levelSet(3), activated(), given1);
  const said = refusal(g.when('inv1', complete('planned')));
  expect(said.code).toBe('evidence_required');
  for (const wanted of step?.evidence ?? []) expect(said.zh).toContain(wanted);
  expect(g.after('inv1', complete('planned', ['file1'])).state.tasks.planned?.evidence).toEqual(['file1']);
});

test('交办的人或总指挥可以退回，写明理由，再点承办人，时限重新起算', () => {
  const reportedDone = running.after('duty1', give('site2'), { room: 'duty', at: '09:30' });
  const [id = ''] = Object.keys(reportedDone.state.tasks);
  expect(refusal(reportedDone.when('duty1', giveBack(id))).code).toBe('not_done');
  const finished = reportedDone.after('site2', complete(id), { room: 'hq', at: '10:00' });
  for (const who of ['duty1', 'director']) expect(answerTo(finished.when(who, giveBack(id)))).toBe('accepted');
  expect(refusal(finished.when('site1', giveBack(id))).code).toBe('not_authorised');
  expect(refusal(finished.when('duty1', { type: 'ReturnTask', task: id, reason: null })).code).toBe('reason_required');
  const back = finished.after('duty1', giveBack(id), { at: '10:10' });
  expect([back.state.tasks[id]?.doneAt, back.state.tasks[id]?.returned, waiting(back)]).toEqual([null, 1, ['site2']]);
  const again = Object.values(back.state.asks).find((a) => a.about === id);
  expect(back.deadline(`task_ack:${again?.id}`)).toMatchObject({ status: 'open', baseAt: clock('10:10') });
  expect(waiting(back.after('site2', complete(id)))).toEqual([]);
});

test('承办人无法到达：替补接同一项任务，可以报完成', () => {
  const g = running.after('director', give('site1'), { room: 'hq', at: '09:30' });
  const [id = ''] = Object.keys(g.state.tasks);
  const out = g.after('site1', { type: 'CannotCome', reason: null }, { room: 'hq' });
  expect(
    Object.values(out.state.asks)
      .filter((a) => a.about === id)
      .map((a) => a.person),
  ).toEqual(['site2']);
  expect(waiting(out.after('site2', complete(id)))).toEqual([]);
});

test('完成后撤回收到不重新点名', () => {
  const g = withTask.after('site2', complete(ID), { at: '10:00' });
  expect(answerTo(g.when('site2', { type: 'WithdrawAcknowledgement' }, { room: 'hq' }))).toBe('nothing_to_withdraw');
});

test('退回的任务已重新点名：撤回收到撤不回上一次的', () => {
  const finished = withTask.after('site2', complete(ID), { at: '10:00' });
  const back = finished.after('director', giveBack(ID), { at: '10:10' });
  expect(answerTo(back.when('site2', { type: 'WithdrawAcknowledgement' }, { room: 'hq' }))).toBe('nothing_to_withdraw');
  const again = back.after('site2', received(), { room: 'hq', at: '10:12' });
  const taken = again.after('site2', { type: 'WithdrawAcknowledgement' }, { room: 'hq', at: '10:13' });
  expect(waiting(taken)).toEqual(['site2']);
});
