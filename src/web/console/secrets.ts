/** Tokens, passwords and one-time codes of the pages: made here, compared here, kept elsewhere only hashed or sealed. */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Secret, TOTP } from 'otpauth';

/** What a browser keeps, 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How a token stands in the database. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Cost of a guess: some 60 ms and 32 MB. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 << 20 };
const KEY_BYTES = 32;
const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** `scrypt$salt$key`, to be kept. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, KEY_BYTES, COST);
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Takes as long for somebody who has none (`kept` null), so that time tells nothing. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, salt = '', key = ''] = (kept ?? NOBODYS).split('$');
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), KEY_BYTES, COST);
  const wanted = Buffer.from(key, 'base64url');
  return wanted.length === given.length && timingSafeEqual(given, wanted) && kept !== null;
}

const NOBODYS = `scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** A new key for one-time codes (RFC 6238: 6 digits, 30 s, SHA-1, as every authenticator app reads it), in base32. */
export function newCodeKey(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address an authenticator app reads, as text or as a picture of it. */
export function codeKeyUri(key: string, person: string, office: string): string {
  return codesOf(key, person, office).toString();
}

/** The time step a code belongs to, one step early or late allowed; null for a wrong one. `now` in real milliseconds. */
export function stepOf(code: string, key: string, now: number): number | null {
  const off = codesOf(key).validate({ token: code, timestamp: now, window: 1 });
  return off === null ? null : Math.floor(now / 30_000) + off;
}

function codesOf(key: string, label = '', issuer = ''): TOTP {
  return new TOTP({ secret: Secret.fromBase32(key), label, issuer, digits: 6, period: 30, algorithm: 'SHA1' });
}
