import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decryptEvent, encryptEvent, eventSignature } from '../../../src/sandbox/dingtalk/eventCrypt';
import { signFault } from '../../../src/sandbox/dingtalk/sign';
import { listening } from '../dutyRoom';
import { type DingRoom, openDingRoom, QUICK } from './dingRoom';

interface Got {
  readonly headers: Record<string, string>;
  readonly query: URLSearchParams;
  readonly body: Record<string, never>;
}

let room: DingRoom;
let bot: Server;
let url: string;
let got: Got[];
let answer: (got: Got) => string;
beforeEach(async () => {
  room = await openDingRoom(QUICK);
  got = [];
  answer = () => '{}';
  bot = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const one = { headers: request.headers as Record<string, string>, query, body: JSON.parse(text) };
    got.push(one);
    response.end(answer(one));
  });
  url = `http://127.0.0.1:${await listening(bot)}/callback`;
});
afterEach(async () => {
  bot.close();
  bot.closeAllConnections();
  await room.close();
});

async function arrived(count: number): Promise<Got[]> {
  for (let tries = 0; got.length < count && tries < 400; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  return got;
}

describe('the robot over HTTP', () => {
  const sent = async () => {
    await room.say('duty', 'duty1', '报告');
    return (await arrived(1))[0] as Got;
  };
  const faultOf = ({ headers }: Got) =>
    signFault({ timestamp: headers.timestamp ?? '', sign: headers.sign ?? '' }, room.binding.clientSecret, room.now());

  test('gets the same object with a signed header, once, instead of over the stream', async () => {
    const stream = await room.stream();
    expect(await room.post('robot-callback-url', { url })).toMatchObject({ passed: true });
    const one = await sent();
    expect(faultOf(one)).toBeNull();
    expect(one.body).toMatchObject({ msgtype: 'text', text: { content: ' 报告' }, senderStaffId: 'DtDuty1' });
    await new Promise((resolve) => setTimeout(resolve, QUICK.answerMs * 2));
    expect([got.length, stream.frames.length]).toEqual([1, 0]);
    expect(await room.calls('callback/robot')).toMatchObject([{ room: 'duty', answer: { status: 200, body: '{}' } }]);
    await room.post('robot-callback-url', { url: null });
    await room.say('duty', 'duty1', '回到长连接');
    expect(await stream.heard()).toMatchObject({ text: { content: ' 回到长连接' } });
  });

  test.each([
    ['wrong', 'mismatch'],
    ['stale', 'stale'],
  ] as const)('can come with a %s signature, which a receiver must notice', async (callbackSign, fault) => {
    await room.post('robot-callback-url', { url });
    await room.post('api/switches', { callbackSign });
    expect(faultOf(await sent())).toBe(fault);
  });

  test('an address on another machine is refused', async () => {
    expect(await room.post('robot-callback-url', { url: 'http://example.org/' })).toMatchObject({ status: 400 });
  });
});

describe('events over HTTP', () => {
  const keys = () => ({ aesKey: room.binding.event.aesKey, ownerKey: room.binding.clientId });
  const eventOf = ({ query, body }: Got) => {
    const signed = eventSignature(room.binding.event.token, query.get('timestamp') ?? '', query.get('nonce') ?? '', String(body.encrypt));
    expect([query.get('msg_signature'), query.get('signature')]).toEqual([signed, signed]);
    return JSON.parse(decryptEvent(keys(), String(body.encrypt)));
  };
  const sealed = (word: string, token = room.binding.event.token) => {
    const encrypt = encryptEvent(keys(), word);
    return JSON.stringify({ msg_signature: eventSignature(token, '1', 'n', encrypt), timeStamp: '1', nonce: 'n', encrypt });
  };

  test.each([32, 16] as const)(
    'are encrypted, checked when the address is saved, and named with capitals (padding %i)',
    async (eventPadding) => {
      await room.post('api/switches', { eventPadding });
      answer = () => sealed('success');
      expect(await room.post('callback-url', { url })).toMatchObject({ passed: true });
      await room.post('api/event', { event: 'chat_update_title', fields: { chatId: 'c1', title: '值班室' } });
      const events = (await arrived(2)).map(eventOf);
      expect(events).toMatchObject([
        { EventType: 'check_url' },
        { EventType: 'chat_update_title', CorpId: room.binding.corpId, ChatId: 'c1', Title: '值班室', TimeStamp: String(room.now()) },
      ]);
    },
  );

  test.each([
    ['in the clear', () => 'success'],
    ['with another word', () => sealed('fail')],
    ['signed with another token', () => sealed('success', 'other')],
  ])('an address that answers %s is not kept', async (_title, reply) => {
    answer = reply;
    expect(await room.post('event-callback-url', { url })).toMatchObject({ passed: false });
    const stream = await room.stream();
    await room.post('api/event', { event: 'chat_quit' });
    expect((await stream.frame('*')).headers.eventType).toBe('chat_quit');
  });

  test('that are not answered rightly come again', async () => {
    answer = () => sealed('success');
    await room.post('event-callback-url', { url });
    answer = () => (got.length < 3 ? 'later' : sealed('success'));
    await room.post('api/event', { event: 'chat_quit' });
    expect((await arrived(3)).map(eventOf).map((event) => event.EventType)).toEqual(['check_url', 'chat_quit', 'chat_quit']);
  });
});
