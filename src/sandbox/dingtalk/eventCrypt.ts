/** Encryption of event pushes over HTTP (dossier 2.4): AES-256-CBC with its own padding, signed with SHA-1. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;
const HEAD_BYTES = 20;

/** The key as the console shows it, and whose events they are (the app key for an internal app). */
export interface EventKeys {
  readonly aesKey: string;
  readonly ownerKey: string;
}

/** Lower-case hex SHA-1 over the four values in ordinal order. */
export function eventSignature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
}

/** Random, length, message, owner; padded to `block` bytes (some official samples pad to 16). */
export function encryptEvent(keys: EventKeys, plain: string, random: Buffer = randomBytes(16), block = BLOCK): string {
  const message = Buffer.from(plain);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const body = Buffer.concat([random, length, message, Buffer.from(keys.ownerKey)]);
  const fill = block - (body.length % block);
  const key = keyOf(keys);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(body), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]).toString('base64');
}

/** The plain message; throws when padding or owner are not right. */
export function decryptEvent(keys: EventKeys, encrypted: string): string {
  const key = keyOf(keys);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const fill = padded.at(-1) ?? 0;
  if (fill < 1 || fill > BLOCK || fill > padded.length - HEAD_BYTES) throw new Error('event: wrong padding');
  const body = padded.subarray(0, padded.length - fill);
  const end = HEAD_BYTES + body.readUInt32BE(16);
  if (body.subarray(end).toString() !== keys.ownerKey) throw new Error('event: foreign owner');
  return body.subarray(HEAD_BYTES, end).toString();
}

/** The 43rd character may hold stray bits, which the decoder drops. */
function keyOf({ aesKey }: EventKeys): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  if (key.length !== 32) throw new Error('event: the key is not 43 characters long');
  return key;
}
