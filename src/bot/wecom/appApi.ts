/** Calls of the self-built app with its access token: renewed once when the platform refuses it, never in a loop. */
import { z } from 'zod';
import type { SendResult } from '../../ports/platform';
import type { AdapterDeps } from '../wire/deps';
import { createGate } from '../wire/gate';
import type { Form, Http } from '../wire/http';
import type { Tokens } from '../wire/token';
import { type Answer, type Reading, readAnswer, resultOfCode } from './results';
import { apiUrl, type WecomBinding } from './settings';
import { isTokenFault } from './token';

export interface AppApi {
  /** One call of any kind with a living token. `query` without the token; `body` null for a GET. Never throws. */
  call(path: string, ask: Ask, stop: AbortSignal): Promise<Reading>;
  /** Posts to one receiver and says how it ended; a receiver that the answer names as not reached is a refusal. Never throws. */
  post(path: string, body: Readonly<Record<string, unknown>>, userid: string, stop: AbortSignal): Promise<SendResult>;
}

/** What one call asks, without its token. */
export interface Ask {
  readonly query?: Readonly<Record<string, string>>;
  readonly body: string | Form | null;
  readonly limitMs?: number;
}

/** Ids joined by `|` in one call, a list in the other. */
const Ids = z.union([z.string().transform((ids) => ids.split('|')), z.array(z.string())]).catch([]);
const Sent = z.looseObject({
  invaliduser: Ids.optional(),
  unlicenseduser: Ids.optional(),
  msgid: z.string().min(1).optional().catch(undefined),
  response_code: z.string().min(1).optional().catch(undefined),
});

const TOO_MANY_AT_ONCE = 45033;

/** Calls of one tenant's app; at most 32 are under way at once, fewer for a while after 45033. */
export function createAppApi(binding: WecomBinding, deps: AdapterDeps, http: Http, tokens: Tokens): AppApi {
  const gate = createGate(deps.clock);
  const once = async (path: string, { query, ...ask }: Ask, token: string, stop: AbortSignal): Promise<Reading> => {
    const url = apiUrl(binding, path, { access_token: token, ...query });
    const reading = readAnswer(await gate.run(() => http({ url, ...ask }, stop)));
    if (reading.is === 'answer' && reading.answer.errcode === TOO_MANY_AT_ONCE) gate.halve();
    return reading;
  };
  const call: AppApi['call'] = async (path, ask, stop) => {
    const first = await tokens.get();
    if (first.is === 'failed') return { is: 'end', result: first.result };
    const reading = await once(path, ask, first.value, stop);
    if (!refusesToken(reading)) return reading;
    await tokens.drop(first.value);
    const second = await tokens.get();
    if (second.is === 'failed') return { is: 'end', result: second.result };
    const again = await once(path, ask, second.value, stop);
    if (!refusesToken(again)) return again;
    deps.log.error({ path }, 'wecom app: a fresh token is refused too');
    return { is: 'end', result: tokens.cool() };
  };
  return {
    call,
    async post(path, body, userid, stop) {
      const reading = await call(path, { body: JSON.stringify(body) }, stop);
      return reading.is === 'end' ? reading.result : resultOf(reading.answer, userid, deps);
    },
  };
}

function refusesToken(reading: Reading): boolean {
  return reading.is === 'answer' && isTokenFault(reading.answer.errcode);
}

function resultOf(answer: Answer, userid: string, deps: AdapterDeps): SendResult {
  if (answer.errcode !== 0) return resultOfCode(answer.errcode, answer.errmsg, { channel: 'wecom.app', log: deps.log });
  const sent = Sent.parse(answer);
  const names = (ids: readonly string[] | undefined) => (ids ?? []).some((id) => id.toLowerCase() === userid);
  if (names(sent.invaliduser)) return { is: 'refused', code: 'invaliduser', fault: 'receiver' };
  if (names(sent.unlicenseduser)) return { is: 'refused', code: 'unlicenseduser', fault: 'receiver' };
  return {
    is: 'accepted',
    ...(sent.msgid === undefined ? {} : { ref: sent.msgid }),
    ...(sent.response_code === undefined ? {} : { handle: sent.response_code }),
  };
}
