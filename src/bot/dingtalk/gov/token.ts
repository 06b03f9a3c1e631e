/** The application's access token (dossier 6.4): two hours, shared by all instances. */
import { z } from 'zod';
import type { SendResult } from '../../../ports/platform';
import { road } from '../../wire/ends';
import type { Log } from '../../wire/log';
import type { TokenAnswer } from '../../wire/token';
import type { Signed } from './api';
import { resultOf } from './codes';
import type { GovdingBinding } from './settings';

const Granted = z.looseObject({ accessToken: z.string().min(1), expiresIn: z.coerce.number().positive() });
/** Wrong secrets in series get a caller blocked. */
const CREDENTIALS_PAUSE_MS = 5 * 60_000;

/** Asks for a token. Without one no message was sent, so even a lost answer is only a fault of the road. Never throws. */
export async function askForToken({ appKey, appSecret }: GovdingBinding, signed: Signed, log: Log): Promise<TokenAnswer> {
  const fields = [['appkey', appKey] as const, ['appsecret', appSecret] as const];
  const reading = await signed('GET', { path: '/gettoken.json', fields }, new AbortController().signal);
  if (reading.is === 'end') {
    const { result } = reading;
    return { is: 'denied', result: result.is === 'unknown' ? road(`token_${result.what}`) : result, closedMs: 0 };
  }
  if (reading.is === 'denied') {
    const end = resultOf(reading, { channel: 'govding.token', log, waitsWhenOften: false });
    const result: SendResult = end.is === 'refused' ? { ...end, fault: 'permission' } : end;
    return { is: 'denied', result, closedMs: CREDENTIALS_PAUSE_MS };
  }
  const granted = Granted.safeParse(reading.data);
  if (!granted.success) return { is: 'denied', result: road('token_unreadable'), closedMs: 0 };
  return { is: 'granted', value: granted.data.accessToken, lifeMs: granted.data.expiresIn * 1000 };
}
