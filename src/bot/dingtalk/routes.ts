/** Ways to rooms, people and conversations, in the order of the fallback chain (dossier 9). */
import type { PersonId, RoomId } from '../../core/roster/roster';
import type { Platform, Route } from '../../ports/platform';
import { CARD } from './channels/pageCard';
import { GROUP, SINGLE } from './channels/talk';
import { WEBHOOK } from './channels/webhook';
import { WORK } from './channels/work';
import type { DingParts } from './parts';
import { type Capability, cardCallback, type DingtalkBinding } from './settings';

type Room = DingtalkBinding['rooms'][string];

/** One rung: which channel, whether it really calls people, which features it needs, and what of a room's binding is its address. */
interface Rung {
  readonly channel: string;
  readonly pages: boolean;
  readonly needs: readonly Capability[];
  address(room: RoomId, bound: Room): string | null;
}

/**
 * After the answer by ticket, which the robot's channel tries by itself: push, webhook, card. The webhook pages before the card does,
 * because it costs no call of the month's budget.
 */
const CHAIN: readonly Rung[] = [
  { channel: GROUP, pages: false, needs: ['robot.group'], address: (_room, bound) => bound.openConversationId },
  { channel: WEBHOOK, pages: true, needs: ['webhook'], address: (room, bound) => (bound.webhook === undefined ? null : room) },
  { channel: CARD, pages: true, needs: ['cards'], address: (_room, bound) => bound.openConversationId },
];

type Routes = Pick<Platform, 'roomOf' | 'routesToRoom' | 'routesToPerson' | 'routesToChat'>;

/** Ways by the settings, less what the platform turned out to lack. Pure but for that. */
export function createRoutes({ binding, accounts, features }: DingParts): Routes {
  const { tenant } = binding;
  const isThere = (channel: string): boolean =>
    (channel !== CARD || cardCallback(binding) !== null) && (channel !== WORK || binding.agentId !== undefined);
  const group = (address: string): Route => ({ tenant, channel: GROUP, address, pages: false });
  const single = (userid: string): readonly Route[] =>
    features.may('robot.single') ? [{ tenant, channel: SINGLE, address: userid, pages: false }] : [];
  const work = (person: PersonId): readonly Route[] =>
    features.may('work') && isThere(WORK) ? [{ tenant, channel: WORK, address: person, pages: false }] : [];
  const roomOf = (chat: string): RoomId | null =>
    Object.entries(binding.rooms).find(([, room]) => room.openConversationId === chat)?.[0] ?? null;
  const down = (room: RoomId): readonly Route[] => {
    const bound = binding.rooms[room];
    if (bound === undefined) return [];
    return CHAIN.flatMap(({ channel, pages, needs, address }) => {
      const to = needs.every(features.may) && isThere(channel) ? address(room, bound) : null;
      return to === null ? [] : [{ tenant, channel, address: to, pages }];
    });
  };
  return {
    roomOf,
    routesToRoom: down,
    routesToPerson(person) {
      const userid = accounts.useridOf(person);
      return userid === null ? [] : [...single(userid), ...work(person)];
    },
    routesToChat(chat, account) {
      if (chat.kind === 'group') {
        const room = roomOf(chat.id);
        return [group(chat.id), ...(room === null ? [] : down(room).filter(({ channel }) => channel !== GROUP))];
      }
      const person = accounts.personOf(account);
      return [...single(account), ...(person === null ? [] : work(person))];
    },
  };
}
