/** Ways to rooms, people and conversations, in the order of the fallback chain (dossier 2.10). */
import type { PersonId, RoomId } from '../../core/roster/roster';
import type { Platform, Route } from '../../ports/platform';
import type { Accounts } from './accounts';
import { APPCHAT } from './channels/appchat';
import type { Features } from './features';
import { APP_CHAT } from './intake/readApp';
import type { Capability, WecomBinding } from './settings';

type Room = WecomBinding['rooms'][string];

/** One rung: which channel, what of a room's binding is its address, which features it needs, and whether it really calls people. */
interface Rung {
  readonly channel: string;
  readonly pages: boolean;
  readonly needs: readonly Capability[];
  address(room: RoomId, bound: Room): string | null;
}

/**
 * After the answer by ticket, which the robot's channel tries by itself: push, webhook, the app's group. Those that page are chosen first by
 * whoever needs people called (`core/notices/route.ts`), in this same order.
 */
const CHAIN: readonly Rung[] = [
  { channel: 'wecom.robot', pages: false, needs: ['aibot.groupPush', 'aibot.ws'], address: (_room, bound) => bound.chatId },
  { channel: 'wecom.webhook', pages: true, needs: ['webhook'], address: (room, bound) => (bound.webhookKey === undefined ? null : room) },
  { channel: APPCHAT, pages: true, needs: ['app.appchat'], address: (_room, bound) => bound.appChatId ?? null },
];

type Routes = Pick<Platform, 'roomOf' | 'routesToRoom' | 'routesToPerson' | 'routesToChat'>;

/** Ways by the settings, less what the platform turned out to lack. Pure but for that. */
export function createRoutes(binding: WecomBinding, accounts: Accounts, features: Features): Routes {
  const { tenant } = binding;
  const pushes = binding.robot.secret !== undefined;
  const robot = (address: string): Route => ({ tenant, channel: 'wecom.robot', address, pages: false });
  const app = (person: PersonId): Route => ({ tenant, channel: 'wecom.app', address: person, pages: false });
  const roomOf = (chat: string): RoomId | null => Object.entries(binding.rooms).find(([, room]) => room.chatId === chat)?.[0] ?? null;
  const down = (room: RoomId): readonly Route[] => {
    const bound = binding.rooms[room];
    if (bound === undefined) return [];
    return CHAIN.flatMap(({ channel, pages, needs, address }) => {
      const to = needs.every(features.may) && (channel !== 'wecom.robot' || pushes) ? address(room, bound) : null;
      const calls = pages && (channel !== APPCHAT || binding.capabilities?.['app.mention'] !== 'off');
      return to === null ? [] : [{ tenant, channel, address: to, pages: calls }];
    });
  };
  return {
    roomOf,
    routesToRoom: down,
    routesToPerson(person) {
      const userid = accounts.useridOf(person);
      return userid === null ? [] : [app(person), ...(pushes ? [robot(userid)] : [])];
    },
    routesToChat(chat, account) {
      if (chat.kind === 'group') {
        const room = roomOf(chat.id);
        return [robot(chat.id), ...(room === null ? [] : down(room).filter(({ channel }) => channel !== 'wecom.robot'))];
      }
      const person = accounts.personOf(account);
      const byApp = person === null ? [] : [app(person)];
      // The robot's own chat keeps the id it was heard under, which may be an encrypted one.
      return chat.id.startsWith(APP_CHAT) ? [...byApp, ...(pushes ? [robot(account)] : [])] : [robot(chat.id), ...byApp];
    },
  };
}
