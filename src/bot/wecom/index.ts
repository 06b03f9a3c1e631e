/** WeCom behind the platform port: joins intake, long connection and channels of one tenant. */
import type { PersonId, RoomId } from '../../core/roster/roster';
import type { Platform, Route } from '../../ports/platform';
import { createAccounts } from './accounts';
import { createAppApi } from './appApi';
import { createApp } from './channels/app';
import { createRobot } from './channels/robot';
import { createWebhook } from './channels/webhook';
import { createRobotConnection } from './connection';
import type { WecomDeps } from './deps';
import { createHttp } from './http';
import { createIntake } from './intake/read';
import { APP_CHAT } from './intake/readApp';
import { allowedHosts, may, type WecomBinding } from './settings';
import { createTokens } from './token';

/** The platform of one tenant. Connects nowhere before `connection.run` or a `send`; keeps no state that outlives the process. */
export function createWecom(binding: WecomBinding, deps: WecomDeps): Platform {
  const accounts = createAccounts(binding);
  const http = createHttp({ hosts: allowedHosts(binding), ca: binding.ca, pace: deps.pace });
  const api = createAppApi(binding, deps, http, createTokens(binding, deps, http));
  const connection = createRobotConnection(binding, accounts, deps);
  const roomOf = (chat: string): RoomId | null => Object.entries(binding.rooms).find(([, room]) => room.chatId === chat)?.[0] ?? null;
  return {
    id: 'wecom',
    tenant: binding.tenant,
    intake: createIntake(binding, accounts, deps),
    channels: [
      createRobot(binding, accounts, deps, connection),
      createWebhook(binding, accounts, deps, http),
      createApp(binding, accounts, api),
    ],
    connection,
    personOf: accounts.personOf,
    roomOf,
    ...createRoutes(binding, accounts, roomOf),
  };
}

type Routes = Pick<Platform, 'routesToRoom' | 'routesToPerson' | 'routesToChat'>;

function createRoutes(binding: WecomBinding, accounts: ReturnType<typeof createAccounts>, roomOf: (chat: string) => RoomId | null): Routes {
  const { tenant } = binding;
  const robot = (address: string): Route => ({ tenant, channel: 'wecom.robot', address, pages: false });
  const app = (person: PersonId): Route => ({ tenant, channel: 'wecom.app', address: person, pages: false });
  const webhook = (room: RoomId): readonly Route[] =>
    may(binding, 'webhook') ? [{ tenant, channel: 'wecom.webhook', address: room, pages: true }] : [];
  return {
    routesToRoom(room) {
      const bound = binding.rooms[room];
      if (bound === undefined) return [];
      return [...(may(binding, 'aibot.groupPush') ? [robot(bound.chatId)] : []), ...webhook(room)];
    },
    routesToPerson(person) {
      const userid = accounts.useridOf(person);
      return userid === null ? [] : [app(person), robot(userid)];
    },
    routesToChat(chat, account) {
      if (chat.kind === 'group') {
        const room = roomOf(chat.id);
        return [robot(chat.id), ...(room === null ? [] : webhook(room))];
      }
      const person = accounts.personOf(account);
      const byApp = person === null ? [] : [app(person)];
      return chat.id.startsWith(APP_CHAT) ? [...byApp, robot(account)] : [robot(account), ...byApp];
    },
  };
}
