/** The real sources of chance and digests behind the ports. */
import { createHash, getHashes, randomBytes, randomInt } from 'node:crypto';
import type { Digest, Ids } from '../ports/ids';
import type { Settings } from '../settings';
import { StartFault } from './faults';

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

/** The first algorithm: digests without a name are its own. */
export const sha256: Digest = { name: 'sha256', of: (text) => hashed('sha256', text), holds };
/** The national algorithm (GB/T 32905-2016), where the machine's own library has it. */
export const sm3: Digest = { name: 'sm3', of: (text) => `sm3:${hashed('sm3', text)}`, holds };

/** The one the settings choose. Throws StartFault where this machine's library does not have it. */
export function digestFor({ digest }: Pick<Settings, 'digest'>): Digest {
  if (!getHashes().includes(digest))
    throw new StartFault([`本机的 OpenSSL 不支持 ${digest}：请把 FENGHUO_DIGEST 改为 sha256，或更换支持的系统。`]);
  return digest === 'sm3' ? sm3 : sha256;
}

function hashed(algorithm: string, text: string): string {
  return createHash(algorithm).update(text, 'utf8').digest('hex');
}

function holds(text: string, digest: string): boolean {
  return (digest.startsWith('sm3:') ? sm3 : sha256).of(text) === digest;
}
