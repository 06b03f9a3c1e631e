import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Message } from '../../src/sandbox/messages';
import { type DutyRoom, openDutyRoom } from './dutyRoom';

interface Page {
  cursor: string;
  epoch: number;
  now: string;
  messages: Message[];
}

let room: DutyRoom;
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(() => room.close());

describe('reading along', () => {
  test('the state names rooms, people, platform and the hour of the bureau', async () => {
    const state = await room.get('api/state');
    expect(state).toMatchObject({ status: 200, platform: 'wecom', now: '2026-08-01T09:00:00.000+08:00' });
    expect(state.rooms).toContainEqual({ id: 'duty', name: '值班群', kind: 'duty', members: ['duty1', 'leader1', 'office1', 'guest1'] });
    expect(state.rooms).toContainEqual({ id: 'dm:duty1', name: '常值一与机器人', kind: 'private', members: ['duty1'] });
    expect(state.people).toContainEqual({ id: 'duty1', name: '常值一', post: '值班员', roles: ['duty_officer'] });
  });

  test('a waiting reader is answered as soon as somebody speaks', async () => {
    const waiting = room.get<Page>('api/messages?room=duty&wait=20000');
    const id = await room.say('duty', 'duty1', '到岗');
    const page = await waiting;
    expect(page.messages).toMatchObject([
      { id, room: 'duty', from: 'duty1', fromBot: false, kind: 'text', at: '2026-08-01T09:00:00.000+08:00', pinged: [] },
    ]);
    expect(await room.get(`api/messages?room=duty&after=${page.cursor}`)).toMatchObject({ cursor: page.cursor, messages: [] });
  });

  test('a wait ends with nothing when nothing is said', async () => {
    expect(await room.get('api/messages?wait=20')).toMatchObject({ messages: [] });
  });

  test('talk elsewhere does not wake a reader of one room', async () => {
    const waiting = room.get<Page>('api/messages?room=hq&wait=20000');
    await room.say('duty', 'duty1', '到岗');
    await room.say('hq', 'leader1', '开会');
    expect((await waiting).messages.map((message) => message.room)).toEqual(['hq']);
  });
});

describe('the clock and the reset', () => {
  test('the clock moves by minutes and to a moment, and messages bear its time', async () => {
    expect(await room.post('api/clock', { advanceMinutes: 30 })).toMatchObject({ now: '2026-08-01T09:30:00.000+08:00' });
    expect(await room.post('api/clock', { now: '2026-08-01T12:00:00+08:00' })).toMatchObject({ now: '2026-08-01T12:00:00.000+08:00' });
    await room.say('duty', 'duty1', '中午');
    expect((await room.messages('duty'))[0]?.at).toBe('2026-08-01T12:00:00.000+08:00');
  });

  test('the clock never goes back', async () => {
    const answer = await room.post('api/clock', { now: '2026-07-31T12:00:00+08:00' });
    expect(answer).toMatchObject({ status: 409, error: { code: 'clock_backward', message: expect.stringContaining('时钟只能向前走') } });
  });

  test('a reset empties the rooms and tells readers that everything is new', async () => {
    await room.say('duty', 'duty1', '到岗');
    await room.post('api/clock', { advanceMinutes: 30 });
    const before = await room.get<Page>('api/messages');
    expect(await room.post('api/reset', {})).toMatchObject({ now: '2026-08-01T09:00:00.000+08:00' });
    const after = await room.get<Page>(`api/messages?after=${before.cursor}`);
    expect(after).toMatchObject({ messages: [], epoch: before.epoch + 1 });
    await room.say('duty', 'duty1', '重新到岗');
    expect((await room.get<Page>(`api/messages?after=${before.cursor}`)).messages).toHaveLength(1);
  });
});

describe('refusals teach', () => {
  test.each([
    ['say', { room: 'duty', from: 'duty1', text: ' ' }, 400, 'bad_input', 'text'],
    ['say', { room: 'duty', from: 'duty1', text: 'x', shout: true }, 400, 'bad_input', 'shout'],
    ['say', { room: 'nowhere', from: 'duty1', text: 'x' }, 404, 'no_room', 'room'],
    ['say', { room: 'duty', from: 'nobody', text: 'x' }, 404, 'no_person', 'from'],
    ['say', { room: 'hq', from: 'duty1', text: 'x' }, 409, 'not_member', 'from'],
    ['say', { room: 'duty', from: 'duty1', text: 'x', quote: 'm99' }, 404, 'no_message', 'message'],
    ['click', { message: 'm99', button: 'ack', from: 'duty1' }, 404, 'no_message', 'message'],
    ['clock', { advanceMinutes: -1 }, 400, 'bad_input', undefined],
    ['faults', { api: 'webhook/send', status: 200 }, 400, 'bad_input', undefined],
    ['enter', { room: 'duty', from: 'duty1' }, 409, 'not_private', 'room'],
  ])('%s %j', async (call, body, status, code, field) => {
    const answer = await room.post(`api/${call}`, body);
    expect(answer).toMatchObject({ status, error: { code, message: expect.stringMatching(/[一-鿿]/), hint: expect.any(String) } });
    if (field !== undefined) expect(answer.error).toMatchObject({ field });
  });

  test('an unknown call, a page of another site and an in-process bot that hands over its clock are refused', async () => {
    expect(await room.get('api/nothing')).toMatchObject({ status: 404, error: { code: 'no_such_call' } });
    const url = 'http://127.0.0.1:1/x';
    expect(await room.post('callback-url', { url, controlUrl: url })).toMatchObject({ status: 409, error: { code: 'bot_in_process' } });
    expect(await room.post('callback-url', { url: 'http://example.org/' })).toMatchObject({ status: 400 });
  });

  test('somebody who cannot see a card cannot press its button', async () => {
    const card = { card_type: 'text_notice', main_title: { title: '通知' }, card_action: { type: 1, url: 'http://127.0.0.1/' } };
    await room.webhook('hq', { msgtype: 'template_card', template_card: card });
    const [message] = await room.messages('hq');
    expect(await room.post('api/click', { message: message?.id, button: 'x', from: 'duty1' })).toMatchObject({
      error: { code: 'not_member' },
    });
    expect(await room.post('api/click', { message: message?.id, button: 'x', from: 'coord1' })).toMatchObject({
      error: { code: 'no_button' },
    });
  });
});

describe('faults and the record of calls', () => {
  const notice = { msgtype: 'text', text: { content: '请处置' } };

  test('faults are counted, used up and cleared', async () => {
    expect(await room.post('api/faults', { api: 'webhook/send', errcode: 45009, times: 2 })).toMatchObject({ armed: 2 });
    expect((await room.webhook('duty', notice)).errcode).toBe(45009);
    expect(await room.post('api/faults', { api: 'gettoken', drop: true, times: 3 })).toMatchObject({ armed: 4 });
    expect(await room.post('api/faults', { clear: true })).toMatchObject({ armed: 0 });
    expect((await room.webhook('duty', notice)).errcode).toBe(0);
  });

  test('an infrastructure fault after acceptance leaves the message shown', async () => {
    await room.post('api/faults', { api: 'webhook/send', status: 502, afterAccept: true, times: 1 });
    await expect(room.webhook('duty', notice)).rejects.toThrow();
    expect(await room.messages('duty')).toHaveLength(1);
  });

  test('a dropped call gets no answer and shows nothing', async () => {
    await room.post('api/faults', { api: 'webhook/send', drop: true, times: 1 });
    await expect(room.webhook('duty', notice)).rejects.toThrow();
    expect(await room.messages('duty')).toEqual([]);
  });

  test('every call of the bot is kept with its answer and its room', async () => {
    await room.webhook('duty', notice);
    await room.webhook('hq', { msgtype: 'song' });
    expect(await room.calls('webhook/send')).toMatchObject([
      { api: 'webhook/send', direction: 'fromBot', room: 'duty', request: { method: 'POST', body: notice }, answer: { errcode: 0 } },
      { room: 'hq', answer: { errcode: 40008 } },
    ]);
  });
});
