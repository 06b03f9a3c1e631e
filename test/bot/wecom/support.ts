/** Builders and recording peers for the tests of the adapter. The peers answer what a test tells them and judge nothing. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { WecomDeps } from '../../../src/bot/wecom/deps';
import { WecomBinding } from '../../../src/bot/wecom/settings';
import type { Button, Line, Message } from '../../../src/core/notices/message';
import { type Cleared, clear } from '../../../src/core/privacy/clear';
import type { Clock, Pace } from '../../../src/ports/clock';

export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
export const NOW = 1_767_225_600_000;
export const FOREVER = new AbortController().signal;

export function binding(changes: Partial<WecomBinding> = {}): WecomBinding {
  return WecomBinding.parse({
    tenant: 'city',
    apiBase: 'http://127.0.0.1:9',
    wsUrl: 'ws://127.0.0.1:9',
    consoleUrl: 'https://duty.example.gov.cn',
    corpId: 'wwcorp',
    agentId: 1000002,
    corpSecret: 'canary-corp-secret',
    callbackToken: 'DutyRoomToken2026',
    callbackAesKey: AES_KEY,
    robot: { botId: 'BOT', secret: 'canary-robot-secret', name: '值班 机器人' },
    rooms: { duty: { chatId: 'wrDuty', webhookKey: 'canary-webhook-key' } },
    people: { duty1: 'ZhangSan', leader1: 'lisi' },
    ...changes,
  });
}

export function message(changes: Partial<Message> = {}, lines: readonly Line[] = []): Cleared {
  return clear({ ref: '#12', heading: '#12 突发事件接报', lines, mentions: [], buttons: [], ...changes }, 'full');
}

export const URL_ROBOT = { botId: 'BOT', name: '值班 机器人', callbackToken: 'RobotToken2026', callbackAesKey: AES_KEY, quietMinutes: 60 };

export const ACK: Button = { key: 'ack:1', text: '收到' };

/** A pace whose time passes only when a test says so. */
export class HandPace implements Pace {
  private time = 0;
  private sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  mono(): number {
    return this.time;
  }

  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const onStop = () => {
        this.sleepers = this.sleepers.filter((one) => one !== sleeper);
        resolve();
      };
      const wake = () => {
        stop?.removeEventListener('abort', onStop);
        resolve();
      };
      const sleeper = { at: this.time + ms, wake };
      this.sleepers.push(sleeper);
      stop?.addEventListener('abort', onStop);
    });
  }

  /** How long the sleepers still have to wait, shortest first. */
  waits(): readonly number[] {
    return this.sleepers.map((sleeper) => sleeper.at - this.time).sort((a, b) => a - b);
  }

  pass(ms: number): void {
    this.time += ms;
    const due = this.sleepers.filter((sleeper) => sleeper.at <= this.time);
    this.sleepers = this.sleepers.filter((sleeper) => sleeper.at > this.time);
    for (const sleeper of due) sleeper.wake();
  }
}

export interface TestDeps extends WecomDeps {
  readonly clock: Clock & { time: number };
  readonly pace: HandPace;
  readonly lines: string[];
}

export function testDeps(now = NOW): TestDeps {
  const lines: string[] = [];
  const write = (level: string) => (fields: Readonly<Record<string, unknown>>, text: string) => {
    lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
  };
  const clock = { time: now, now: () => clock.time };
  return { clock, pace: new HandPace(), lines, log: { info: write('info'), warn: write('warn'), error: write('error') } };
}

/** Waits for something that real sockets are about to bring. */
export async function until<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}
/** A JSON answer, a page of text, a bare status, a location to go to, `hang` (never answers) or `reset` (cuts the connection). */
export type Reply =
  | Readonly<Record<string, unknown>>
  | { readonly page: string }
  | { readonly status: number; readonly location?: string }
  | 'hang'
  | 'reset';

export interface HttpPeer {
  readonly base: string;
  readonly calls: Call[];
  stop(): Promise<void>;
}

export async function httpPeer(reply: (call: Call) => Reply): Promise<HttpPeer> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    const answer = reply(call);
    if (answer === 'hang') return;
    if (answer === 'reset') return request.socket.destroy();
    if ('page' in answer) return response.end(answer.page);
    if ('status' in answer && !('errcode' in answer))
      return response.writeHead(Number(answer.status), answer.location ? { location: String(answer.location) } : {}).end();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  const port = await listen(server);
  return { base: `http://127.0.0.1:${port}`, calls, stop: () => close(server) };
}

export interface Heard {
  readonly cmd: string;
  readonly headers: { readonly req_id: string };
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface SocketPeer {
  readonly url: string;
  readonly sockets: WebSocket[];
  readonly frames: Heard[];
  /** Code of the ack for a frame, or code and body; null for silence. */
  answer: (frame: Heard) => number | null | { readonly errcode: number; readonly body: unknown };
  /** Sends to the newest socket. */
  push(frame: unknown): void;
  stop(): Promise<void>;
}

export async function socketPeer(): Promise<SocketPeer> {
  const server = createServer();
  const peer: SocketPeer = {
    url: '',
    sockets: [],
    frames: [],
    answer: () => 0,
    push: (frame) => peer.sockets.at(-1)?.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    stop: async () => {
      for (const socket of peer.sockets) socket.terminate();
      await close(server);
    },
  };
  new WebSocketServer({ server }).on('connection', (socket) => {
    peer.sockets.push(socket);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Heard;
      peer.frames.push(frame);
      const answer = peer.answer(frame);
      if (answer === null) return;
      const ack = typeof answer === 'number' ? { errcode: answer } : answer;
      socket.send(JSON.stringify({ headers: frame.headers, errmsg: ack.errcode === 0 ? 'ok' : 'no', ...ack }));
    });
  });
  const port = await listen(server);
  return Object.assign(peer, { url: `ws://127.0.0.1:${port}` });
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://peer');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
