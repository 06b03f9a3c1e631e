/** WeCom behind the platform port: joins intake, long connection and channels of one tenant. */
import type { Channel, Platform } from '../../ports/platform';
import { createAccounts } from './accounts';
import { createAppApi } from './appApi';
import { type AppParts, createApp } from './channels/app';
import { createAppchat } from './channels/appchat';
import { createRobot } from './channels/robot';
import { createRobotByUrl } from './channels/robotUrl';
import { createWebhook } from './channels/webhook';
import { createCheckUp } from './checkUp';
import { createRobotConnection, type RobotConnection } from './connection';
import { createContacts } from './contacts';
import type { WecomDeps } from './deps';
import { createFeatures } from './features';
import { createGroups } from './groups';
import { createHttp, type Http } from './http';
import { createIdentify } from './identify';
import { createIntake } from './intake/read';
import { createPapers } from './paper';
import { createRoutes } from './routes';
import { allowedHosts, type WecomBinding, webhookUrl } from './settings';
import { createShelf } from './shelf';
import { createSignIn } from './signIn';
import { slowing } from './slowing';
import { createTokens } from './token';

/** The platform of one tenant. Connects nowhere before `connection.run` or a `send`; keeps no state that outlives the process. */
export function createWecom(binding: WecomBinding, deps: WecomDeps): Platform {
  const accounts = createAccounts(binding);
  const features = createFeatures(binding, deps.log);
  const http = createHttp({ hosts: allowedHosts(binding), ca: binding.ca, pace: deps.pace, callMs: binding.callMs, proxy: binding.proxy });
  const shelf = createShelf(binding, deps);
  const api = createAppApi(binding, deps, http, createTokens(binding, deps, http, shelf));
  const identify = createIdentify(api, accounts, deps);
  const connection = createRobotConnection(binding, accounts, deps, identify);
  const parts: AppParts = { binding, accounts, deps, features, papers: createPapers(deps, shelf), api };
  return {
    id: 'wecom',
    tenant: binding.tenant,
    intake: { ...createIntake(binding, accounts, deps), identify },
    channels: channelsOf(parts, http, connection),
    connection,
    checkUp: createCheckUp(parts),
    personOf: accounts.personOf,
    ...(features.may('app.appchat') ? { groups: createGroups(parts) } : {}),
    ...(features.may('contacts') ? { contacts: createContacts(parts) } : {}),
    ...(features.may('oauth') ? { signIn: createSignIn(parts) } : {}),
    ...createRoutes(binding, accounts, features),
    alarmUrl: (room) => {
      const key = binding.rooms[room]?.webhookKey;
      return key === undefined ? null : webhookUrl(binding, 'send', { key }).href;
    },
  };
}

function channelsOf(parts: AppParts, http: Http, connection: RobotConnection | null): readonly Channel[] {
  const { binding, deps, features } = parts;
  const byUrl = binding.robot.secret === undefined;
  const all: readonly Channel[] = [
    ...(connection === null ? [] : [createRobot({ ...parts, connection })]),
    ...(byUrl ? [createRobotByUrl(binding, deps, features, http)] : []),
    createWebhook({ ...parts, http }),
    createApp(parts),
    createAppchat(parts),
  ];
  return all.map((channel) => slowing(channel, deps));
}
