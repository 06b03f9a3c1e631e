/** Proves to the gateway that a call is ours: the signature over method, time, nonce, path and fields (dossier 6.2). */
import { createHash, createHmac, randomInt } from 'node:crypto';
import type { Instant } from '../../../core/instant';

/** A field of a call; a name may stand several times. */
export type Field = readonly [name: string, value: string];

/** What is signed. `timestamp` as it stands in the header, `path` as it stands in the address, without query. */
export interface Signable {
  readonly method: 'GET' | 'POST';
  readonly timestamp: string;
  readonly nonce: string;
  readonly path: string;
  readonly fields: readonly Field[];
}

/** How a tenant's gateway wants it. */
export type Digest = 'sha256' | 'md5';

/** The signature in Base64 (HMAC-SHA-256), or in lower-case hex where the gateway wants MD5. Pure. */
export function signatureOf(call: Signable, secret: string, digest: Digest): string {
  const text = signedText(call);
  if (digest === 'md5') return createHash('md5').update(`${text}\n${secret}`).digest('hex');
  return createHmac('sha256', secret).update(text).digest('base64');
}

/** The lines that are signed; without fields there is no fifth one. Values stand as they are, not encoded for an address. */
export function signedText({ method, timestamp, nonce, path, fields }: Signable): string {
  const line = inOrder(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return [method, timestamp, nonce, path, ...(line === '' ? [] : [line])].join('\n');
}

/** Empty values are left out; names without regard to case, the values of a repeated name in their own order. */
function inOrder(fields: readonly Field[]): readonly Field[] {
  const named = fields.filter(([, value]) => value !== '');
  return named.sort(([a, left], [b, right]) => compare(a.toLowerCase(), b.toLowerCase()) || compare(left, right));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The moment in China's time with milliseconds and offset, e.g. `2026-01-02T03:04:05.678+08:00`. */
export function chinaTime(at: Instant): string {
  return new Date(at + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}

/** Digits that no other call of ours has: nanoseconds of this machine and four random ones. */
export function newNonce(): string {
  return `${process.hrtime.bigint()}${String(randomInt(10_000)).padStart(4, '0')}`;
}
