/** One HTTP exchange that always ends as a value, and knows whether the request may have been carried out. */
import http from 'node:http';
import https from 'node:https';

/** `why` is a short code without address or content. */
export type End =
  | { readonly is: 'answer'; readonly status: number; readonly body: string }
  /** It ended before the connection stood. */
  | { readonly is: 'not_sent'; readonly why: string }
  | { readonly is: 'no_answer'; readonly why: string };

export interface Exchange {
  readonly url: URL;
  /** JSON text of a POST; null for a GET. */
  readonly body: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM text trusted instead of the usual authorities; null or missing: the usual ones. */
  readonly ca?: string | null;
  /** For the whole exchange, in real milliseconds. */
  readonly limitMs: number;
}

const MOST_BYTES = 64 * 1024;

/** Any status is an answer. Never throws; `stop` ends it. */
export function exchange({ url, body, headers = {}, ca = null, limitMs }: Exchange, stop?: AbortSignal): Promise<End> {
  if (stop?.aborted) return Promise.resolve({ is: 'not_sent', why: 'stopped' });
  return new Promise((resolve) => {
    const secure = url.protocol === 'https:';
    const call = (secure ? https : http).request(url, {
      method: body === null ? 'GET' : 'POST',
      agent: false,
      headers: { ...headers, ...lengthOf(body) },
      ...(ca === null ? {} : { ca }),
    });
    let connected = false;
    const finish = (end: End): void => {
      clearTimeout(limit);
      stop?.removeEventListener('abort', onStop);
      resolve(end);
      call.destroy();
    };
    const fail = (why: string): void => finish({ is: connected ? 'no_answer' : 'not_sent', why });
    const onStop = (): void => fail('stopped');
    const limit = setTimeout(() => fail('time_limit'), limitMs);
    stop?.addEventListener('abort', onStop);
    call.on('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true)));
    call.on('error', (fault) => fail(codeOf(fault)));
    call.on('response', (answer) => readBody(answer, finish, fail));
    call.end(body ?? undefined);
  });
}

function lengthOf(body: string | null): http.OutgoingHttpHeaders {
  return body === null ? {} : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };
}

function readBody(answer: http.IncomingMessage, finish: (end: End) => void, fail: (why: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MOST_BYTES) fail('answer_too_large');
  });
  answer.on('error', (fault) => fail(codeOf(fault)));
  answer.on('end', () => finish({ is: 'answer', status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
}

function codeOf(fault: Error): string {
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : 'network';
}
