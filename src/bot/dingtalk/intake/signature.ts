/** Proves that a callback comes from the platform, as far as its signatures go (dossier 2.3, 2.4). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A signature is good for so long before and after it was made, in milliseconds. */
export const SIGN_LIFE_MS = 3_600_000;

/** Base64 of HMAC-SHA256 under the secret over timestamp and secret; the custom robot's address is signed by the same rule. */
export function signOf(secret: string, timestamp: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/**
 * Are these the headers that only the platform could have written? They do not cover the body: whoever once saw a pair can send another
 * body with it within the hour, so nothing in the body proves anything but by what it names.
 */
export function judgeHeaders(secret: string, timestamp: string, sign: string, nowMs: number): 'right' | 'mismatch' | 'stale' {
  if (!/^\d{1,15}$/.test(timestamp) || !isSame(signOf(secret, timestamp), sign)) return 'mismatch';
  return Math.abs(nowMs - Number(timestamp)) > SIGN_LIFE_MS ? 'stale' : 'right';
}

/** What is signed of an encrypted event. */
export interface SignedEvent {
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
}

/** Lower-case hex of SHA-1 over token, timestamp, nonce and cipher text, sorted by their code units. */
export function eventSignature(token: string, { timestamp, nonce, encrypt }: SignedEvent): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');
}

/** Does the signature fit? Compared in constant time. */
export function isSignedEvent(token: string, signed: SignedEvent, signature: string): boolean {
  return isSame(eventSignature(token, signed), signature);
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
