/** The clock of the plan's own work: it starts with the answer to the call-out it came with (decisions section 3, last line). */
import { expect, test } from '@jest/globals';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import { evolve } from '../../../src/core/incident/evolve';
import type { IncidentState } from '../../../src/core/incident/state';
import {
  acknowledged,
  activated,
  ask,
  clock,
  done,
  type Given,
  given,
  happenedAt,
  levelSet,
  NOBODY_TOLD,
  type Past,
  received,
  reported,
  terminated,
  words,
} from '../builders';

const LEADER = ask('call_out', 'op1', { group: 'opinion' });
const STAND_IN = ask('call_out', 'op2', { group: 'opinion', standInFor: 'op1' });
const TASK = { id: 't1', template: 'watch_opinion', what: null, owner: 'op1', group: 'opinion', dueAt: null };
const KEY = 'task_done:t1';

/** Received 09:00, so that the task falls due at 11:00. */
function responding(asked = [LEADER], ...more: readonly Past[]): Given {
  const tasks = happenedAt('09:20', { ...done('director'), type: 'TasksGiven', tasks: [TASK], asked: [], told: NOBODY_TOLD });
  return given(reported({ asked: [] }), levelSet(2, '09:00'), activated(2, asked), tasks, ...more);
}

test('组长没有回复集结：任务列着、有期限，但不另外催', () => {
  expect(responding().deadline(KEY)).toMatchObject({ status: 'open', dueAt: clock('11:00'), nextAt: null });
});

test('组长收到以后，任务的时限从那时起走', () => {
  const accepted = responding([LEADER], acknowledged('op1', [LEADER.id], '09:30'));
  expect(accepted.deadline(KEY)).toMatchObject({ baseAt: clock('09:30'), dueAt: clock('11:00'), nextAt: clock('10:15') });
});

test('替补收到也算，撤回收到就又停下', () => {
  const both = [LEADER, STAND_IN];
  const instead = responding(both, acknowledged('op2', [STAND_IN.id], '09:40'));
  expect(instead.deadline(KEY).baseAt).toBe(clock('09:40'));
  const takenBack = instead.after('op2', { type: 'WithdrawAcknowledgement' }, { room: null, at: '09:41' });
  expect(takenBack.deadline(KEY)).toMatchObject({ status: 'open', nextAt: null });
});

test('响应终止以后才收到的，任务的时限不再起走', () => {
  const late = responding([LEADER], terminated('09:35'), acknowledged('op1', [LEADER.id], '09:40'));
  expect(late.deadline(KEY)).toMatchObject({ status: 'void', nextAt: null });
});

test('响应终止以后才交办的任务，收到以后时限照样起走', () => {
  const asked = ask('task', 'op1', { group: 'opinion', about: 't2' });
  const task = { id: 't2', template: null, what: words('what'), owner: 'op1', group: 'opinion', dueAt: clock('12:10') };
  const late = happenedAt('10:00', { ...done('director'), type: 'TasksGiven', tasks: [task], asked: [asked], told: NOBODY_TOLD });
  const accepted = responding([LEADER], terminated('09:35'), late, acknowledged('op1', [asked.id], '10:10'));
  expect(accepted.deadline('task_done:t2')).toMatchObject({ status: 'open', baseAt: clock('10:10'), nextAt: clock('11:10') });
});

test('所属的环节定为不适用的，任务也不再开着、收到以后也不催', () => {
  const set = responding().after('leader1', { type: 'WaiveObligation', key: 'opinion_target', reason: words('why') }, { at: '09:25' });
  const void_ = { status: 'void', nextAt: null, why: '不适用（leader1）' };
  expect(set.deadline(KEY)).toMatchObject(void_);
  expect(set.after('op1', received(), { room: 'hq', at: '09:30' }).deadline(KEY)).toMatchObject(void_);
});

test('先算过一遍再收到，时限照样开始走', () => {
  const { scene, state, history } = responding();
  const nextOf = (now: IncidentState): number | null | undefined => deadlines(scene.rules, now).find(({ key }) => key === KEY)?.nextAt;
  expect(nextOf(state)).toBeNull();
  const accepted = evolve(state, { version: history.length + 1, ...acknowledged('op1', [LEADER.id], '09:30') });
  expect(nextOf(accepted)).toBe(clock('10:15'));
});
