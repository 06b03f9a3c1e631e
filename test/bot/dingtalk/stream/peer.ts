/** A recording gateway for the long connection: gives places, holds sockets, and answers what a test tells it. */
import { createServer } from 'node:http';
import { afterEach, beforeEach } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import { createDingtalk } from '../../../../src/bot/dingtalk';
import type { DingtalkBinding } from '../../../../src/bot/dingtalk/settings';
import type { ConnectionState, Inbound } from '../../../../src/ports/platform';
import { close, listen, type TestDeps, testDeps, until } from '../../wire/support';
import { robotBody } from '../intake/bodies';
import { binding } from '../support';

/** What the gateway answers to a question for a place; null for a place. */
export type Refusal = { readonly status: number; readonly body: unknown } | null;

/** One socket as the gateway sees it. */
export interface Seen {
  readonly socket: WebSocket;
  readonly ticket: string | null;
  readonly frames: Record<string, unknown>[];
  /** Frames as they stood on the wire. */
  readonly raw: string[];
}

export const asked: { readonly headers: Record<string, unknown>; readonly body: Record<string, unknown> }[] = [];
export const seen: Seen[] = [];
export const taken: Inbound[] = [];
export const states: ConnectionState[] = [];
export let deps: TestDeps;
export let heard = 0;
let refusal: () => Refusal = () => null;
let keep: (message: Inbound) => Promise<void>;
let server: ReturnType<typeof createServer>;
let base = '';
let stop: AbortController;
let run: Promise<void> | undefined;

beforeEach(async () => {
  for (const list of [asked, seen, taken, states]) list.length = 0;
  deps = testDeps();
  heard = 0;
  refusal = () => null;
  keep = async (message) => void taken.push(message);
  stop = new AbortController();
  run = undefined;
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    asked.push({ headers: request.headers, body: JSON.parse(text) });
    const no = refusal();
    const place = { endpoint: `${base.replace('http', 'ws')}/connect`, ticket: `t+${asked.length}/=` };
    response.writeHead(no?.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(no === null ? place : no.body));
  });
  new WebSocketServer({ server }).on('connection', (socket, request) => {
    const one: Seen = { socket, ticket: new URL(request.url ?? '', base).searchParams.get('ticket'), frames: [], raw: [] };
    socket.on('message', (data) => {
      one.raw.push(String(data));
      one.frames.push(JSON.parse(String(data)));
    });
    seen.push(one);
  });
  base = `http://127.0.0.1:${await listen(server)}`;
});
afterEach(async () => {
  stop.abort();
  for (const { socket } of seen) socket.terminate();
  await until(() => run === undefined || settled);
  await close(server);
});

let settled = false;

/** Opens the connection of a tenant. */
export function start(changes: Partial<DingtalkBinding> = {}): void {
  const platform = createDingtalk(binding({ apiBase: base, oapiBase: base, ...changes }), deps);
  settled = false;
  const on = { take: (message: Inbound) => keep(message), state: (is: ConnectionState) => void states.push(is), heard: () => (heard += 1) };
  run = platform.connection?.run(on, stop.signal).finally(() => {
    settled = true;
  });
}

export const hasEnded = (): boolean => settled;
export const end = (): void => stop.abort();
export const names = (): readonly string[] => states.map(({ is }) => is);

/** How a question for a place is answered from now on. */
export function refuseBy(answer: () => Refusal): void {
  refusal = answer;
}

/** How messages are stored from now on. */
export function keepBy(take: (message: Inbound) => Promise<void>): void {
  keep = take;
}

/** The n-th socket, from 1, once its hand-shake is done on both sides. */
export async function opened(n: number): Promise<Seen> {
  const one = await until(() => seen[n - 1]);
  await until(() => states.some(({ is }) => is === 'open'));
  return one;
}

let count = 0;

/** Pushes a frame over a socket; answers its messageId. */
export function push({ socket }: Seen, type: string, topic: string, data: unknown, headers: Record<string, unknown> = {}): string {
  count += 1;
  const messageId = `mid-${count}`;
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const head = { appId: 'a', connectionId: 'c', contentType: 'application/json', messageId, time: '1767225600123', topic, ...headers };
  socket.send(JSON.stringify({ specVersion: '1.0', type, headers: head, data: text }));
  return messageId;
}

/** A message to the robot under this id. */
export const say = (to: Seen, msgId: string): string => push(to, 'CALLBACK', '/v1.0/im/bot/messages/get', robotBody({ msgId }));

/** The platform takes a socket out of service. */
export const dismiss = (one: Seen): string => push(one, 'SYSTEM', 'disconnect', { reason: 'connection is expired' });

/** The answer to a frame. */
export const answerTo = (one: Seen, messageId: string): Promise<Record<string, unknown>> =>
  until(() => one.frames.find((frame) => (frame.headers as { messageId?: string }).messageId === messageId));

/** Waits for a sleeper that still sleeps between `low` and `high`, and lets that time pass. */
export async function passWait(low: number, high: number): Promise<void> {
  const wait = await until(() => deps.pace.waits().find((ms) => ms >= low && ms <= high));
  deps.clock.time += wait;
  deps.pace.pass(wait);
}
