/** Opens the platform's double envelope: both layers must say yes, and one of them is sometimes a text (dossier 6.3). */
import { z } from 'zod';
import type { SendResult } from '../../../ports/platform';
import { parseJson, road } from '../../wire/ends';
import type { HttpEnd } from '../../wire/http';

/** `done`: both layers said yes. `denied`: one said no, with its words. `end`: there is no answer that decides. */
export type Reading =
  | { readonly is: 'done'; readonly data: unknown }
  | { readonly is: 'denied'; readonly by: 'gateway' | 'call'; readonly code: string; readonly words: string; readonly requestId: string }
  | { readonly is: 'end'; readonly result: Exclude<SendResult, { is: 'accepted' }> };

const word = z.union([z.string(), z.number()]).transform(String);
const Outer = z.looseObject({
  success: z.boolean(),
  content: z.unknown().optional(),
  Code: word.optional(),
  Message: word.optional(),
  _RequestId: word.optional(),
  bizErrorCode: word.optional(),
});
const Inner = z.looseObject({
  success: z.boolean(),
  data: z.unknown().optional(),
  /** Where a text was the content, the data lies under this name. */
  content: z.unknown().optional(),
  responseCode: word.nullish(),
  responseMessage: word.nullish(),
  requestId: word.nullish(),
  bizErrorCode: word.nullish(),
});

const NOT_FOUND = 404;
const HALF_WAY = [500, 504];

/**
 * 404 is a call that this deployment lacks; 500 and 504 may have been carried out and are unknown; other statuses are faults of the road. A body
 * that says no is believed at any status.
 */
export function readAnswer(end: HttpEnd): Reading {
  if (end.is === 'not_sent') return { is: 'end', result: road(end.why) };
  if (end.is === 'no_answer') return { is: 'end', result: { is: 'unknown', what: end.why } };
  const outer = Outer.safeParse(parseJson(end.body));
  if (outer.success && !outer.data.success) return deniedByGateway(outer.data);
  if (end.status === NOT_FOUND) return { is: 'end', result: { is: 'refused', code: 'http_404', fault: 'capability' } };
  if (HALF_WAY.includes(end.status)) return { is: 'end', result: { is: 'unknown', what: `http_${end.status}` } };
  if (end.status !== 200) return { is: 'end', result: road(`http_${end.status}`) };
  return outer.success ? inside(outer.data.content) : unreadable();
}

function inside(content: unknown): Reading {
  const inner = Inner.safeParse(typeof content === 'string' ? parseJson(content) : content);
  if (!inner.success) return unreadable();
  const { success, data, content: deeper, responseCode, responseMessage, requestId, bizErrorCode } = inner.data;
  if (success) return { is: 'done', data: data ?? deeper ?? null };
  return { is: 'denied', by: 'call', code: responseCode ?? bizErrorCode ?? '', words: responseMessage ?? '', requestId: requestId ?? '' };
}

/** A call's own refusal may lie one layer deeper even when the outer layer says no. */
function deniedByGateway(outer: z.infer<typeof Outer>): Reading {
  const deeper = outer.Code === undefined ? inside(outer.content) : null;
  if (deeper?.is === 'denied') return deeper;
  const { Code, Message, _RequestId, bizErrorCode } = outer;
  return { is: 'denied', by: 'gateway', code: Code ?? bizErrorCode ?? '', words: Message ?? '', requestId: _RequestId ?? '' };
}

function unreadable(): Reading {
  return { is: 'end', result: { is: 'unknown', what: 'answer_unreadable' } };
}
