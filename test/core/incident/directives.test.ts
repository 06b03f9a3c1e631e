/** 批示: a leader's words and what became of them. */
import { expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { openAsks } from '../../../src/core/incident/state';
import { activated, answerTo, clock, event, given, levelSet, refusal, reported, words } from '../builders';

type Receive = Extract<IncidentCommand, { type: 'ReceiveDirective' }>;
const directive = (some: Partial<Receive> = {}): Receive => ({
  type: 'ReceiveDirective',
  leader: 'director',
  words: words('exact'),
  assignee: 'site1',
  receivedAt: clock('09:30'),
  dueAt: null,
  ...some,
});
const answer = (id: string): IncidentCommand => ({ type: 'AnswerDirective', id, text: words('answer') });

const running = given(reported(), levelSet(3), activated());
const heard = running.after('duty1', directive(), { at: '09:35' });
const [ID = ''] = Object.keys(heard.state.directives);

test('批示逐字照录，点承办人，值班群得知；反馈时限从收到批示起算', () => {
  const e = event(running.when('duty1', directive(), { room: null, at: '09:35' }), 'DirectiveReceived');
  expect(e.asked.map((a) => [a.kind, a.person, a.room])).toEqual([['directive', 'site1', 'hq']]);
  expect(e.told.rooms).toEqual(['duty']);
  expect(heard.deadline(`directive_feedback:${ID}`)).toMatchObject({ owner: 'site1', baseAt: clock('09:30'), status: 'open' });
  const own = running.after('duty1', directive({ dueAt: clock('11:00') }), { at: '09:35' });
  expect(own.deadline(`directive_feedback:${Object.keys(own.state.directives)[0]}`).dueAt).toBe(clock('11:00'));
});

test('没有写交谁办理的，交牵头科室', () => {
  expect(event(running.when('duty1', directive({ assignee: null }), { at: '09:35' }), 'DirectiveReceived').asked[0]?.person).toBe('cons2');
});

test.each<[string, string, Partial<Receive>, string]>([
  ['领导本人私聊说的', 'deputy1', { leader: 'deputy1' }, 'accepted'],
  ['另一位副局长的批示也是批示', 'duty1', { leader: 'deputy2' }, 'accepted'],
  ['领导不能替另一位领导登记', 'deputy1', { leader: 'deputy2' }, 'not_authorised'],
  ['科员的话不是批示', 'duty1', { leader: 'cons2' }, 'not_a_leader'],
  ['没有原话', 'duty1', { words: null }, 'words_required'],
  ['时间还没有到', 'duty1', { receivedAt: clock('12:00') }, 'in_future'],
  ['反馈时限已经过去', 'duty1', { dueAt: clock('09:31') }, 'due_passed'],
  ['交给别的县区', 'duty1', { assignee: 'shanzhou1' }, 'not_concerned'],
])('批示登记：%s', (_title, who, some, said) => {
  expect(answerTo(running.when(who, directive(some), { room: null, at: '09:40' }))).toBe(said);
});

test('承办人或值班室反馈后即办结，不再等收到，领导得知', () => {
  const after = heard.after('site1', answer(ID), { room: null, at: '10:00' });
  expect(after.deadline(`directive_feedback:${ID}`).status).toBe('met');
  expect(openAsks(after.state).filter((a) => a.kind === 'directive')).toEqual([]);
  expect(event(heard.when('duty2', answer(ID), { room: null }), 'DirectiveAnswered').told).toEqual({
    rooms: ['duty'],
    people: ['director'],
  });
  expect(refusal(after.when('site1', answer(ID))).code).toBe('already_answered');
  expect(refusal(heard.when('inv1', answer(ID))).code).toBe('not_authorised');
  expect(refusal(heard.when('site1', answer('none'))).code).toBe('no_such_directive');
  expect(refusal(heard.when('site1', { type: 'AnswerDirective', id: ID, text: null })).code).toBe('text_required');
});

test('收到批示不等于反馈', () => {
  const acked = heard.after('site1', { type: 'Acknowledge', call: heard.history.length, via: 'click' }, { room: null });
  expect(acked.deadline(`directive_feedback:${ID}`).status).toBe('open');
});
