/** Seals what must be kept readable for us alone: a copy of the database without the secret tells nothing. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Closes texts and opens them again; `bound` is what a text belongs to, such as its row, so that sealed texts cannot be exchanged. */
export interface Seal {
  /** nonce | text | tag, as base64url. The same text is another one each time. */
  close(text: string, bound?: string): string;
  /** The text; null for what another key or purpose sealed, what is bound to something else, or what somebody changed. */
  open(sealed: string, bound?: string): string | null;
}

/** AES-256-GCM under a key that HKDF-SHA-256 makes from `secret` for this one purpose. */
export function sealFor(purpose: string, secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
  return {
    close(text, bound = '') {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed, bound = '') {
      // Reads plain base64 too.
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return null;
      }
    },
  };
}
