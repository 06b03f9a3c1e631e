/** One POST to the one configured address: bounded in time and size, no redirect followed, no proxy asked. */
import http from 'node:http';
import https from 'node:https';
import type { Pace } from '../ports/clock';

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

const MOST_BYTES = 64 * 1024;

/** Ends with the body of a 200, or why not; never throws. A connection of its own, closed afterwards. */
export function post(options: PostOptions, body: string, pace: Pace, stop: AbortSignal): Promise<PostEnd> {
  if (stop.aborted) return Promise.resolve({ is: 'failed', why: 'stopped' });
  return new Promise((resolve) => {
    const { url, key, ca } = options;
    const call = (url.protocol === 'https:' ? https : http).request(url, {
      ...{ method: 'POST', agent: false, headers: headersOf(body, key) },
      ...(ca === null ? {} : { ca }),
    });
    const ended = new AbortController();
    const finish = (end: PostEnd): void => {
      ended.abort();
      stop.removeEventListener('abort', onStop);
      resolve(end);
      call.destroy();
    };
    const fail = (why: string): void => finish({ is: 'failed', why });
    const onStop = (): void => fail('stopped');
    stop.addEventListener('abort', onStop);
    void pace.sleep(options.timeoutMs, ended.signal).then(() => ended.signal.aborted || fail('time_limit'));
    call.on('error', (fault) => fail(codeOf(fault)));
    call.on('response', (answer) => (answer.statusCode === 200 ? readBody(answer, finish, fail) : fail(`http_${answer.statusCode}`)));
    call.end(body);
  });
}

function headersOf(body: string, key: string | null): http.OutgoingHttpHeaders {
  return {
    ...{ 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), accept: 'application/json' },
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
}

function readBody(answer: http.IncomingMessage, finish: (end: PostEnd) => void, fail: (why: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MOST_BYTES) fail('answer_too_large');
  });
  answer.on('error', (fault) => fail(codeOf(fault)));
  answer.on('end', () => finish({ is: 'answer', body: Buffer.concat(chunks).toString('utf8') }));
}

function codeOf(fault: Error): string {
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : 'network';
}
