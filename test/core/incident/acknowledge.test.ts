/** 收到, decisions.md section 5: which asks an answer closes. */
import { expect, test } from '@jest/globals';
import { openAsks } from '../../../src/core/incident/state';
import { acknowledged, activated, ask, event, GROUPS, given, levelChanged, levelSet, received, refusal, reported } from '../builders';

const called = given(reported(), levelSet(3), activated());
const CALL = 3;
/** At level 4 the county has two asks in its own room: the prior handling of event 1 and the call of event 3. */
const countyTwice = given(reported(), levelSet(4), activated(4, [ask('call_out', 'hubin1', { room: 'county-hubin' })]));

test('收到只算本人的，不替别人回复', () => {
  const after = called.after('coord1', received(), { room: 'hq' });
  expect(openAsks(after.state).map((a) => a.person)).toEqual(['hubin1', ...GROUPS.filter((p) => p !== 'coord1')]);
});

test('没有被点名的人说收到，不关闭任何事项', () => {
  expect(refusal(called.when('office1', received(), { room: 'hq' })).code).toBe('nothing_asked');
  expect(refusal(called.when(null, received(), { room: 'hq' })).code).toBe('unknown_person');
});

test('在别的群里说收到不算；在被点名的群里、私聊里算', () => {
  expect(refusal(called.when('coord1', received(), { room: 'duty' })).code).toBe('nothing_asked');
  expect(event(called.when('coord1', received(), { room: 'hq' }), 'Acknowledged').asks).toEqual(['call_out-coord1']);
  expect(event(called.when('coord1', received(), { room: null }), 'Acknowledged').asks).toEqual(['call_out-coord1']);
});

test.each([
  ['不引用：本群里等他回复的全部', null, 'county-hubin', ['prior_handling-hubin1', 'call_out-hubin1']],
  ['私聊不引用：全部', null, null, ['prior_handling-hubin1', 'call_out-hubin1']],
  ['引用先期处置那条：只那一项', 1, 'county-hubin', ['prior_handling-hubin1']],
  ['引用启动那条：只那一项', CALL, 'county-hubin', ['call_out-hubin1']],
  ['点私聊里的按钮：只那一项', CALL, null, ['call_out-hubin1']],
] as const)('县区有两项待回复，收到%s', (_title, call, room, asks) => {
  expect(event(countyTwice.when('hubin1', received(call), { room }), 'Acknowledged').asks).toEqual(asks);
});

test('引用的是别人的点名，不算', () => {
  expect(refusal(countyTwice.when('hubin1', received(2), { room: 'county-hubin' })).code).toBe('nothing_asked');
});

test('第二次收到不重复记', () => {
  const once = called.after('coord1', received(), { room: 'hq' });
  expect(refusal(once.when('coord1', received(), { room: 'hq' })).code).toBe('already_acknowledged');
  expect(refusal(once.when('coord1', received(CALL), { room: null })).code).toBe('already_acknowledged');
});

test('已经不再需要他（调级后撤回）的点名，收到不算', () => {
  const down = given(reported(), levelSet(3), activated(), levelChanged(3, 4, '09:25', { stoodDown: ['call_out-coord1'] }));
  expect(refusal(down.when('coord1', received(), { room: 'hq' })).code).toBe('nothing_asked');
});

test('收到停止对他的提醒，时限按时则为已办，逾时则为逾期办理', () => {
  const met = given(reported(), levelSet(3), activated(), acknowledged('coord1', ['call_out-coord1'], '09:39'));
  expect(met.deadline('group_ack:call_out-coord1')).toMatchObject({ status: 'met', nextAt: null });
  const late = given(reported(), levelSet(3), activated(), acknowledged('coord1', ['call_out-coord1'], '09:41'));
  expect(late.deadline('group_ack:call_out-coord1')).toMatchObject({ status: 'missed', nextAt: null });
  expect(met.deadline('group_ack:call_out-site1').status).toBe('open');
});

test('替补的收到算替补的，原来那个人仍待回复', () => {
  const g = given(reported(), levelSet(4), activated(4, [ask('call_out', 'hubin1'), ask('call_out', 'hubin2', { standInFor: 'hubin1' })]));
  expect(event(g.when('hubin2', received(), { room: 'hq' }), 'Acknowledged').asks).toEqual(['call_out-hubin2']);
});
