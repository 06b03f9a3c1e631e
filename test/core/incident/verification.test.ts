/** 核实, 未核实的报告: what a stranger says pings the officer alone until somebody confirms it. */
import { expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { answerTo, event, given, NETWORK, NOTHING_TOLD, proposal, refusal, report, reported, supplement, told, words } from '../builders';

const verify = (outcome: 'confirmed' | 'refuted' = 'confirmed'): IncidentCommand => ({
  type: 'VerifyFacts',
  outcome,
  text: words('found'),
});
const start: IncidentCommand = { type: 'StartVerification' };
const sensitive = report({ fields: { ...NOTHING_TOLD, district: told('湖滨区') }, suggestion: proposal(3, 'public_safety_stability') });
const strange = given().after('guest1', sensitive, { room: null });

test('没有角色的人报告：只 @ 值班员，带班领导和县区都不惊动，值班群看得到，标未核实', () => {
  const e = event(given().when('guest1', sensitive, { room: null }), 'IncidentReported');
  expect([e.asked.map((a) => a.person), e.told, e.paged, e.unverified]).toEqual([['duty1'], { rooms: ['duty'], people: [] }, [], true]);
});

test('未核实时补充县区也不惊动县区；核实属实后才点县区、私信并 @ 带班领导', () => {
  const more = strange.when('duty1', supplement({ fields: { ...NOTHING_TOLD, district: told('湖滨区') } }));
  expect(event(more, 'IncidentSupplemented').asked).toEqual([]);
  const e = event(strange.when('duty1', verify()), 'FactsVerified');
  expect(e.asked.map((a) => [a.kind, a.person, a.room])).toEqual([['prior_handling', 'hubin1', 'county-hubin']]);
  expect([e.paged, e.told.people]).toEqual([['leader1'], ['leader1']]);
  const after = strange.after('duty1', verify());
  expect(after.state).toMatchObject({ unverified: false, verified: { outcome: 'confirmed' } });
  expect(event(after.when('duty1', verify()), 'FactsVerified')).toMatchObject({ asked: [], paged: [], told: { people: [] } });
});

test('核实不实：仍标未核实，谁也不点，等有权的人不列入', () => {
  const after = strange.after('duty1', verify('refuted'));
  expect(after.state).toMatchObject({ unverified: true, verified: { outcome: 'refuted' } });
  expect(event(strange.when('duty1', verify('refuted')), 'FactsVerified')).toMatchObject({ asked: [], paged: [] });
});

test.each([
  ['值班员', 'duty2', 'accepted'],
  ['事发县区', 'hubin2', 'accepted'],
  ['别的县区', 'shanzhou1', 'not_authorised'],
  ['工作组', 'site1', 'not_authorised'],
  ['报告人自己不是值班员', 'office1', 'not_authorised'],
])('开始核实、报核实结果：%s', (_title, who, said) => {
  const g = given(reported({ by: 'office1' }));
  expect([answerTo(g.when(who, start)), answerTo(g.when(who, verify()))]).toEqual([said, said]);
});

test('核实须写明情况；核实中不重复开始', () => {
  const verifying = given(reported()).after('duty1', start);
  expect(verifying.state.status).toBe('verifying');
  expect(refusal(verifying.when('duty1', start)).code).toBe('wrong_status');
  expect(refusal(verifying.when('duty1', { type: 'VerifyFacts', outcome: 'confirmed', text: null })).code).toBe('text_required');
});

test('分案报出的事件记下从哪一起分出', () => {
  expect(given().after('duty1', report({ n: 2, splitFrom: 1 })).state.splitFrom).toBe(1);
});

test('网络交易事件：报告同时通知工作小组，未核实的不通知', () => {
  const network = given().under({ rules: NETWORK });
  const of = (who: string) => event(network.when(who, report({ suggestion: proposal(null, null) })), 'IncidentReported').told;
  expect(of('office1')).toEqual({ rooms: ['network'], people: ['leader1', 'net1'] });
  expect(of('guest1')).toEqual({ rooms: [], people: [] });
});
