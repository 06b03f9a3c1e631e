/** WeCom behind the platform port: joins intake, long connection and channels of one tenant. */
import type { Channel, Platform } from '../../ports/platform';
import type { AdapterDeps } from '../wire/deps';
import { createHttp, type Http } from '../wire/http';
import { createPapers, type PaperRules } from '../wire/papers';
import { createShelf } from '../wire/shelf';
import { type Slowing, slowing } from '../wire/slowing';
import { createTokens } from '../wire/token';
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
import { createFeatures } from './features';
import { createGroups } from './groups';
import { createDecryption } from './identify';
import { createIntake } from './intake/read';
import { createRoutes } from './routes';
import { allowedHosts, type WecomBinding, webhookUrl } from './settings';
import { createSignIn } from './signIn';
import { askToken } from './token';

/** The minute's window is over by the first wait, the hour's by the last; only a day's is longer (dossier 5.11). */
const TOO_OFTEN: Slowing = { codes: new Set(['45009']), firstMs: 60_000, longestMs: 3_600_000 };
/** Three days by the dossier (5.6), less an hour for what lies in a queue. */
const PAPERS: PaperRules = { lifeMs: 71 * 3_600_000, minBytes: 6, maxBytes: 20 * 1024 * 1024, forgotten: '40007' };

/** The platform of one tenant. Connects nowhere before `connection.run` or a `send`; keeps no state that outlives the process. */
export function createWecom(binding: WecomBinding, deps: AdapterDeps): Platform {
  const accounts = createAccounts(binding);
  const features = createFeatures(binding, deps.log);
  const http = createHttp({ hosts: allowedHosts(binding), ca: binding.ca, pace: deps.pace, callMs: binding.callMs, proxy: binding.proxy });
  const shelf = createShelf(`wecom:${binding.tenant}:${binding.corpId}:${binding.agentId}`, binding.corpSecret, deps);
  const api = createAppApi(binding, deps, http, createTokens(askToken(binding, deps, http), deps.clock, shelf));
  const identify = createDecryption(api, accounts, deps);
  const connection = createRobotConnection(binding, accounts, deps, identify);
  const parts: AppParts = { binding, accounts, deps, features, papers: createPapers(deps, shelf, PAPERS), api };
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
  return all.map((channel) => slowing(channel, deps, TOO_OFTEN));
}
