/** What everything of one tenant shares. */
import type { AdapterDeps } from '../wire/deps';
import { createHttp, type Http } from '../wire/http';
import { createShelf, type Shelf } from '../wire/shelf';
import { createTokens } from '../wire/token';
import { type Accounts, createAccounts } from './accounts';
import { type Budget, createBudget } from './budget';
import { type Api, createApi } from './call';
import { createFeatures, type Features } from './features';
import { createPaced, type Paced } from './paced';
import { allowedHosts, type DingtalkBinding } from './settings';
import { askToken } from './token';

export interface DingParts {
  readonly binding: DingtalkBinding;
  readonly deps: AdapterDeps;
  readonly accounts: Accounts;
  readonly features: Features;
  /** To the hosts of the binding only; calls that need the app's token go by `api`. */
  readonly http: Http;
  readonly shelf: Shelf;
  readonly api: Api;
  /** Calls that send, within their rate and the month's budget. */
  readonly paced: Paced;
  readonly budget: Budget;
}

/** Connects nowhere yet. */
export function createParts(binding: DingtalkBinding, deps: AdapterDeps): DingParts {
  const http = createHttp({ hosts: allowedHosts(binding), ca: binding.ca, pace: deps.pace, callMs: binding.callMs, proxy: binding.proxy });
  const shelf = createShelf(`dingtalk:${binding.tenant}:${binding.corpId}:${binding.clientId}`, binding.clientSecret, deps);
  const tokens = createTokens(askToken(binding, deps, http), deps.clock, shelf);
  const budget = createBudget({
    name: `dingtalk:${binding.corpId}:calls`,
    allowed: binding.monthlyCalls,
    clock: deps.clock,
    log: deps.log,
    meter: deps.meter,
    passed: (percent, used) => deps.allowance?.({ platform: binding.tenant, percent, ...used }),
  });
  const api = counted(createApi(binding, deps, http, tokens), budget);
  const paced = createPaced(api, budget, deps.pace);
  return { binding, deps, accounts: createAccounts(binding), features: createFeatures(binding, deps.log), http, shelf, api, paced, budget };
}

/** Every call is one of the month's, whatever it asks (dossier 4.3). */
function counted(api: Api, budget: Budget): Api {
  return {
    now: (path, ask, stop) => {
      budget.count();
      return api.now(path, ask, stop);
    },
    old: (path, ask, stop) => {
      budget.count();
      return api.old(path, ask, stop);
    },
  };
}
