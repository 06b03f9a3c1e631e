/** Damaged WeCom callbacks, inside and outside their envelope, and frames of the robot’s long connection: each ends as a value with a known code. */
import { createCipheriv, createHash } from 'node:crypto';
import { createAccounts } from '../../src/bot/wecom/accounts';
import { readFrame } from '../../src/bot/wecom/frames';
import { createIntake } from '../../src/bot/wecom/intake/read';
import { RobotBody, readRobot } from '../../src/bot/wecom/intake/readRobot';
import { AES_KEY, binding, URL_ROBOT } from '../bot/wecom/support';
import { NOW, testDeps } from '../bot/wire/support';
import { damageBytes, damageText, type Roll } from './chance';
import { bend } from './json';
import type { Target } from './target';

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

export const wecomCallbacks: Target = {
  name: 'wecom-callbacks',
  cases: 1_000_000,
  open: async () => {
    const intake = createIntake(TENANT, createAccounts(TENANT), testDeps());
    return {
      expected: ['taken', 'verified', '-40001', '-40002', '-40005', '-40007', '-40008'],
      one: (roll) => {
        const reading = intake.read(callbackOf(roll));
        if (reading.is !== 'refused') return reading.is;
        if (![400, 401].includes(reading.status) || !CODES.includes(reading.code)) throw new Error(JSON.stringify(reading));
        return reading.code;
      },
    };
  },
};

/** What a frame holds is read as the connection does it. */
export const wecomFrames: Target = {
  name: 'wecom-frames',
  cases: 300_000,
  open: async () => {
    const about = { tenant: TENANT.tenant, robotName: URL_ROBOT.name, accounts: createAccounts(TENANT) };
    return {
      expected: ['ack', 'taken', 'unreadable', 'other'],
      one: (roll) => {
        const whole = JSON.parse(JSON_TEXT) as Readonly<Record<string, unknown>>;
        const frame = { cmd: 'aibot_msg_callback', headers: { req_id: 'r1' }, body: roll(2) === 0 ? bend(whole, roll) : whole };
        const { cmd: _cmd, ...ack } = frame;
        let line = JSON.stringify(roll(6) === 0 ? ack : roll(4) === 0 ? bend(frame, roll) : frame);
        for (let faults = roll(3); faults > 0; faults -= 1) line = damageText(line, PIECES, roll);
        const read = readFrame(line);
        if (read.is !== 'callback') return read.is;
        const body = RobotBody.safeParse(read.body);
        if (!body.success) return 'unreadable';
        return readRobot(body.data, { reqId: read.reqId, epoch: '1' }, about) === null ? 'nobody' : 'taken';
      },
    };
  },
};

function callbackOf(roll: Roll) {
  const kind = roll(2) === 0 ? 'app' : 'robot';
  const token = kind === 'app' ? TENANT.callbackToken : URL_ROBOT.callbackToken;
  let text: Buffer = Buffer.from(kind === 'app' ? XML : JSON_TEXT);
  const where = roll(3);
  for (let faults = roll(4); faults > 0 && where !== 1; faults -= 1) text = damageBytes(text, PIECES, roll);
  const encrypt = cipherOf(text, kind === 'app' ? TENANT.corpId : '', roll);
  let body: Buffer = Buffer.from(kind === 'app' ? `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>` : JSON.stringify({ encrypt }));
  for (let faults = roll(3); faults > 0 && where !== 0; faults -= 1) body = damageBytes(body, PIECES, roll);
  const query = { msg_signature: roll(30) === 0 ? 'x' : sign(token, encrypt), timestamp: SECONDS, nonce: 'n1' };
  const method = roll(40) === 0 ? ('GET' as const) : ('POST' as const);
  return { method, kind, query: method === 'GET' ? { ...query, echostr: encrypt } : query, body };
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

function sign(token: string, encrypt: string): string {
  return createHash('sha1').update([token, SECONDS, 'n1', encrypt].sort().join('')).digest('hex');
}
