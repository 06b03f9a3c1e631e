import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DING_TIMES } from '../../../src/sandbox/dingtalk/parts';
import { CALM, call, type DingRoom, openDingRoom, QUICK, RawStream } from './dingRoom';

const ROBOT = '/v1.0/im/bot/messages/get';

let room: DingRoom;
beforeEach(async () => {
  room = await openDingRoom(CALM);
});
afterEach(() => room.close());

describe('opening stream mode', () => {
  test('a wrong secret is refused with 401, an incomplete or garbled order with 400', async () => {
    expect(await RawStream.ticket(room.binding, { clientSecret: 'x' })).toMatchObject({ status: 401, code: 'authFailed' });
    expect(await RawStream.ticket(room.binding, { subscriptions: [] })).toMatchObject({ status: 400, code: 'invalidParameter' });
    const garbled = await RawStream.ticket(room.binding, { ua: '坏\n' });
    expect(garbled).toMatchObject({ status: 400, code: 'invalidParameter', message: 'ua invalid', requestid: expect.any(String) });
  });

  test('who does not ask for JSON is answered in XML', async () => {
    const { apiBase, clientId, clientSecret } = room.binding;
    const body = JSON.stringify({ clientId, clientSecret, subscriptions: [{ type: 'EVENT', topic: '*' }] });
    const answer = await room.raw(`${apiBase}/v1.0/gateway/connections/open`, { method: 'POST', body, headers: { accept: 'text/xml' } });
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
      expect.stringContaining('xml'),
      expect.stringMatching(/<ticket>.+<\/ticket>/),
    ]);
  });

  test('a ticket opens one connection, within 90 seconds', async () => {
    const { endpoint, ticket } = await RawStream.ticket(room.binding);
    const url = `${endpoint}?ticket=${encodeURIComponent(String(ticket))}`;
    (await RawStream.connect(url)).close();
    await expect(RawStream.connect(url)).rejects.toThrow('400');
    const late = await RawStream.ticket(room.binding);
    room.advance(90_000);
    await expect(RawStream.connect(`${late.endpoint}?ticket=${encodeURIComponent(String(late.ticket))}`)).rejects.toThrow('400');
  });
});

describe('what a robot hears', () => {
  test('a report in the duty room, with the mention taken out and the blank left', async () => {
    const stream = await room.stream();
    await room.say('duty', 'duty1', '报告 @带班甲 液氨泄漏');
    const frame = await stream.frame(ROBOT);
    expect(frame).toMatchObject({
      specVersion: '1.0',
      type: 'CALLBACK',
      headers: { topic: ROBOT, contentType: 'application/json', time: String(room.now()), messageId: expect.any(String) },
    });
    const { clientId, corpId, chatbotUserId, rooms, people, oapiBase } = room.binding;
    expect(JSON.parse(frame.data)).toMatchObject({
      msgtype: 'text',
      text: { content: ' 报告 @带班甲 液氨泄漏' },
      conversationType: '2',
      conversationId: rooms.duty?.openConversationId,
      conversationTitle: '值班群',
      senderNick: '常值一',
      senderStaffId: people.duty1,
      robotCode: clientId,
      chatbotCorpId: corpId,
      isInAtList: true,
      atUsers: [{ dingtalkId: chatbotUserId }, { staffId: people.leader1 }],
      sessionWebhook: expect.stringContaining(`${oapiBase}/robot/sendBySession?session=`),
      sessionWebhookExpiredTime: room.now() + 5_400_000,
      createAt: room.now(),
    });
  });

  test('in a group nothing without a mention; in a private chat everything', async () => {
    const stream = await room.stream();
    await room.say('duty', 'duty1', '闲聊', { mentionBot: false });
    await room.say('quiet', 'duty1', '机器人不在这个群');
    await room.say('dm:duty1', 'duty1', '你好');
    expect(await stream.heard()).toMatchObject({ conversationType: '1', text: { content: '你好' } });
    expect((await stream.heard()).atUsers).toBeUndefined();
    expect(stream.frames).toHaveLength(1);
  });

  test('a quote names the message, and its send when the server API sent it', async () => {
    const stream = await room.stream();
    const { processQueryKey } = await room.api('robot/groupMessages/send', {
      robotCode: room.binding.robotCode,
      openConversationId: room.binding.rooms.duty?.openConversationId,
      msgKey: 'sampleText',
      msgParam: '{"content":"请 @ 我签收"}',
    });
    const [sent] = await room.messages('duty');
    await room.say('duty', 'duty1', '收到', { quote: sent?.id });
    expect(await stream.heard()).toMatchObject({
      originalProcessQueryKey: processQueryKey,
      text: { isReplyMsg: true, repliedMsg: { senderId: room.binding.chatbotUserId, msgType: 'text', content: { text: '请 @ 我签收' } } },
    });
  });

  test('strangers and senders to an unpublished robot come without a staff id', async () => {
    const stream = await room.stream();
    await room.post('api/standing', { person: 'guest1', outsider: true });
    await room.say('duty', 'guest1', '我是谁');
    expect(await stream.heard()).not.toHaveProperty('senderStaffId');
    await room.post('api/switches', { published: false });
    await room.say('duty', 'duty1', '我是谁');
    expect(await stream.heard(1)).not.toHaveProperty('senderStaffId');
  });

  test.each([
    ['image', { pictureDownloadCode: expect.any(String) }, 'picture'],
    ['voice', { recognition: '到了' }, 'audio'],
    ['video', { videoType: 'bin' }, 'video'],
    ['file', { fileName: '现场.bin' }, 'file'],
  ])('in a private chat also %s, which can be fetched once by its code', async (kind, content, msgtype) => {
    const stream = await room.stream();
    const data = Buffer.from(`bytes of ${kind}`);
    await room.post('api/send', {
      room: 'dm:duty1',
      from: 'duty1',
      kind,
      name: '现场.bin',
      data: data.toString('base64'),
      transcript: '到了',
    });
    const heard = await stream.heard();
    expect(heard).toMatchObject({ msgtype, content });
    const { downloadCode } = heard.content as unknown as { downloadCode: string };
    const { downloadUrl } = await room.api('robot/messageFiles/download', { downloadCode, robotCode: room.binding.robotCode });
    expect(Buffer.from(await (await room.raw(String(downloadUrl))).arrayBuffer())).toEqual(data);
    room.advance(600_000);
    expect((await room.raw(String(downloadUrl))).status).toBe(403);
  });

  test('words with a picture come as rich text; a place as something unknown', async () => {
    const stream = await room.stream();
    const pictures = [{ name: 'a.png', data: 'AAAA' }];
    await room.post('api/send', { room: 'duty', from: 'duty1', kind: 'mixed', text: '请看', pictures });
    expect(await stream.heard()).toMatchObject({ msgtype: 'richText', content: { richText: [{ text: ' 请看' }, { type: 'picture' }] } });
    await room.post('api/send', { room: 'dm:duty1', from: 'duty1', kind: 'location', latitude: 34, longitude: 111, label: '市局' });
    expect(await stream.heard(1)).toMatchObject({ msgtype: 'unknownMsgType' });
  });
});

describe('a push that nobody answers', () => {
  beforeEach(async () => {
    await room.close();
    room = await openDingRoom(QUICK);
  });

  test('comes again with a new message id and the same msgId, until it is answered', async () => {
    const stream = await room.stream();
    await room.say('duty', 'duty1', '报告');
    const [first, second] = [await stream.frame(ROBOT), await stream.frame(ROBOT, 1)];
    expect(second.headers.messageId).not.toBe(first.headers.messageId);
    expect(second.data).toBe(first.data);
    stream.answer(second, { response: null });
    await room.say('dm:duty1', 'duty1', '另一条');
    stream.answer(await stream.frame(ROBOT, 2), { response: {} });
    await new Promise((resolve) => setTimeout(resolve, QUICK.answerMs * 2));
    expect(stream.frames).toHaveLength(3);
    const answers = (await room.calls('stream/robot')).map((entry) => entry.answer);
    expect(answers).toEqual(['unanswered', expect.objectContaining({ code: 200 }), expect.objectContaining({ code: 200 })]);
  });

  test('is lost when the platform does not repeat', async () => {
    await room.post('api/switches', { redelivery: false });
    await room.say('duty', 'duty1', '没有人听');
    await new Promise((resolve) => setTimeout(resolve, QUICK.answerMs * 2));
    const stream = await room.stream();
    await room.say('duty', 'duty1', '有人听了');
    expect(await stream.heard()).toMatchObject({ text: { content: ' 有人听了' } });
  });

  test('said while nobody is connected reaches whoever connects in time', async () => {
    await room.say('duty', 'duty1', '报告');
    const stream = await room.stream();
    expect(await stream.heard()).toMatchObject({ text: { content: ' 报告' } });
  });

  test('an event comes again under the same event id until it is a success', async () => {
    const stream = await room.stream();
    await room.post('api/event', { event: 'user_leave_org', fields: { userId: ['x'] } });
    const first = await stream.frame('*');
    expect(first.headers).toMatchObject({ eventType: 'user_leave_org', eventCorpId: room.binding.corpId, eventId: expect.any(String) });
    stream.answer(first, { status: 'LATER', message: '稍后' });
    const second = await stream.frame('*', 1);
    expect(second.headers.eventId).toBe(first.headers.eventId);
    stream.answer(second, { status: 'SUCCESS' });
    await room.post('api/event', { event: 'chat_quit' });
    expect((await stream.frame('*', 2)).headers.eventType).toBe('chat_quit');
  });

  test('copies bear one msgId and reach the connections at random', async () => {
    const [one, other] = [await room.stream(), await room.stream()];
    await room.say('duty', 'duty1', '报告', { copies: 40 });
    const all = () => [...one.frames, ...other.frames];
    for (let tries = 0; all().length < 40 && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(new Set(all().map((frame) => JSON.parse(frame.data).msgId)).size).toBe(1);
    expect(one.frames.length).toBeGreaterThan(0);
    expect(other.frames.length).toBeGreaterThan(0);
  });

  test('goes only to connections that asked for its topic', async () => {
    const events = await room.stream([['EVENT', '*']]);
    const robot = await room.stream([['CALLBACK', ROBOT]]);
    await room.say('duty', 'duty1', '报告', { copies: 10 });
    await robot.frame(ROBOT, 9);
    expect(events.frames).toEqual([]);
  });
});

describe('the life of a connection', () => {
  test('an expiring one is told, gets nothing new, and is closed', async () => {
    const old = await room.stream();
    expect(await room.post('api/line', { expire: true })).toMatchObject({ met: 1 });
    const frame = await old.frame('disconnect');
    expect(JSON.parse(frame.data)).toEqual({ reason: 'connection is expired' });
    const next = await room.stream();
    await room.say('duty', 'duty1', '报告');
    await next.frame(ROBOT);
    await old.ended();
    expect(old.frames).toHaveLength(1);
  });

  test('a zombie is told and never closed; a cut one is not told', async () => {
    const zombie = await room.stream();
    await room.post('api/line', { expire: true, zombie: true });
    await zombie.frame('disconnect');
    const cut = await room.stream();
    await new Promise((resolve) => setTimeout(resolve, QUICK.closeAfterMs * 2));
    expect(zombie.closed).toBe(false);
    await room.post('api/line', { drop: true });
    await cut.ended();
    expect(cut.frames).toEqual([]);
  });

  test('connections replaced all the time lose no message, as long as the platform repeats it', async () => {
    await room.close();
    room = await openDingRoom({ ...QUICK, repeats: 100 });
    await room.post('api/switches', { qps: 10_000 });
    await room.post('api/line', { expireEveryMs: 15 });
    const heard = new Set<string>();
    let stopped = false;
    const listen = async () => {
      while (!stopped) {
        const stream = await room.stream();
        for (let over = false; !over && !stopped; ) {
          for (const frame of stream.frames.splice(0)) {
            over ||= frame.headers.topic === 'disconnect';
            if (frame.type !== 'CALLBACK') continue;
            heard.add(JSON.parse(frame.data).msgId);
            stream.answer(frame, { response: null });
          }
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      }
    };
    const listening = listen();
    for (let n = 0; n < 20; n += 1) await room.say('duty', 'duty1', `第${n}条`);
    for (let tries = 0; heard.size < 20 && tries < 1000; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    stopped = true;
    await listening;
    expect(heard.size).toBe(20);
  });

  test('frames of no known kind come between the good ones', async () => {
    const stream = await room.stream();
    const raw = new Promise((resolve) => stream.onText(resolve));
    await room.post('api/line', { dirtyFrames: 1 });
    expect(await raw).toContain('specVersion');
    await room.say('dm:duty1', 'duty1', '还在吗');
    expect(await stream.heard()).toMatchObject({ text: { content: '还在吗' } });
  });
});

describe('pings', () => {
  test('a connection that echoes lives on, one that does not is closed', async () => {
    await room.close();
    room = await openDingRoom({ ...DING_TIMES, pingMs: 20, pongMs: 60 });
    const [good, deaf] = [await room.stream(), await room.stream()];
    for (let n = 0; n < 3; n += 1) {
      const frame = await good.frame('ping', n);
      good.answer(frame, frame.data);
    }
    await deaf.ended();
    expect(good.closed).toBe(false);
  });
});

test('an unknown host, path or method is refused in the manner of the host', async () => {
  const { apiBase, oapiBase } = room.binding;
  expect(await call(`${apiBase}/v1.0/robot/nothing`, {})).toMatchObject({ status: 404, code: 'InvalidAction.NotFound' });
  expect(await call(`${oapiBase}/topapi/nothing`, {})).toMatchObject({ status: 200, errcode: 404 });
  expect(await call(`${oapiBase}/topapi/v2/user/get`)).toMatchObject({ status: 200, errcode: 43002 });
  expect((await room.raw(apiBase.replace(/api$/, 'elsewhere/x'))).status).toBe(404);
});
