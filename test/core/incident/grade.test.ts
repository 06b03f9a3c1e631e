/** 定级, decisions.md section 1: who may set which level, with which status, and what is asked first. */
import { expect, test } from '@jest/globals';
import { levelNamed } from '../../../src/core/plans/rulebook';
import {
  activated,
  answerTo,
  clock,
  event,
  given,
  LEVEL_FREE,
  levelSet,
  proposal,
  question,
  ROSTER,
  RULES,
  refusal,
  reported,
  rosterWith,
  setLevel,
  unconfirmed,
  words,
} from '../builders';

/** Everybody who is tried, and the levels each may set: 4 duty leader on duty or the deputy director in charge; 3 commander or deputy; 1-2 commander; the director always. */
const MAY_SET: readonly (readonly [string, readonly number[]])[] = [
  ['director', [1, 2, 3, 4]],
  ['deputy1', [3, 4]],
  ['deputy2', []],
  ['leader1', [4]],
  ['leader2', []],
  ['duty1', []],
  ['office1', []],
  ['cons1', []],
  ['net1', []],
  ['site1', []],
  ['hubin1', []],
  ['admin1', []],
  ['guest1', []],
];
const MATRIX = MAY_SET.flatMap(([who, ranks]) =>
  [1, 2, 3, 4].map((rank) => [who, rank, ranks.includes(rank) ? 'accepted' : 'not_authorised'] as const),
);

test.each(MATRIX)('%s 定 %i 级：%s（第1节定级一行）', (who, rank, answer) => {
  expect(answerTo(given(reported()).when(who, setLevel(rank)))).toBe(answer);
});

test.each([
  [1, 'proposed'],
  [2, 'proposed'],
  [3, 'confirmed_by_us'],
  [4, 'confirmed_by_us'],
])('%i 级定级后为 %s：一、二级待上级确认（第1节）', (rank, status) => {
  const after = given(reported()).after('director', setLevel(rank));
  expect(after.state.levels.at(-1)).toMatchObject({ rank, status, by: 'director' });
});

test('局长不是总指挥时也可以定级（第1节“局长始终可以”）', () => {
  const roster = { ...ROSTER, grants: ROSTER.grants.filter((g) => g.role !== 'commander') };
  for (const rank of [1, 2, 3, 4]) expect(answerTo(given(reported()).under({ roster }).when('director', setLevel(rank)))).toBe('accepted');
});

test.each([
  ['07:59:59', 'not_authorised'],
  ['08:00', 'accepted'],
  ['19:59:59', 'accepted'],
  ['20:00', 'not_authorised'],
])('带班领导只在当班时可定四级：%s %s', (at, answer) => {
  const roster = rosterWith({ shifts: [{ person: 'leader2', role: 'duty_leader', from: clock('08:00'), until: clock('20:00') }] });
  expect(answerTo(given(reported({}, '07:00')).under({ roster }).when('leader2', setLevel(4), { at }))).toBe(answer);
});

test('拒绝时指出谁有权', () => {
  expect(refusal(given(reported()).when('duty1', setLevel(3))).whom).toEqual(expect.arrayContaining(['director', 'deputy1']));
  expect(refusal(given(reported()).when('duty1', setLevel(1))).whom).toEqual(['director']);
  expect([...refusal(given(reported()).when('duty1', setLevel(4))).whom].sort()).toEqual(['deputy1', 'director', 'leader1']);
});

test.each([
  ['与建议相同，不须理由', 3, 3, null, 'accepted'],
  ['重于建议，须写理由', 3, 2, null, 'reason_required'],
  ['轻于建议，须写理由', 3, 4, null, 'reason_required'],
  ['写了理由即可', 3, 4, words('why'), 'accepted'],
  ['没有建议级别，不须理由', null, 4, null, 'accepted'],
] as const)('定级%s（第1节）', (_title, suggested, rank, reason, answer) => {
  expect(answerTo(given(reported({ suggestion: proposal(suggested) })).when('director', setLevel(rank, reason)))).toBe(answer);
});

test('已定级的不能再定，须用调级', () => {
  for (const rank of [3, 2]) expect(refusal(given(reported(), levelSet(3)).when('director', setLevel(rank))).code).toBe('already_graded');
  expect(refusal(given(reported(), levelSet(3), activated()).when('director', setLevel(3))).hint).toContain('调级');
});

test('预案没有的级别被拒，并列出可用级别', () => {
  const refused = refusal(given(reported()).when('director', setLevel(5)));
  expect(refused.code).toBe('no_such_level');
  for (const sign of ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ']) expect(refused.hint).toContain(sign);
});

test('不分级的预案拒绝定级：本预案不分级', () => {
  const refused = refusal(given(reported()).under({ rules: LEVEL_FREE }).when('director', setLevel(3)));
  expect(refused.code).toBe('no_levels');
  expect(refused.zh).toContain('本预案不分级');
});

test('通讯录里没有的人不能定级', () => {
  expect(refusal(given(reported()).when(null, setLevel(4))).code).toBe('unknown_person');
});

test('定级先要确认码，问句复述效果；无权的人不会被问', () => {
  const asked = question(given(reported()).when('director', unconfirmed(setLevel(2))));
  for (const part of ['#1', '重大（Ⅱ级）', '上级确认']) expect(asked.effect).toContain(part);
  expect(answerTo(given(reported()).when('duty1', unconfirmed(setLevel(2))))).toBe('not_authorised');
  expect(answerTo(given(reported()).when('leader1', unconfirmed(setLevel(4, null))))).toBe('reason_required');
});

test.each([
  [1, ['director']],
  [2, ['director']],
  [3, ['director']],
  [4, ['hubin1', 'director']],
])('定为 %i 级后，提请 %j 决定是否启动（第1节启动一行）', (rank, people) => {
  const e = event(given(reported()).when('director', setLevel(rank)), 'LevelSet');
  expect([...e.mayActivate].sort()).toEqual([...people].sort());
});

test('定级告知值班群和本预案的指挥部群，不告知县区群和别的预案的群', () => {
  expect(event(given(reported()).when('director', setLevel(3), { room: null }), 'LevelSet').told.rooms).toEqual(['duty', 'hq']);
  expect(event(given(reported()).when('director', setLevel(3), { room: 'hq' }), 'LevelSet').told.rooms).toEqual(['duty']);
});

test.each([
  ['Ⅰ', 1],
  ['特别重大', 1],
  ['一级', 1],
  ['Ⅱ级', 2],
  ['ii', 2],
  ['重大', 2],
  ['Ⅲ', 3],
  ['III级', 3],
  ['三级', 3],
  ['3', 3],
  ['较大', 3],
  ['较大（Ⅲ级）', 3],
  ['4级', 4],
  ['一般', 4],
  ['五级', null],
  ['红色', null],
  ['重', null],
  ['', null],
])('“%s”指的级别是 %s（程序第2节）', (word, rank) => {
  expect(levelNamed(RULES, word)?.rank ?? null).toBe(rank);
});
