/** The app's access token: fetched once for all who wait, dropped when the platform says so, never asked for in a loop. */
import { z } from 'zod';
import type { Instant } from '../../core/instant';
import type { SendResult, SharedToken } from '../../ports/platform';
import { reactionTo } from './codes';
import type { WecomDeps } from './deps';
import type { Http } from './http';
import { readAnswer, resultOfCode, road } from './results';
import { apiUrl, type WecomBinding } from './settings';
import type { Shelf } from './shelf';

export type TokenEnd = { readonly is: 'token'; readonly value: string } | { readonly is: 'failed'; readonly result: SendResult };

export interface Tokens {
  /** The cached token or a new one; all callers during a fetch share it (dossier 5.1). Never throws. */
  get(): Promise<TokenEnd>;
  /** Forgets the token if it is still the one that was used; a newer one stays. */
  drop(used: string): Promise<void>;
  /** A fresh token was refused too: nobody asks again for 30 s. Answers what to tell the sender. */
  cool(): SendResult;
}

const Granted = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });
const CREDENTIALS_PAUSE_MS = 5 * 60_000;
const REFUSED_TWICE_PAUSE_MS = 30_000;
const SHARE_OF_LIFE = 0.9;

const NAME = 'token';

/** Tokens of this tenant's app. The shelf is asked before the platform, and told of every new token. */
export function createTokens(binding: WecomBinding, deps: WecomDeps, http: Http, shelf: Shelf): Tokens {
  let cached: SharedToken | null = null;
  let closed: { readonly until: Instant; readonly result: SendResult } | null = null;
  let flight: Promise<TokenEnd> | null = null;
  let refused: string | null = null;

  const close = (ms: number, result: SendResult): SendResult => {
    closed = { until: deps.clock.now() + ms, result };
    return result;
  };
  const renew = async (): Promise<TokenEnd> => {
    const shared = await shelf.read(NAME);
    const isGood = shared !== null && shared.value !== refused && deps.clock.now() < shared.until;
    const had = isGood ? shared : await fetchNew(binding, deps, http);
    if ('closedMs' in had) return { is: 'failed', result: had.closedMs === 0 ? had.result : close(had.closedMs, had.result) };
    cached = had;
    if (!isGood) await shelf.write(NAME, had);
    return { is: 'token', value: had.value };
  };

  return {
    get() {
      const now = deps.clock.now();
      if (closed !== null && now < closed.until) return Promise.resolve({ is: 'failed', result: closed.result });
      if (cached !== null && now < cached.until) return Promise.resolve({ is: 'token', value: cached.value });
      flight ??= renew().finally(() => {
        flight = null;
      });
      return flight;
    },
    async drop(used) {
      if (cached?.value === used) cached = null;
      refused = used;
      await shelf.drop(NAME, used);
    },
    cool: () => close(REFUSED_TWICE_PAUSE_MS, road('token_refused_twice', REFUSED_TWICE_PAUSE_MS)),
  };
}

async function fetchNew(binding: WecomBinding, deps: WecomDeps, http: Http): Promise<SharedToken | Denied> {
  const asked = await ask(binding, deps, http);
  return asked.is === 'denied' ? asked : { value: asked.value, until: deps.clock.now() + asked.lifeMs * SHARE_OF_LIFE };
}

type Asked = { readonly is: 'granted'; readonly value: string; readonly lifeMs: number } | Denied;

/** `closedMs`: how long nobody should ask again; wrong secrets in series get the caller's address blocked. */
interface Denied {
  readonly is: 'denied';
  readonly result: SendResult;
  readonly closedMs: number;
}

async function ask(binding: WecomBinding, deps: WecomDeps, http: Http): Promise<Asked> {
  const url = apiUrl(binding, 'gettoken', { corpid: binding.corpId, corpsecret: binding.corpSecret });
  const reading = readAnswer(await http({ url, body: null }, new AbortController().signal));
  if (reading.is === 'end') return { is: 'denied', result: asRoad(reading.result), closedMs: 0 };
  const { errcode, errmsg } = reading.answer;
  if (errcode !== 0) {
    const result = resultOfCode(errcode, errmsg, { channel: 'wecom.token', log: deps.log });
    return { is: 'denied', result, closedMs: result.is === 'road' ? result.waitMs : CREDENTIALS_PAUSE_MS };
  }
  const granted = Granted.safeParse(reading.answer);
  if (!granted.success) return { is: 'denied', result: road('token_unreadable'), closedMs: 0 };
  return { is: 'granted', value: granted.data.access_token, lifeMs: granted.data.expires_in * 1000 };
}

/** Does this code say that the token of the call is no good any more? */
export function isTokenFault(code: number): boolean {
  return reactionTo(code).is === 'token';
}

/** Without a token no message was sent, so even a lost answer is only a road error. */
function asRoad(result: SendResult): SendResult {
  return result.is === 'unknown' ? road(`token_${result.what}`) : result;
}
