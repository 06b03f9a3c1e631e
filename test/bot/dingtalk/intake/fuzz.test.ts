/** Damaged bodies by the thousand: each ends as a value, with a code where it is refused, and no address leads out. FENGHUO_FUZZ sets how many. */
import { expect, test } from '@jest/globals';
import { sealFrame } from '../../../../src/bot/dingtalk/intake/eventCipher';
import { createIntake } from '../../../../src/bot/dingtalk/intake/read';
import { eventSignature } from '../../../../src/bot/dingtalk/intake/signature';
import { createParts } from '../../../../src/bot/dingtalk/parts';
import { sessionUrl } from '../../../../src/bot/dingtalk/settings';
import { readFrame } from '../../../../src/bot/dingtalk/stream/frames';
import { NOW, testDeps } from '../../wire/support';
import { AES_KEY, binding } from '../support';
import { cardBody, proof, robotBody } from './bodies';

const CASES = Number(process.env.FENGHUO_FUZZ ?? 4_000);
const SEED = Number(process.env.FENGHUO_FUZZ_SEED ?? 20_260_101);
const TENANT = binding({ mode: 'callback' });
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\u0000',
  '\u0000',
  '\ufeff',
  'null',
  '1e999',
  '-1',
  ',',
  ':',
  '值',
  '😀',
  'http://169.254.169.254/',
  '__proto__',
];
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

function damage(text: string, roll: Roll): string {
  const at = roll(text.length + 1);
  const piece = PIECES[roll(PIECES.length)] ?? '';
  switch (roll(4)) {
    case 0:
      return text.slice(0, at) + piece + text.slice(at);
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + roll(20));
    default:
      return text.slice(0, at) + piece + text.slice(at + piece.length);
  }
}

/** A field replaced by something of another shape. */
function bend(body: Readonly<Record<string, unknown>>, roll: Roll): Readonly<Record<string, unknown>> {
  const keys = Object.keys(body);
  const odd = [null, 7, -1e308, true, [], {}, 'x'.repeat(5000), { a: [{}] }, 'http://127.0.0.1:9/robot/sendBySession@evil.example'];
  return { ...body, [keys[roll(keys.length)] ?? '']: odd[roll(odd.length)] };
}

test(`${CASES} damaged callbacks and frames: none throws, none opens a way out`, () => {
  const roll = chance(SEED);
  const intake = createIntake(createParts(TENANT, testDeps()));
  const ends = new Map<string, number>();
  for (let i = 0; i < CASES; i += 1) {
    const kind = ['robot', 'card', 'event'][roll(3)] ?? '';
    const whole =
      kind === 'robot' ? robotBody() : kind === 'card' ? cardBody() : { EventType: 'chat_add_member', Operator: 'a', ChatId: 'c' };
    let text = JSON.stringify(roll(2) === 0 ? bend(whole, roll) : whole);
    for (let faults = roll(3); faults > 0; faults -= 1) text = damage(text, roll);
    readFrame(text);
    readFrame(JSON.stringify({ type: 'CALLBACK', headers: { messageId: 'm', topic: 't' }, data: text }));
    const timestamp = String(NOW);
    const encrypt = sealFrame(AES_KEY, roll(20) === 0 ? 'other' : TENANT.clientId, text, Buffer.alloc(16, 7));
    const sent = roll(20) === 0 ? damage(encrypt, roll) : encrypt;
    const signature = eventSignature(roll(30) === 0 ? 'x' : (TENANT.event?.token ?? ''), { timestamp, nonce: 'n', encrypt: sent });
    const reading = intake.read({
      ...{ method: 'POST', kind, headers: roll(30) === 0 ? {} : proof(TENANT), query: { timestamp, nonce: 'n', msg_signature: signature } },
      body: Buffer.from(kind === 'event' ? JSON.stringify({ encrypt: sent }) : text),
    });
    if (reading.is === 'refused' && !CODES.includes(reading.code)) throw new Error(`case ${i} of seed ${SEED}: ${JSON.stringify(reading)}`);
    if (reading.is === 'taken') {
      for (const { ticket } of reading.messages)
        if (ticket?.kind === 'session') expect(sessionUrl(TENANT, ticket.url ?? '')?.host).toBe('127.0.0.1:9');
    }
    const end = reading.is === 'refused' ? reading.code : reading.is;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  expect([...ends.keys()]).toEqual(
    expect.arrayContaining(['taken', 'sign_mismatch', 'unreadable', 'foreign_answer_address', '900005', '900010']),
  );
}, 60_000);
