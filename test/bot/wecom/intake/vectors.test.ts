import { describe, expect, test } from '@jest/globals';
import { createAccounts } from '../../../../src/bot/wecom/accounts';
import { CIPHER_CODES, createIntake } from '../../../../src/bot/wecom/intake/read';
import { isSignedBy } from '../../../../src/bot/wecom/intake/signature';
import { decrypt, readKey } from '../../../../src/bot/wire/frameCipher';
import vectors from '../../../fixtures/wecom-vectors.json';
import { testDeps } from '../../wire/support';
import { binding } from '../support';

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly token?: string;
  readonly encoding_aes_key?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly encrypt?: string;
  readonly msg_signature?: string;
  readonly plaintext?: string;
  readonly receiveid?: string;
  readonly query_string?: string;
  readonly post_body?: string;
  readonly invalid_keys?: readonly string[];
  readonly valid_keys?: readonly string[];
  readonly expect: { readonly verify?: string; readonly decrypt?: string; readonly error_any_of?: readonly number[] };
}
const all = vectors.vectors as readonly Vector[];
const signed = all.filter((vector) => vector.msg_signature !== undefined);
const opened = all.filter((vector) => vector.expect.decrypt === 'ok' && vector.encrypt !== undefined);
const damaged = all.filter((vector) => vector.expect.decrypt === 'reject');

describe('the platform’s published known answers', () => {
  test.each(signed.map((vector) => [vector.id, vector] as const))('signature of %s is judged as published', (_id, vector) => {
    const { msg_signature: signature = '', timestamp = '', nonce = '', encrypt = '' } = vector;
    expect(isSignedBy(vector.token ?? '', { signature, timestamp, nonce, encrypt })).toBe(vector.expect.verify === 'ok');
  });

  test.each(opened.map((vector) => [vector.id, vector] as const))('%s opens to the published text', (_id, vector) => {
    const text = decrypt(vector.encoding_aes_key ?? '', vector.receiveid ?? '', vector.encrypt ?? '');
    expect(text).toEqual({ is: 'open', text: vector.plaintext });
  });

  test.each(damaged.map((vector) => [vector.id, vector] as const))('%s is refused with a code of the table', (_id, vector) => {
    const end = decrypt(vector.encoding_aes_key ?? '', vector.receiveid ?? '', vector.encrypt ?? '');
    expect(end).toMatchObject({ is: 'damaged' });
    expect(vector.expect.error_any_of).toContain(end.is === 'damaged' ? Number(CIPHER_CODES[end.fault]) : 0);
  });

  test('a key is 43 letters and digits, also with loose trailing bits', () => {
    const keys = all.find((vector) => vector.kind === 'negative_key');
    for (const key of keys?.valid_keys ?? []) expect(readKey(key)).toHaveLength(32);
    for (const key of keys?.invalid_keys ?? []) expect(decrypt(key, '', 'AAAA')).toMatchObject({ fault: 'key' });
    expect(keys?.invalid_keys).toHaveLength(5);
  });

  const addresses = all.filter((vector) => vector.query_string !== undefined);
  test.each(addresses.map((vector) => [vector.id, vector] as const))(
    '%s: the console’s address check is answered with the bare text',
    (_id, vector) => {
      const query = Object.fromEntries(new URLSearchParams(vector.query_string));
      const reading = intakeFor(vector).read({ method: 'GET', kind: 'app', query, body: new Uint8Array() });
      expect(reading).toEqual({ is: 'verified', body: vector.plaintext });
    },
  );

  const posts = all.filter((vector) => vector.kind === 'decrypt_xml' && vector.post_body !== undefined);
  test.each(posts.map((vector) => [vector.id, vector] as const))('%s: a published message is taken in', (_id, vector) => {
    const { msg_signature = '', timestamp = '', nonce = '' } = vector;
    const body = Buffer.from(vector.post_body ?? '');
    const reading = intakeFor(vector).read({ method: 'POST', kind: 'app', query: { msg_signature, timestamp, nonce }, body });
    expect(reading).toMatchObject({ is: 'taken', messages: [{ source: 'app', content: { is: 'text' } }] });
  });
});

function intakeFor(vector: Vector) {
  const tenant = binding({
    callbackToken: vector.token ?? '',
    callbackAesKey: vector.encoding_aes_key ?? '',
    corpId: vector.receiveid ?? '',
  });
  return createIntake(tenant, createAccounts(tenant), testDeps(Number(vector.timestamp) * 1000));
}
