import { describe, expect, test } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import fc from 'fast-check';
import { createAccounts } from '../../../../src/bot/wecom/accounts';
import { createIntake } from '../../../../src/bot/wecom/intake/read';
import { decrypt } from '../../../../src/bot/wire/frameCipher';
import type { CallbackReading } from '../../../../src/ports/platform';
import { NOW, testDeps } from '../../wire/support';
import { AES_KEY, binding } from '../support';

const TENANT = binding();
const SECONDS = String(NOW / 1000);

function post(xml: string, changes: { timestamp?: string; corpId?: string; body?: (envelope: string) => Buffer } = {}): CallbackReading {
  const timestamp = changes.timestamp ?? SECONDS;
  const cipher = encrypt(AES_KEY, xml, changes.corpId ?? TENANT.corpId);
  const envelope = `<xml><ToUserName>wwcorp</ToUserName><AgentID></AgentID><Encrypt><![CDATA[${cipher}]]></Encrypt></xml>`;
  const query = { msg_signature: getSignature(TENANT.callbackToken, timestamp, 'n1', cipher), timestamp, nonce: 'n1' };
  const body = changes.body?.(envelope) ?? Buffer.from(envelope);
  return createIntake(TENANT, createAccounts(TENANT), testDeps()).read({ method: 'POST', kind: 'app', query, body });
}

function one(xml: string) {
  const reading = post(xml);
  return reading.is === 'taken' ? reading.messages[0] : undefined;
}

const head = '<ToUserName>wwcorp</ToUserName><FromUserName><![CDATA[ZhangSan]]></FromUserName><CreateTime>1767225600</CreateTime>';

describe('what people send to the app', () => {
  test('a text comes in under the lower-cased account, with the platform’s own message id', () => {
    expect(one(`<xml>${head}<MsgType>text</MsgType><Content><![CDATA[收到 <立刻>]]></Content><MsgId>456</MsgId></xml>`)).toEqual({
      tenant: 'city',
      source: 'app',
      dedupeKey: '456',
      chat: { id: 'app:zhangsan', kind: 'single' },
      account: 'zhangsan',
      sentAt: 1_767_225_600_000,
      content: { is: 'text', text: '收到 <立刻>', quote: null },
      ticket: null,
    });
  });

  test('a pressed card brings its key and a single-use way to answer', () => {
    const click = (task: string) =>
      one(
        `<xml>${head}<MsgType>event</MsgType><Event>template_card_event</Event><EventKey>ack:1</EventKey><TaskId>${task}</TaskId><ResponseCode>RC</ResponseCode><SelectedItems></SelectedItems></xml>`,
      );
    expect(click('T1')).toMatchObject({ content: { is: 'click', key: 'ack:1' }, ticket: { kind: 'app_card', responseCode: 'RC' } });
    expect(click('T1')?.dedupeKey).toBe(click('T1')?.dedupeKey);
    expect(click('T1')?.dedupeKey).not.toBe(click('T2')?.dedupeKey);
  });

  test('opening the app is an entrance; what we do not know is kept as other', () => {
    expect(one(`<xml>${head}<MsgType>event</MsgType><Event>enter_agent</Event><EventKey></EventKey></xml>`)?.content).toEqual({
      is: 'entered',
    });
    expect(one(`<xml>${head}<MsgType>location</MsgType><MsgId>7</MsgId></xml>`)?.content).toEqual({ is: 'other', what: 'location' });
    expect(one(`<xml>${head}<MsgType>event</MsgType><Event>low_active</Event></xml>`)?.content).toEqual({
      is: 'other',
      what: 'event:low_active',
    });
  });
});

describe('every kind that the platform sends', () => {
  const kinds = ['image', 'voice', 'video', 'location', 'link', 'file', 'hologram'];
  test.each(kinds)('%s is kept by its name', (type) => {
    expect(one(`<xml>${head}<MsgType>${type}</MsgType><MediaId>M</MediaId><MsgId>7</MsgId></xml>`)).toMatchObject({
      dedupeKey: '7',
      content: { is: 'other', what: type },
    });
  });

  const events = [
    'subscribe',
    'unsubscribe',
    'LOCATION',
    'click',
    'view',
    'batch_job_result',
    'open_approval_change',
    'share_agent_change',
  ];
  const more = ['share_chain_change', 'inactive_alert', 'close_inactive_agent', 'reopen_inactive_agent', 'low_active', 'active_restored'];
  test.each([...events, ...more])('event %s is kept by its name, and a repeat of it is the same', (event) => {
    const read = () => one(`<xml>${head}<MsgType>event</MsgType><Event>${event}</Event><EventKey>k</EventKey></xml>`);
    expect(read()?.content).toEqual({ is: 'other', what: `event:${event}` });
    expect(read()?.dedupeKey).toBe(read()?.dedupeKey);
  });

  test.each(['create_user', 'update_user', 'delete_user', 'create_party', 'update_party', 'delete_party', 'update_tag'])(
    'a change of contacts says which: %s',
    (change) => {
      const xml = `<xml>${head}<MsgType>event</MsgType><Event>change_contact</Event><ChangeType>${change}</ChangeType></xml>`;
      expect(one(xml)?.content).toEqual({ is: 'other', what: `event:change_contact:${change}` });
    },
  );

  test('an entry of a card’s menu is a press; what was chosen in a card with questions comes with it', () => {
    const menu = `<xml>${head}<MsgType>event</MsgType><Event>template_card_menu_event</Event><EventKey>k</EventKey><TaskId>T</TaskId></xml>`;
    expect(one(menu)?.content).toEqual({ is: 'click', key: 'k' });
    const item = (question: string, ...options: string[]) =>
      `<SelectedItem><QuestionKey>${question}</QuestionKey><OptionIds>${options.map((id) => `<OptionId>${id}</OptionId>`).join('')}</OptionIds></SelectedItem>`;
    const card = (items: string) =>
      `<xml>${head}<MsgType>event</MsgType><Event>template_card_event</Event><EventKey>send</EventKey><TaskId>T</TaskId><ResponseCode>RC</ResponseCode><SelectedItems>${items}</SelectedItems></xml>`;
    expect(one(card(item('q1', 'o1', 'o2') + item('q2', 'o3')))?.content).toEqual({
      is: 'click',
      key: 'send',
      choices: { q1: ['o1', 'o2'], q2: ['o3'] },
    });
    expect(one(card(item('q1', 'o1')))?.content).toMatchObject({ choices: { q1: ['o1'] } });
  });
});

describe('what is not let in', () => {
  const text = `<xml>${head}<MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId></xml>`;

  test('a callback older than ten minutes, though rightly signed; ten minutes are still good', () => {
    expect(post(text, { timestamp: String(NOW / 1000 - 600) })).toMatchObject({ is: 'taken' });
    expect(post(text, { timestamp: String(NOW / 1000 - 601) })).toMatchObject({ is: 'refused', status: 401, code: 'stale_timestamp' });
  });

  test('a callback signed ten minutes ahead of our time, or newly signed over words of an hour ago', () => {
    expect(post(text, { timestamp: String(NOW / 1000 + 601) })).toMatchObject({ is: 'refused', status: 401, code: 'stale_timestamp' });
    const old = text.replace('1767225600', String(NOW / 1000 - 3600));
    expect(post(old)).toMatchObject({ is: 'refused', status: 401, code: 'stale_message' });
  });

  test('a message for another enterprise', () => {
    expect(post(text, { corpId: 'wwother' })).toMatchObject({ is: 'refused', status: 400, code: '-40005' });
  });

  test('a changed byte of the cipher text is seen before anything is decrypted', () => {
    const body = (envelope: string) => Buffer.from(envelope.replace(/CDATA\[(.)/, (_all, sign) => `CDATA[${sign === 'A' ? 'B' : 'A'}`));
    expect(post(text, { body })).toMatchObject({ is: 'refused', status: 401, code: '-40001' });
  });

  test('an envelope that is too large, not UTF-8, or not the expected XML', () => {
    expect(post(text, { body: () => Buffer.alloc(64 * 1024 + 1, 0x20) })).toMatchObject({ status: 400, code: 'too_large' });
    expect(post(text, { body: () => Buffer.from([0x3c, 0xff, 0x3e]) })).toMatchObject({ status: 400, code: '-40002' });
    expect(post(text, { body: () => Buffer.from('{"encrypt":"x"}') })).toMatchObject({ status: 400, code: '-40002' });
    expect(post('<xml><MsgType>text</MsgType></xml>')).toMatchObject({ status: 400, code: '-40002' });
  });

  test('a kind of callback that the app does not have, and an address check without its parameters', () => {
    const intake = createIntake(TENANT, createAccounts(TENANT), testDeps());
    expect(intake.read({ method: 'POST', kind: 'robot', query: {}, body: new Uint8Array() })).toMatchObject({
      status: 400,
      code: 'unknown_kind',
    });
    expect(intake.read({ method: 'GET', kind: 'app', query: {}, body: new Uint8Array() })).toMatchObject({ status: 401, code: '-40001' });
  });
});

describe('the strict decoder', () => {
  test('opens whatever the platform’s library writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme-ascii' }), (text, id) => {
        expect(decrypt(AES_KEY, id, encrypt(AES_KEY, text, id))).toEqual({ is: 'open', text: Buffer.from(text).toString() });
      }),
    );
  });

  test('never throws and never opens bytes of chance', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 96 }), fc.string(), (bytes, text) => {
        expect(decrypt(AES_KEY, 'wwcorp', Buffer.from(bytes).toString('base64')).is).toBe('damaged');
        expect(decrypt(AES_KEY, 'wwcorp', text).is).toBe('damaged');
      }),
    );
  });

  test('refuses base64 with blanks, missing padding or loose bits', () => {
    const cipher = encrypt(AES_KEY, 'hello', '');
    for (const bent of [` ${cipher}`, `${cipher}\n`, cipher.replace(/=+$/, ''), cipher.replace(/\+|\//g, '-')]) {
      if (bent !== cipher) expect(decrypt(AES_KEY, '', bent)).toMatchObject({ fault: 'base64' });
    }
  });
});
