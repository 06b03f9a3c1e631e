/** 办结, 不适用: what is owed is closed by doing it, late only with the reason, or set aside by name. */
import { expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { activated, answerTo, clock, done, event, given, happenedAt, levelSet, refusal, reported, words } from '../builders';

type Meet = Extract<IncidentCommand, { type: 'MeetObligation' }>;
const meet = (key: string, some: Partial<Meet> = {}): Meet => ({
  type: 'MeetObligation',
  key,
  lines: [],
  doneAt: clock('09:30'),
  text: null,
  lateReason: null,
  ...some,
});
const waive = (key: string, reason = words('why')): IncidentCommand => ({ type: 'WaiveObligation', key, reason });
const running = given(reported(), levelSet(3), activated());
const BOTH = ['gov', 'prov'];

test('首报两线都报到才算办结，先报一线时写明尚缺哪一线（程序1.3）', () => {
  const one = running.after('office1', meet('written_first', { lines: ['gov'] }), { at: '09:31' });
  expect(one.deadline('written_first')).toMatchObject({ status: 'open', why: expect.stringContaining('省市场监督管理局') });
  const both = one.after('office1', meet('written_first', { lines: ['prov'], doneAt: clock('09:40') }), { at: '09:41' });
  expect(both.deadline('written_first').status).toBe('met');
  expect(both.state.met.written_first).toMatchObject({ lines: BOTH, doneAt: clock('09:40') });
});

test.each<[string, string, Meet, string]>([
  ['没写报给谁', 'office1', meet('written_first'), 'lines_required'],
  ['不报这个单位', 'office1', meet('written_first', { lines: ['police'] }), 'no_such_line'],
  ['时间还没有到', 'office1', meet('written_first', { lines: BOTH, doneAt: clock('18:00') }), 'in_future'],
  ['无关的人', 'press1', meet('written_first', { lines: BOTH }), 'not_authorised'],
  ['没有这一项', 'office1', meet('nothing'), 'no_such_obligation'],
  ['点名等本人回复的', 'office1', meet('group_ack:call_out-coord1'), 'is_an_ask'],
  ['研判由研判本身办结', 'office1', meet('assess'), 'already_met'],
  ['承办人', 'cons2', meet('written_first', { lines: BOTH }), 'accepted'],
  ['带班领导', 'leader1', meet('written_first', { lines: BOTH }), 'accepted'],
])('首报办结：%s', (_title, who, command, said) => {
  expect(answerTo(running.when(who, command, { at: '09:45' }))).toBe(said);
});

test.each(['assess', 'oral_backfill:said1'])('%s 由所办的事情本身办结，不单独登记', (key) => {
  const said = { id: 'said1', act: 'DismissIncident', who: 'director', approvedAt: clock('09:05'), words: words('said'), heardBy: [] };
  const g = given(reported(), happenedAt('09:06', { type: 'OralApprovalRecorded', ...done('leader1'), ...said }));
  expect(answerTo(g.when('director', meet(key, { doneAt: clock('09:07') }), { at: '09:08' }))).toBe('own_act');
});

test('同一单位不重复登记，告知还缺哪一个', () => {
  const one = running.after('office1', meet('written_first', { lines: ['gov'] }), { at: '09:31' });
  const said = refusal(one.when('office1', meet('written_first', { lines: ['gov'] }), { at: '09:35' }));
  expect(said.code).toBe('line_served');
  expect(said.zh).toContain('省市场监督管理局');
});

test('逾期的须由承办人写明原因才办结；按时的不要原因', () => {
  const late = meet('written_first', { lines: BOTH, doneAt: clock('10:05') });
  expect(refusal(running.when('office1', { ...late, lateReason: words('why') }, { at: '10:06' })).code).toBe('not_authorised');
  const asked = refusal(running.when('cons2', late, { at: '10:06' }));
  expect([asked.code, asked.hint.includes('逾期原因')]).toEqual(['late_reason_required', true]);
  const after = running.after('cons2', { ...late, lateReason: words('late') }, { at: '10:06' });
  expect(after.deadline('written_first').status).toBe('missed');
  expect(after.state.met.written_first?.lateReason?.id).toBe('late');
  expect(answerTo(running.when('cons2', { ...late, doneAt: clock('10:00') }, { at: '10:06' }))).toBe('accepted');
});

test('到点的续报逐次办结', () => {
  const key = 'progress_fixed:2026-03-11T17:00';
  expect(running.deadline(key).status).toBe('open');
  const after = running.after('office1', meet(key, { lines: BOTH, doneAt: clock('16:50') }), { at: '16:55' });
  expect(after.deadline(key).status).toBe('met');
  expect(refusal(after.when('office1', meet(key, { lines: BOTH }), { at: '16:56' })).code).toBe('already_met');
});

test('核实未完而首报已到时限：不定级先报，随即转入研判（程序第3节）', () => {
  const early = given(reported()).after('duty1', { type: 'StartVerification' });
  const sent = early.after('office1', meet('written_first', { lines: ['gov'] }), { at: '09:31' });
  expect([early.state.status, sent.state.status]).toEqual(['verifying', 'assessing']);
  expect(sent.state.levels).toEqual([]);
  const atOnce = given(reported()).after('office1', meet('written_first', { lines: ['gov'] }), { at: '09:31' });
  expect(atOnce.state.status).toBe('assessing');
  expect(running.after('office1', meet('written_first', { lines: ['gov'] }), { at: '09:31' }).state.status).toBe('responding');
});

test('不适用须写理由，记下谁定的，仍看得见；值班员不得自行认定', () => {
  expect(refusal(running.when('duty1', waive('tell_duty_leader'))).code).toBe('not_authorised');
  expect(refusal(running.when('leader1', { type: 'WaiveObligation', key: 'opinion_first', reason: null })).code).toBe('reason_required');
  expect(refusal(running.when('leader1', waive('group_ack:call_out-coord1'))).code).toBe('is_an_ask');
  const after = running.after('leader1', waive('opinion_first'));
  expect(after.deadline('opinion_first')).toMatchObject({ status: 'void', nextAt: null, why: expect.stringContaining('leader1') });
  expect(refusal(after.when('leader1', waive('opinion_first'))).code).toBe('obligation_void');
  expect(event(running.when('leader1', waive('opinion_first'), { room: null }), 'ObligationWaived').told).toEqual({
    rooms: ['duty'],
    people: ['press1'],
  });
});
