/** One POST to the one configured address: bounded in time and size, no redirect followed, no proxy asked. */
import { exchange } from '../outside/exchange';

/** `why` is a short code without address or content. */
export type PostEnd = { readonly is: 'answer'; readonly body: string } | { readonly is: 'failed'; readonly why: string };

export interface PostOptions {
  readonly url: URL;
  /** Sent as a bearer token; null sends none. */
  readonly key: string | null;
  /** PEM text trusted instead of the usual authorities; null: the usual ones. */
  readonly ca: string | null;
  /** For the whole exchange, in real milliseconds. */
  readonly timeoutMs: number;
}

/** Ends with the body of a 200, or why not; never throws. A connection of its own, closed afterwards. */
export async function post({ url, key, ca, timeoutMs }: PostOptions, body: string, stop: AbortSignal): Promise<PostEnd> {
  const headers = { accept: 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  const end = await exchange({ url, body, headers, ca, limitMs: timeoutMs }, stop);
  if (end.is !== 'answer') return { is: 'failed', why: end.why };
  return end.status === 200 ? { is: 'answer', body: end.body } : { is: 'failed', why: `http_${end.status}` };
}
