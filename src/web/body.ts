/** Reads a request body up to a cap; more than that is refused before it is kept. */
import type { IncomingMessage } from 'node:http';

/** Cap of callback bodies (design.md section 4). */
export const CALLBACK_CAP = 64 * 1024;

/** The bytes, or null when the body is larger than `cap` bytes. */
export async function readBody(request: IncomingMessage, cap: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > cap) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > cap) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
