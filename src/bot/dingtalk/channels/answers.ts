/** Answers by session webhook (dossier 3.1): no token, no call of the month's budget, and the only answer of the robot that really calls people. */
import type { SendResult, Ticket } from '../../../ports/platform';
import { readOld } from '../answer';
import { sessionOf } from '../tickets';
import { type ChannelParts, saidOf } from './parts';

/** How the answer ended; null where there is no living ticket, or one that leads to a foreign host, and the message has to be pushed. */
export async function answerBySession(
  parts: ChannelParts,
  ticket: Ticket | null,
  body: Readonly<Record<string, unknown>>,
  stop: AbortSignal,
): Promise<SendResult | null> {
  const url = sessionOf(parts.binding, ticket, parts.deps.clock.now());
  if (url === null) return null;
  const said = saidOf(readOld(await parts.http({ url, body: JSON.stringify(body) }, stop)), parts, 'dingtalk.answer');
  return said.is === 'end' ? said.result : { is: 'accepted' };
}
