import { describe, expect, test } from '@jest/globals';
import { decryptFrame, encryptFrame, signatureOf } from '../../../src/sandbox/wecom/crypt';
import fixture from '../../fixtures/wecom-vectors.json';

interface Vector {
  id: string;
  kind: string;
  token?: string;
  encoding_aes_key: string;
  timestamp: string;
  nonce: string;
  encrypt: string;
  msg_signature?: string;
  random_hex: string;
  plaintext: string;
  receiveid?: string;
  invalid_keys?: string[];
  expect: { verify?: string; decrypt?: string; encrypt?: string };
}

const vectors = fixture.vectors as unknown as Vector[];
const framed = vectors.filter((vector) => vector.encoding_aes_key && vector.encrypt);
const keysOf = (vector: Vector) => ({ aesKey: vector.encoding_aes_key, receiveId: vector.receiveid ?? '' });

describe('the platform signs and encrypts callbacks as published', () => {
  test.each(vectors.filter((vector) => vector.token && vector.expect.verify === 'ok'))('signature of $id', (vector) => {
    expect(signatureOf(vector.token ?? '', vector.timestamp, vector.nonce, vector.encrypt)).toBe(vector.msg_signature);
  });

  test.each(framed.filter((vector) => vector.expect.decrypt === 'ok'))('$id decrypts and encrypts to the same bytes', (vector) => {
    expect(decryptFrame(keysOf(vector), vector.encrypt)).toBe(vector.plaintext);
    expect(encryptFrame(keysOf(vector), vector.plaintext, Buffer.from(vector.random_hex, 'hex'))).toBe(vector.encrypt);
  });

  test.each(framed.filter((vector) => vector.expect.decrypt === 'reject'))('$id is refused', (vector) => {
    expect(() => decryptFrame(keysOf(vector), vector.encrypt)).toThrow('callback frame');
  });

  test('a key that is not 43 letters and digits is refused', () => {
    const illegal = vectors.flatMap((vector) => vector.invalid_keys ?? []);
    expect(illegal.length).toBeGreaterThan(0);
    for (const aesKey of illegal) expect(() => encryptFrame({ aesKey, receiveId: '' }, 'x')).toThrow('callback key');
  });
});
