/** The app's access token: fetched once for all who wait, dropped when the platform says so, never asked for in a loop. */
import type { Instant } from '../../core/instant';
import type { Clock } from '../../ports/clock';
import type { SendResult, SharedToken } from '../../ports/platform';
import { road } from './ends';
import type { Shelf } from './shelf';

export type TokenEnd = { readonly is: 'token'; readonly value: string } | { readonly is: 'failed'; readonly result: SendResult };

export interface Tokens {
  /** The cached token or a new one; all callers during a fetch share it. Never throws. */
  get(): Promise<TokenEnd>;
  /** Forgets the token if it is still the one that was used; a newer one stays. */
  drop(used: string): Promise<void>;
  /** A fresh token was refused too: nobody asks again for 30 s. Answers what to tell the sender. */
  cool(): SendResult;
}

/** What a platform answered to the question for a token. */
export type TokenAnswer =
  | { readonly is: 'granted'; readonly value: string; readonly lifeMs: number }
  /** `closedMs`: how long nobody should ask again; wrong secrets in series get the caller's address blocked. */
  | { readonly is: 'denied'; readonly result: SendResult; readonly closedMs: number };

const REFUSED_TWICE_PAUSE_MS = 30_000;
const SHARE_OF_LIFE = 0.9;

const NAME = 'token';

/** Tokens of one app, asked for by `ask`, which never throws. The shelf is asked before the platform, and told of every new token. */
export function createTokens(ask: () => Promise<TokenAnswer>, clock: Clock, shelf: Shelf): Tokens {
  let cached: SharedToken | null = null;
  let closed: { readonly until: Instant; readonly result: SendResult } | null = null;
  let flight: Promise<TokenEnd> | null = null;
  let refused: string | null = null;

  const close = (ms: number, result: SendResult): SendResult => {
    closed = { until: clock.now() + ms, result };
    return result;
  };
  const fetchNew = async (): Promise<TokenEnd> => {
    const answer = await ask();
    if (answer.is === 'denied')
      return { is: 'failed', result: answer.closedMs === 0 ? answer.result : close(answer.closedMs, answer.result) };
    cached = { value: answer.value, until: clock.now() + answer.lifeMs * SHARE_OF_LIFE };
    await shelf.write(NAME, cached);
    return { is: 'token', value: answer.value };
  };
  const renew = async (): Promise<TokenEnd> => {
    const shared = await shelf.read(NAME);
    if (shared === null || shared.value === refused || clock.now() >= shared.until) return fetchNew();
    cached = shared;
    return { is: 'token', value: shared.value };
  };

  return {
    get() {
      const now = clock.now();
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

/** Without a token no message was sent, so even a lost answer is only a road error. */
export function asTokenRoad(result: SendResult): SendResult {
  return result.is === 'unknown' ? road(`token_${result.what}`) : result;
}
