/** The group webhook: the one way on WeCom to really @ people in a group that people made themselves (dossier sections 3 and 4). */
import type { Channel, Paper, SendResult } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import type { Http } from '../../wire/http';
import { type Papers, safeName } from '../../wire/papers';
import { paperWords } from '../../wire/paperWords';
import { worded } from '../../wire/worded';
import type { Accounts } from '../accounts';
import { freeze, thaw } from '../call';
import { dressedForGroup, isPage } from '../encode/dress';
import { bodyIn, mentionedTexts } from '../encode/mentioned';
import type { Features } from '../features';
import { plainInstead } from '../plain';
import { readAnswer, resultOfCode } from '../results';
import { type WecomBinding, webhookUrl } from '../settings';
import { uploadToWebhook } from '../upload';

const ID = 'wecom.webhook';

/** What the webhook needs; it has a key in its address instead of a token. */
export interface WebhookParts {
  readonly binding: WecomBinding;
  readonly accounts: Accounts;
  readonly deps: AdapterDeps;
  readonly features: Features;
  readonly papers: Papers;
  readonly http: Http;
}

/** Address: the room id, so that no row holds the key. Frozen bodies are the platform's own, byte for byte. Repeats show twice. */
export function createWebhook(parts: WebhookParts): Channel {
  const { binding, features, deps } = parts;
  const texts = mentionedTexts(parts.accounts, deps.log);
  return {
    id: ID,
    via: 'http',
    pages: true,
    idempotent: null,
    limits: [{ perMs: 60_000, max: 20, reserve: 5 }],
    split: (message) => texts(message, true),
    dress(message, face) {
      const body = message.mentions.length > 0 ? null : dressedForGroup(message, face, true);
      const plain = texts(worded(message, face, isPage), true);
      return body === null ? plain : [freeze({ message: body, plain: plain.map(bodyIn) })];
    },
    attach: (paper) =>
      features.may('webhook.files') && deps.papers !== undefined
        ? freeze({ paper: { ...paper, name: safeName(paper.name) } })
        : { body: wordsFor(paper) },
    async send(frozen, to, _key, stop) {
      const key = binding.rooms[to.address]?.webhookKey;
      if (key === undefined) return { is: 'refused', code: 'no_webhook', fault: 'receiver' };
      const call = thaw(frozen);
      if (call?.paper !== undefined) return sendPaper(parts, key, call.paper, stop);
      const say = (body: string) => post(parts, key, body, stop);
      if (call === null) return say(frozen.body);
      return plainInstead(
        call,
        await say(JSON.stringify(call.message)),
        () => undefined,
        (body) => say(JSON.stringify(body)),
      );
    },
  };
}

async function post({ binding, http, deps, features }: WebhookParts, key: string, body: string, stop: AbortSignal): Promise<SendResult> {
  const reading = readAnswer(await http({ url: webhookUrl(binding, 'send', { key }), body }, stop));
  if (reading.is === 'end') {
    if (reading.result.is === 'refused') features.lacks('webhook', reading.result.code);
    return reading.result;
  }
  const { errcode, errmsg } = reading.answer;
  return errcode === 0 ? { is: 'accepted' } : resultOfCode(errcode, errmsg, { channel: ID, log: deps.log });
}

async function sendPaper(parts: WebhookParts, key: string, paper: Paper, stop: AbortSignal): Promise<SendResult> {
  const { papers, features, binding, http, deps } = parts;
  const way = {
    scope: `webhook ${key}`,
    upload: (name: string, bytes: Buffer) => uploadToWebhook({ binding, http, log: deps.log }, key, name, bytes),
    post: (id: string) => post(parts, key, JSON.stringify({ msgtype: 'file', file: { media_id: id } }), stop),
  };
  const result = await papers.send(paper, way, stop);
  const isMissing = result.is === 'refused' && features.lacks('webhook.files', result.code);
  return isMissing ? post(parts, key, wordsFor(paper), stop) : result;
}

function wordsFor(paper: Paper): string {
  return JSON.stringify({ msgtype: 'text', text: { content: paperWords(paper.name) } });
}
