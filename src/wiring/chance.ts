/** The real sources of chance and digests behind the ports. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Digest, Ids } from '../ports/ids';

/** Ids sort by time: 12 hex digits of epoch milliseconds, then 20 random ones. */
export const realIds: Ids = {
  next: () => Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex'),
  code4: () => {
    for (;;) {
      const code = String(randomInt(1000, 10_000));
      if (!code.startsWith('20')) return code;
    }
  },
};

/** SHA-256 of bytes, lower-case hex. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const sha256: Digest = { name: 'sha256', of: (text) => createHash('sha256').update(text, 'utf8').digest('hex') };
