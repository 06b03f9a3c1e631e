/** A system outside that signs its reports, as docs/api.md tells its makers to. */
import { createHmac } from 'node:crypto';

export interface Signer {
  readonly system: string;
  readonly key: string;
}

export interface Posted {
  readonly status: number;
  readonly location: string | null;
  readonly body: Record<string, unknown> & {
    readonly error?: { readonly code: string; readonly field?: string; readonly faults?: readonly { readonly field: string }[] };
  };
}

/** Headers of one signed call; `at` in milliseconds since 1970. */
export function signed({ system, key }: Signer, content: string, at = Date.now()): Record<string, string> {
  const signature = createHmac('sha256', key).update(`${at}.${content}`).digest('hex');
  return { 'X-Fenghuo-System': system, 'X-Fenghuo-Timestamp': String(at), 'X-Fenghuo-Signature': `sha256=${signature}` };
}

/** Sends it as it is; `headers` may spoil what was signed. */
export async function post(url: string, body: string, headers: Record<string, string>): Promise<Posted> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  return { status: response.status, location: response.headers.get('location'), body: (await response.json()) as Posted['body'] };
}
