/** Every question to the server goes through here: the session's secret goes along, refusals come back as sentences. */

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** Whatever was thrown, as something a page can show. */
export function refusedOf(cause: unknown): Refused {
  return cause instanceof Refused ? cause : new Refused(0, 'internal', String(cause), '');
}

let csrf = '';
let whenSignedOut: () => void = () => undefined;

/** The secret that the session gave; sent with everything that changes something. */
export function useCsrf(secret: string): void {
  csrf = secret;
}

/** Called when the server says that nobody is signed in any more. */
export function onSignedOut(call: () => void): void {
  whenSignedOut = call;
}

/** Reads; throws Refused. */
export function get<T>(path: string, stop?: AbortSignal): Promise<T> {
  return ask<T>(path, { signal: stop ?? null });
}

/** Changes something; `key` makes a repeat the same act. Throws Refused. */
export function post<T>(path: string, body: unknown, key?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', 'x-fenghuo-csrf': csrf, ...(key === undefined ? {} : { 'idempotency-key': key }) };
  return ask<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Hands over a file, or a text, as it is. Throws Refused. */
export function send<T>(path: string, body: Blob | string): Promise<T> {
  return ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream', 'x-fenghuo-csrf': csrf }, body });
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Refused(0, 'unreachable', '连不上服务器。', '请检查网络；情况紧急请直接打电话');
  });
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return body as T;
  const error = (body as { error?: { code: string; message: string; hint: string } } | null)?.error;
  if (response.status === 401 && error?.code !== 'wrong_password') whenSignedOut();
  throw new Refused(response.status, error?.code ?? 'internal', error?.message ?? `服务器答复 ${response.status}`, error?.hint ?? '');
}
