/** Encrypted events: opened strictly, and answered with a word that is encrypted the same way (dossier 2.4). */
import { createCipheriv, randomBytes } from 'node:crypto';
import type { Instant } from '../../../core/instant';
import { type CipherFault, createOpener, type Opener, readKey } from '../../wire/frameCipher';
import type { DingtalkBinding } from '../settings';
import { eventSignature } from './signature';

/** Library error codes of dossier 2.4. */
export const CIPHER_CODES: Readonly<Record<CipherFault, string>> = {
  key: '900004',
  receiver: '900010',
  cipher: '900002',
  frame: '900002',
  base64: '900002',
};

/** Opens events of the app, and those of a callback that was once registered for the whole organisation. */
export function createEventOpener({ event, clientId, corpId }: DingtalkBinding): Opener {
  const aesKey = event?.aesKey ?? '';
  const [ofApp, ofCorp] = [createOpener(aesKey, clientId), createOpener(aesKey, corpId)];
  return (encrypt) => {
    const opened = ofApp(encrypt);
    return opened.is === 'damaged' && opened.fault === 'receiver' ? ofCorp(encrypt) : opened;
  };
}

/** What makes two answers differ. */
export interface Salt {
  readonly random16: Buffer;
  readonly nonce: string;
}

/** The answer that says that an event was taken, as JSON; `salt` is chance where it is not given. */
export function successAnswer(
  { event, clientId }: Pick<DingtalkBinding, 'event' | 'clientId'>,
  now: Instant,
  { random16, nonce }: Salt = { random16: randomBytes(16), nonce: randomBytes(8).toString('hex') },
): string {
  const encrypt = sealFrame(event?.aesKey ?? '', clientId, 'success', random16);
  const timestamp = String(now);
  return JSON.stringify({
    msg_signature: eventSignature(event?.token ?? '', { timestamp, nonce, encrypt }),
    timeStamp: timestamp,
    nonce,
    encrypt,
  });
}

const BLOCK = 32;

/** The frame of dossier 2.4 around a text, in base64. Throws RangeError on a key that is none. */
export function sealFrame(aesKey: string, ownerKey: string, text: string, random16: Buffer): string {
  const key = readKey(aesKey);
  if (key === null) throw new RangeError('aesKey: 43 letters or digits');
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const frame = Buffer.concat([random16, length, message, Buffer.from(ownerKey)]);
  const pad = BLOCK - (frame.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([frame, Buffer.alloc(pad, pad)])), cipher.final()]).toString('base64');
}
