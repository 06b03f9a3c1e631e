/** Ways to rooms, people and conversations. No way calls people by mention, so whoever must be called is met by a notice of his own. */
import type { RoomId } from '../../../core/roster/roster';
import type { Platform, Route } from '../../../ports/platform';
import type { Accounts } from './accounts';
import { CHAT } from './channels/chat';
import { GROUP, SINGLE } from './channels/robot';
import { WORK } from './channels/work';
import type { Features } from './features';
import type { GovdingBinding } from './settings';

type Routes = Pick<Platform, 'roomOf' | 'routesToRoom' | 'routesToPerson' | 'routesToChat'>;

/** A room by its robot, then in the sender's name; a person by work notice, then by the robot. Pure but for what turned out to be lacking. */
export function createRoutes(binding: GovdingBinding, accounts: Accounts, features: Features): Routes {
  const { tenant, rooms, people } = binding;
  const way = (channel: string, address: string): Route => ({ tenant, channel, address, pages: false });
  const roomOf = (chat: string): RoomId | null => Object.entries(rooms).find(([, room]) => room.chatId === chat)?.[0] ?? null;
  const robots = (room: RoomId) => (rooms[room]?.robotToken !== undefined && features.may('robot.group') ? [way(GROUP, room)] : []);
  const chats = (chat: string | undefined) =>
    chat !== undefined && binding.senderAccountId !== undefined && features.may('chat') ? [way(CHAT, chat)] : [];
  const singles = (address: string) => (features.may('robot.single') ? [way(SINGLE, address)] : []);
  const toRoom = (room: RoomId) => [...robots(room), ...chats(rooms[room]?.chatId)];
  return {
    roomOf,
    routesToRoom: toRoom,
    routesToPerson(person) {
      if (people[person] === undefined) return [];
      return [...(features.may('work') ? [way(WORK, person)] : []), ...singles(person)];
    },
    routesToChat(chat, account) {
      const room = roomOf(chat.id);
      if (chat.kind === 'group') return room === null ? chats(chat.id) : toRoom(room);
      const person = accounts.personOf(account);
      return singles(person ?? account);
    },
  };
}
