/** The government edition of DingTalk behind the platform port: joins intake and channels of one tenant. */
import type { Platform } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import { createHttp } from '../../wire/http';
import { createShelf, type Shelf } from '../../wire/shelf';
import { createTokens } from '../../wire/token';
import { createAccounts } from './accounts';
import { createGovApi, createSigned } from './api';
import { createChat } from './channels/chat';
import { createDings, dingServes } from './channels/ding';
import { createRobotGroup, createRobotSingle } from './channels/robot';
import { createWork } from './channels/work';
import { createCheckUp } from './checkUp';
import { createContacts } from './contacts';
import { createFeatures } from './features';
import { createGroups } from './groups';
import { createIntake } from './intake';
import type { GovParts } from './parts';
import { createRoutes } from './routes';
import type { GovdingBinding } from './settings';
import { createSignIn } from './signIn';
import { askForToken } from './token';

/** The platform of one tenant; it has no long connection. Connects nowhere before a `send`; keeps no state that outlives the process. */
export function createGovding(binding: GovdingBinding, deps: AdapterDeps): Platform {
  const shelf = createShelf(`govding:${binding.tenant}:${binding.appKey}`, binding.appSecret, deps);
  const parts = partsOf(binding, deps, shelf);
  const { accounts, features } = parts;
  return {
    id: 'govding',
    tenant: binding.tenant,
    intake: createIntake(parts),
    channels: [createRobotGroup(parts), createRobotSingle(parts), createWork(parts), createChat(parts), ...createDings(parts)],
    serves: dingServes(parts),
    connection: null,
    checkUp: createCheckUp(parts),
    personOf: accounts.personOf,
    ...createRoutes(binding, accounts, features),
    ...(features.may('contacts') ? { contacts: createContacts(parts) } : {}),
    ...mayGroup(parts, shelf),
    ...(features.may('oauth') && binding.signInPage !== undefined ? { signIn: createSignIn(parts, binding.signInPage) } : {}),
  };
}

function partsOf(binding: GovdingBinding, deps: AdapterDeps, shelf: Shelf): GovParts {
  const hosts = new Set([new URL(binding.base).host]);
  const http = createHttp({ hosts, ca: binding.ca, pace: deps.pace, callMs: binding.callMs, proxy: binding.proxy });
  const signed = createSigned(binding, deps, http);
  const tokens = createTokens(() => askForToken(binding, signed, deps.log), deps.clock, shelf);
  const api = createGovApi(signed, tokens, deps);
  return { binding, deps, http, api, features: createFeatures(binding, deps.log), accounts: createAccounts(binding, api, deps) };
}

function mayGroup(parts: GovParts, shelf: Shelf): Pick<Platform, 'groups'> {
  const { senderAccountId } = parts.binding;
  return senderAccountId !== undefined && parts.features.may('chat') ? { groups: createGroups(parts, senderAccountId, shelf) } : {};
}
