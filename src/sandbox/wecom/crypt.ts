/** Callback encryption as the platform does it (dossier section 1), written for the stand-in alone. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;
const RANDOM_BYTES = 16;

/** The secret pair of a callback and the receiver id inside its frames (corpid for an app, empty for a robot). */
export interface CallbackKeys {
  readonly token: string;
  readonly aesKey: string;
  readonly receiveId: string;
}

/** Lower-case hex SHA-1 over the byte-wise sorted parts (dossier 1.3). */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  const parts = [token, timestamp, nonce, encrypted].map((part) => Buffer.from(part, 'utf8')).sort(Buffer.compare);
  return createHash('sha1').update(Buffer.concat(parts)).digest('hex');
}

/** Encrypts one frame; `random` (16 bytes) is fresh unless a published example is to be repeated. Base64. */
export function encryptFrame(keys: Omit<CallbackKeys, 'token'>, message: string, random: Buffer = randomBytes(RANDOM_BYTES)): string {
  const body = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(keys.receiveId, 'utf8')]);
  const padding = BLOCK - (plain.length % BLOCK);
  const key = keyBytes(keys.aesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString('base64');
}

/** Decrypts one frame. Throws on a damaged text (padding, length) and on a foreign receiver; the message names the rule, never the content. */
export function decryptFrame(keys: Omit<CallbackKeys, 'token'>, encrypted: string): string {
  const data = Buffer.from(encrypted, 'base64');
  if (data.length === 0 || data.length % 16 !== 0) throw new Error('callback frame: length is not a multiple of 16');
  const key = keyBytes(keys.aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(data), decipher.final()]);
  const padding = padded[padded.length - 1] ?? 0;
  if (padding < 1 || padding > BLOCK || padding > padded.length) throw new Error('callback frame: illegal padding');
  const plain = padded.subarray(0, padded.length - padding);
  if (plain.length < RANDOM_BYTES + 4) throw new Error('callback frame: too short');
  const end = RANDOM_BYTES + 4 + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw new Error('callback frame: length field out of range');
  if (plain.subarray(end).toString('utf8') !== keys.receiveId) throw new Error('callback frame: foreign receiver');
  return plain.subarray(RANDOM_BYTES + 4, end).toString('utf8');
}

function keyBytes(aesKey: string): Buffer {
  if (!/^[A-Za-z0-9]{43}$/.test(aesKey)) throw new Error('callback key: not 43 letters and digits');
  return Buffer.from(`${aesKey}=`, 'base64');
}
