import { describe, expect, test } from '@jest/globals';
import { decryptEvent, encryptEvent, eventSignature } from '../../../src/sandbox/dingtalk/eventCrypt';
import { robotSign, signFault } from '../../../src/sandbox/dingtalk/sign';
import fixture from '../../fixtures/dingtalk-vectors.json';

describe('the platform signs and encrypts as published', () => {
  test.each(fixture.httpCallbackSign)('callback of the robot: $name', ({ appSecret, timestamp, sign }) => {
    expect(robotSign(timestamp, appSecret)).toBe(sign);
  });

  test.each(fixture.httpCallbackVerify)('callback of the robot seen later: $name', (vector) => {
    const { appSecret, nowMs, timestamp, sign } = vector;
    expect(signFault({ timestamp, sign }, appSecret, nowMs)).toBe(vector.expect ? null : vector.reason);
  });

  test.each(fixture.customRobotSign)('custom robot: $name', ({ secret, timestamp, sign, signUrlEncoded }) => {
    expect(robotSign(timestamp, secret)).toBe(sign);
    expect(encodeURIComponent(sign)).toBe(signUrlEncoded);
  });

  test.each(fixture.eventDecrypt)('event: $name', (vector) => {
    const { token, timestamp, nonce, encrypt, msgSignature } = vector;
    const signed = eventSignature(token, timestamp, nonce, encrypt) === msgSignature;
    const open = () => decryptEvent(vector, encrypt);
    if (vector.expect.ok) expect([signed, open()]).toEqual([true, vector.expect.plaintext]);
    else if (vector.expect.reason === 'signature_mismatch') expect(signed).toBe(false);
    else expect(open).toThrow('foreign owner');
  });

  test.each(fixture.eventEncrypt)('event on its way: $name', (vector) => {
    const encrypt = encryptEvent(vector, vector.plaintext, Buffer.from(vector.random16));
    expect(encrypt).toBe(vector.encrypt);
    expect(eventSignature(vector.token, vector.timestamp, vector.nonce, encrypt)).toBe(vector.msgSignature);
  });

  test('a cipher whose padding is nonsense, and a key of another length, are refused', () => {
    const keys = { aesKey: 'a'.repeat(43), ownerKey: 'x' };
    expect(() => decryptEvent(keys, Buffer.alloc(64, 7).toString('base64'))).toThrow('event');
    expect(() => encryptEvent({ aesKey: 'short', ownerKey: 'x' }, 'y')).toThrow('43 characters');
  });
});
