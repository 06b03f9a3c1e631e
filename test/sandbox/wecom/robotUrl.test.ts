import { createDecipheriv, createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, PNG } from '../dutyRoom';
import { QUICK, Receiver } from '../receiver';

let room: DutyRoom;
let receiver: Receiver;
beforeEach(async () => {
  room = await openDutyRoom(QUICK);
  receiver = await Receiver.configured(room, 'robot');
});
afterEach(async () => {
  expect(receiver.faults).toEqual([]);
  receiver.close();
  await room.close();
});

const stream = (content: string, finish: boolean, more: object = {}) =>
  JSON.stringify({ msgtype: 'stream', stream: { id: 'S1', finish, content, ...more } });
const body = async (n = 0) => JSON.parse((await receiver.received(n + 1))[n] ?? '{}');
const fromBot = async (place = 'duty') => (await room.messages(place)).filter((message) => message.fromBot);
async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('waited in vain');
}
const passive = () => until(async () => (await room.calls('passive/robot')).at(-1));
const CARD = { card_type: 'button_interaction', main_title: { title: '签收' }, task_id: 'T1', button_list: [{ text: '收到', key: 'ack' }] };

describe('a robot behind a callback URL', () => {
  test('hears encrypted JSON with a way to answer later, and the long connection is shut', async () => {
    await room.say('duty', 'duty1', '报告');
    expect(await body()).toMatchObject({
      chattype: 'group',
      chatid: room.sandbox.binding().rooms.duty?.chatId,
      from: { userid: 'SdDuty1' },
      msgtype: 'text',
      text: { content: '@烽火值班机器人 报告' },
      response_url: expect.stringContaining('/cgi-bin/aibot/response?response_code='),
    });
    const robot = await room.robot();
    expect(await robot.subscribe(room.sandbox.binding().robot)).toBe(853000);
    expect(await room.get('api/state')).toMatchObject({ robot: { byUrl: true, connected: false } });
  });

  test('saving the URL cuts a connection, taking it away opens the way again', async () => {
    await room.post('robot-callback-url', { url: null });
    const robot = await room.robot();
    expect(await robot.subscribe(room.sandbox.binding().robot)).toBe(0);
    expect(await room.post('robot-callback-url', { url: receiver.url })).toMatchObject({ passed: true });
    expect(await robot.untilClosed()).toBe(true);
  });

  test('a message that fails comes again under its id, a click comes once', async () => {
    receiver.answer = () => ({ status: 500 });
    await room.say('duty', 'duty1', '报告');
    expect(new Set(await receiver.received(4)).size).toBe(1);
    await room.post('robot-callback-url', { url: null });
    const robot = await room.robot();
    await robot.subscribe(room.sandbox.binding().robot);
    await robot.ask('aibot_send_msg', { chatid: room.sandbox.binding().rooms.duty?.chatId, msgtype: 'template_card', template_card: CARD });
    await room.post('robot-callback-url', { url: receiver.url });
    const [card] = await fromBot();
    await room.post('api/click', { message: card?.id, button: 'ack', from: 'duty1' });
    await receiver.received(5);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(receiver.texts).toHaveLength(5);
    expect(await body(4)).toMatchObject({
      msgtype: 'event',
      event: { eventtype: 'template_card_event' },
      response_url: expect.any(String),
    });
  });

  test('a picture comes as a link, encrypted with the callback’s own key, for five minutes', async () => {
    await room.post('api/send', { room: 'dm:duty1', from: 'duty1', kind: 'image', name: '现场.png', data: PNG.toString('base64') });
    const { image } = await body();
    expect(image).not.toHaveProperty('aeskey');
    const { robotCallback } = await room.keys();
    const key = Buffer.from(`${robotCallback.aesKey}=`, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const file = await fetch(image.url);
    const padded = Buffer.concat([decipher.update(Buffer.from(await file.arrayBuffer())), decipher.final()]);
    expect(padded.subarray(0, PNG.length)).toEqual(PNG);
    expect([padded.length % 32, padded.at(-1)]).toEqual([0, padded.length - PNG.length]);
    room.advance(5 * 60_000);
    expect(await (await fetch(image.url)).json()).toMatchObject({ errcode: 40007 });
  });
});

describe('a stream is asked for until it is finished', () => {
  test('each poll has a new id and no link, and each content replaces the earlier one', async () => {
    receiver.answer = (_text, n) => ({ secret: stream(n < 2 ? `处理中${n}` : '已登记', n === 2) });
    await room.say('duty', 'duty1', '报告');
    await receiver.received(3);
    const [first, second, third] = [await body(0), await body(1), await body(2)];
    expect(second).toMatchObject({ msgtype: 'stream', stream: { id: 'S1' }, from: { userid: 'SdDuty1' } });
    for (const field of ['response_url', 'text', 'quote']) expect(second).not.toHaveProperty(field);
    expect(new Set([first.msgid, second.msgid, third.msgid]).size).toBe(3);
    await until(async () => (await fromBot())[0]?.text === '已登记');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(receiver.texts).toHaveLength(3);
    expect(await fromBot()).toHaveLength(1);
  });

  test('six minutes after the message it is over', async () => {
    receiver.answer = (_text, n) => {
      if (n === 2) room.advance(6 * 60_000);
      return { secret: stream(`处理中${n}`, false) };
    };
    await room.say('duty', 'duty1', '报告');
    await receiver.received(3);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(receiver.texts).toHaveLength(3);
  });

  test('a poll that gets anything else is ignored and asked again', async () => {
    receiver.answer = (_text, n) =>
      n === 1 ? { secret: JSON.stringify({ msgtype: 'template_card', template_card: CARD }) } : { secret: stream('好', n === 2) };
    await room.say('duty', 'duty1', '报告');
    await receiver.received(3);
    await until(async () => (await room.calls('passive/robot')).length === 3);
    expect(await fromBot()).toHaveLength(1);
    expect((await room.calls('passive/robot'))[1]?.answer).toEqual({ outcome: 'ignored: a poll is answered by a stream' });
  });

  test('a person’s fourth open stream is not asked for', async () => {
    receiver.answer = (text) => ({
      secret: JSON.stringify({
        msgtype: 'stream',
        stream: { id: JSON.parse(text).stream?.id ?? JSON.parse(text).msgid, finish: false, content: '…' },
      }),
    });
    for (let n = 0; n < 4; n += 1) await room.say('duty', 'duty1', `报告${n}`);
    await until(async () => (await room.calls('passive/robot')).some((call) => JSON.stringify(call.answer).includes('too many streams')));
  });

  test('pictures may stand in the last part', async () => {
    const msg_item = [{ msgtype: 'image', image: { base64: PNG.toString('base64'), md5: createHash('md5').update(PNG).digest('hex') } }];
    receiver.answer = () => ({ secret: stream('见图', true, { msg_item }) });
    await room.say('duty', 'duty1', '报告');
    await passive();
    expect(await fromBot()).toMatchObject([{ text: '见图', files: [{ kind: 'image', bytes: PNG.length }] }]);
  });

  test('a card may stand beside the stream, once', async () => {
    await room.post('api/switches', { uniqueTasks: false });
    const both = (finish: boolean) =>
      JSON.stringify({ msgtype: 'stream_with_template_card', stream: { id: 'S1', finish, content: '见卡' }, template_card: CARD });
    receiver.answer = (_text, n) => ({ secret: n < 2 ? both(false) : stream('完', true) });
    await room.say('duty', 'duty1', '报告');
    await until(async () => (await room.calls('passive/robot')).length === 3);
    expect((await fromBot()).map((message) => message.kind).sort()).toEqual(['card', 'markdown']);
    expect((await room.calls('passive/robot'))[1]?.answer).toMatchObject({ errcode: 40058 });
  });
});

describe('a passive reply must fit its occasion', () => {
  test.each<[string, object, string]>([
    ['plain text', { secret: JSON.stringify({ msgtype: 'text', text: { content: 'x' } }) }, '"errcode":40008'],
    ['another nonce', { secret: stream('x', true), nonce: '1' }, 'nonce differs'],
    ['a timestamp that is no number', { secret: stream('x', true), timestamp: 'now' }, 'envelope'],
    ['a wrong signature', { secret: stream('x', true), signature: 'x' }, 'signature'],
    ['words in the clear', { body: 'hello' }, 'cannot be read'],
    ['20481 bytes', { secret: stream('a'.repeat(20_481), true) }, '"errcode":40058'],
    ['a feedback id of 257 bytes', { secret: stream('x', true, { feedback: { id: 'a'.repeat(257) } }) }, '"errcode":40058'],
    [
      'eleven pictures',
      { secret: stream('x', true, { msg_item: Array.from({ length: 11 }, () => ({ msgtype: 'image', image: { base64: '', md5: '' } })) }) },
      '"errcode":40058',
    ],
  ])('%s is ignored and recorded', async (_title, reply, why) => {
    receiver.answer = () => reply as never;
    await room.say('duty', 'duty1', '报告');
    expect(JSON.stringify((await passive()).answer)).toContain(why);
    expect(await fromBot()).toEqual([]);
  });

  test('an empty answer is always right', async () => {
    await room.say('duty', 'duty1', '报告');
    await receiver.received(1);
    expect(await room.calls('passive/robot')).toEqual([]);
  });

  test('a welcome may be plain text, and comes once a day', async () => {
    receiver.answer = () => ({ secret: JSON.stringify({ msgtype: 'text', text: { content: '您好' } }) });
    const enter = () => room.post('api/enter', { room: 'dm:duty1', from: 'duty1' });
    expect([(await enter()).told, (await enter()).told]).toEqual([true, false]);
    await until(async () => (await fromBot('dm:duty1'))[0]?.text === '您好');
    expect(await body()).not.toHaveProperty('response_url');
  });

  test('a click is answered by a card in place of the clicked one', async () => {
    receiver.answer = () => ({ secret: JSON.stringify({ msgtype: 'template_card', template_card: CARD }) });
    await room.say('duty', 'duty1', '报告');
    const card = await until(async () => (await fromBot())[0]);
    const done = { card_type: 'text_notice', main_title: { title: '已签收' }, card_action: { type: 1, url: 'http://x' }, task_id: 'T1' };
    receiver.answer = () => ({ secret: JSON.stringify({ response_type: 'update_template_card', template_card: done }) });
    await room.post('api/click', { message: card.id, button: 'ack', from: 'leader1' });
    await until(async () => (await fromBot())[0]?.card?.title === '已签收');
  });

  test('feedback takes no answer', async () => {
    receiver.answer = () => ({ secret: stream('谢谢', true) });
    await room.post('api/event', { to: 'robot', room: 'duty', from: 'duty1', event: 'feedback_event', fields: { id: 'F1', type: 1 } });
    expect((await passive()).answer).toEqual({ outcome: 'ignored: this event takes no answer' });
    expect(await body()).toMatchObject({ event: { eventtype: 'feedback_event', feedback_event: { id: 'F1', type: 1 } } });
  });

  test('an answer that comes too late is not looked at', async () => {
    receiver.close();
    await room.close();
    room = await openDutyRoom({ ...QUICK, callback: { ...QUICK.callback, limitMs: 60 } });
    receiver = await Receiver.configured(room, 'robot');
    receiver.answer = () => 'silence';
    await room.say('duty', 'duty1', '报告');
    expect(await receiver.received(4)).toHaveLength(4);
    expect(await fromBot()).toEqual([]);
  });
});

describe('the link for a later answer', () => {
  async function link(place = 'duty'): Promise<string> {
    await room.say(place, 'duty1', '报告');
    return (await body(receiver.texts.length > 0 ? receiver.texts.length - 1 : 0)).response_url;
  }
  const answer = async (url: string, content: object) => (await fetch(url, { method: 'POST', body: JSON.stringify(content) })).json();
  const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } });

  test('shows one message, quoting in a group, and a second one is told ok but shown to nobody', async () => {
    const url = await link();
    expect(await answer(url, markdown('已登记'))).toMatchObject({ errcode: 0 });
    expect(await answer(url, markdown('再来'))).toMatchObject({ errcode: 0 });
    expect(await fromBot()).toMatchObject([{ text: '已登记', quote: { text: '@烽火值班机器人 报告' } }]);
    expect(await room.get('api/drops')).toMatchObject({ drops: [{ why: 'used_response_url' }] });
  });

  test('takes cards, refuses plain text, and a refusal leaves it usable', async () => {
    const url = await link();
    expect(await answer(url, { msgtype: 'text', text: { content: 'x' } })).toMatchObject({ errcode: 40008 });
    expect(await answer(url, markdown('a'.repeat(20_481)))).toMatchObject({ errcode: 40058 });
    expect(await answer(url, { msgtype: 'template_card', template_card: CARD })).toMatchObject({ errcode: 0 });
    expect(await fromBot()).toMatchObject([{ kind: 'card' }]);
  });

  test('is dead after an hour', async () => {
    const url = await link();
    room.advance(3600_000);
    expect(await answer(url, markdown('迟了'))).toMatchObject({ errcode: 60140 });
    expect(await answer(`${url}x`, markdown('x'))).toMatchObject({ errcode: 60140 });
  });
});
