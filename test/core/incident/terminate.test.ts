/** 终止, decisions.md sections 1, 3 and 4: who may end the response, what is listed first, what holds afterwards. */
import { expect, test } from '@jest/globals';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import {
  acknowledged,
  activate,
  activated,
  answerTo,
  changeLevel,
  changeResponseLevel,
  dismiss,
  event,
  GROUPS,
  given,
  levelChanged,
  levelSet,
  question,
  RULES,
  refusal,
  reported,
  SUMMARY_READERS,
  setLevel,
  terminate,
  terminated,
  unconfirmed,
} from '../builders';

const responding = given(reported(), levelSet(3), activated());

/** Whoever had the authority to activate; a deputy only while recorded as standing in; the duty leader never; the director always. */
const MAY_END: readonly (readonly [string, readonly number[]])[] = [
  ['director', [1, 2, 3, 4]],
  ['deputy1', []],
  ['hubin1', [4]],
  ['shanzhou1', []],
  ['leader1', []],
  ['duty1', []],
  ['office1', []],
  ['deputy2', []],
  ['guest1', []],
];
const MATRIX = MAY_END.flatMap(([who, ranks]) =>
  [1, 2, 3, 4].map((rank) => [who, rank, ranks.includes(rank) ? 'accepted' : 'not_authorised'] as const),
);

test.each(MATRIX)('%s 终止 %i 级响应：%s（第1节终止一行）', (who, rank, answer) => {
  expect(answerTo(given(reported(), levelSet(rank), activated(rank)).when(who, terminate()))).toBe(answer);
});

test('三级启动后降为四级：仍由有权启动的人终止（第1节终止一行、应对法第86条）', () => {
  const lowered = given(reported(), levelSet(3), activated(3), levelChanged(3, 4, '09:40'));
  expect(['director', 'deputy1', 'hubin1'].map((who) => answerTo(lowered.when(who, terminate())))).toEqual([
    'accepted',
    'not_authorised',
    'not_authorised',
  ]);
});

test.each([
  ['未启动', given(reported(), levelSet(3)), 'director', terminate(), 'not_activated'],
  ['没写理由', responding, 'director', terminate(null), 'reason_required'],
  ['不在通讯录', responding, null, terminate(), 'unknown_person'],
] as const)('%s，终止被拒', (_title, g, who, command, code) => {
  expect(refusal(g.when(who, command)).code).toBe(code);
});

test('终止先要确认码，问句先列未办结事项，已办结的不列（第1节确认码）', () => {
  const g = given(reported(), levelSet(3), activated(), acknowledged('site1', ['call_out-site1'], '09:25'));
  const asked = question(g.when('director', unconfirmed(terminate())));
  const owing = GROUPS.filter((p) => p !== 'site1').map((p) => `group_ack:call_out-${p}`);
  expect(asked.open).toEqual(expect.arrayContaining(['task_ack:prior_handling-hubin1', ...owing]));
  for (const met of ['group_ack:call_out-site1', 'assess', 'activate']) expect(asked.open).not.toContain(met);
  expect(asked.pages).toEqual([]);
  expect(event(g.when('director', terminate()), 'ResponseTerminated').open).toEqual(asked.open);
});

test('终止告知值班群、指挥部群、有关县区群，摘要给总指挥、副总指挥和带班领导（第4节）', () => {
  const e = event(responding.when('director', terminate(), { room: null }), 'ResponseTerminated');
  expect(e.told.rooms).toEqual(['duty', 'hq', 'county-hubin']);
  expect(e.summaries).toEqual(SUMMARY_READERS);
});

test('终止后响应中的事项不再计时，只剩后期处置的期限（第2节）', () => {
  const ended = responding.after('director', terminate());
  const at = ended.history.at(-1)?.at ?? 0;
  const asks = deadlines(RULES, ended.state).filter((d) => d.status === 'open' && /_ack$|^activate$|^assess$|^progress/.test(d.kind));
  expect(asks).toEqual([]);
  expect(ended.deadline('group_ack:call_out-site1').status).toBe('void');
  expect(ended.deadline('assess').status).toBe('met');
  expect(ended.deadline('final_report')).toMatchObject({ status: 'open', baseAt: at });
});

test.each<[string, string, IncidentCommand]>([
  ['定级', 'director', setLevel(3)],
  ['启动', 'director', activate()],
  ['调级', 'director', changeLevel(2)],
  ['响应级别', 'director', changeResponseLevel(2)],
  ['不列入', 'leader1', dismiss()],
  ['再次终止', 'director', terminate()],
])('终止后不再受理：%s', (_title, who, command) => {
  const ended = given(reported(), levelSet(3), activated(), terminated('10:00'));
  expect(refusal(ended.when(who, command, { room: null })).code).toBe('incident_ended');
});
