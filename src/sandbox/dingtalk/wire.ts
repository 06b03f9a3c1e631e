/** The two hosts over HTTP (dossier, head and 4.2): `api/v1.0/…` tells by status and code, `oapi/…` by errcode under status 200. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults';
import type { Allowance } from './allowance';
import { headerOf, parsedJson, readBody, send } from './http';
import type { DingParts } from './parts';
import { accepted, denied, json, punished, type Reply, refused, wrapped } from './replies';
import type { Tokens } from './tokens';
import { underFault } from './underFault';
import type { Host, WireApi, WireCall, WireTable } from './wireApi';

const MAX_BODY_BYTES = 4 << 20;
const MAX_UPLOAD_BYTES = 22 << 20;

/** What the wire needs beside the shared parts. */
export interface WireParts extends DingParts {
  readonly tokens: Tokens;
  readonly allowance: Allowance;
  readonly tables: Readonly<Record<Host, WireTable>>;
}

interface Asked {
  readonly host: Host;
  readonly path: string;
  readonly method: string;
  readonly name: string;
  readonly api: WireApi | undefined;
  readonly call: WireCall;
}

/** Serves one request below a host. An injected token refusal withdraws the token for good. */
export async function serveWire(
  parts: WireParts,
  { host, path }: { host: Host; path: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
  const method = request.method ?? 'GET';
  const { api, tail, pattern } = find(parts.tables[host], method, path);
  const name = api?.name ?? (pattern || path);
  const body = await readBody(request, api?.upload ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES);
  const token = host === 'api' ? headerOf(request, 'x-acs-dingtalk-access-token') : (query.get('access_token') ?? '');
  const read = api?.upload || body === null ? undefined : parsedJson(body.toString('utf8'));
  const call: WireCall = { query, json: read, body: body ?? Buffer.alloc(0), request, token, tail };
  const asked: Asked = { host, path, method, name, api, call };
  const fault = parts.faults.take(name);
  const reply = await underFault(
    fault,
    () => (body === null ? tooLong(asked) : answerOf(parts, asked)),
    (planted) => plantedReply(parts, asked, planted),
  );
  const headers = interestingHeaders(request);
  parts.calls.note({
    api: name,
    direction: 'fromBot',
    ...roomOf(parts, call),
    request: { host, method, query: Object.fromEntries(query), headers, body: api?.upload ? { bytes: call.body.length } : call.json },
    answer: reply?.noted ?? null,
    ...(fault ? { fault } : {}),
  });
  send(response, reply);
}

function find(table: WireTable, method: string, path: string): { api: WireApi | undefined; tail: string; pattern: string } {
  const exact = table[`${method} ${path}`];
  if (exact) return { api: exact, tail: '', pattern: path };
  const segments = path.split('/');
  for (let at = segments.length - 1; at >= 0; at -= 1) {
    const pattern = segments.with(at, '*').join('/');
    const api = table[`${method} ${pattern}`];
    if (api) return { api, tail: decodeURIComponent(segments[at] ?? ''), pattern };
  }
  return { api: undefined, tail: '', pattern: '' };
}

async function answerOf(parts: WireParts, asked: Asked): Promise<Reply> {
  const { host, api, call } = asked;
  if (!api) return unknownPath(parts, asked);
  if (host === 'login' || api.token === null) return (!api.free && stoppedOpen(parts, asked)) || api.run(call);
  const stopped = host === 'api' ? stoppedNew(parts, asked, api) : stoppedOld(parts, asked, api);
  return stopped ?? api.run(call);
}

/** The old host knows a path by its other method and says so. */
function unknownPath(parts: WireParts, { host, path, method }: Asked): Reply {
  if (host === 'api') return denied('InvalidAction.NotFound');
  if (host === 'login') return json(404, {});
  return method === 'GET' && parts.tables.oapi[`POST ${path}`] ? refused(43002) : refused(404);
}

function stoppedNew(parts: WireParts, { name, method, call }: Asked, api: WireApi): Reply | null {
  const { on } = parts.switches;
  if (!on.trustedIp) return denied('Forbidden.AccessDenied.IpNotInWhiteList');
  const known = api.token === 'user' ? parts.tokens.user(call.token) !== undefined : parts.tokens.check(call.token) === 'good';
  if (!known) return denied('InvalidAuthentication');
  if (api.scope && on.missingScopes.includes(api.scope)) {
    const fields = { accessdenieddetail: { requiredScopes: [api.scope] } };
    return denied('Forbidden.AccessDenied.AccessTokenPermissionDenied', { fields });
  }
  if (api.free) return null;
  if (!parts.allowance.month(on.monthlyCalls)) return denied('Forbidden.AccessDenied.ApiCountLimitForOrg');
  if (!parts.allowance.second(name, on.qps)) return denied('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi');
  return method !== 'GET' && (typeof call.json !== 'object' || call.json === null) ? denied('Missingbody') : null;
}

/** Newer calls of the old host (topapi) wrap what their gateway refuses in code 88. */
function stoppedOld(parts: WireParts, { name, path, method, call }: Asked, api: WireApi): Reply | null {
  const { on } = parts.switches;
  const say = (errcode: number) => (path.startsWith('topapi/') ? wrapped(String(errcode)) : refused(errcode));
  if (!on.trustedIp) return say(60020);
  if (call.token === '') return say(path.startsWith('topapi/') ? 40014 : 41001);
  const standing = parts.tokens.check(call.token);
  if (standing !== 'good') return say(standing === 'expired' && !path.startsWith('topapi/') ? 42001 : 40014);
  if (api.scope && on.missingScopes.includes(api.scope)) return say(60011);
  if (api.free) return null;
  const count = parts.allowance.used + 1;
  if (!parts.allowance.month(on.monthlyCalls)) return refused(90020, `企业本月接口调用量已达上限，已用${count}，上限${on.monthlyCalls}`);
  if (!parts.allowance.second(name, on.qps)) return refused(90018);
  return method === 'POST' && !api.upload && (typeof call.json !== 'object' || call.json === null) ? refused(40035) : null;
}

/** Calls without a token are still counted by the second, and taken from listed addresses alone. */
function stoppedOpen(parts: WireParts, { host, name }: Asked): Reply | null {
  if (!parts.switches.on.trustedIp) return host === 'api' ? denied('Forbidden.AccessDenied.IpNotInWhiteList') : refused(60020);
  if (parts.allowance.second(name, parts.switches.on.qps)) return null;
  return host === 'api' ? denied('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi') : refused(90018);
}

function tooLong({ host }: Asked): Reply {
  return host === 'oapi' ? refused(45001) : denied('invalidParameter', { message: 'body too large' });
}

/** What an armed fault says: a bare status, the punishment page, or a code in the form of the host. */
function plantedReply(parts: WireParts, { host, call, api }: Asked, { code, errcode, status }: Fault): Reply {
  if (code === 'punish') return punished();
  if (code === undefined && errcode === undefined) return { status: status ?? 500, headers: {}, body: '', noted: { status } };
  if (api?.token === 'app' && (code === 'InvalidAuthentication' || errcode === 40014)) parts.tokens.withdraw(call.token);
  if (host !== 'oapi') return denied(code ?? String(errcode), status === undefined ? {} : { status });
  if (errcode === 88 && code !== undefined) return wrapped(code);
  return errcode === 0 ? accepted() : refused(errcode ?? 500100, code);
}

/** The record keeps the headers that mean something, not the token's letters. */
function interestingHeaders(request: IncomingMessage): Record<string, string> {
  const kept = ['accept', 'content-type', 'user-agent'].map((name) => [name, headerOf(request, name)] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== ''));
}

function roomOf(parts: WireParts, { query, json: body }: WireCall): { room?: string } {
  const named = (body as { openConversationId?: unknown } | null | undefined)?.openConversationId;
  const group = parts.book.groupByHook(query.get('access_token') ?? '') ?? parts.book.group(typeof named === 'string' ? named : undefined);
  return group ? { room: group.room.id } : {};
}
