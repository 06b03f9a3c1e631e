/** The robot where it is heard over a callback address: it can only answer, once for each message, within the hour (dossier 2.8). */
import type { Cleared } from '../../../core/privacy/clear';
import type { Channel, SendResult } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import type { Http } from '../../wire/http';
import { paperWords } from '../../wire/paperWords';
import { type Call, freeze, messageOf, thaw } from '../call';
import { taskIdOf } from '../encode/card';
import { markdownParts } from '../encode/markdown';
import { markdownBody, robotCalls } from '../encode/robotCalls';
import type { Features } from '../features';
import { plainInstead } from '../plain';
import { readAnswer, resultOfCode } from '../results';
import { aliased, type WecomBinding } from '../settings';
import { ROBOT } from './robotParts';

/** The platform shows one answer for each message, and says yes to a second without showing it. */
const ONE_ANSWER_MS = 3_600_000;

/**
 * Address: as for the long connection. Without a living ticket nothing can be sent: `no_ticket`, and the next way is taken. A message that
 * would need several answers goes as one piece of markdown.
 */
export function createRobotByUrl(binding: WecomBinding, deps: AdapterDeps, features: Features, http: Http): Channel {
  return {
    id: ROBOT,
    via: 'http',
    pages: false,
    idempotent: { by: 'key', forMs: ONE_ANSWER_MS },
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: 3_600_000, max: 1000, reserve: 5 },
    ],
    split: (message) => inOne(message, binding, features).map(freeze),
    attach: (paper) => freeze({ message: markdownBody(paperWords(paper.name)) }),
    async send(frozen, to, key, stop) {
      const call = thaw(frozen);
      const message = call === null ? null : messageOf(call, (card) => taskIdOf(key, card));
      if (call === null || message === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      const { kind, responseUrl = '', until } = to.ticket ?? {};
      if (kind !== 'robot_url') return { is: 'refused', code: 'no_ticket', fault: 'capability' };
      const url = aliased(binding, responseUrl);
      if (url === null) return { is: 'refused', code: 'response_url', fault: 'capability' };
      if (deps.clock.now() >= Number(until)) return { is: 'refused', code: 'ticket_expired', fault: 'capability' };
      const post = async (body: Readonly<Record<string, unknown>>): Promise<SendResult> => {
        const reading = readAnswer(await http({ url, body: JSON.stringify(body) }, stop));
        if (reading.is === 'end') return reading.result;
        const { errcode, errmsg } = reading.answer;
        return errcode === 0 ? { is: 'accepted' } : resultOfCode(errcode, errmsg, { channel: ROBOT, log: deps.log });
      };
      return plainInstead(call, await post(message), (code) => features.lacks('aibot.cards', code), post);
    },
  };
}

function inOne(message: Cleared, binding: WecomBinding, features: Features): readonly Call[] {
  const calls = robotCalls(message, null, binding, features);
  return calls.length === 1 ? calls : markdownParts(message, true).map((content) => ({ message: markdownBody(content) }));
}
