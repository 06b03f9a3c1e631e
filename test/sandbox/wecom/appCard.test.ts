import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Message } from '../../../src/sandbox/messages';
import { decryptFrame, signatureOf } from '../../../src/sandbox/wecom/crypt';
import { type DutyRoom, listening, openDutyRoom } from '../dutyRoom';

/** A receiver of callbacks that checks the signature and decrypts; it fails the first `failures` deliveries. */
class Receiver {
  readonly texts: string[] = [];
  readonly nonces: string[] = [];
  failures = 0;
  slow = false;
  server: Server = createServer();
  url = '';

  async open(room: DutyRoom): Promise<void> {
    const { callbackToken, callbackAesKey, corpId } = room.sandbox.binding();
    this.server = createServer(async (request, response) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      let body = '';
      for await (const chunk of request) body += chunk;
      const encrypted = query.get('echostr') ?? /<Encrypt><!\[CDATA\[(.*)\]\]>/.exec(body)?.[1] ?? '';
      const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
      expect(query.get('msg_signature')).toBe(signatureOf(callbackToken, timestamp, nonce, encrypted));
      const text = decryptFrame({ aesKey: callbackAesKey, receiveId: corpId }, encrypted);
      if (request.method === 'GET') return void response.end(text);
      this.texts.push(text);
      this.nonces.push(nonce);
      if (this.slow) return;
      response.writeHead(this.texts.length <= this.failures ? 500 : 200).end();
    });
    this.url = `http://127.0.0.1:${await listening(this.server)}/callback`;
  }

  async received(count: number): Promise<string[]> {
    for (let tries = 0; this.texts.length < count && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.texts;
  }
}

let room: DutyRoom;
let receiver: Receiver;
beforeEach(async () => {
  room = await openDutyRoom({ idleCloseMs: 60_000, callback: { limitMs: 60, pauseMs: 10, repeats: 3, verifyMs: 1000, pollMs: 10 } });
  receiver = new Receiver();
  await receiver.open(room);
});
afterEach(async () => {
  receiver.server.closeAllConnections();
  receiver.server.close();
  await room.close();
});

const CARD = {
  card_type: 'button_interaction',
  source: { desc: '烽火值班' },
  main_title: { title: '请签收 #12', desc: '食品安全事件' },
  horizontal_content_list: [{ keyname: '时限', value: '10:30' }],
  task_id: 'T-12',
  button_list: [
    { text: '收到', key: 'ack', style: 1 },
    { text: '无法处理', key: 'decline' },
  ],
};

async function sendCard(): Promise<{ code: string; message: Message }> {
  expect(await room.post('callback-url', { url: receiver.url })).toMatchObject({ status: 200, passed: true });
  const body = { touser: 'SdDuty1|SdLeader1', agentid: room.sandbox.binding().agentId, msgtype: 'template_card', template_card: CARD };
  const answer = await room.wire(`message/send?access_token=${await room.token()}`, body);
  const [message] = await room.messages('dm:duty1');
  return { code: String(answer.response_code), message: message as Message };
}

const update = async (body: object) =>
  room.wire(`message/update_template_card?access_token=${await room.token()}`, { agentid: room.sandbox.binding().agentId, ...body });
const press = (message: Message, button = 'ack', from = 'duty1') => room.post('api/click', { message: message.id, button, from });

describe('a card of the app in a private chat', () => {
  test('its words say everything the card says', async () => {
    const { message } = await sendCard();
    expect(message.text).toBe('请签收 #12\n烽火值班\n食品安全事件\n时限：10:30\n[收到] [无法处理]');
    expect(message.buttons).toEqual([
      { key: 'ack', text: '收到' },
      { key: 'decline', text: '无法处理' },
    ]);
  });

  test('a press arrives encrypted with a code that updates the card once', async () => {
    const { message } = await sendCard();
    expect(await press(message)).toMatchObject({ status: 200 });
    const [xml] = await receiver.received(1);
    expect(xml).toContain('<FromUserName><![CDATA[SdDuty1]]></FromUserName>');
    expect(xml).toContain('<EventKey><![CDATA[ack]]></EventKey>');
    expect(xml).toContain('<TaskId><![CDATA[T-12]]></TaskId>');
    const code = /<ResponseCode><!\[CDATA\[(.*)\]\]>/.exec(xml ?? '')?.[1];
    const change = { userids: ['SdDuty1', 'Nobody'], response_code: code, button: { replace_name: '已签收' } };
    expect(await update(change)).toMatchObject({ errcode: 0, invaliduser: ['nobody'] });
    expect(await room.messages('dm:duty1')).toMatchObject([{ buttons: [], card: { replaced: '已签收' } }]);
    expect((await room.messages('dm:leader1'))[0]?.buttons).toHaveLength(2);
    expect((await update(change)).errcode).toBe(60140);
    expect(await press(message)).toMatchObject({ status: 409, error: { code: 'no_button' } });
  });

  test('a whole new card may take its place', async () => {
    const { code } = await sendCard();
    const template_card = { ...CARD, main_title: { title: '已由带班甲签收' }, button_list: [{ text: '撤回', key: 'undo' }] };
    expect((await update({ atall: 1, response_code: code, template_card })).errcode).toBe(0);
    expect(await room.messages('dm:leader1')).toMatchObject([{ buttons: [{ key: 'undo' }], card: { title: '已由带班甲签收' } }]);
  });

  test('a response code is dead after 72 hours', async () => {
    const { code } = await sendCard();
    room.advance(72 * 3_600_000);
    expect((await update({ atall: 1, response_code: code, button: { replace_name: 'x' } })).errcode).toBe(60140);
  });

  test('an update for nobody, or for somebody who never got the card, is refused and leaves the code usable', async () => {
    const { code } = await sendCard();
    const button = { replace_name: 'x' };
    expect((await update({ response_code: code, button })).errcode).toBe(82101);
    expect((await update({ response_code: code, button, userids: ['SdOffice1'] })).errcode).toBe(82102);
    expect((await update({ response_code: code, button, userids: ['SdDuty1'] })).errcode).toBe(0);
  });
});

describe('an update that is not in order', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => n);
  test.each([
    ['a label without words', { userids: ['SdDuty1'], button: {} }, 42020],
    ['a card with a fault', { userids: ['SdDuty1'], template_card: { ...CARD, card_type: 'song' } }, 42031],
    ['another agent id', { userids: ['SdDuty1'], button: { replace_name: 'x' }, agentid: 1 }, 42015],
    ['1001 people', { userids: many(1001), button: { replace_name: 'x' } }, 40032],
    ['101 departments', { partyids: many(101), button: { replace_name: 'x' } }, 82002],
    ['101 tags', { tagids: many(101), button: { replace_name: 'x' } }, 82003],
  ])('%s', async (_title, change, errcode) => {
    const { code } = await sendCard();
    expect((await update({ response_code: code, ...change })).errcode).toBe(errcode);
    expect((await update({ response_code: code, partyids: [1], button: { replace_name: '已签收' } })).errcode).toBe(0);
    expect(await room.messages('dm:leader1')).toMatchObject([{ card: { replaced: '已签收' } }]);
  });

  test('a code of one app is nothing to another app', async () => {
    const { code } = await sendCard();
    const { secondApp } = await room.keys();
    const { access_token } = await room.wire(`gettoken?corpid=${room.sandbox.binding().corpId}&corpsecret=${secondApp.corpSecret}`);
    const body = { agentid: secondApp.agentId, response_code: code, atall: 1, button: { replace_name: 'x' } };
    expect((await room.wire(`message/update_template_card?access_token=${access_token}`, body)).errcode).toBe(42015);
  });
});

describe('callbacks are repeated as the platform repeats them', () => {
  test('a delivery that fails comes again with the same words under a new nonce', async () => {
    const { message } = await sendCard();
    receiver.failures = 2;
    await press(message);
    const texts = await receiver.received(3);
    expect(new Set(texts).size).toBe(1);
    expect(new Set(receiver.nonces).size).toBe(3);
  });

  test('a receiver that never answers is tried four times in all', async () => {
    const { message } = await sendCard();
    receiver.slow = true;
    await press(message);
    expect(await receiver.received(4)).toHaveLength(4);
  });

  test('a lost callback is never delivered', async () => {
    const { message } = await sendCard();
    await room.post('api/faults', { api: 'callback/app', drop: true, times: 1 });
    await press(message);
    await press(message, 'decline');
    expect((await receiver.received(1))[0]).toContain('decline');
  });

  test('a URL that does not echo to the byte is not kept', async () => {
    const liar = createServer((_request, response) => response.end('x'));
    const url = `http://127.0.0.1:${await listening(liar)}/`;
    expect(await room.sandbox.setCallbackUrl(url)).toBe(false);
    liar.close();
    expect(await room.get('api/state')).toMatchObject({ robot: { callback: false } });
  });
});
