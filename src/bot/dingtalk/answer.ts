/** What a host answered: the two hosts have envelopes of their own, told apart here once (dossier 4.2). */
import { z } from 'zod';
import type { SendResult } from '../../ports/platform';
import { parseJson, road } from '../wire/ends';
import type { HttpEnd } from '../wire/http';

/** A refusal in the platform's own words. `code`: the new host's word, the old host's number, `88.<sub_code>` for a wrapped one. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId: string | null;
  /** Permissions that the console has to grant first. */
  readonly scopes: readonly string[];
}

export type Reading =
  | { readonly is: 'answer'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly is: 'fault'; readonly fault: Fault }
  /** Nothing readable came back. */
  | { readonly is: 'end'; readonly result: SendResult };

const text = z.string().catch('');
const Id = z.string().optional().catch(undefined);
const NewFault = z.looseObject({
  code: z.string().min(1),
  message: text,
  requestid: Id,
  requestId: Id,
  accessdenieddetail: z
    .looseObject({ requiredScopes: z.array(z.string()).catch([]) })
    .optional()
    .catch(undefined),
});
const Numbered = z.union([z.number().int(), z.string().regex(/^-?\d+$/)]).transform(Number);
const OldAnswer = z.looseObject({ errcode: Numbered, errmsg: text, sub_code: z.string().optional().catch(undefined), request_id: Id });
/** Said by the gate before both hosts to an address that calls too often (dossier 3.2). */
const Punished = z.looseObject({ status: z.literal(1111) });
const WRAPPED = 88;
const Fields = z.record(z.string(), z.unknown());

/** An answer of the new host: the status decides, the fault says why. */
export function readNew(end: HttpEnd): Reading {
  if (end.is !== 'answer') return withoutAnswer(end);
  const json = parseJson(end.body);
  if (Punished.safeParse(json).success) return faultOf('1111', 'address is blocked for a while', end.status);
  const fault = end.status >= 400 ? NewFault.safeParse(json) : null;
  if (fault?.success) {
    const { code, message, requestid, requestId, accessdenieddetail } = fault.data;
    const scopes = accessdenieddetail?.requiredScopes ?? [];
    return { is: 'fault', fault: { code, message, status: end.status, requestId: requestid ?? requestId ?? null, scopes } };
  }
  return end.status >= 200 && end.status < 300 ? bodyOf(json) : statusOf(end.status);
}

/** An answer of the old host: almost always 200, the number decides. */
export function readOld(end: HttpEnd): Reading {
  if (end.is !== 'answer') return withoutAnswer(end);
  const json = parseJson(end.body);
  if (Punished.safeParse(json).success) return faultOf('1111', 'address is blocked for a while', end.status);
  const answer = OldAnswer.safeParse(json);
  if (answer.success && answer.data.errcode !== 0) {
    const { errcode, errmsg, sub_code, request_id } = answer.data;
    const code = errcode === WRAPPED && sub_code ? `${WRAPPED}.${sub_code}` : String(errcode);
    return { is: 'fault', fault: { code, message: errmsg, status: end.status, requestId: request_id ?? null, scopes: [] } };
  }
  return end.status === 200 ? bodyOf(json) : statusOf(end.status);
}

function withoutAnswer(end: Exclude<HttpEnd, { is: 'answer' }>): Reading {
  return { is: 'end', result: end.is === 'not_sent' ? road(end.why) : { is: 'unknown', what: end.why } };
}

function faultOf(code: string, message: string, status: number): Reading {
  return { is: 'fault', fault: { code, message, status, requestId: null, scopes: [] } };
}

/** A server that fell over or a gateway that waited in vain may have carried the request out; any other of the kind has not begun (dossier 7). */
const HALF_WAY = [500, 504];

function statusOf(status: number): Reading {
  if (HALF_WAY.includes(status)) return { is: 'end', result: { is: 'unknown', what: `http_${status}` } };
  if (status >= 500) return { is: 'end', result: road(`http_${status}`) };
  return faultOf(`http_${status}`, 'answer without a code', status);
}

function bodyOf(json: unknown): Reading {
  const body = Fields.safeParse(json);
  return body.success ? { is: 'answer', body: body.data } : { is: 'end', result: { is: 'unknown', what: 'answer_unreadable' } };
}
