/** How the app asks for its access token (dossier 4.1); the same token serves both hosts. */
import { z } from 'zod';
import type { AdapterDeps } from '../wire/deps';
import { road } from '../wire/ends';
import type { Http } from '../wire/http';
import { asTokenRoad, type TokenAnswer } from '../wire/token';
import { readNew } from './answer';
import { resultOfFault } from './codes';
import { apiUrl, type DingtalkBinding } from './settings';

const Granted = z.looseObject({ accessToken: z.string().min(1), expireIn: z.number().positive() });
const CREDENTIALS_PAUSE_MS = 5 * 60_000;

/** One question for a token; after a refusal of the credentials nobody should ask for five minutes (dossier 7). Never throws. */
export function askToken(binding: DingtalkBinding, { log }: AdapterDeps, http: Http): () => Promise<TokenAnswer> {
  return async () => {
    const body = JSON.stringify({ appKey: binding.clientId, appSecret: binding.clientSecret });
    const reading = readNew(await http({ url: apiUrl(binding, 'v1.0/oauth2/accessToken'), body }, new AbortController().signal));
    if (reading.is === 'end') return { is: 'denied', result: asTokenRoad(reading.result), closedMs: 0 };
    if (reading.is === 'fault') {
      const result = resultOfFault(reading.fault, { channel: 'dingtalk.token', log });
      return { is: 'denied', result, closedMs: result.is === 'road' ? result.waitMs : CREDENTIALS_PAUSE_MS };
    }
    const granted = Granted.safeParse(reading.body);
    if (!granted.success) return { is: 'denied', result: road('token_unreadable'), closedMs: 0 };
    return { is: 'granted', value: granted.data.accessToken, lifeMs: granted.data.expireIn * 1000 };
  };
}
