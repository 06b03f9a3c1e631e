/** Damaged DingTalk callbacks and frames of its long connection: each ends as a value, with a known code where it is refused, and no address leads out. */
import { sealFrame } from '../../src/bot/dingtalk/intake/eventCipher';
import { createIntake } from '../../src/bot/dingtalk/intake/read';
import { eventSignature } from '../../src/bot/dingtalk/intake/signature';
import { createParts } from '../../src/bot/dingtalk/parts';
import { sessionUrl } from '../../src/bot/dingtalk/settings';
import { readFrame, writeAnswer, writePong } from '../../src/bot/dingtalk/stream/frames';
import { cardBody, proof, robotBody } from '../bot/dingtalk/intake/bodies';
import { AES_KEY, binding } from '../bot/dingtalk/support';
import { NOW, testDeps } from '../bot/wire/support';
import { damageText, pick, type Roll } from './chance';
import { bend, PIECES } from './json';
import type { Target } from './target';

const TENANT = binding({ mode: 'callback' });
const CODES = [
  'sign_mismatch',
  'stale_timestamp',
  'stale_message',
  'foreign_robot',
  'foreign_answer_address',
  'unreadable',
  '900002',
  '900005',
  '900010',
];

export const dingtalkCallbacks: Target = {
  name: 'dingtalk-callbacks',
  cases: 1_000_000,
  open: async () => {
    const intake = createIntake(createParts(TENANT, testDeps()));
    return {
      expected: ['taken', 'sign_mismatch', 'unreadable', 'foreign_answer_address', '900005', '900010'],
      one: (roll) => {
        const reading = intake.read(callbackOf(roll));
        if (reading.is === 'taken')
          for (const { ticket } of reading.messages)
            if (ticket?.kind === 'session' && sessionUrl(TENANT, ticket.url ?? '')?.host !== '127.0.0.1:9')
              throw new Error(`an answer would go to ${ticket.url}`);
        if (reading.is !== 'refused') return reading.is;
        if (!CODES.includes(reading.code)) throw new Error(JSON.stringify(reading));
        return reading.code;
      },
    };
  },
};

/** Our answer to whatever came must be one frame that names it, whatever was in it. */
export const dingtalkFrames: Target = {
  name: 'dingtalk-frames',
  cases: 300_000,
  open: async () => ({
    expected: ['callback', 'event', 'ping', 'leave', 'other'],
    one: (roll) => {
      const topic = pick(['ping', 'disconnect', '/v1.0/im/bot/messages/get', 'x'], roll);
      const frame = { type: pick(['SYSTEM', 'EVENT', 'CALLBACK'], roll), headers: { messageId: 'm', topic }, data: innerOf(roll) };
      let line = JSON.stringify(roll(2) === 0 ? bend(frame, roll) : frame);
      for (let faults = roll(3); faults > 0; faults -= 1) line = damageText(line, PIECES, roll);
      const read = readFrame(line);
      if (read.is === 'callback' || read.is === 'event') named(writeAnswer(read, 'unreadable'), read.messageId);
      if (read.is === 'ping') named(writePong(read.messageId, read.data), read.messageId);
      return read.is;
    },
  }),
};

function named(answer: string, messageId: string): void {
  const { headers } = JSON.parse(answer) as { headers: { messageId: string } };
  if (headers.messageId !== messageId || answer.includes('\n')) throw new Error(`the answer ${answer} is none to ${messageId}`);
}

function innerOf(roll: Roll): string {
  let text = JSON.stringify(roll(2) === 0 ? bend(robotBody(), roll) : robotBody());
  for (let faults = roll(3); faults > 0; faults -= 1) text = damageText(text, PIECES, roll);
  return text;
}

function callbackOf(roll: Roll) {
  const kind = pick(['robot', 'card', 'event'], roll);
  const whole =
    kind === 'robot' ? robotBody() : kind === 'card' ? cardBody() : { EventType: 'chat_add_member', Operator: 'a', ChatId: 'c' };
  let text = JSON.stringify(roll(2) === 0 ? bend(whole, roll) : whole);
  for (let faults = roll(3); faults > 0; faults -= 1) text = damageText(text, PIECES, roll);
  const timestamp = String(NOW);
  const encrypt = sealFrame(AES_KEY, roll(20) === 0 ? 'other' : TENANT.clientId, text, Buffer.alloc(16, 7));
  const sent = roll(20) === 0 ? damageText(encrypt, PIECES, roll) : encrypt;
  const signature = eventSignature(roll(30) === 0 ? 'x' : (TENANT.event?.token ?? ''), { timestamp, nonce: 'n', encrypt: sent });
  return {
    ...{ method: 'POST' as const, kind, headers: roll(30) === 0 ? {} : proof(TENANT) },
    query: { timestamp, nonce: 'n', msg_signature: signature },
    body: Buffer.from(kind === 'event' ? JSON.stringify({ encrypt: sent }) : text),
  };
}
