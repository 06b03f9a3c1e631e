/** Signed requests of the government edition (dossier 6.2): method, time, nonce, path and the raw, sorted parameters. */
import { createHash, createHmac } from 'node:crypto';

/** What is signed. Parameters as sent, decoded; empty values are left out. */
export interface Signed {
  readonly method: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly path: string;
  readonly params: readonly (readonly [string, string])[];
}

/** The text under the signature; without parameters it ends with the path. Names are sorted without regard to letter case. */
export function stringToSign({ method, timestamp, nonce, path, params }: Signed): string {
  const pairs = params.filter(([, value]) => value !== '').sort(byName);
  return [method, timestamp, nonce, path, ...(pairs.length > 0 ? [pairs.map(([name, value]) => `${name}=${value}`).join('&')] : [])].join(
    '\n',
  );
}

/** Base64 of the HMAC-SHA256, or the hexadecimal MD5 of text and secret when the caller asks for that. */
export function signatureOf(text: string, secret: string, algorithm: 'sha256' | 'md5'): string {
  if (algorithm === 'md5') return createHash('md5').update(`${text}\n${secret}`).digest('hex');
  return createHmac('sha256', secret).update(text).digest('base64');
}

/** The values of a repeated name are sorted too. */
function byName([name, value]: readonly [string, string], [other, its]: readonly [string, string]): number {
  const [a, b] = [name.toLowerCase(), other.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return value < its ? -1 : value > its ? 1 : 0;
}
