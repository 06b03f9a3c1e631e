import { describe, expect, test } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import { createWecom } from '../../../../src/bot/wecom';
import type { CallbackReading, Inbound } from '../../../../src/ports/platform';
import { NOW, testDeps } from '../../wire/support';
import { AES_KEY, binding, URL_ROBOT } from '../support';

const TENANT = binding({ robot: URL_ROBOT });
const SECONDS = NOW / 1000;
const RESPONSE = 'http://127.0.0.1:9/cgi-bin/aibot/response?response_code=RC';

function read(body: unknown, changes: { key?: string; receiveId?: string; token?: string } = {}): CallbackReading {
  const cipher = encrypt(AES_KEY, typeof body === 'string' ? body : JSON.stringify(body), changes.receiveId ?? '');
  const timestamp = String(SECONDS);
  const query = { msg_signature: getSignature(changes.token ?? URL_ROBOT.callbackToken, timestamp, 'n1', cipher), timestamp, nonce: 'n1' };
  const envelope = Buffer.from(JSON.stringify({ tousername: 'x', [changes.key ?? 'encrypt']: cipher }));
  return createWecom(TENANT, testDeps()).intake.read({ method: 'POST', kind: 'robot', query, body: envelope });
}

function one(body: Record<string, unknown>): Inbound | undefined {
  const reading = read({ msgid: 'M1', aibotid: 'BOT', from: { userid: 'ZhangSan' }, chattype: 'single', ...body });
  return reading.is === 'taken' ? reading.messages[0] : undefined;
}

describe('a robot that is heard over its callback address', () => {
  test('has that address, and no long connection', () => {
    const wecom = createWecom(TENANT, testDeps());
    expect(wecom.intake.kinds).toEqual(['app', 'robot']);
    expect(wecom.connection).toBeNull();
    expect(wecom.channels.find((channel) => channel.id === 'wecom.robot')?.via).toBe('http');
    expect(createWecom(binding(), testDeps()).intake.kinds).toEqual(['app']);
  });

  test('proves the address by the text that the console sent', () => {
    const cipher = encrypt(AES_KEY, '6543210987', '');
    const query = {
      msg_signature: getSignature(URL_ROBOT.callbackToken, String(SECONDS), 'n1', cipher),
      timestamp: String(SECONDS),
      nonce: 'n1',
    };
    const { intake } = createWecom(TENANT, testDeps());
    expect(intake.read({ method: 'GET', kind: 'robot', query: { ...query, echostr: cipher }, body: new Uint8Array() })).toEqual({
      is: 'verified',
      body: '6543210987',
    });
  });

  test('hands on a message with the address that takes one answer', () => {
    const group = { chatid: 'wrDuty', chattype: 'group', msgtype: 'text', text: { content: '@值班 机器人 在岗' }, response_url: RESPONSE };
    expect(one(group)).toEqual({
      tenant: 'city',
      source: 'robot',
      dedupeKey: 'M1',
      chat: { id: 'wrDuty', kind: 'group' },
      account: 'zhangsan',
      sentAt: null,
      content: { is: 'text', text: '在岗', quote: null },
      ticket: { kind: 'robot_url', responseUrl: RESPONSE, until: String(NOW + 55 * 60_000) },
    });
  });

  test('a press brings its key and what was chosen; one choice may come without a list', () => {
    const event = (selected_item: unknown) => ({
      msgtype: 'event',
      response_url: RESPONSE,
      event: {
        eventtype: 'template_card_event',
        template_card_event: { event_key: 'send', task_id: 'T1', selected_items: { selected_item } },
      },
    });
    const chosen = { question_key: 'q1', option_ids: { option_id: ['o1', 'o2'] } };
    expect(one(event([chosen]))?.content).toEqual({ is: 'click', key: 'send', choices: { q1: ['o1', 'o2'] } });
    expect(one(event({ question_key: 'q1', option_ids: { option_id: 'o1' } }))?.content).toMatchObject({ choices: { q1: ['o1'] } });
    expect(one(event('nonsense'))?.content).toEqual({ is: 'click', key: 'send' });
    expect(one(event([chosen]))?.ticket).toMatchObject({ kind: 'robot_url' });
  });

  test.each(['encrypt', 'Encrypt', 'ENCRYPT'])('the envelope may spell %s', (key) => {
    expect(read({ msgid: 'M', from: { userid: 'a' }, msgtype: 'text', text: { content: 'x' } }, { key }).is).toBe('taken');
  });

  test('the platform’s asking for the rest of a stream is nothing to store', () => {
    expect(read({ msgid: 'M', from: { userid: 'a' }, msgtype: 'stream', stream: { id: 'S' } })).toEqual({ is: 'taken', messages: [] });
    expect(read({ msgid: 'M', msgtype: 'event', event: { eventtype: 'auth_change_event' } })).toEqual({ is: 'taken', messages: [] });
  });

  test('what is meant for an enterprise, signed with another token, long written or no JSON is refused', () => {
    const text = { msgid: 'M', from: { userid: 'a' }, msgtype: 'text', text: { content: 'x' } };
    expect(read(text, { receiveId: 'wwcorp' })).toMatchObject({ status: 400, code: '-40005' });
    expect(read(text, { token: 'DutyRoomToken2026' })).toMatchObject({ status: 401, code: '-40001' });
    expect(read({ ...text, create_time: SECONDS - 1801 })).toMatchObject({ status: 401, code: 'stale_message' });
    expect(read({ ...text, create_time: SECONDS - 1800 })).toMatchObject({ is: 'taken' });
    expect(read('<xml></xml>')).toMatchObject({ status: 400, code: '-40002' });
    expect(read({ ...text, msgid: '' })).toMatchObject({ status: 400, code: '-40002' });
  });
});

describe('every kind that the platform sends', () => {
  test.each([
    ['text', { text: { content: 'x' } }, { is: 'text', text: 'x', quote: null }],
    ['voice', { voice: { content: '听写' } }, { is: 'text', text: '听写', quote: null }],
    [
      'mixed',
      {
        mixed: {
          msg_item: [
            { msgtype: 'image', image: {} },
            { msgtype: 'text', text: { content: '图' } },
          ],
        },
      },
      { is: 'text', text: '图', quote: null },
    ],
    ['text', { text: { content: 'x' }, quote: { msgtype: 'text', text: { content: '#12' } } }, { is: 'text', text: 'x', quote: '#12' }],
    ['text', { text: { content: 'x' }, quote: { msgtype: 'video', video: { url: 'u' } } }, { is: 'text', text: 'x', quote: null }],
    ['image', { image: { url: 'u' } }, { is: 'other', what: 'image' }],
    ['file', { file: { url: 'u' } }, { is: 'other', what: 'file' }],
    ['video', { video: { url: 'u' } }, { is: 'other', what: 'video' }],
    ['hologram', { text: 5, voice: 'x', mixed: [] }, { is: 'other', what: 'hologram' }],
    ['event', { event: { eventtype: 'enter_chat' } }, { is: 'entered' }],
    [
      'event',
      { event: { eventtype: 'feedback_event', feedback_event: { id: 'F', type: 2 } } },
      { is: 'other', what: 'event:feedback_event' },
    ],
    ['event', { event: { eventtype: 'enter_check_update' } }, { is: 'other', what: 'event:enter_check_update' }],
    ['event', { event: 'nonsense' }, { is: 'other', what: 'event:' }],
    ['event', { event: { eventtype: 'template_card_event', event_key: 'k', task_id: 'T' } }, { is: 'click', key: 'k' }],
    [
      'event',
      { event: { eventtype: 'template_card_event', template_card_event: { eventkey: 'k', taskid: 'T' } } },
      { is: 'click', key: 'k' },
    ],
  ])('%s %j', (msgtype, more, content) => expect(one({ msgtype, ...more })?.content).toEqual(content));
});
