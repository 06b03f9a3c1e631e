import { describe, expect, test } from '@jest/globals';
import { sealFrame } from '../../../../src/bot/dingtalk/intake/eventCipher';
import { createIntake } from '../../../../src/bot/dingtalk/intake/read';
import { eventSignature } from '../../../../src/bot/dingtalk/intake/signature';
import { createParts } from '../../../../src/bot/dingtalk/parts';
import type { CallbackRequest } from '../../../../src/ports/platform';
import { NOW, testDeps } from '../../wire/support';
import { AES_KEY, binding } from '../support';
import { cardBody, proof, robotBody } from './bodies';

const TENANT = binding({ mode: 'callback' });
const intake = createIntake(createParts(TENANT, testDeps()));
const HOUR = 3_600_000;

const post = (kind: string, body: unknown, headers: Readonly<Record<string, string>> = proof(TENANT)) =>
  intake.read({ method: 'POST', kind, query: {}, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });

function event(text: string, changes: Partial<Pick<CallbackRequest, 'query'>> & { owner?: string; at?: number } = {}) {
  const timestamp = String(changes.at ?? NOW);
  const encrypt = sealFrame(AES_KEY, changes.owner ?? TENANT.clientId, text, Buffer.alloc(16, 3));
  const signature = eventSignature(TENANT.event?.token ?? '', { timestamp, nonce: 'n1', encrypt });
  const query = changes.query ?? { msg_signature: signature, signature: 'old', timestamp, nonce: 'n1' };
  return intake.read({
    method: 'POST',
    kind: 'event',
    query: { timestamp, nonce: 'n1', ...query },
    body: Buffer.from(JSON.stringify({ encrypt })),
  });
}

describe('the robot’s callback address', () => {
  test('takes a message, and answers with nothing to show', () => {
    expect(post('robot', robotBody())).toMatchObject({ is: 'taken', messages: [{ account: 'zhiban1' }], answer: '{}' });
  });

  test.each([
    ['no signature', robotBody(), {}, 401, 'sign_mismatch'],
    ['a signature by another secret', robotBody(), proof(binding({ clientSecret: 'other' })), 401, 'sign_mismatch'],
    ['a signature over an hour old', robotBody(), proof(TENANT, NOW - HOUR - 1), 401, 'stale_timestamp'],
    ['a signature of an hour ahead', robotBody(), proof(TENANT, NOW + HOUR + 1), 401, 'stale_timestamp'],
    ['a moment that is none', robotBody(), { ...proof(TENANT), timestamp: '1e12' }, 401, 'sign_mismatch'],
    ['a body for another robot', robotBody({ robotCode: 'dingother' }), proof(TENANT), 401, 'foreign_robot'],
    ['a message of yesterday', robotBody({ createAt: NOW - 24 * HOUR }), proof(TENANT), 401, 'stale_message'],
    [
      'an address for answers on another host',
      robotBody({ sessionWebhook: 'http://169.254.169.254/robot/sendBySession?session=1' }),
      proof(TENANT),
      400,
      'foreign_answer_address',
    ],
    ['a body that is no message', { hello: 1 }, proof(TENANT), 400, 'unreadable'],
    ['a body that is no JSON', 'x', proof(TENANT), 400, 'unreadable'],
    ['a body that is too large', robotBody({ pad: 'x'.repeat(65_536) }), proof(TENANT), 400, 'too_large'],
  ])('refuses %s', (_what, body, headers, status, code) => {
    expect(post('robot', body, headers)).toMatchObject({ is: 'refused', status, code });
  });

  test('a signature is good for the whole hour, since it says nothing of the body', () => {
    for (const at of [NOW - HOUR, NOW + HOUR]) expect(post('robot', robotBody(), proof(TENANT, at)).is).toBe('taken');
  });

  test('is asked by POST alone, in UTF-8 alone', () => {
    const request = { kind: 'robot', query: {}, headers: proof(TENANT) } as const;
    expect(intake.read({ ...request, method: 'GET', body: Buffer.from(JSON.stringify(robotBody())) })).toMatchObject({
      code: 'unreadable',
    });
    expect(intake.read({ ...request, method: 'POST', body: Buffer.from([0x22, 0xff, 0x22]) })).toMatchObject({ code: 'unreadable' });
  });
});

describe('the address for presses on cards', () => {
  test('takes a press behind the same headers, and refuses it without them', () => {
    expect(post('card', cardBody())).toMatchObject({ is: 'taken', messages: [{ content: { is: 'click', key: 'ack:1:2' } }] });
    expect(post('card', cardBody(), {})).toMatchObject({ is: 'refused', status: 401, code: 'sign_mismatch' });
    expect(post('card', {})).toMatchObject({ is: 'refused', status: 400, code: 'unreadable' });
  });
});

describe('the address for events', () => {
  const text = '{"EventType":"chat_add_member","Operator":"daiban1","ChatId":"c"}';

  test('answers the console’s check, and every event, with the word that says so', () => {
    const check = event('{"EventType":"check_url"}');
    expect(check).toMatchObject({ is: 'taken', messages: [] });
    const { encrypt, timeStamp, nonce, msg_signature } = JSON.parse(check.is === 'taken' ? (check.answer ?? '') : '');
    expect(eventSignature(TENANT.event?.token ?? '', { timestamp: timeStamp, nonce, encrypt })).toBe(msg_signature);
    expect(event(text)).toMatchObject({ is: 'taken', messages: [{ content: { is: 'other', what: 'event:chat_add_member' } }] });
  });

  test.each([
    ['a wrong signature', { query: { msg_signature: 'f'.repeat(40) } }, 401, '900005'],
    ['no signature', { query: {} }, 401, '900005'],
    ['an owner that is not ours', { owner: 'dingother' }, 400, '900010'],
    ['a moment more than an hour away', { at: NOW - HOUR - 1 }, 401, 'stale_timestamp'],
  ])('refuses %s', (_what, changes, status, code) => {
    expect(event(text, changes)).toMatchObject({ is: 'refused', status, code });
  });

  test('the older name of the signature is read where the newer is missing', () => {
    const encrypt = sealFrame(AES_KEY, TENANT.clientId, text, Buffer.alloc(16, 3));
    const signature = eventSignature(TENANT.event?.token ?? '', { timestamp: String(NOW), nonce: 'n1', encrypt });
    expect(event(text, { query: { signature } }).is).toBe('taken');
  });

  test.each(['null', '[]', '{"other":1}', '{"encrypt":7}', 'x'])('refuses the envelope %s', (envelope) => {
    expect(intake.read({ method: 'POST', kind: 'event', query: {}, body: Buffer.from(envelope) })).toMatchObject({ code: 'unreadable' });
  });

  test('refuses a text inside that is no event', () => expect(event('[]')).toMatchObject({ status: 400, code: 'unreadable' }));
});

test('with the long connection there is no address for messages; without a key there is none for events', () => {
  const kinds = (changes: Record<string, unknown>) => createIntake(createParts(binding(changes), testDeps())).kinds;
  expect(kinds({})).toEqual(['event']);
  expect(kinds({ event: undefined })).toEqual([]);
  expect(kinds({ mode: 'callback' })).toEqual(['robot', 'card', 'event']);
  expect(post('app', {})).toMatchObject({ code: 'unknown_kind' });
});
