/** An answer to the message just heard, at the address that came with it; only where an office has tried that (dossier 6.5). */
import { z } from 'zod';
import type { SendResult, Ticket } from '../../../../ports/platform';
import { parseJson } from '../../../wire/ends';
import { textBody } from '../encode';
import type { GovParts } from '../parts';

/** What a message brought along to answer it by. `until` in milliseconds. */
export interface Session {
  readonly kind: 'session';
  readonly url: string;
  readonly until: string;
}

const Answer = z.looseObject({ errcode: z.coerce.number() });

/** Null where there is no living session, and where it refused: the message is then pushed. A lost answer is unknown, never pushed as well. */
export async function answerBySession(
  parts: GovParts,
  words: string,
  ticket: Ticket | null,
  stop: AbortSignal,
): Promise<SendResult | null> {
  const { features, deps, http, binding } = parts;
  if (ticket?.kind !== 'session' || !features.may('session.reply')) return null;
  const url = ourUrl(binding.base, ticket.url ?? '');
  if (url === null || deps.clock.now() >= Number(ticket.until)) return null;
  const end = await http({ url, body: textBody(words) }, stop);
  if (end.is === 'not_sent') return null;
  if (end.is === 'no_answer') return { is: 'unknown', what: end.why };
  const answer = end.status === 200 ? Answer.safeParse(parseJson(end.body)) : null;
  if (answer?.data?.errcode === 0) return { is: 'accepted' };
  deps.log.warn({ status: end.status, code: answer?.data?.errcode ?? null }, 'govding: an answer by session was refused, pushed instead');
  return null;
}

/** The body of a callback is not signed by anybody: its address is followed only to the platform's own host. */
function ourUrl(base: string, written: string): URL | null {
  if (!URL.canParse(written)) return null;
  const url = new URL(written);
  return url.origin === new URL(base).origin && url.username === '' && url.password === '' ? url : null;
}
