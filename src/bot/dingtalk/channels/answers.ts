/** Answers by session webhook (dossier 3.1): no token, no call of the month's budget, and the only answer of the robot that really calls people. */
import type { SendResult, Ticket } from '../../../ports/platform';
import { readOld } from '../answer';
import { sessionUrl } from '../settings';
import { sessionOf } from '../tickets';
import { type ChannelParts, saidOf } from './parts';

/** The last minute is left alone: a late answer is refused in a form that nobody documents. */
const MARGIN_MS = 60_000;

/** How the answer ended; null where there is no living ticket, or one that leads to a foreign host, and the message has to be pushed. */
export async function answerBySession(
  parts: ChannelParts,
  ticket: Ticket | null,
  body: Readonly<Record<string, unknown>>,
  stop: AbortSignal,
): Promise<SendResult | null> {
  const session = sessionOf(ticket);
  if (session === null || parts.deps.clock.now() >= session.until - MARGIN_MS) return null;
  const url = sessionUrl(parts.binding, session.url);
  if (url === null) {
    parts.deps.log.error({ host: hostOf(session.url) }, 'dingtalk: an answer would have gone to a foreign host');
    return null;
  }
  const said = saidOf(readOld(await parts.http({ url, body: JSON.stringify(body) }, stop)), parts, 'dingtalk.answer');
  return said.is === 'end' ? said.result : { is: 'accepted' };
}

function hostOf(written: string): string {
  return URL.canParse(written) ? new URL(written).host.slice(0, 100) : '';
}
