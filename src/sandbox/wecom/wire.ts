/** The server API over HTTP (dossier sections 4, 5, 8.3): status 200 whatever happened, the truth is in errcode. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLog } from '../calls';
import type { FaultBoard } from '../faults';
import type { World } from '../world';
import { type Answer, refused } from './answers';
import type { Tokens } from './tokens';

const PREFIX = '/cgi-bin/';
const MAX_BODY_BYTES = 2 << 20;

/** One call as received: `json` is undefined when the body is none. */
export interface WireCall {
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly text: string;
}

/** One API: its method, whether it wants an access token, and what it does. */
export interface WireApi {
  readonly method: 'GET' | 'POST';
  readonly token: boolean;
  readonly run: (call: WireCall) => Answer;
}

/** What the wire needs around it; `apis` are named by path tail, such as `message/send`. */
export interface WireParts {
  readonly world: World;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly tokens: Tokens;
  readonly apis: Readonly<Record<string, WireApi>>;
}

/** True for a path that belongs to the server API. */
export function isWirePath(url: string | undefined): boolean {
  return url?.startsWith(PREFIX) === true;
}

/**
 * Answers one request of the server API; an unknown API is a plain 404, as on an old private deployment.
 * An injected 40014 makes the token invalid for good, as when the platform withdraws it early (dossier 8.3 no. 2).
 */
export async function serveWire(parts: WireParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const name = url.pathname.slice(PREFIX.length);
  const api = parts.apis[name];
  const text = await readText(request);
  if (!api || text === null) return end(response, api ? 413 : 404, null);
  const call = { query: url.searchParams, text, json: parsed(text) };
  const outcome = await parts.faults.run(name, () => answerOf(parts, request.method, api, call), refused);
  const answer = outcome.is === 'answer' ? outcome.answer : null;
  if (api.token && outcome.fault?.errcode === 40014) parts.tokens.withdraw();
  parts.calls.note({
    api: name,
    direction: 'fromBot',
    ...roomOf(parts.world, call),
    request: { method: request.method, query: Object.fromEntries(url.searchParams), body: call.json },
    answer: outcome.is === 'status' ? { status: outcome.status } : answer,
    ...(outcome.fault ? { fault: outcome.fault } : {}),
  });
  if (outcome.is === 'silence') response.destroy();
  else end(response, outcome.is === 'status' ? outcome.status : 200, answer);
}

function answerOf(parts: WireParts, method: string | undefined, api: WireApi, call: WireCall): Answer {
  if (method !== api.method) return refused(api.method === 'GET' ? 43001 : 43002);
  const errcode = api.token ? parts.tokens.check(call.query.get('access_token')) : 0;
  if (errcode !== 0) return refused(errcode);
  if (api.method === 'POST' && call.json === undefined) return refused(40035);
  return api.run(call);
}

function roomOf(world: World, call: WireCall): { room?: string } {
  const room = world.roomByWebhookKey(call.query.get('key') ?? '');
  return room ? { room: room.id } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

function end(response: ServerResponse, status: number, answer: Answer | null): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(answer === null ? '' : JSON.stringify(answer));
}
