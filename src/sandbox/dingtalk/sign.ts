/** The signatures of robots, both ways (dossier 2.3, 3.2): HMAC-SHA256 over timestamp and secret, never over the body. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a timestamp may lie from now, either way: one hour. */
export const SIGN_WINDOW_MS = 3_600_000;

/** `Base64(HMAC-SHA256(secret, timestamp + "\n" + secret))`; a URL carries it encoded once more. */
export function robotSign(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** What is wrong with a signed call, or null. `nowMs` is epoch milliseconds. */
export function signFault(given: { timestamp: string; sign: string }, secret: string, nowMs: number): 'stale' | 'mismatch' | null {
  const moment = /^\d{1,15}$/.test(given.timestamp) ? Number(given.timestamp) : Number.NaN;
  if (!(Math.abs(nowMs - moment) <= SIGN_WINDOW_MS)) return 'stale';
  return sameText(given.sign, robotSign(given.timestamp, secret)) ? null : 'mismatch';
}

/** Compares secrets without telling by the time taken where they differ. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
