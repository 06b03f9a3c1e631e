/** Reads a request body up to a cap and a time limit; what is more, or later, is refused before it is kept. */
import type { IncomingMessage } from 'node:http';
import { HttpFault } from './errors';

/** Cap of callback bodies (design.md section 4). */
export const CALLBACK_CAP = 64 * 1024;
/** The last byte must be there so soon after the first: senders that trickle must not hold memory. */
const BODY_MS = 3_000;

/**
 * The bytes, or null when the body is larger than `cap` bytes. Throws HttpFault: 408 `too_slow` when it is not whole after
 * `limitMs`, 400 `incomplete` when the sender went away in the middle. What still comes after that is thrown away.
 */
export function readBody(request: IncomingMessage, cap: number, limitMs = BODY_MS): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > cap) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= cap) chunks.push(chunk);
      else end(() => resolve(null));
    };
    const whole = (): void => end(() => resolve(Buffer.concat(chunks)));
    const brokenOff = (): void => end(() => reject(new HttpFault(400, 'incomplete', '请求内容没有送完。')));
    const tooSlow = (): void => end(() => reject(new HttpFault(408, 'too_slow', '请求内容未在时限内送达。')));
    const timer = setTimeout(tooSlow, limitMs);
    const end = (tell: () => void): void => {
      clearTimeout(timer);
      request.off('data', keep).off('end', whole).off('error', brokenOff).off('close', brokenOff);
      request.on('error', () => undefined).resume();
      tell();
    };
    request.on('data', keep).on('end', whole).on('error', brokenOff).on('close', brokenOff);
  });
}
