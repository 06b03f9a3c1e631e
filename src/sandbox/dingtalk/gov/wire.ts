/** The server API of the government edition over HTTP (dossier 6.2, 6.3). Calls that nobody knows are turned away. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../../faults';
import { headerOf, readBody, send } from '../http';
import type { Reply } from '../replies';
import { underFault } from '../underFault';
import type { Gate } from './gate';
import type { GovCall, GovParts, GovTable } from './parts';
import { failed, turnedAway } from './replies';
import type { GovSessions } from './sessions';

const MAX_BODY_BYTES = 22 << 20;

/** What the wire needs beside the shared parts. */
export interface GovWireParts extends GovParts {
  readonly gate: Gate;
  readonly sessions: GovSessions;
  readonly table: GovTable;
}

/** Serves one request. An injected token refusal withdraws the token for good. */
export async function serveGov(parts: GovWireParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const name = url.pathname.slice(1);
  const body = (await readBody(request, MAX_BODY_BYTES)) ?? Buffer.alloc(0);
  const contentType = headerOf(request, 'content-type');
  const upload = parts.table[name]?.upload === true;
  const call: GovCall = { params: paramsOf(url, contentType, upload, body), body, contentType };
  const fault = parts.faults.take(name);
  const reply = await underFault(
    fault,
    () => answerOf(parts, request, name, call),
    (planted) => plantedReply(parts, call, planted),
  );
  parts.calls.note({
    api: name,
    direction: 'fromBot',
    ...roomOf(parts, call.params),
    request: { method: request.method, params: groupedOf(call.params), ...(upload ? { bytes: body.length } : {}) },
    answer: reply?.noted ?? null,
    ...(fault ? { fault } : {}),
  });
  send(response, reply);
}

function answerOf(parts: GovWireParts, request: IncomingMessage, name: string, call: GovCall): Reply {
  if (name === 'robot/sendBySession') return parts.sessions.send(call);
  const away = parts.gate.refusal(request, `/${name}`, call.params);
  if (away) return away;
  const api = parts.table[name];
  if (!api) return turnedAway('ApiNotFound', `没有接口 ${name}`);
  const token = call.params.get('access_token') ?? call.params.get('accessToken') ?? '';
  if (!api.open && !parts.gate.living(token)) return failed('InvalidAccessToken', 'access_token不合法或已过期');
  return api.run(call);
}

/** Fields of the form count as parameters, those of an upload do not. */
function paramsOf(url: URL, contentType: string, upload: boolean, body: Buffer): URLSearchParams {
  const form = !upload && contentType.startsWith('application/x-www-form-urlencoded') ? new URLSearchParams(body.toString('utf8')) : [];
  return new URLSearchParams([...url.searchParams, ...form]);
}

function plantedReply(parts: GovWireParts, { params }: GovCall, { code, errcode, status }: Fault): Reply {
  if (code === 'InvalidAccessToken') parts.gate.withdraw(params.get('access_token') ?? '');
  if (code !== undefined) return failed(code, code);
  if (errcode !== undefined) return turnedAway(String(errcode), 'error');
  return { status: status ?? 500, headers: {}, body: '', noted: { status } };
}

function roomOf(parts: GovWireParts, params: URLSearchParams): { room?: string } {
  const chat = parts.book.group(params.get('chatId') ?? undefined);
  return chat ? { room: chat.room.id } : {};
}

/** Parameters as an object; a repeated name holds a list. */
function groupedOf(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const all = params.getAll(name);
      return [name, all.length === 1 ? (all[0] ?? '') : all];
    }),
  );
}
