/** Calls of the application, signed one by one; the access token is renewed once when the platform refuses it, never in a loop. */
import type { AdapterDeps } from '../../wire/deps';
import type { Form, Http } from '../../wire/http';
import type { Tokens } from '../../wire/token';
import { type Reading, readAnswer } from './answer';
import { type Caller, thisMachine } from './caller';
import { meaningOf } from './codes';
import type { GovdingBinding } from './settings';
import { chinaTime, type Field, newNonce, signatureOf } from './sign';

/** One call of the platform's. */
export interface Ask {
  /** Below the base, beginning with a slash. */
  readonly path: string;
  readonly fields: readonly Field[];
}

/** A signed call without a token, as the one that asks for the token. Never throws. */
export type Signed = (method: 'GET' | 'POST', ask: Ask, stop: AbortSignal) => Promise<Reading>;
/** A signed POST with a living token. Never throws. */
export type GovApi = (ask: Ask, stop: AbortSignal) => Promise<Reading>;

/** Signs with this tenant's key. Time and nonce are new for each attempt: a repeated nonce would be refused. */
export function createSigned(binding: GovdingBinding, deps: AdapterDeps, http: Http): Signed {
  const caller = callerOf(binding);
  return async (method, { path, fields }, stop) => {
    const url = new URL(`${binding.base.replace(/\/+$/, '')}${path}`);
    const signable = { method, timestamp: chinaTime(deps.clock.now()), nonce: newNonce(), path: url.pathname, fields };
    const text = encoded(fields);
    if (method === 'GET') url.search = text;
    const headers = {
      apiKey: binding.appKey,
      'X-Hmac-Auth-Timestamp': signable.timestamp,
      'X-Hmac-Auth-Nonce': signable.nonce,
      'X-Hmac-Auth-Version': '1.0',
      'X-Hmac-Auth-IP': caller.ip,
      'X-Hmac-Auth-MAC': caller.mac,
      ...(binding.digest === 'md5' ? { 'X-Hmac-Auth-Algorithm': 'md5' } : {}),
      'X-Hmac-Auth-Signature': signatureOf(signable, binding.appSecret, binding.digest),
    };
    return readAnswer(await http({ url, method, headers, body: method === 'GET' ? null : formOf(text) }, stop));
  };
}

/** Calls with the application's token; a second refusal in a row closes the way for half a minute. */
export function createGovApi(signed: Signed, tokens: Tokens, deps: AdapterDeps): GovApi {
  const once = ({ path, fields }: Ask, token: string, stop: AbortSignal) =>
    signed('POST', { path, fields: [...fields, ['access_token', token]] }, stop);
  return async (ask, stop) => {
    const first = await tokens.get();
    if (first.is === 'failed') return failed(first.result);
    const reading = await once(ask, first.value, stop);
    if (!refusesToken(reading)) return reading;
    await tokens.drop(first.value);
    const second = await tokens.get();
    if (second.is === 'failed') return failed(second.result);
    const again = await once(ask, second.value, stop);
    if (!refusesToken(again)) return again;
    deps.log.error({ path: ask.path }, 'govding: a fresh token is refused too');
    return failed(tokens.cool());
  };
}

type TokenFailure = Extract<Awaited<ReturnType<Tokens['get']>>, { is: 'failed' }>['result'];

function failed(result: TokenFailure): Reading {
  return { is: 'end', result: result.is === 'accepted' ? { is: 'unknown', what: 'token' } : result };
}

function refusesToken(reading: Reading): boolean {
  return reading.is === 'denied' && meaningOf(reading) === 'token';
}

function encoded(fields: readonly Field[]): string {
  const form = new URLSearchParams();
  for (const [name, value] of fields) if (value !== '') form.append(name, value);
  return form.toString();
}

function formOf(text: string): Form {
  return { type: 'application/x-www-form-urlencoded; charset=utf-8', bytes: Buffer.from(text) };
}

function callerOf({ callerIp, callerMac }: GovdingBinding): Caller {
  const own = thisMachine();
  return { ip: callerIp ?? own.ip, mac: callerMac ?? own.mac };
}
