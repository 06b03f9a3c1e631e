/** The government edition of DingTalk behind the platform port: joins intake and channels of one tenant. */
import type { Platform } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import { createHttp } from '../../wire/http';
import { createShelf } from '../../wire/shelf';
import { createTokens } from '../../wire/token';
import { createAccounts } from './accounts';
import { createGovApi, createSigned } from './api';
import { createChat } from './channels/chat';
import { createRobotGroup, createRobotSingle } from './channels/robot';
import { createWork } from './channels/work';
import { createFeatures } from './features';
import { createIntake } from './intake';
import type { GovParts } from './parts';
import { createRoutes } from './routes';
import type { GovdingBinding } from './settings';
import { askForToken } from './token';

/** The platform of one tenant; it has no long connection. Connects nowhere before a `send`; keeps no state that outlives the process. */
export function createGovding(binding: GovdingBinding, deps: AdapterDeps): Platform {
  const features = createFeatures(binding, deps.log);
  const hosts = new Set([new URL(binding.base).host]);
  const http = createHttp({ hosts, ca: binding.ca, pace: deps.pace, callMs: binding.callMs, proxy: binding.proxy });
  const signed = createSigned(binding, deps, http);
  const shelf = createShelf(`govding:${binding.tenant}:${binding.appKey}`, binding.appSecret, deps);
  const api = createGovApi(
    signed,
    createTokens(() => askForToken(binding, signed, deps.log), deps.clock, shelf),
    deps,
  );
  const accounts = createAccounts(binding, api, deps);
  const parts: GovParts = { binding, accounts, deps, features, api, http };
  return {
    id: 'govding',
    tenant: binding.tenant,
    intake: createIntake(parts),
    channels: [createRobotGroup(parts), createRobotSingle(parts), createWork(parts), createChat(parts)],
    connection: null,
    personOf: accounts.personOf,
    ...createRoutes(binding, accounts, features),
  };
}
