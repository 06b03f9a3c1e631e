/** Calls of the app to both hosts with its access token: renewed once when the platform refuses it, never in a loop. */
import type { AdapterDeps } from '../wire/deps';
import { createGate } from '../wire/gate';
import type { Form, Http, HttpRequest } from '../wire/http';
import type { Tokens } from '../wire/token';
import { type Reading, readNew, readOld } from './answer';
import { isTokenFault } from './codes';
import { apiUrl, type DingtalkBinding, oapiUrl } from './settings';

/** What one call asks, without its token. `body` is written as JSON; a form goes as it is. */
export interface Ask {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>> | Form;
  /** POST with a body and GET without where it is not given. */
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly limitMs?: number;
}

export interface Api {
  /** A call to the new host, `path` as `v1.0/robot/groupMessages/send`. Never throws. */
  now(path: string, ask: Ask, stop: AbortSignal): Promise<Reading>;
  /** A call to the old host, `path` as `topapi/v2/user/get`. Never throws. */
  old(path: string, ask: Ask, stop: AbortSignal): Promise<Reading>;
}

type Made = (token: string) => HttpRequest;

/** Calls of one tenant's app; at most 32 are under way at once, fewer for a while after a refusal as too many in a second. */
export function createApi(binding: DingtalkBinding, deps: AdapterDeps, http: Http, tokens: Tokens): Api {
  const gate = createGate(deps.clock);
  const once = async (request: HttpRequest, read: typeof readNew, stop: AbortSignal): Promise<Reading> => {
    const reading = read(await gate.run(() => http(request, stop)));
    if (reading.is === 'fault' && /QpsLimit|^90018$|^90019$|^90002$/.test(reading.fault.code)) gate.halve();
    return reading;
  };
  const call = async (path: string, made: Made, read: typeof readNew, stop: AbortSignal): Promise<Reading> => {
    const first = await tokens.get();
    if (first.is === 'failed') return { is: 'end', result: first.result };
    const reading = await once(made(first.value), read, stop);
    if (!refusesToken(reading)) return reading;
    await tokens.drop(first.value);
    const second = await tokens.get();
    if (second.is === 'failed') return { is: 'end', result: second.result };
    const again = await once(made(second.value), read, stop);
    if (!refusesToken(again)) return again;
    deps.log.error({ path }, 'dingtalk: a fresh token is refused too');
    return { is: 'end', result: tokens.cool() };
  };
  return {
    now(path, ask, stop) {
      const made: Made = (token) => ({
        ...madeOf(ask, apiUrl(binding, path, ask.query)),
        headers: { 'x-acs-dingtalk-access-token': token },
      });
      return call(path, made, readNew, stop);
    },
    old(path, ask, stop) {
      return call(path, (token) => madeOf(ask, oapiUrl(binding, path, { access_token: token, ...ask.query })), readOld, stop);
    },
  };
}

function madeOf({ body, method, limitMs }: Ask, url: URL): HttpRequest {
  return {
    url,
    body: body === undefined ? null : isForm(body) ? body : JSON.stringify(body),
    ...(method === undefined ? {} : { method }),
    ...(limitMs === undefined ? {} : { limitMs }),
  };
}

function isForm(body: NonNullable<Ask['body']>): body is Form {
  return body.bytes instanceof Buffer;
}

function refusesToken(reading: Reading): boolean {
  return reading.is === 'fault' && isTokenFault(reading.fault.code);
}
