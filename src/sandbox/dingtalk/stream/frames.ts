/** The frames of stream mode (dossier 1.2, 1.3): JSON whose `data` is a string that holds JSON again. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What a frame downstream is about. */
export interface Downstream {
  readonly type: 'SYSTEM' | 'EVENT' | 'CALLBACK';
  readonly topic: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data: string;
}

/** A frame downstream as it goes over the wire; `time` is a string of milliseconds. */
export interface DownFrame {
  readonly specVersion: '1.0';
  readonly type: Downstream['type'];
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

const upSchema = z.looseObject({
  code: z.number().int(),
  headers: z.looseObject({ messageId: z.string() }),
  message: z.string().optional(),
  data: z.string().optional(),
});

/** An answer upstream. */
export type UpFrame = z.output<typeof upSchema>;

/** A frame with a message id of its own. */
export function downFrame(about: Downstream, where: { appId: string; connectionId: string; now: number }): DownFrame {
  const headers = {
    appId: where.appId,
    connectionId: where.connectionId,
    contentType: 'application/json',
    messageId: randomUUID(),
    time: String(where.now),
    topic: about.topic,
    ...about.headers,
  };
  return { specVersion: '1.0', type: about.type, headers, data: about.data };
}

/** The answer in a text frame, or null when it is none. */
export function readUpFrame(text: string): UpFrame | null {
  const read = upSchema.safeParse(parsed(text));
  return read.success ? read.data : null;
}

/** What the answer's `data` says; an empty object when it says nothing readable. */
export function dataOf(frame: UpFrame): Record<string, unknown> {
  const data = parsed(frame.data ?? '');
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
