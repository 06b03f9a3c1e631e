/** The signature of a call against known answers, and what must not change it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { chinaTime, type Field, newNonce, type Signable, signatureOf, signedText } from '../../../../src/bot/dingtalk/gov/sign';

interface Vector extends Omit<Signable, 'fields'> {
  readonly name: string;
  readonly params: readonly Field[];
  readonly secret: string;
  readonly stringToSign: string;
  readonly signatureHmacSha256: string;
  readonly signatureMd5: string;
}
const file = JSON.parse(readFileSync(join(__dirname, '../../../fixtures/dingtalk-vectors.json'), 'utf8')) as { govHmac: readonly Vector[] };

const CALL: Signable = { method: 'POST', timestamp: 't', nonce: 'n', path: '/p', fields: [] };

describe('the signature of a call', () => {
  test('there are known answers to hold it against', () => {
    expect(file.govHmac.length).toBeGreaterThanOrEqual(4);
  });

  test.each(file.govHmac)('$name', ({ params, secret, stringToSign, signatureHmacSha256, signatureMd5, ...call }) => {
    const signable = { ...call, fields: params };
    expect(signedText(signable)).toBe(stringToSign);
    expect(signatureOf(signable, secret, 'sha256')).toBe(signatureHmacSha256);
    expect(signatureOf(signable, secret, 'md5')).toBe(signatureMd5);
  });

  test('names are sorted without regard to case, and empty values are not signed', () => {
    const fields: readonly Field[] = [
      ['tenantId', '1'],
      ['AppKey', 'k'],
      ['access_token', ''],
      ['body', 'x=1&y=2'],
    ];
    expect(signedText({ ...CALL, fields })).toBe('POST\nt\nn\n/p\nAppKey=k&body=x=1&y=2&tenantId=1');
  });

  test('the order in which fields are given never matters', () => {
    const field = fc.tuple(fc.constantFrom('a', 'B', 'b', 'msg', 'Z'), fc.string());
    fc.assert(
      fc.property(fc.uniqueArray(field, { selector: ([name, value]) => `${name.toLowerCase()} ${value}`, maxLength: 8 }), (fields) => {
        const backward = [...fields].reverse();
        expect(signedText({ ...CALL, fields: backward })).toBe(signedText({ ...CALL, fields }));
      }),
    );
  });

  test('times are China’s whatever the machine’s zone, and no two calls share a nonce', () => {
    expect(chinaTime(Date.parse('2026-01-01T20:04:05.678Z'))).toBe('2026-01-02T04:04:05.678+08:00');
    const nonces = Array.from({ length: 200 }, newNonce);
    expect(new Set(nonces).size).toBe(200);
    expect(nonces.every((nonce) => /^\d+$/.test(nonce))).toBe(true);
  });
});
