/** One HTTP exchange that always ends as a value, and knows whether the request may have reached the platform. */
import http, { type AgentOptions } from 'node:http';
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
/** Connections rest between calls, and no longer than this: platforms close theirs much later, so that their closing and our next call do not meet. */
const KEPT: AgentOptions = { keepAlive: true, timeout: 2_000, maxFreeSockets: 16 };

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
 * A client for the given hosts only. Redirects are answers like any other and are never followed. Calls share connections that rest
 * for a moment; a fault on one that had served before is `no_answer`, since it cannot be told from a request that was carried out.
 */
export function createHttp(options: HttpOptions): Http {
  const agents = { plain: agentOf(options, false), secure: agentOf(options, true) };
  return (request, stop) => {
    if (!options.hosts.has(request.url.host)) return Promise.resolve({ is: 'not_sent', why: 'host_not_allowed' });
    if (stop.aborted) return Promise.resolve({ is: 'not_sent', why: 'stopped' });
    return exchange(request, options, agents, stop);
  };
}

interface Agents {
  readonly plain: http.Agent;
  readonly secure: http.Agent;
}

function exchange(request: HttpRequest, options: HttpOptions, agents: Agents, stop: AbortSignal): Promise<HttpEnd> {
  return new Promise((resolve) => {
    const secure = request.url.protocol === 'https:';
    const call = (secure ? https : http).request(request.url, {
      method: request.method ?? (request.body === null ? 'GET' : 'POST'),
      agent: secure ? agents.secure : agents.plain,
      headers: { ...request.headers, ...headersOf(request) },
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    let connected = false;
    const fail = (why: string) => {
      finish({ is: connected ? 'no_answer' : 'not_sent', why });
      call.destroy();
    };
    const onStop = () => fail('stopped');
    const cancelLimit = after(options.pace, request.limitMs ?? options.callMs ?? LIMIT_MS, () => fail('time_limit'));
    const finish = (end: HttpEnd) => {
      cancelLimit();
      stop.removeEventListener('abort', onStop);
      resolve(end);
    };
    stop.addEventListener('abort', onStop);
    call.on('socket', (socket) => {
      // A socket that comes out of a tunnel stands already.
      connected = call.reusedSocket || options.proxy !== undefined;
      if (!connected) socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
    });
    call.on('error', (fault) => fail(codeOf(fault)));
    call.on('response', (answer) => readAnswer(answer, finish, fail));
    call.end(typeof request.body === 'string' ? request.body : request.body?.bytes);
  });
}

function agentOf({ proxy, ca }: HttpOptions, secure: boolean): http.Agent {
  if (proxy !== undefined) return new Tunnel({ proxy, secure, ca, limitMs: LIMIT_MS }, KEPT);
  return secure ? new https.Agent(KEPT) : new http.Agent(KEPT);
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
