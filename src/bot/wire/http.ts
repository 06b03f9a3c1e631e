/** One HTTP exchange that always ends as a value, and knows whether the request may have reached the platform. */
import http from 'node:http';
import https from 'node:https';
import type { Pace } from '../../ports/clock';
import { Tunnel } from './proxy';
import { after } from './timer';

/**
 * `answer`: a complete answer, of any status. `not_sent`: it ended before the connection stood, so nothing was delivered.
 * `no_answer`: the request may or may not have been carried out. `why` is a short code without address or content.
 */
export type HttpEnd =
  | { readonly is: 'answer'; readonly status: number; readonly body: string }
  | { readonly is: 'not_sent'; readonly why: string }
  | { readonly is: 'no_answer'; readonly why: string };

export interface HttpRequest {
  readonly url: URL;
  /** JSON text or a form; null for none. */
  readonly body: string | Form | null;
  /** POST with a body and GET without where it is not given. */
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Sent besides those that the body needs. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the usual time limit, for what takes longer. */
  readonly limitMs?: number;
}
/** A body that is not JSON, with its own type. */
export interface Form {
  readonly type: string;
  readonly bytes: Buffer;
}
export type Http = (request: HttpRequest, stop: AbortSignal) => Promise<HttpEnd>;

const LIMIT_MS = 5_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

/** What all calls of one tenant share. */
export interface HttpOptions {
  readonly hosts: ReadonlySet<string>;
  readonly ca: string | undefined;
  readonly pace: Pace;
  /** Time limit of one call in milliseconds; 5 s where it is not given. */
  readonly callMs?: number | undefined;
  /** All calls go through this proxy where it is given. */
  readonly proxy?: string | undefined;
}

/**
 * A client for the given hosts only. Redirects are answers like any other and are never followed. Each call has a connection of
 * its own: with a kept one, a reset could not be told from a request that was carried out.
 */
export function createHttp(options: HttpOptions): Http {
  return (request, stop) => {
    if (!options.hosts.has(request.url.host)) return Promise.resolve({ is: 'not_sent', why: 'host_not_allowed' });
    if (stop.aborted) return Promise.resolve({ is: 'not_sent', why: 'stopped' });
    return exchange(request, options, stop);
  };
}

function exchange(request: HttpRequest, options: HttpOptions, stop: AbortSignal): Promise<HttpEnd> {
  return new Promise((resolve) => {
    const secure = request.url.protocol === 'https:';
    const tunnel = tunnelOf(options, secure);
    const call = (secure ? https : http).request(request.url, {
      method: request.method ?? (request.body === null ? 'GET' : 'POST'),
      agent: tunnel ?? false,
      headers: { ...request.headers, ...headersOf(request) },
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    let connected = false;
    const fail = (why: string) => finish({ is: connected ? 'no_answer' : 'not_sent', why });
    const onStop = () => fail('stopped');
    const cancelLimit = after(options.pace, request.limitMs ?? options.callMs ?? LIMIT_MS, () => fail('time_limit'));
    const finish = (end: HttpEnd) => {
      cancelLimit();
      stop.removeEventListener('abort', onStop);
      resolve(end);
      call.destroy();
    };
    stop.addEventListener('abort', onStop);
    call.on('socket', (socket) => {
      connected = tunnel !== null;
      socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
    });
    call.on('error', (fault) => fail(codeOf(fault)));
    call.on('response', (answer) => readAnswer(answer, finish, fail));
    call.end(typeof request.body === 'string' ? request.body : request.body?.bytes);
  });
}

/** A socket that comes out of a tunnel stands already. */
function tunnelOf({ proxy, ca }: HttpOptions, secure: boolean): Tunnel | null {
  return proxy === undefined ? null : new Tunnel({ proxy, secure, ca, limitMs: LIMIT_MS });
}

function headersOf(request: HttpRequest): http.OutgoingHttpHeaders {
  if (request.body === null) return {};
  if (typeof request.body !== 'string') return { 'content-type': request.body.type, 'content-length': request.body.bytes.length };
  return { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(request.body) };
}

function readAnswer(answer: http.IncomingMessage, finish: (end: HttpEnd) => void, fail: (why: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MAX_ANSWER_BYTES) fail('answer_too_large');
  });
  answer.on('error', (fault) => fail(codeOf(fault)));
  answer.on('end', () => finish({ is: 'answer', status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
}

function codeOf(fault: Error): string {
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : 'network';
}
