/** 撤回收到, 无法到达, 电话: answers taken back, people who cannot come, calls that were made. */
import { expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { openAsks } from '../../../src/core/incident/state';
import {
  acknowledged,
  activated,
  answerTo,
  ask,
  clock,
  event,
  events,
  type Given,
  GROUP_CALLS,
  given,
  levelSet,
  NETWORK,
  ROSTER,
  rang,
  received,
  refusal,
  reopen,
  reported,
  terminate,
  words,
} from '../builders';

const called = given(reported(), levelSet(3), activated());
const withdraw: IncidentCommand = { type: 'WithdrawAcknowledgement' };
const cannotCome: IncidentCommand = { type: 'CannotCome', reason: null };
const KEY = 'group_ack:call_out-coord1';

test('撤回收到后原来的时限照旧，又等他回复', () => {
  const before = called.deadline(KEY);
  const after = called.after('coord1', received(), { room: 'hq' }).after('coord1', withdraw, { room: 'hq' });
  expect(after.deadline(KEY)).toEqual(before);
  expect(openAsks(after.state).map((a) => a.person)).toContain('coord1');
});

test('只撤回最近的一次收到；再撤回才轮到前一次', () => {
  const both = given(reported(), levelSet(4), activated(4, [ask('call_out', 'hubin1', { room: 'county-hubin' })]))
    .after('hubin1', received(1), { room: null, at: '09:22' })
    .after('hubin1', received(3), { room: null, at: '09:24' });
  const once = both.after('hubin1', withdraw, { room: null });
  expect(openAsks(once.state).map((a) => a.kind)).toEqual(['call_out']);
  expect(event(once.when('hubin1', withdraw), 'AcknowledgementWithdrawn').asks).toEqual(['prior_handling-hubin1']);
});

test('没有说过收到的人无可撤回，也不能替别人撤回', () => {
  const after = called.after('coord1', received(), { room: 'hq' });
  expect(refusal(after.when('coord2', withdraw)).code).toBe('nothing_to_withdraw');
  expect(refusal(after.when(null, withdraw)).code).toBe('unknown_person');
});

test('无法到达：立即改叫替补，给足新的时限，值班群得知（第3节）', () => {
  const e = event(called.when('coord1', cannotCome, { room: 'hq', at: '09:25' }), 'CannotCome');
  expect(e.asks).toEqual(['call_out-coord1']);
  expect(e.asked.map((a) => [a.kind, a.person, a.room, a.group, a.standInFor])).toEqual([
    ['call_out', 'coord2', 'hq', 'coordination', 'coord1'],
  ]);
  expect(e.told.rooms).toEqual(['duty']);
  expect(e.unfilled).toBeUndefined();
  const after = called.after('coord1', cannotCome, { room: 'hq', at: '09:25' });
  const standIn = after.deadline(`group_ack:${e.asked[0]?.id}`);
  expect([standIn.baseAt, standIn.dueAt]).toEqual([clock('09:25'), clock('09:45')]);
  expect(after.deadline(KEY)).toMatchObject({ status: 'met', nextAt: null });
});

test('终止前没有回复、事态反复后又点名的人无法到达：替补只点一次', () => {
  const relapsed = called
    .after('director', terminate(), { room: 'hq', at: '10:00' })
    .after('director', reopen(), { room: 'hq', at: '10:30' });
  const e = event(relapsed.when('coord1', cannotCome, { room: 'hq' }), 'CannotCome');
  expect([e.asks.length, e.asked.map((a) => [a.person, a.standInFor])]).toEqual([2, [['coord2', 'coord1']]]);
});

test('收到以后才发现到不了，也改叫替补，他按时回复的记录不变', () => {
  const g = called.after('coord1', received(), { room: 'hq', at: '09:25' }).after('coord1', cannotCome, { room: 'hq', at: '10:30' });
  expect(openAsks(g.state).filter((a) => a.standInFor === 'coord1')).toHaveLength(1);
  expect(g.deadline(KEY).status).toBe('met');
});

test.each<[string, Given, string, string[]]>([
  ['没有登记替补的：告知值班群，列出同组该打电话的人', called, 'coord1', ['coord2']],
  ['县区没有替补的：列出县区其他人', called, 'hubin1', ['hubin2']],
])('%s', (_title, g, who, dial) => {
  const roster = { ...ROSTER, grants: ROSTER.grants.filter((one) => one.role !== 'stand_in') };
  const e = event(g.under({ roster }).when(who, cannotCome, { room: null }), 'CannotCome');
  expect([e.asked, e.unfilled, e.dial]).toEqual([[], [who], dial]);
  expect(e.told).toEqual({ rooms: ['duty'], people: ['leader1'] });
});

test.each([
  ['号码有误：替补立即顶上', 'number_wrong', ['coord2']],
  ['本月额度用完，不怪到人头上：值班群打电话，不叫替补', 'quota', []],
  ['通道故障，也不叫替补', 'carrier_down', []],
])('电话没有打到，%s', (_title, code, standIns) => {
  const e = event(called.when(null, { type: 'ReportUnreached', tried: [{ person: 'coord1', by: 'voice', code }] }), 'NotReached');
  expect([e.asked.map(({ person }) => person), e.dial, e.told.rooms]).toEqual([standIns, ['coord1'], ['duty']]);
});

test('逾时已经叫了替补的，他再说无法到达，不重复叫', () => {
  const standIn = ask('call_out', 'coord2', { id: 'standing', group: 'coordination', standInFor: 'coord1' });
  const late = given(reported(), levelSet(3), activated(), rang({ asked: [standIn] }, '09:40'));
  const e = event(late.when('coord1', cannotCome, { room: 'hq', at: '09:45' }), 'CannotCome');
  expect([e.asked, e.unfilled]).toEqual([[], undefined]);
});

test('替补也到不了：不再往下叫，告知值班群打电话', () => {
  const g = called.after('coord1', cannotCome, { room: 'hq' });
  const e = event(g.when('coord2', cannotCome, { room: 'hq' }), 'CannotCome');
  expect([e.asked, e.unfilled]).toEqual([[], ['coord2']]);
});

test('事态反复后重新点名，又到不了的，再叫一次替补', () => {
  const first = called.after('coord1', cannotCome, { room: 'hq', at: '09:25' });
  const again = first
    .after('director', { type: 'TerminateResponse', reason: words('why'), grounds: ['handled'], confirmed: true }, { at: '10:00' })
    .after('director', { type: 'ReopenIncident', reason: words('why') }, { at: '11:00' });
  const e = event(again.when('coord1', cannotCome, { room: 'hq' }), 'CannotCome');
  expect(e.asked.map((a) => [a.person, a.standInFor])).toEqual([['coord2', 'coord1']]);
});

test('没有被点名的人说无法到达不算', () => {
  expect(refusal(called.when('office1', cannotCome)).code).toBe('nothing_asked');
  expect(refusal(called.when('coord1', cannotCome, { room: 'county-hubin' })).code).toBe('nothing_asked');
});

type LogPhone = Extract<IncidentCommand, { type: 'LogPhone' }>;
const phone = (some: Partial<LogPhone> = {}): LogPhone => ({
  type: 'LogPhone',
  party: 'gov',
  spokeWith: words('gov-duty'),
  calledAt: clock('09:08'),
  words: words('said'),
  ...some,
});
const young = given(reported());
const types = (g: Given, command: IncidentCommand, who = 'duty1'): readonly string[] =>
  events(g.when(who, command, { at: '09:50' })).map((e) => e.type);

test('电话报告上级登记后，电话报告的时限即为已办', () => {
  const after = young.after('duty1', phone(), { at: '09:10' });
  expect(after.deadline('phone_superior').status).toBe('met');
  expect(after.state.calls).toHaveLength(1);
  expect(after.state.met.phone_superior).toMatchObject({ doneAt: clock('09:08'), lines: ['gov'] });
});

test('打给公安的电话照记，不算报告上级；属地局打的也不算市局的报告', () => {
  expect(types(young, phone({ party: 'police' }))).toEqual(['PhoneLogged']);
  expect(types(young, phone(), 'hubin1')).toEqual(['PhoneLogged']);
});

test('口头报告当班带班领导，登记后即为已办；报告别人不算', () => {
  const toLeader = (person: string): LogPhone => phone({ party: null, person });
  expect(types(young, toLeader('leader1'))).toEqual(['PhoneLogged', 'ObligationMet']);
  expect(types(young, toLeader('leader2'))).toEqual(['PhoneLogged']);
  expect(young.after('duty1', toLeader('leader1'), { at: '09:09' }).deadline('tell_duty_leader').status).toBe('met');
});

test('电话打晚了：通话照记，那一项仍逾期未办，等写明原因', () => {
  const e = young.when('duty1', phone({ calledAt: clock('09:45') }), { at: '09:50' });
  expect(event(e, 'PhoneLogged').late).toEqual(['phone_superior']);
  const after = young.after('duty1', phone({ calledAt: clock('09:45') }), { at: '09:50' });
  expect(after.deadline('phone_superior').status).toBe('open');
});

test('网监科与省局网监处的业务联系只作记录，报告以签发的文件和值班室的电话为准（plans B2）', () => {
  const network = given(reported({ plan: 'network-trade-incident' })).under({ rules: NETWORK });
  expect(types(network, phone({ party: 'provnet' }), 'net2')).toEqual(['PhoneLogged']);
  expect(types(network, phone({ party: 'provnet' }))).toEqual(['PhoneLogged', 'ObligationMet']);
});

test.each<[string, Partial<LogPhone>, string, string]>([
  ['没有列出的单位', { party: 'nobody' }, 'duty1', 'no_such_party'],
  ['没写与谁通话', { spokeWith: null, party: null }, 'duty1', 'spoke_with_required'],
  ['没写说了什么', { words: null }, 'duty1', 'words_required'],
  ['时间还没有到', { calledAt: clock('12:00') }, 'duty1', 'in_future'],
  ['别的县区', {}, 'shanzhou1', 'not_authorised'],
])('电话登记不收：%s', (_title, some, who, code) => {
  expect(answerTo(young.when(who, phone(some), { at: '09:10' }))).toBe(code);
});

test('收到以后响应已终止，撤回收到不再办理', () => {
  const acked = given(reported(), levelSet(3), activated(3, GROUP_CALLS), acknowledged('coord1', ['call_out-coord1'], '09:30'));
  const ended = acked.after('director', { type: 'TerminateResponse', reason: words('why'), grounds: ['handled'], confirmed: true });
  expect(answerTo(ended.when('coord1', withdraw, { room: 'hq' }))).toBe('incident_ended');
});
