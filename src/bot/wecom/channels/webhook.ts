/** The group webhook: the one way on WeCom to really @ people in a group (dossier sections 3 and 4). */
import type { PersonId } from '../../../core/roster/roster';
import type { Channel } from '../../../ports/platform';
import type { Accounts } from '../accounts';
import type { WecomDeps } from '../deps';
import { textParts } from '../encode/text';
import type { Http } from '../http';
import { readAnswer, resultOfCode } from '../results';
import { apiUrl, type WecomBinding } from '../settings';

const ID = 'wecom.webhook';

/** Address: the room id, so that no row holds the key. Frozen bodies are the platform's own, byte for byte. Repeats show twice. */
export function createWebhook(binding: WecomBinding, accounts: Accounts, deps: WecomDeps, http: Http): Channel {
  return {
    id: ID,
    via: 'http',
    pages: true,
    idempotent: null,
    limits: [{ perMs: 60_000, max: 20, reserve: 5 }],
    split(message) {
      const mentions = useridsOf(message.mentions, accounts, deps);
      const parts = textParts(message, true);
      return parts.map((content, at) => ({ body: bodyOf(content, at === parts.length - 1 ? mentions : []) }));
    },
    async send(frozen, to, _key, stop) {
      const key = binding.rooms[to.address]?.webhookKey;
      if (key === undefined) return { is: 'refused', code: 'no_webhook', fault: 'receiver' };
      const reading = readAnswer(await http({ url: apiUrl(binding, 'webhook/send', { key }), body: frozen.body }, stop));
      if (reading.is === 'end') return reading.result;
      const { errcode, errmsg } = reading.answer;
      return errcode === 0 ? { is: 'accepted' } : resultOfCode(errcode, errmsg, { channel: ID, log: deps.log });
    },
  };
}

function bodyOf(content: string, mentions: readonly string[]): string {
  return JSON.stringify({ msgtype: 'text', text: { content, ...(mentions.length === 0 ? {} : { mentioned_list: mentions }) } });
}

function useridsOf(people: readonly PersonId[], accounts: Accounts, deps: WecomDeps): readonly string[] {
  return people.flatMap((person) => {
    const userid = accounts.useridOf(person);
    if (userid === null) deps.log.error({ person }, 'wecom webhook: person without a userid cannot be mentioned');
    return userid === null ? [] : [userid];
  });
}
