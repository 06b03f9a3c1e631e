/** The custom robot of a group (dossier 3.2): no token, no call of the month's budget, and real mentions; it can only send. */
import { createHmac } from 'node:crypto';
import type { Channel, SendResult } from '../../../ports/platform';
import { paperWords } from '../../wire/paperWords';
import { worded } from '../../wire/worded';
import { type Fault, readOld } from '../answer';
import { actionBody, isPage } from '../encode/dress';
import { type Body, hookBodies } from '../encode/hook';
import { calledOf } from '../encode/mention';
import { oapiUrl } from '../settings';
import { type ChannelParts, saidOf } from './parts';

export const WEBHOOK = 'dingtalk.webhook';
/** The platform knows a message by the key in it; for how long nobody says, so it is not relied on for longer. */
const KNOWN_FOR_MS = 5 * 60_000;

type Hook = NonNullable<ChannelParts['binding']['rooms'][string]['webhook']>;

/** Address: the room id, so that no row holds the token. Frozen bodies are the platform’s own but for the key of the dispatch. */
export function createWebhook(parts: ChannelParts): Channel {
  const { binding, accounts, deps } = parts;
  const hookOf = (room: string): Hook | undefined => binding.rooms[room]?.webhook;
  const split: Channel['split'] = (message, to) =>
    hookBodies(message, calledOf(message.mentions, accounts, deps.log), {
      style: 'text',
      keyword: hookOf(to.address)?.keyword ?? null,
    }).map(frozenOf);
  return {
    id: WEBHOOK,
    via: 'http',
    pages: true,
    idempotent: { by: 'key', forMs: KNOWN_FOR_MS },
    limits: [{ perMs: 60_000, max: 20, reserve: 5 }],
    split,
    dress(message, face, to) {
      const body = message.mentions.length > 0 || hookOf(to.address)?.keyword !== undefined ? null : actionBody(message, face);
      return body === null ? split(worded(message, face, isPage), to) : [frozenOf(body)];
    },
    attach: (paper, to) => frozenOf({ msgtype: 'text', text: { content: withWord(paperWords(paper.name), hookOf(to.address)) } }),
    async send(frozen, to, key, stop) {
      const hook = hookOf(to.address);
      if (hook === undefined) return { is: 'refused', code: 'no_webhook', fault: 'receiver' };
      const body = keyed(frozen.body, key);
      if (body === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      let isClock = false;
      const once = () => post(parts, hook, body, stop, ({ code, message }) => (isClock = code === SECURITY && /timestamp/i.test(message)));
      const first = await once();
      // The only refusal that a new signature can mend (dossier 7).
      return isClock ? once() : first;
    },
  };
}

const SECURITY = '310000';

async function post(parts: ChannelParts, hook: Hook, body: string, stop: AbortSignal, heard: (fault: Fault) => void): Promise<SendResult> {
  const url = oapiUrl(parts.binding, 'robot/send', { access_token: hook.accessToken, ...signed(hook.secret, parts.deps.clock.now()) });
  const said = saidOf(readOld(await parts.http({ url, body }, stop)), parts, WEBHOOK, (fault) => {
    parts.features.lacks('webhook', fault.code);
    heard(fault);
  });
  return said.is === 'end' ? said.result : { is: 'accepted' };
}

/** Timestamp and signature, where the robot asks for them. */
export function signed(secret: string | undefined, now: number): Readonly<Record<string, string>> {
  if (secret === undefined) return {};
  const timestamp = String(now);
  return { timestamp, sign: createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64') };
}

function frozenOf(body: Body): { readonly body: string } {
  return { body: JSON.stringify(body) };
}

/** The key of the dispatch, by which the platform knows a repeat; null for a body that this version did not write. */
function keyed(body: string, key: string): string | null {
  try {
    const fields: unknown = JSON.parse(body);
    return typeof fields === 'object' && fields !== null ? JSON.stringify({ ...fields, msgUuid: key }) : null;
  } catch {
    return null;
  }
}

function withWord(words: string, hook: Hook | undefined): string {
  return hook?.keyword === undefined || words.includes(hook.keyword) ? words : `${words}（${hook.keyword}）`;
}
