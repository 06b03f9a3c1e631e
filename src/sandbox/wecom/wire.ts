/** The server API over HTTP (dossier sections 4, 5, 8.3): status 200 whatever happened, the truth is in errcode. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { perMinuteAndHour, RateWindow } from '../rateWindow';
import { type Answer, refused } from './answers';
import type { CorpParts } from './parts';
import type { Caller, Tokens } from './tokens';

const PREFIX = '/cgi-bin/';
const PAGES = ['/connect/oauth2/authorize', '/wwlogin/sso/login', '/aibot/media/', '/picture/'];
const MAX_BODY_BYTES = 4 << 20;
const MAX_UPLOAD_BYTES = 22 << 20;
const UNCOUNTED = ['message/send', 'appchat/send'];

/** One call as received: `json` is undefined when the body is none; `caller` is set where a token was asked for; `tail` follows an open name. */
export interface WireCall {
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly text: string;
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly range: string | undefined;
  readonly caller: Caller;
  readonly tail: string;
}

/** An answer that is no JSON; `noted` is what the record of calls keeps of it. */
export class RawReply {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: Buffer | string,
    readonly noted: unknown,
  ) {}
}

/** One API: its method, whose token it wants, whether its body is an upload, and what it does. A name that ends in `/` takes any tail. */
export interface WireApi {
  readonly method: 'GET' | 'POST';
  readonly token: 'app' | 'any' | null;
  readonly upload?: true;
  readonly run: (call: WireCall) => Answer | RawReply;
}

/** What the wire needs beside the shared parts; `apis` are named by path tail, such as `message/send`. */
export interface WireParts extends CorpParts {
  readonly tokens: Tokens;
  readonly apis: Readonly<Record<string, WireApi>>;
  readonly limits: ApiLimits;
}

/** Calls of one API for the whole enterprise, and all calls of one address (dossier 5.11); sending messages is not counted. */
export class ApiLimits {
  private readonly perApi = new RateWindow(perMinuteAndHour(10_000, 150_000));
  private readonly perAddress = new RateWindow(perMinuteAndHour(20_000, 600_000));

  take(api: string, now: number): boolean {
    return UNCOUNTED.includes(api) || (this.perApi.take(api, now) && this.perAddress.take('127.0.0.1', now));
  }

  wipe(): void {
    this.perApi.clear();
    this.perAddress.clear();
  }
}

/** True for a path that belongs to the server API or to the platform's few pages. */
export function isWirePath(url: string | undefined): boolean {
  return url !== undefined && [PREFIX, ...PAGES].some((start) => url.startsWith(start));
}

/**
 * Answers one request of the server API; an unknown API is a plain 404, as on an old private deployment.
 * An injected 40014 makes the token invalid for good, as when the platform withdraws it early (dossier 8.3 no. 2).
 */
export async function serveWire(parts: WireParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { name, api, tail } = find(parts.apis, url.pathname);
  const body = await readBody(request, api?.upload ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES);
  if (!api) return end(response, 404, null);
  const text = body === null || api.upload ? '' : body.toString('utf8');
  const { 'content-type': contentType, range } = request.headers;
  const call = { query: url.searchParams, text, json: parsed(text), body: body ?? Buffer.alloc(0), contentType, range, tail };
  const effect = () => (body === null ? refused(api.upload ? 45001 : 40206) : answerOf(parts, request.method, { name, api, call }));
  const outcome = await parts.faults.run<Answer | RawReply>(name, effect, refused);
  const answer = outcome.is === 'answer' ? outcome.answer : null;
  if (api.token && outcome.fault?.errcode === 40014) parts.tokens.withdraw(url.searchParams.get('access_token'));
  parts.calls.note({
    api: name,
    direction: 'fromBot',
    ...roomOf(parts, call.query),
    request: {
      method: request.method,
      query: Object.fromEntries(url.searchParams),
      body: api.upload ? { bytes: body?.length } : call.json,
    },
    answer: outcome.is === 'status' ? { status: outcome.status } : answer instanceof RawReply ? answer.noted : answer,
    ...(outcome.fault ? { fault: outcome.fault } : {}),
  });
  if (outcome.is === 'silence') response.destroy();
  else end(response, outcome.is === 'status' ? outcome.status : 200, answer);
}

function find(apis: WireParts['apis'], pathname: string): { name: string; api: WireApi | undefined; tail: string } {
  const path = pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : pathname.slice(1);
  if (apis[path]) return { name: path, api: apis[path], tail: '' };
  const open = `${path.slice(0, path.lastIndexOf('/'))}/`;
  return { name: open.slice(0, -1), api: apis[open], tail: path.slice(open.length) };
}

function answerOf(
  parts: WireParts,
  method: string | undefined,
  { name, api, call }: { name: string; api: WireApi; call: Omit<WireCall, 'caller'> },
): Answer | RawReply {
  if (method !== api.method) return refused(api.method === 'GET' ? 43001 : 43002);
  if (api.token === null && name !== 'gettoken') return runWith(api, call, { kind: 'app', agentId: 0 });
  if (!parts.switches.on.trustedIp) return refused(60020, 'not allow to access from your ip');
  const caller: Caller | number = api.token === null ? { kind: 'app', agentId: 0 } : parts.tokens.check(call.query.get('access_token'));
  if (typeof caller === 'number') return refused(caller);
  if (api.token === 'app' && caller.kind === 'contacts') return refused(48009);
  if (!parts.limits.take(name, parts.now())) return refused(45009);
  return runWith(api, call, caller);
}

function runWith(api: WireApi, call: Omit<WireCall, 'caller'>, caller: Caller): Answer | RawReply {
  if (api.method === 'POST' && !api.upload && call.json === undefined) return refused(40035);
  return api.run({ ...call, caller });
}

function roomOf(parts: CorpParts, query: URLSearchParams): { room?: string } {
  const room = parts.world.roomByWebhookKey(query.get('key') ?? '');
  return room ? { room: room.id } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? null : Buffer.concat(chunks);
}

function end(response: ServerResponse, status: number, answer: Answer | RawReply | null): void {
  if (answer instanceof RawReply) {
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(answer === null ? '' : JSON.stringify(answer));
}
