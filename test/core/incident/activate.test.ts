/** 启动, decisions.md sections 1 and 4: who may start the response, who is called, who is told. */
import { expect, test } from '@jest/globals';
import {
  activate,
  activated,
  answerTo,
  event,
  GROUP_PEOPLE,
  GROUPS,
  given,
  levelSet,
  question,
  refusal,
  reported,
  rosterWith,
  SUMMARY_READERS,
  unconfirmed,
} from '../builders';

/** 4: head of the county bureau concerned or commander; 1-3: commander, a deputy only while recorded as standing in; the duty leader never in his own right; the director always. */
const MAY_ACTIVATE: readonly (readonly [string, readonly number[]])[] = [
  ['director', [1, 2, 3, 4]],
  ['deputy1', []],
  ['deputy2', []],
  ['hubin1', [4]],
  ['hubin2', []],
  ['shanzhou1', []],
  ['leader1', []],
  ['duty1', []],
  ['office1', []],
  ['coord1', []],
  ['admin1', []],
  ['guest1', []],
];
const MATRIX = MAY_ACTIVATE.flatMap(([who, ranks]) =>
  [1, 2, 3, 4].map((rank) => [who, rank, ranks.includes(rank) ? 'accepted' : 'not_authorised'] as const),
);

test.each(MATRIX)('%s 启动 %i 级响应：%s（第1节启动一行）', (who, rank, answer) => {
  expect(answerTo(given(reported(), levelSet(rank)).when(who, activate()))).toBe(answer);
});

test('未定级不能启动', () => {
  expect(refusal(given(reported()).when('director', activate())).code).toBe('not_graded');
});

test('不能启动两次', () => {
  expect(refusal(given(reported(), levelSet(3), activated()).when('director', activate())).code).toBe('already_activated');
});

test('通讯录里没有的人不能启动', () => {
  expect(refusal(given(reported(), levelSet(3)).when(null, activate())).code).toBe('unknown_person');
});

test.each([1, 2, 3])('%i 级启动：六个工作组全体组长、成员各点一次，任务在指挥部群（第4节）', (rank) => {
  const e = event(given(reported(), levelSet(rank)).when('director', activate(), { room: 'hq' }), 'ResponseActivated');
  expect(e.asked.map((a) => [a.person, a.group])).toEqual(GROUP_PEOPLE);
  expect(new Set(e.asked.map((a) => `${a.kind} ${a.room}`))).toEqual(new Set(['call_out hq']));
  expect(new Set(e.asked.map((a) => a.id)).size).toBe(12);
});

test('四级启动：只点事发县区（第4节）', () => {
  const e = event(given(reported(), levelSet(4)).when('hubin1', activate(), { room: 'county-hubin' }), 'ResponseActivated');
  expect(e.asked.map((a) => [a.kind, a.person, a.room])).toEqual([['call_out', 'hubin1', 'county-hubin']]);
});

test.each([
  [3, GROUPS],
  [4, ['hubin1']],
])('%i 级启动前的问句写明将点谁（第1节确认码）', (rank, pages) => {
  const asked = question(given(reported(), levelSet(rank)).when('director', unconfirmed(activate())));
  expect(asked.pages).toEqual(pages);
  expect(asked.effect).toContain('#1');
});

test('启动告知值班群、指挥部群、有关县区群，不告知别的县区和别的预案（第4节）', () => {
  const rooms = (room: string | null) =>
    event(given(reported(), levelSet(3)).when('director', activate(), { room }), 'ResponseActivated').told.rooms;
  expect(rooms(null)).toEqual(['duty', 'hq', 'county-hubin']);
  expect(rooms('hq')).toEqual(['duty', 'county-hubin']);
});

test('摘要只给本预案的总指挥、副总指挥和当班带班领导（第4节）', () => {
  const e = event(given(reported(), levelSet(3)).when('director', activate()), 'ResponseActivated');
  expect(e.summaries).toEqual(SUMMARY_READERS);
});

test('一人在两个工作组，问句里也只列他一次', () => {
  const roster = rosterWith({ grants: [{ person: 'op2', role: 'group_member', scope: 'legal' }] });
  const asked = question(given(reported(), levelSet(3)).under({ roster }).when('director', unconfirmed(activate())));
  expect([...asked.pages].sort()).toEqual([...GROUPS].sort());
});

test('县区未知时四级启动无人可点，被拒并说明怎么办', () => {
  const refused = refusal(given(reported({ county: null, asked: [] }), levelSet(4)).when('director', activate()));
  expect(refused.code).toBe('nobody_to_call');
  expect(refused.hint).toContain('县区');
});
