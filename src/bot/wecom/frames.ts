/** Text frames of the robot's long connection (dossier 2.9): how they are written and read. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../../core/instant';

const Headers = z.looseObject({ req_id: z.string().min(1).max(256) });
const Ack = z.looseObject({
  cmd: z.undefined().optional(),
  headers: Headers,
  errcode: z.number().int().default(0),
  errmsg: z.string().default(''),
  body: z.unknown().optional(),
});
const Callback = z.looseObject({ cmd: z.enum(['aibot_msg_callback', 'aibot_event_callback']), headers: Headers, body: z.unknown() });

export type Frame =
  | { readonly is: 'ack'; readonly reqId: string; readonly code: number; readonly errmsg: string; readonly body: unknown }
  | { readonly is: 'callback'; readonly reqId: string; readonly body: unknown }
  /** Not understood; `what` is safe to log. */
  | { readonly is: 'other'; readonly what: string };

/** Reads one frame. Raw control characters occur inside strings and are taken out before parsing; never throws. */
export function readFrame(text: string): Frame {
  const json = parse(text);
  const ack = Ack.safeParse(json);
  if (ack.success) {
    const { headers, errcode, errmsg, body } = ack.data;
    return { is: 'ack', reqId: headers.req_id, code: errcode, errmsg, body };
  }
  const callback = Callback.safeParse(json);
  if (callback.success) return { is: 'callback', reqId: callback.data.headers.req_id, body: callback.data.body };
  return { is: 'other', what: json === undefined ? 'not JSON' : `cmd ${cmdOf(json)}` };
}

export function writeFrame(cmd: string, reqId: string, body: unknown): string {
  return JSON.stringify({ cmd, headers: { req_id: reqId }, ...(body === undefined ? {} : { body }) });
}

/** An own request id, unique on any connection. */
export function newReqId(cmd: string, now: Instant): string {
  return `${cmd}_${now}_${randomBytes(4).toString('hex')}`;
}

function parse(text: string): unknown {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the platform leaves inside strings
    return JSON.parse(text.replace(/[\t\n]/g, ' ').replace(/[\u0000-\u001f]/g, ''));
  } catch {
    return undefined;
  }
}

function cmdOf(json: unknown): string {
  const named = z.looseObject({ cmd: z.string() }).safeParse(json);
  return named.success ? named.data.cmd.replace(/[^\w.-]/g, '').slice(0, 64) : 'missing';
}
