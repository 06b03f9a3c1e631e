/** 调级, decisions.md sections 1, 2 and 4: who may, who is newly called, who stands down. */
import { expect, test } from '@jest/globals';
import { rankOf } from '../../../src/core/incident/state';
import {
  acknowledged,
  activated,
  answerTo,
  ask,
  changeLevel,
  clock,
  event,
  GROUP_PEOPLE,
  GROUPS,
  given,
  LEVEL_FREE,
  levelSet,
  question,
  refusal,
  reported,
  SUMMARY_READERS,
  unconfirmed,
} from '../builders';

const COUNTY_CALL = ask('call_out', 'hubin1', { room: 'county-hubin' });
const atLevel3 = given(reported(), levelSet(3), activated());
const atLevel4 = given(reported(), levelSet(4), activated(4, [COUNTY_CALL]));

/** The graver of the two levels decides who may: 1-2 commander, 3 commander or deputy; the director always. */
test.each([
  [4, 3, { director: 'accepted', deputy1: 'accepted', leader1: 'not_authorised', hubin1: 'not_authorised' }],
  [3, 4, { director: 'accepted', deputy1: 'accepted', leader1: 'not_authorised', duty1: 'not_authorised' }],
  [3, 2, { director: 'accepted', deputy1: 'not_authorised', leader1: 'not_authorised', office1: 'not_authorised' }],
  [2, 3, { director: 'accepted', deputy1: 'not_authorised', leader1: 'not_authorised' }],
  [2, 4, { director: 'accepted', deputy1: 'not_authorised', leader1: 'not_authorised' }],
  [1, 2, { director: 'accepted', deputy1: 'not_authorised' }],
  [4, 1, { director: 'accepted', deputy1: 'not_authorised', guest1: 'not_authorised' }],
])('%i 级调 %i 级，权限随较重的一级：%j（第1节调级一行）', (from, to, answers) => {
  const g = given(reported(), levelSet(from), activated(from));
  for (const [who, answer] of Object.entries(answers)) expect([who, answerTo(g.when(who, changeLevel(to)))]).toEqual([who, answer]);
});

test.each([
  ['未定级', given(reported()), 2, 'not_graded'],
  ['同一级', atLevel3, 3, 'same_level'],
  ['预案没有的级别', atLevel3, 7, 'no_such_level'],
  ['不分级的预案', given(reported()).under({ rules: LEVEL_FREE }), 2, 'no_levels'],
])('%s不能调级', (_title, g, to, code) => {
  expect(refusal(g.when('director', changeLevel(to))).code).toBe(code);
});

test('调级必须写理由；没有身份的账号不能调级', () => {
  expect(refusal(atLevel3.when('director', changeLevel(2, null))).code).toBe('reason_required');
  expect(refusal(atLevel3.when(null, changeLevel(2))).code).toBe('unknown_person');
});

test('调级同时改变事件级别，一、二级待上级确认', () => {
  const up = atLevel3.after('director', changeLevel(2));
  expect(rankOf(up.state)).toBe(2);
  expect(up.state.levels.map((l) => [l.rank, l.status])).toEqual([
    [3, 'confirmed_by_us'],
    [2, 'proposed'],
  ]);
});

test('三级升二级：人都在，不新点任何人', () => {
  const e = event(atLevel3.when('director', changeLevel(2)), 'LevelChanged');
  expect([e.from, e.to, e.asked, e.stoodDown]).toEqual([3, 2, [], []]);
});

test('四级升三级：新点六个工作组，问句写明将点谁，时限从调级起按三级算', () => {
  expect(question(atLevel4.when('director', unconfirmed(changeLevel(3)))).pages).toEqual(GROUPS);
  const e = event(atLevel4.when('director', changeLevel(3), { at: '09:30' }), 'LevelChanged');
  expect(e.asked.map((a) => [a.person, a.group])).toEqual(GROUP_PEOPLE);
  const after = atLevel4.after('director', changeLevel(3), { at: '09:30' });
  expect(after.deadline(`group_ack:${e.asked[0]?.id}`).dueAt).toBe(clock('09:50'));
});

test('三级降四级：未回复的工作组撤回点名，县区新点', () => {
  const e = event(atLevel3.when('director', changeLevel(4)), 'LevelChanged');
  expect(e.stoodDown).toEqual(GROUPS.map((p) => `call_out-${p}`));
  expect(e.asked.map((a) => [a.person, a.room])).toEqual([['hubin1', 'county-hubin']]);
  const after = atLevel3.after('director', changeLevel(4));
  for (const p of GROUPS) expect(after.deadline(`group_ack:call_out-${p}`)).toMatchObject({ status: 'void', nextAt: null });
  expect(after.deadline('task_ack:prior_handling-hubin1').status).toBe('open');
});

test('三级降四级：已经回复、已在岗的人也在解除之列（第4节“新点和解除的人才 @”）', () => {
  const some = given(reported(), levelSet(3), activated(), acknowledged('site1', ['call_out-site1'], '09:25'));
  const e = event(some.when('director', changeLevel(4)), 'LevelChanged');
  expect(e.stoodDown).toContain('call_out-site1');
});

test('降级前的问句写明将 @ 的人：新点的和解除的（第1节确认码、第4节）', () => {
  const pages = question(atLevel3.when('director', unconfirmed(changeLevel(4)))).pages;
  expect([...pages].sort()).toEqual(['hubin1', ...GROUPS].sort());
});

test('降级解除的人，再升级时重新点', () => {
  const again = atLevel3.after('director', changeLevel(4)).when('director', changeLevel(3));
  expect(event(again, 'LevelChanged').asked.map((a) => a.person)).toEqual(GROUPS);
});

test('启动前调级不点任何人', () => {
  const e = event(given(reported(), levelSet(4)).when('director', changeLevel(3)), 'LevelChanged');
  expect([e.asked, e.stoodDown]).toEqual([[], []]);
});

test('调级告知值班群、指挥部群、有关县区群，摘要给总指挥、副总指挥和带班领导（第4节）', () => {
  const e = event(atLevel3.when('director', changeLevel(2), { room: 'hq' }), 'LevelChanged');
  expect(e.told.rooms).toEqual(['duty', 'county-hubin']);
  expect(e.summaries).toEqual(SUMMARY_READERS);
});

test('调级先要确认码，问句写明从哪级到哪级', () => {
  const { effect } = question(atLevel3.when('director', unconfirmed(changeLevel(2))));
  for (const part of ['#1', '较大（Ⅲ级）', '重大（Ⅱ级）', '改级重计']) expect(effect).toContain(part);
});
