import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WSClient } from '@wecom/aibot-node-sdk';
import { type DutyRoom, openDutyRoom } from '../dutyRoom';

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

async function connected(): Promise<WSClient> {
  const { wsUrl, robot } = room.sandbox.binding();
  const client = new WSClient({ botId: robot.botId, secret: robot.secret, wsUrl, logger: silent });
  clients.push(client);
  await new Promise<void>((resolve) => {
    client.on('authenticated', () => resolve());
    client.connect();
  });
  return client;
}

test('the official client hears a group report, answers with a stream and pushes a reminder', async () => {
  const client = await connected();
  const heard = new Promise<Parameters<WSClient['replyStream']>[0]>((resolve) => client.on('message.text', resolve));
  await room.say('duty', 'duty1', '3人腹痛');
  const frame = await heard;
  await client.replyStream(frame, 'S1', '处理中', false);
  await client.replyStream(frame, 'S1', '已登记 #12', true);
  await client.sendMessage(room.sandbox.binding().rooms.duty?.chatId ?? '', { msgtype: 'markdown', markdown: { content: '**提醒** #12' } });
  const shown = (await room.messages('duty')).map((message) => message.text);
  expect(shown).toEqual(['@烽火值班机器人 3人腹痛', '已登记 #12', '**提醒** #12']);
});

test('the official client is put out by a newer one and stays out', async () => {
  const older = await connected();
  const told = new Promise<unknown>((resolve) => older.on('event.disconnected_event', resolve));
  const newer = await connected();
  await told;
  expect(newer.isConnected).toBe(true);
  expect(older.isConnected).toBe(false);
});
