/** Proves that a callback comes from the platform, before anything in it is decrypted. */
import { timingSafeEqual } from 'node:crypto';
import { getSignature } from '@wecom/crypto';

export interface Signed {
  readonly signature: string;
  /** Seconds, as written in the address. */
  readonly timestamp: string;
  readonly nonce: string;
  /** Cipher text exactly as it was sent; for address verification the URL-decoded `echostr`. */
  readonly encrypt: string;
}

/**
 * Is the signature the platform's (dossier 1.3)? Compared in constant time. Timestamp and nonce outside printable ASCII are never
 * signed by the platform and are refused, which also keeps the library's sort equal to the byte-wise one.
 */
export function isSignedBy(token: string, signed: Signed): boolean {
  if (!/^\d{1,12}$/.test(signed.timestamp) || !/^[\x21-\x7e]{1,128}$/.test(signed.nonce)) return false;
  const expected = Buffer.from(getSignature(token, signed.timestamp, signed.nonce, signed.encrypt), 'latin1');
  const given = Buffer.from(signed.signature, 'utf8');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
