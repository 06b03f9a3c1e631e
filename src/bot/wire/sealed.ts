/** Seals what goes on the shared shelf with a key made from the app's own secret: a copy of the database gives nobody a token. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { TokenShelf } from '../../ports/platform';

const PURPOSE = 'fenghuo platform shelf 1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The shelf behind a seal: AES-256-GCM under a key that HKDF-SHA-256 makes from `secret`, bound to the row's key so that rows cannot be
 * exchanged. What cannot be opened (another secret by now, or damaged) counts as not there, and a new value takes its place.
 */
export function sealed(shelf: TokenShelf, secret: string): TokenShelf {
  const own = Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES));
  return {
    async read(key) {
      const lying = await shelf.read(key);
      const value = lying === null ? null : open(own, key, lying.value);
      return lying === null || value === null ? null : { value, until: lying.until };
    },
    write: (key, { value, until }) => shelf.write(key, { value: seal(own, key, value), until }),
    async drop(key, value) {
      const lying = await shelf.read(key);
      if (lying !== null && open(own, key, lying.value) === value) await shelf.drop(key, lying.value);
    },
  };
}

/** nonce | text | tag, in base64. */
function seal(own: Buffer, key: string, value: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', own, nonce).setAAD(Buffer.from(key));
  return Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function open(own: Buffer, key: string, text: string): string | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', own, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(key)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}
