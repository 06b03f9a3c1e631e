/** How the app asks for its access token (dossier 5.1). */
import { z } from 'zod';
import type { AdapterDeps } from '../wire/deps';
import { road } from '../wire/ends';
import type { Http } from '../wire/http';
import { asTokenRoad, type TokenAnswer } from '../wire/token';
import { reactionTo } from './codes';
import { readAnswer, resultOfCode } from './results';
import { apiUrl, type WecomBinding } from './settings';

const Granted = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });
const CREDENTIALS_PAUSE_MS = 5 * 60_000;

/** One question for a token; after a refusal of the credentials nobody should ask for five minutes. Never throws. */
export function askToken(binding: WecomBinding, { log }: AdapterDeps, http: Http): () => Promise<TokenAnswer> {
  return async () => {
    const url = apiUrl(binding, 'gettoken', { corpid: binding.corpId, corpsecret: binding.corpSecret });
    const reading = readAnswer(await http({ url, body: null }, new AbortController().signal));
    if (reading.is === 'end') return { is: 'denied', result: asTokenRoad(reading.result), closedMs: 0 };
    const { errcode, errmsg } = reading.answer;
    if (errcode !== 0) {
      const result = resultOfCode(errcode, errmsg, { channel: 'wecom.token', log });
      return { is: 'denied', result, closedMs: result.is === 'road' ? result.waitMs : CREDENTIALS_PAUSE_MS };
    }
    const granted = Granted.safeParse(reading.answer);
    if (!granted.success) return { is: 'denied', result: road('token_unreadable'), closedMs: 0 };
    return { is: 'granted', value: granted.data.access_token, lifeMs: granted.data.expires_in * 1000 };
  };
}

/** Does this code say that the token of the call is no good any more? */
export function isTokenFault(code: number): boolean {
  return reactionTo(code).is === 'token';
}
