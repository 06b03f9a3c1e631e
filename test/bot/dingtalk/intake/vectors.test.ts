import { describe, expect, test } from '@jest/globals';
import { CIPHER_CODES, createEventOpener, sealFrame, successAnswer } from '../../../../src/bot/dingtalk/intake/eventCipher';
import { eventSignature, isSignedEvent, judgeHeaders, signOf } from '../../../../src/bot/dingtalk/intake/signature';
import { createOpener } from '../../../../src/bot/wire/frameCipher';
import vectors from '../../../fixtures/dingtalk-vectors.json';
import { binding } from '../support';

const named = <T extends { readonly name: string }>(list: readonly T[]) => list.map((vector) => [vector.name, vector] as const);

describe('the platform’s known answers', () => {
  test.each(named(vectors.httpCallbackSign))('headers of a callback: %s', (_name, { appSecret, timestamp, sign }) => {
    expect(signOf(appSecret, timestamp)).toBe(sign);
  });

  test.each(named(vectors.httpCallbackVerify))('a callback that is %s', (_name, vector) => {
    const verdict = judgeHeaders(vector.appSecret, vector.timestamp, vector.sign, vector.nowMs);
    expect(verdict).toBe(vector.expect ? 'right' : vector.reason);
  });

  test.each(named(vectors.eventDecrypt))('an event: %s', (_name, vector) => {
    const { token, aesKey, ownerKey, timestamp, nonce, encrypt, msgSignature } = vector;
    const isSigned = isSignedEvent(token, { timestamp, nonce, encrypt }, msgSignature);
    expect(isSigned).toBe(vector.expect.reason !== 'signature_mismatch');
    if (!isSigned) return;
    const opened = createOpener(aesKey, ownerKey)(encrypt);
    if (vector.expect.ok) expect(opened).toEqual({ is: 'open', text: vector.expect.plaintext });
    else expect(opened.is === 'damaged' && CIPHER_CODES[opened.fault]).toBe('900010');
  });

  test.each(named(vectors.eventEncrypt))('what is written back: %s', (_name, vector) => {
    const { token, aesKey, ownerKey, timestamp, nonce, random16, plaintext, encrypt, msgSignature } = vector;
    expect(sealFrame(aesKey, ownerKey, plaintext, Buffer.from(random16))).toBe(encrypt);
    expect(eventSignature(token, { timestamp, nonce, encrypt })).toBe(msgSignature);
    if (plaintext !== 'success') return;
    const ours = { event: { token, aesKey }, clientId: ownerKey };
    expect(JSON.parse(successAnswer(ours, Number(timestamp), { random16: Buffer.from(random16), nonce }))).toEqual({
      msg_signature: msgSignature,
      timeStamp: timestamp,
      nonce,
      encrypt,
    });
  });
});

describe('an event of the organisation', () => {
  const tenant = binding();
  const aesKey = tenant.event?.aesKey ?? '';

  test.each([tenant.clientId, tenant.corpId])('is opened when it is meant for %s', (owner) => {
    const sealed = sealFrame(aesKey, owner, '{"EventType":"check_url"}', Buffer.alloc(16, 1));
    expect(createEventOpener(tenant)(sealed)).toEqual({ is: 'open', text: '{"EventType":"check_url"}' });
  });

  test('of another organisation stays shut', () => {
    const sealed = sealFrame(aesKey, 'dingother', '{}', Buffer.alloc(16, 1));
    expect(createEventOpener(tenant)(sealed)).toMatchObject({ is: 'damaged', fault: 'receiver' });
  });

  test('two answers to the same event differ, so that none can be sent again', () => {
    expect(successAnswer(tenant, 1)).not.toBe(successAnswer(tenant, 1));
  });
});
