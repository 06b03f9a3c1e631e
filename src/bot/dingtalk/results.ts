/** From what either host said to how a sending ended, with a log line wherever an operator must act (dossier 4.2, 7). */
import { z } from 'zod';
import type { SendResult } from '../../ports/platform';
import { parseJson, road, scrub } from '../wire/ends';
import type { HttpEnd } from '../wire/http';
import type { Log } from '../wire/log';
import { reactionTo } from './codes';

/** The ends of a sending that are none of the platform’s yes. */
export type Failed = Exclude<SendResult, { is: 'accepted' }>;

/** What the platform said no with: its code as text, and what else stands there for an operator. */
export interface No {
  readonly is: 'no';
  readonly code: string;
  readonly said: string;
  /** Rights that the console has to give first, where the answer names them. */
  readonly scopes?: readonly string[];
}
export type Fields = Readonly<Record<string, unknown>>;

/** A yes with its fields, a no with its code, or the end of the sending where there is no answer of the platform. */
export type Reading = { readonly is: 'yes'; readonly body: Fields } | No | { readonly is: 'end'; readonly result: Failed };

const text = z.union([z.string(), z.number().transform(String)]);
const Old = z.looseObject({ errcode: text, errmsg: z.string().catch(''), sub_code: text.optional(), sub_msg: z.string().optional() });
const New = z.looseObject({
  code: z.string().min(1),
  message: z.string().catch(''),
  requestid: z.string().optional(),
  requestId: z.string().optional(),
  accessdenieddetail: z.looseObject({ requiredScopes: z.array(z.string()).catch([]) }).optional(),
});
/** The page that stands in front of everything when an address has called too often; it has no code of either form. */
const Page = z.looseObject({ status: z.literal(1111), punish: z.string().optional() });
const Body = z.looseObject({});

const BANNED = '1111';
const WRAPS_ANOTHER = '88';

/** The old host: status 200 whatever happened, the code inside; 88 wraps the code that counts. */
export function readOld(end: HttpEnd): Reading {
  return readWith(end, (body, status) => {
    const old = Old.safeParse(body);
    if (!old.success) return status === 200 ? unreadable() : undefined;
    const { errcode, errmsg, sub_code = '', sub_msg = errmsg } = old.data;
    if (errcode === '0') return { is: 'yes', body: old.data };
    return errcode === WRAPS_ANOTHER && sub_code !== '' ? no(sub_code, sub_msg) : no(errcode, errmsg);
  });
}

/** The new host: real statuses, and one status for four different things, so only the code decides. */
export function readNew(end: HttpEnd): Reading {
  return readWith(end, (body, status) => {
    if (status >= 200 && status < 300) {
      const fields = Body.safeParse(body);
      return fields.success ? { is: 'yes', body: fields.data } : unreadable();
    }
    const said = New.safeParse(body);
    if (!said.success) return undefined;
    const { code, message, requestid, requestId, accessdenieddetail } = said.data;
    const scopes = accessdenieddetail?.requiredScopes ?? [];
    return { ...no(code, `${message} ${requestid ?? requestId ?? ''}`.trim()), ...(scopes.length === 0 ? {} : { scopes }) };
  });
}

const NOT_FOUND = 404;
const GATEWAY_LIMIT = 504;

/** What is the same on both hosts: no connection, no answer, the page of a ban, statuses without a body that means anything. */
function readWith(end: HttpEnd, read: (body: unknown, status: number) => Reading | undefined): Reading {
  if (end.is === 'not_sent') return ended(road(end.why));
  if (end.is === 'no_answer') return ended({ is: 'unknown', what: end.why });
  const body = parseJson(end.body);
  if (Page.safeParse(body).success) return no(BANNED, 'address banned for a while');
  const reading = read(body, end.status);
  if (reading !== undefined) return reading;
  if (end.status === NOT_FOUND) return ended({ is: 'refused', code: 'http_404', fault: 'capability' });
  // The gateway gives up after three seconds while the call may go on behind it (dossier 4.2).
  return ended(end.status === GATEWAY_LIMIT ? { is: 'unknown', what: 'http_504' } : road(`http_${end.status}`));
}

function ended(result: Failed): Reading {
  return { is: 'end', result };
}

function unreadable(): Reading {
  return ended({ is: 'unknown', what: 'answer_unreadable' });
}

function no(code: string, said: string): No {
  return { is: 'no', code, said };
}

/** Who says in the log what became of a call. */
export interface Where {
  readonly channel: string;
  readonly log: Log;
}

/** The end that a code means for a sending. A month that is used up ends this way until the next one begins, so another way is taken. */
export function resultOf({ code, said, scopes }: No, { channel, log }: Where): Failed {
  const reaction = reactionTo(code);
  const fields = { channel, code, said: scrub(said), ...(scopes === undefined ? {} : { scopes }) };
  switch (reaction.is) {
    case 'again':
      log[reaction.blocks === 'tenant' ? 'error' : 'warn']({ ...fields, why: reaction.why }, 'dingtalk asks to wait');
      return { is: 'road', code, blocks: reaction.blocks, waitMs: reaction.waitMs };
    case 'early':
      return road(code);
    case 'token':
      log.error(fields, 'dingtalk refuses the credentials');
      return { is: 'refused', code, fault: 'permission' };
    case 'quota':
      log.error(fields, 'dingtalk: what the month allows is used up');
      return { is: 'refused', code, fault: 'capability' };
    case 'done':
      return { is: 'unknown', what: 'done' };
    default:
      log.error({ ...fields, why: reaction.why }, 'dingtalk refuses a message');
      return { is: 'refused', code, fault: reaction.fault };
  }
}
