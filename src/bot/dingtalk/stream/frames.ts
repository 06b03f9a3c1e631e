/** Text frames of the long connection (dossier 1.2, 1.3): how they are read and answered. */
import { z } from 'zod';
import { parseJson } from '../../wire/ends';

const text = z.string().max(256);
const Headers = z.looseObject({ messageId: text.min(1), topic: text.catch(''), eventType: text.optional().catch(undefined) });
const Raw = z.looseObject({
  type: z.enum(['SYSTEM', 'EVENT', 'CALLBACK']),
  headers: Headers,
  data: z.string().catch(''),
});
const Reason = z.looseObject({ reason: text.catch('') });

/** A push with something of people in it. `data` is the inner JSON, undefined where there is none. */
export interface Push {
  readonly is: 'callback' | 'event';
  readonly messageId: string;
  readonly topic: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

export type Frame =
  | Push
  | { readonly is: 'ping'; readonly messageId: string; readonly data: string }
  /** The platform takes this socket out of service. */
  | { readonly is: 'leave'; readonly reason: string }
  /** Not understood, or of no interest; `what` is safe to log. */
  | { readonly is: 'other'; readonly what: string };

/** Reads one frame; never throws. Unknown headers and unknown kinds are no fault. */
export function readFrame(line: string): Frame {
  const frame = Raw.safeParse(parseJson(line));
  if (!frame.success) return { is: 'other', what: 'not a frame' };
  const { type, headers, data } = frame.data;
  const { messageId, topic } = headers;
  if (type !== 'SYSTEM') return { is: type === 'EVENT' ? 'event' : 'callback', messageId, topic, headers, data: parseJson(data) };
  if (topic === 'ping') return { is: 'ping', messageId, data };
  if (topic !== 'disconnect') return { is: 'other', what: `system ${topic.replace(/[^\w.-]/g, '').slice(0, 64)}` };
  const reason = Reason.safeParse(parseJson(data));
  return { is: 'leave', reason: reason.success ? reason.data.reason.slice(0, 64) : '' };
}

/** How a push was met. */
export type Verdict = 'taken' | 'unknown_topic' | 'unreadable';

const CODES = { taken: [200, 'OK'], unknown_topic: [404, 'TOPIC_NOT_EXIST'], unreadable: [400, 'bad request'] } as const;

/** The answer to a push, exactly as the platform's own client builds it. */
export function writeAnswer({ is, messageId }: Push, verdict: Verdict): string {
  const data = is === 'event' ? { status: 'SUCCESS' } : { response: {} };
  const [code, message] = CODES[verdict];
  return answer(code, messageId, message, JSON.stringify(verdict === 'taken' ? data : {}));
}

/** The answer to a ping: what it brought, unchanged. */
export function writePong(messageId: string, data: string): string {
  return answer(200, messageId, 'OK', data);
}

function answer(code: number, messageId: string, message: string, data: string): string {
  return JSON.stringify({ code, headers: { contentType: 'application/json', messageId }, message, data });
}
