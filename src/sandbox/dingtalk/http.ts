/** Reading requests and writing replies, the same for both hosts and the government edition. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './replies';

/** The whole body, or null when it is longer than `maxBytes`; it is read to its end all the same, so that the answer arrives. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? null : Buffer.concat(chunks);
}

/** JSON, or undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends the reply; null breaks the connection without one. */
export function send(response: ServerResponse, reply: Reply | null): void {
  if (reply === null) response.destroy();
  else response.writeHead(reply.status, reply.headers).end(reply.body);
}

/** One value of a header. */
export function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
