/** Cards that call people in a group: the robot's own way to a real mention without anybody having spoken before (dossier 3.3, 3.7). */
import type { Cleared } from '../../../core/privacy/clear';
import type { Channel } from '../../../ports/platform';
import { worded } from '../../wire/worded';
import { cardNotice, cardPages, namesIn } from '../encode/card';
import { isPage } from '../encode/dress';
import { type Called, calledOf, inGroups } from '../encode/mention';
import { type Call, freeze, thaw } from '../frozen';
import { deliverCard } from './cards';
import { type ChannelParts, NOT_THAWED } from './parts';

export const CARD = 'dingtalk.card';
const DAY_MS = 24 * 3_600_000;

/** Address: the group’s open conversation id. The card’s id is made from the dispatch, so a repeat is shown once. */
export function createPageCard(parts: ChannelParts): Channel {
  const { accounts, deps } = parts;
  const split: Channel['split'] = (message) => callsOf(message, calledOf(message.mentions, accounts, deps.log)).map(freeze);
  return {
    id: CARD,
    via: 'http',
    pages: true,
    idempotent: { by: 'key', forMs: DAY_MS },
    limits: [{ perMs: 60_000, max: 20, reserve: 5 }],
    split,
    dress: (message, face, to) => split(worded(message, face, isPage), to),
    async send(frozen, to, key, stop) {
      const card = thaw(frozen)?.card;
      return card === undefined
        ? NOT_THAWED
        : deliverCard(parts, card, key, { kind: 'group', address: to.address, urgent: to.urgent === true }, stop);
    },
  };
}

/** As many cards as the words need, the people called by the last; more people than one card takes are called by cards of their own. */
function callsOf(message: Cleared, called: readonly Called[]): readonly Call[] {
  const nameOf = namesIn(message);
  const [first = [], ...others] = inGroups(called.filter(({ by }) => by === 'userid'));
  const pages = cardPages(message);
  const heading = { ...(pages[0] ?? {}), text: '', buttons: '[]' };
  const cards = [
    ...pages.map((params, at) => ({ params, group: at === pages.length - 1 ? first : [] })),
    ...others.map((group) => ({ params: heading, group })),
  ];
  const calls = (group: readonly Called[]) => Object.fromEntries(group.map(({ id, person }) => [id, nameOf(person) ?? id]));
  return cards.map(({ params, group }, at) => ({ card: { params, notice: cardNotice(message), calls: calls(group), at: at + 1 } }));
}
