/** Damaged callbacks by the thousand: each ends as a value with a status below 500. FENGHUO_FUZZ sets how many (20,000). */
import { createCipheriv, createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createAccounts } from '../../../../src/bot/wecom/accounts';
import { createIntake } from '../../../../src/bot/wecom/intake/read';
import type { CallbackReading } from '../../../../src/ports/platform';
import { NOW, testDeps } from '../../wire/support';
import { AES_KEY, binding, URL_ROBOT } from '../support';

const CASES = Number(process.env.FENGHUO_FUZZ ?? 20_000);
const SEED = Number(process.env.FENGHUO_FUZZ_SEED ?? 20_260_101);
const TENANT = binding({ robot: URL_ROBOT });
const SECONDS = String(NOW / 1000);
const CODES = ['-40001', '-40002', '-40005', '-40007', '-40008', '-40010', 'stale_timestamp', 'stale_message', 'too_large'];

const XML =
  '<xml><ToUserName><![CDATA[wwcorp]]></ToUserName><FromUserName><![CDATA[ZhangSan]]></FromUserName><CreateTime>1767225600</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey>ack:1</EventKey><TaskId>T</TaskId><ResponseCode>RC</ResponseCode><SelectedItems><SelectedItem><QuestionKey>q</QuestionKey><OptionIds><OptionId>o</OptionId></OptionIds></SelectedItem></SelectedItems></xml>';
const JSON_TEXT = JSON.stringify({
  msgid: 'M1',
  aibotid: 'BOT',
  chatid: 'wrDuty',
  chattype: 'group',
  from: { userid: 'ZhangSan' },
  create_time: NOW / 1000,
  response_url: 'http://127.0.0.1:9/r',
  msgtype: 'mixed',
  mixed: { msg_item: [{ msgtype: 'text', text: { content: '@值班 机器人 在岗' } }] },
  quote: { msgtype: 'text', text: { content: '#12' } },
  event: { eventtype: 'template_card_event', template_card_event: { event_key: 'k', selected_items: { selected_item: [] } } },
});
const PIECES = [
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '<![CDATA[',
  ']]>',
  '<xml>',
  '{',
  '[',
  '"',
  '\\u0000',
  '\u0000',
  '\ufeff',
  'null',
  '1e999',
  '-',
  '值',
  '</xml>',
  '<a/>',
];

/** Small, seeded, good enough to spread faults (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Roll = (below: number) => number;

function damage(bytes: Buffer, roll: Roll): Buffer {
  const at = roll(bytes.length + 1);
  const piece = Buffer.from(PIECES[roll(PIECES.length)] ?? '');
  switch (roll(6)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + roll(40)))]);
    case 3:
      return Buffer.concat([bytes, bytes.subarray(at)]);
    case 4:
      return Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ (1 << roll(8)) : byte)));
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([roll(256), roll(256)]), bytes.subarray(at)]);
  }
}

/** The platform's frame, with padding, length or receive id wrong now and then. */
function cipherOf(message: Buffer, receiveId: string, roll: Roll): string {
  const key = Buffer.from(`${AES_KEY}=`, 'base64');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(roll(20) === 0 ? roll(2 ** 32) : message.length);
  const frame = Buffer.concat([Buffer.alloc(16, 7), length, message, Buffer.from(roll(20) === 0 ? 'other' : receiveId)]);
  const pad = 32 - (frame.length % 32);
  const padded = Buffer.concat([frame, Buffer.alloc(pad, roll(20) === 0 ? roll(256) : pad)]);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

const sign = (token: string, encrypt: string): string =>
  createHash('sha1').update([token, SECONDS, 'n1', encrypt].sort().join('')).digest('hex');

test(`${CASES} damaged callbacks: none throws, none is answered with a server fault`, () => {
  const roll = chance(SEED);
  const intake = createIntake(TENANT, createAccounts(TENANT), testDeps());
  const ends = new Map<string, number>();
  for (let i = 0; i < CASES; i += 1) {
    const kind = roll(2) === 0 ? 'app' : 'robot';
    const token = kind === 'app' ? TENANT.callbackToken : URL_ROBOT.callbackToken;
    let text: Buffer = Buffer.from(kind === 'app' ? XML : JSON_TEXT);
    const where = roll(3);
    for (let faults = roll(4); faults > 0 && where !== 1; faults -= 1) text = damage(text, roll);
    const encrypt = cipherOf(text, kind === 'app' ? TENANT.corpId : '', roll);
    let body: Buffer = Buffer.from(kind === 'app' ? `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>` : JSON.stringify({ encrypt }));
    for (let faults = roll(3); faults > 0 && where !== 0; faults -= 1) body = damage(body, roll);
    const query = { msg_signature: roll(30) === 0 ? 'x' : sign(token, encrypt), timestamp: SECONDS, nonce: 'n1' };
    const method = roll(40) === 0 ? 'GET' : 'POST';
    const reading: CallbackReading = intake.read({ method, kind, query: method === 'GET' ? { ...query, echostr: encrypt } : query, body });
    if (reading.is === 'refused' && (![400, 401].includes(reading.status) || !CODES.includes(reading.code))) {
      throw new Error(`case ${i} of seed ${SEED}: ${JSON.stringify(reading)}`);
    }
    const end = reading.is === 'refused' ? reading.code : reading.is;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['taken', 'verified', '-40001', '-40002', '-40005', '-40007', '-40008']));
}, 300_000);
