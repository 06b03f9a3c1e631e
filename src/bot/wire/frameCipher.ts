/** Opens the cipher text of a callback strictly: whatever a platform's own encoder would not have written is refused. */
import { createDecipheriv, timingSafeEqual } from 'node:crypto';

/** What is wrong with a cipher text; each platform has codes of its own for them. */
export type CipherFault = 'key' | 'receiver' | 'cipher' | 'frame' | 'base64';
export type Decrypted =
  | { readonly is: 'open'; readonly text: string }
  | { readonly is: 'damaged'; readonly fault: CipherFault; readonly why: string };

/**
 * Random bytes and the length. The random bytes are the first cipher block, and nothing of them is used: so one decipher serves all
 * frames of a key, although it chains each to the one before and gets the first block of each wrong. A new one a frame costs as
 * much as all the rest of opening it.
 */
const HEAD_BYTES = 20;
const LENGTH_AT = 16;
const MAX_PAD = 32;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Opens the cipher texts of one callback address. */
export type Opener = (encrypt: string) => Decrypted;

/** As `createOpener`, for a single cipher text. */
export function decrypt(encodingAesKey: string, receiveId: string, encrypt: string): Decrypted {
  return createOpener(encodingAesKey, receiveId)(encrypt);
}

/**
 * Opens AES-256-CBC under a key that is its own IV, padded to 32: 16 random bytes, length in 4 bytes, message, `receiveId`, which is
 * compared. The opener never throws on any input.
 */
export function createOpener(encodingAesKey: string, receiveId: string): Opener {
  const key = readKey(encodingAesKey);
  if (key === null) return () => damaged('key', 'EncodingAESKey is not 43 letters or digits');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return (encrypt) => {
    const cipher = readBase64(encrypt);
    if (cipher === null) return damaged('base64', 'cipher text is not canonical base64');
    if (cipher.length === 0 || cipher.length % 16 !== 0) return damaged('cipher', 'cipher text is not whole blocks');
    if (cipher.length < HEAD_BYTES) return damaged('frame', 'frame is shorter than its head');
    const frame = unpad(decipher.update(cipher));
    if (frame === null) return damaged('cipher', 'padding is not PKCS#7 of block 32');
    return openFrame(frame, receiveId);
  };
}

/** 32 bytes of a 43-character key, or null. Real keys leave non-zero trailing bits, so the decoder is lenient. */
export function readKey(encodingAesKey: string): Buffer | null {
  if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) return null;
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

function readBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

function unpad(padded: Buffer): Buffer | null {
  const pad = padded[padded.length - 1] ?? 0;
  if (pad < 1 || pad > MAX_PAD || pad > padded.length) return null;
  const end = padded.length - pad;
  return padded.subarray(end).every((byte) => byte === pad) ? padded.subarray(0, end) : null;
}

function openFrame(frame: Buffer, receiveId: string): Decrypted {
  if (frame.length < HEAD_BYTES) return damaged('frame', 'frame is shorter than its head');
  const end = HEAD_BYTES + frame.readUInt32BE(LENGTH_AT);
  if (end > frame.length) return damaged('frame', 'length field reaches past the frame');
  if (!equal(frame.subarray(end), Buffer.from(receiveId, 'utf8'))) return damaged('receiver', 'receive id differs');
  const text = decodeUtf8(frame.subarray(HEAD_BYTES, end));
  return text === null ? damaged('frame', 'message is not UTF-8') : { is: 'open', text };
}

/** Text of strictly valid UTF-8, a byte order mark kept; null otherwise. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

function equal(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function damaged(fault: CipherFault, why: string): Decrypted {
  return { is: 'damaged', fault, why };
}
