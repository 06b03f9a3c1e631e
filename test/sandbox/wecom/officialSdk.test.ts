import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WSClient, type WsFrame } from '@wecom/aibot-node-sdk';
import { amr, type DutyRoom, MP4, openDutyRoom, PNG } from '../dutyRoom';

let room: DutyRoom;
const clients: WSClient[] = [];
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await room.close();
});

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const options = { heartbeatInterval: 40, reconnectInterval: 20, maxReconnectAttempts: 5 };

async function connected(more: object = {}): Promise<WSClient> {
  const { wsUrl, robot } = room.sandbox.binding();
  const client = new WSClient({ botId: robot.botId, secret: robot.secret, wsUrl, logger: silent, ...options, ...more });
  clients.push(client);
  await new Promise<void>((resolve) => {
    client.on('authenticated', () => resolve());
    client.connect();
  });
  return client;
}

type Heard = Parameters<Parameters<WSClient['on']>[1]>[0];
const next = (client: WSClient, event: Parameters<WSClient['on']>[0]) =>
  new Promise<WsFrame & { body: Record<string, never> }>(
    (resolve) => void client.once(event, ((frame: Heard) => resolve(frame as never)) as never),
  );
async function said(client: WSClient, text = '3人腹痛'): Promise<WsFrame> {
  const heard = next(client, 'message.text');
  await room.say('duty', 'duty1', text);
  return heard;
}
const shown = async (place = 'duty') => (await room.messages(place)).filter((message) => message.fromBot);
const chat = () => room.sandbox.binding().rooms.duty?.chatId ?? '';
const CARD = {
  card_type: 'button_interaction',
  main_title: { title: '签收 #12' },
  task_id: 'T-12',
  button_list: [{ text: '收到', key: 'ack' }],
};
const NOTICE = { card_type: 'text_notice', main_title: { title: '已签收' }, card_action: { type: 1 as const, url: 'http://127.0.0.1/' } };

test('the official client hears a group report, answers with a stream and pushes a reminder', async () => {
  const client = await connected();
  const frame = await said(client);
  await client.replyStream(frame, 'S1', '处理中', false);
  await client.replyStream(frame, 'S1', '已登记 #12', true, undefined, { id: 'F1' });
  await client.sendMessage(chat(), { msgtype: 'markdown', markdown: { content: '**提醒** #12' } });
  await client.sendMessage(chat(), { msgtype: 'template_card', template_card: CARD });
  expect((await shown()).map((message) => message.text)).toEqual(['已登记 #12', '**提醒** #12', '签收 #12\n[收到]']);
});

test('a refused call reaches the caller of the official client with its code', async () => {
  const client = await connected();
  await expect(client.sendMessage('wrNobody', { msgtype: 'markdown', markdown: { content: 'x' } })).rejects.toMatchObject({
    errcode: 93006,
  });
});

test('the generic reply, the reply by card and the reply that does not wait', async () => {
  const client = await connected();
  const frame = await said(client);
  await client.reply(frame, { msgtype: 'markdown', markdown: { content: '收到' } });
  await client.replyTemplateCard(frame, CARD, { id: 'F1' });
  const first = client.replyStreamNonBlocking(frame, 'S2', '甲', false);
  expect(client.hasPendingReplyAck(frame)).toBe(true);
  expect(await client.replyStreamNonBlocking(frame, 'S2', '乙', false)).toBe('skipped');
  await first;
  await client.replyStreamNonBlocking(frame, 'S2', '丙', true);
  expect(client.hasPendingReplyAck(frame)).toBe(false);
  expect((await shown()).map((message) => message.text)).toEqual(['收到', '签收 #12\n[收到]', '丙']);
});

test('stream with card and pictures in a stream are refused, unless the tenant takes them', async () => {
  const client = await connected();
  const frame = await said(client);
  await expect(client.replyStreamWithCard(frame, 'S1', '见卡', true, { templateCard: CARD })).rejects.toMatchObject({ errcode: 40008 });
  await room.post('api/switches', { socketExtras: true });
  const md5 = createHash('md5').update(PNG).digest('hex');
  const picture = { msgtype: 'image' as const, image: { base64: PNG.toString('base64'), md5 } };
  await client.replyStreamWithCard(frame, 'S1', '见卡', false, {
    templateCard: CARD,
    streamFeedback: { id: 'F1' },
    cardFeedback: { id: 'F2' },
  });
  await client.replyStreamWithCard(frame, 'S1', '见卡见图', true, { msgItem: [picture] });
  expect((await shown()).map((message) => [message.kind, message.files?.length ?? 0]).sort()).toEqual([
    ['card', 0],
    ['markdown', 1],
  ]);
});

test('a welcome in words or as a card, within five seconds of entering', async () => {
  const client = await connected();
  const words = next(client, 'event.enter_chat');
  await room.post('api/enter', { room: 'dm:duty1', from: 'duty1' });
  await client.replyWelcome(await words, { msgtype: 'text', text: { content: '您好' } });
  const card = next(client, 'event.enter_chat');
  await room.post('api/enter', { room: 'dm:leader1', from: 'leader1' });
  await client.replyWelcome(await card, { msgtype: 'template_card', template_card: CARD });
  expect(await shown('dm:duty1')).toMatchObject([{ text: '您好' }]);
  expect(await shown('dm:leader1')).toMatchObject([{ kind: 'card' }]);
});

test('a pressed button is told and its card replaced', async () => {
  const client = await connected();
  await client.sendMessage(chat(), { msgtype: 'template_card', template_card: CARD });
  const pressed = next(client, 'event.template_card_event');
  const [card] = await shown();
  await room.post('api/click', { message: card?.id, button: 'ack', from: 'leader1' });
  await client.updateTemplateCard(await pressed, { ...NOTICE, task_id: 'T-12' }, ['SdLeader1']);
  expect(await shown()).toMatchObject([{ card: { title: '签收 #12', faces: { leader1: { title: '已签收' } } } }]);
});

test('feedback is told', async () => {
  const client = await connected();
  const told = next(client, 'event.feedback_event');
  await room.post('api/event', {
    to: 'robot',
    room: 'duty',
    from: 'duty1',
    event: 'feedback_event',
    fields: { id: 'F1', type: 2, content: '不准' },
  });
  expect((await told).body).toMatchObject({ event: { feedback_event: { id: 'F1', type: 2 } } });
});

describe('files', () => {
  test('a file of several pieces is uploaded, pushed and given as a reply', async () => {
    const client = await connected();
    const paper = Buffer.alloc((1 << 20) + 7, 'a');
    const { media_id: id } = await client.uploadMedia(paper, { type: 'file', filename: '值班日报.docx' });
    await client.sendMediaMessage(chat(), 'file', id);
    await client.replyMedia(await said(client), 'file', id);
    expect(await shown()).toMatchObject([1, 2].map(() => ({ kind: 'file', file: { name: '值班日报.docx', bytes: paper.length } })));
  });

  test.each<['image' | 'voice' | 'video', Buffer]>([
    ['image', PNG],
    ['voice', amr(2)],
    ['video', MP4],
  ])('%s', async (kind, data) => {
    const client = await connected();
    const { media_id: id } = await client.uploadMedia(data, { type: kind, filename: `a.${kind}` });
    await client.sendMediaMessage(chat(), kind, id, { title: '现场', description: '一楼' });
    expect(await shown()).toMatchObject([{ kind, file: { bytes: data.length } }]);
  });

  test.each<['image' | 'file' | 'video', Buffer]>([
    ['image', PNG],
    ['file', Buffer.from('hello docx')],
    ['video', MP4],
  ])('what a person sends in private can be fetched: %s', async (kind, data) => {
    const client = await connected();
    const heard = next(client, `message.${kind}`);
    await room.post('api/send', { room: 'dm:duty1', from: 'duty1', kind, name: '现场 一.bin', data: data.toString('base64') });
    const { url, aeskey } = (await heard).body[kind] as unknown as { url: string; aeskey: string };
    const file = await client.downloadFile(url, aeskey);
    expect([file.filename, file.buffer]).toEqual(['现场 一.bin', data]);
    const { buffer } = await client.api.downloadFileRaw(url);
    expect([buffer.length % 32, buffer.equals(data)]).toEqual([0, false]);
  });

  test('a voice comes as its words, and words with pictures as a mixture, in groups too', async () => {
    const client = await connected();
    const voice = next(client, 'message.voice');
    await room.post('api/send', {
      room: 'dm:duty1',
      from: 'duty1',
      kind: 'voice',
      name: 'v.amr',
      data: amr(2).toString('base64'),
      transcript: '到了',
    });
    expect((await voice).body).toMatchObject({ voice: { content: '到了' } });
    const mixed = next(client, 'message.mixed');
    const pictures = [{ name: 'a.png', data: PNG.toString('base64') }];
    await room.post('api/send', { room: 'duty', from: 'duty1', kind: 'mixed', text: '请看', pictures });
    expect((await mixed).body).toMatchObject({
      mixed: {
        msg_item: [
          { msgtype: 'text', text: { content: '@烽火值班机器人 请看' } },
          { msgtype: 'image', image: { url: expect.any(String), aeskey: expect.any(String) } },
        ],
      },
    });
  });
});

describe('the connection', () => {
  test('the official client is put out by a newer one and stays out', async () => {
    const older = await connected();
    const told = next(older, 'event.disconnected_event');
    const newer = await connected();
    await told;
    expect(newer.isConnected).toBe(true);
    expect(older.isConnected).toBe(false);
  });

  test('it notices a half-open line by two missing pongs and comes back', async () => {
    const client = await connected();
    const again = next(client, 'authenticated');
    expect(await room.post('api/line', { halfOpen: true })).toEqual({ status: 200, met: 1 });
    await again;
    await said(client);
  });

  test('it comes back after a drop and hears again', async () => {
    const client = await connected();
    const again = next(client, 'authenticated');
    await room.post('api/line', { drop: true });
    await again;
    await said(client);
  });

  test('it reads frames with raw control characters', async () => {
    const client = await connected();
    await room.post('api/line', { dirtyFrames: 1 });
    expect((await said(client, '脏帧')).body).toMatchObject({ text: { content: '@烽火值班机器人 脏帧' } });
  });

  test('a wrong secret is refused until it gives up', async () => {
    const { wsUrl, robot } = room.sandbox.binding();
    const client = new WSClient({
      botId: robot.botId,
      secret: 'wrong',
      wsUrl,
      logger: silent,
      ...options,
      maxAuthFailureAttempts: 1,
    } as never);
    clients.push(client);
    const failed = next(client, 'error');
    client.connect();
    await failed;
    expect((await room.calls('aibot_subscribe'))[0]?.answer).toMatchObject({ errcode: 853000 });
  });
});
