/** The platform's own stream client against the simulator: only the two addresses that are built into it are bent to this machine. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { DWClient, type DWClientDownStream, EventAck, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream';
import { call, type DingRoom, openDingRoom, QUICK } from './dingRoom';

/** The client reads its addresses out of this object at every call. */
const addresses: Record<string, string> = jest.requireActual('dingtalk-stream/constants');

/** An answer may take a while on a busy machine; what is not answered still comes again soon. */
const TIMES = { ...QUICK, answerMs: 500 };

let room: DingRoom;
let clients: DWClient[];
beforeEach(async () => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
  room = await openDingRoom(TIMES);
  bend();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await room.close();
  jest.restoreAllMocks();
});

function bend(): void {
  addresses.GATEWAY_URL = `${room.binding.apiBase}/v1.0/gateway/connections/open`;
  addresses.GET_TOKEN_URL = `${room.binding.oapiBase}/gettoken`;
}

function clientWith(more: object = {}): DWClient {
  const { clientId, clientSecret } = room.binding;
  const subscriptions = [{ type: 'EVENT', topic: '*' }];
  const client = new DWClient({ clientId, clientSecret, subscriptions, autoReconnect: false, ...more } as never);
  clients.push(client);
  return client;
}

const next = (client: DWClient, topic: string) => new Promise<DWClientDownStream>((resolve) => client.once(topic, resolve));
const listening = async (client: DWClient, ...topics: string[]) => {
  for (const topic of topics) client.registerCallbackListener(topic, () => undefined);
  await client.connect();
  return client;
};

test('it hears a report, acknowledges it once and answers by the address in it', async () => {
  const client = await listening(clientWith(), TOPIC_ROBOT);
  const coming = next(client, TOPIC_ROBOT);
  await room.say('duty', 'duty1', '报告 液氨泄漏');
  const frame = await coming;
  const message = JSON.parse(frame.data);
  expect(message.text.content.trim()).toBe('报告 液氨泄漏');
  client.socketCallBackResponse(frame.headers.messageId, null);
  expect(await call(message.sessionWebhook, { msgtype: 'text', text: { content: '已登记 #1' } })).toMatchObject({ errcode: 0 });
  expect((await room.messages('duty')).at(-1)).toMatchObject({ text: '已登记 #1' });
  await new Promise((resolve) => setTimeout(resolve, TIMES.answerMs * 2));
  expect(await room.calls('stream/robot')).toMatchObject([{ answer: { code: 200, data: '{"response":null}' } }]);
});

test('what its listener forgets to answer comes again', async () => {
  const client = await listening(clientWith(), TOPIC_ROBOT);
  const first = next(client, TOPIC_ROBOT);
  await room.say('duty', 'duty1', '报告');
  const one = await first;
  const other = await next(client, TOPIC_ROBOT);
  expect([JSON.parse(other.data).msgId, other.headers.messageId === one.headers.messageId]).toEqual([JSON.parse(one.data).msgId, false]);
  client.socketCallBackResponse(other.headers.messageId, {});
});

test('its answer to a press changes the card', async () => {
  const client = await listening(clientWith(), TOPIC_CARD);
  const { cardTemplateId, robotCode, rooms } = room.binding;
  await room.api('card/instances/createAndDeliver', {
    cardTemplateId,
    outTrackId: 'inc-1',
    callbackType: 'STREAM',
    cardData: { cardParamMap: { title: '签收', buttons: '[{"id":"ack","text":"收到"}]' } },
    openSpaceId: `dtv1.card//IM_GROUP.${rooms.duty?.openConversationId}`,
    imGroupOpenSpaceModel: {},
    imGroupOpenDeliverModel: { robotCode },
  });
  const [card] = await room.messages('duty');
  const coming = next(client, TOPIC_CARD);
  await room.post('api/click', { message: card?.id, button: 'ack', from: 'leader1' });
  const frame = await coming;
  const answer = { cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap: { status: '已签收' } } };
  client.socketCallBackResponse(frame.headers.messageId, answer);
  const shown = async () => (await room.messages('duty'))[0]?.card?.replaced;
  for (let tries = 0; (await shown()) === undefined && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await shown()).toBe('已签收');
});

test('an event that its listener puts off comes again until it is a success', async () => {
  const seen: string[] = [];
  const client = clientWith();
  const done = new Promise<void>((resolve) => {
    client.registerAllEventListener(({ headers }) => {
      seen.push(`${headers.eventType} ${headers.eventId}`);
      if (seen.length === 1) return { status: EventAck.LATER };
      resolve();
      return { status: EventAck.SUCCESS };
    });
  });
  await client.connect();
  await room.post('api/event', { event: 'user_leave_org', fields: { userId: ['x'] } });
  await done;
  expect(new Set(seen).size).toBe(1);
});

test('it answers pings and so stays', async () => {
  await room.close();
  room = await openDingRoom({ ...TIMES, pingMs: 30, pongMs: 1000 });
  bend();
  const client = await listening(clientWith(), TOPIC_ROBOT);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(client.connected).toBe(true);
  expect(await room.get('api/keys')).toMatchObject({ connections: 1 });
});

test('told that its connection expires, it comes back after the close and hears again', async () => {
  const client = await listening(clientWith({ autoReconnect: true }), TOPIC_ROBOT);
  await room.post('api/line', { expire: true });
  const coming = next(client, TOPIC_ROBOT);
  for (let tries = 0; tries < 400; tries += 1) {
    const { connections } = await room.get<{ connections: number }>('api/keys');
    if (connections === 1 && client.connected) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await room.say('duty', 'duty1', '还在吗');
  expect(JSON.parse((await coming).data).text.content).toBe(' 还在吗');
  client.disconnect();
});

test('it gets an access token, and no connection with a wrong secret', async () => {
  expect(await clientWith().getAccessToken()).toMatch(/^[0-9a-f]{32}$/);
  await expect(clientWith({ clientSecret: 'wrong' }).getEndpoint()).rejects.toMatchObject({
    response: { status: 401, data: { code: 'authFailed' } },
  });
});
