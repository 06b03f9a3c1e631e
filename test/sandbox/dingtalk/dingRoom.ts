/** A small duty room on DingTalk for tests: the people of the WeCom one, a clock that moves only when told, short real-time limits. */
import { createServer } from 'node:http';
import Koa from 'koa';
import WebSocket from 'ws';
import type { Call } from '../../../src/sandbox/calls';
import type { DingBinding } from '../../../src/sandbox/dingtalk/keys';
import { DING_TIMES, type DingTimes } from '../../../src/sandbox/dingtalk/parts';
import { robotSign } from '../../../src/sandbox/dingtalk/sign';
import type { Message } from '../../../src/sandbox/messages';
import { startSandbox } from '../../../src/sandbox/sandbox';
import type { WorldInput } from '../../../src/sandbox/world';
import { listening, WORLD } from '../dutyRoom';

/** An answer of the wire with its status. */
export type Wire = Record<string, unknown> & { readonly status: number };

/** Short limits for tests that wait for the end of them; nothing is pushed twice. */
export const CALM: DingTimes = { ...DING_TIMES, closeAfterMs: 40, cardAnswerMs: 400 };
/** The same, and an unanswered push comes again at once. */
export const QUICK: DingTimes = { ...CALM, answerMs: 60 };

/** What a test does: talk, look, call both hosts, move the clock. */
export interface DingRoom {
  readonly binding: DingBinding;
  advance(ms: number): void;
  now(): number;
  post<T = Record<string, unknown>>(call: string, body: unknown): Promise<T & { status: number }>;
  get<T = Record<string, unknown>>(call: string): Promise<T & { status: number }>;
  say(room: string, from: string, text: string, more?: Record<string, unknown>): Promise<string>;
  messages(room: string): Promise<readonly Message[]>;
  calls(api: string): Promise<readonly Call[]>;
  /** A call of the new host with a good token; without a body it is a GET. */
  api(path: string, body?: unknown, method?: string): Promise<Wire>;
  /** A call of the old host with a good token. */
  oapi(path: string, body?: unknown): Promise<Wire>;
  /** A message by the custom robot of a room, signed now. */
  hook(room: string, body: unknown): Promise<Wire>;
  /** Any request, nothing added. */
  raw(url: string, init?: RequestInit): Promise<Response>;
  upload(type: string, name: string, data: Buffer): Promise<string>;
  stream(topics?: readonly (readonly [string, string])[]): Promise<RawStream>;
  close(): Promise<void>;
}

/** Opens the room; `others` are further enterprises on the same wire. */
export async function openDingRoom(times: DingTimes = DING_TIMES, others: readonly WorldInput[] = []): Promise<DingRoom> {
  const start = Date.parse('2026-08-01T09:00:00+08:00');
  let now = start;
  const advanceTo = async (target: number) => {
    now = target;
    return now;
  };
  const reset = async () => {
    now = start;
  };
  const control = { now: () => now, advanceTo, reset };
  const sandbox = await startSandbox({ world: { ...WORLD, platform: 'dingtalk' }, others, port: 0, control, dingTimes: times });
  const server = createServer(new Koa().use(sandbox.router.routes()).callback());
  const base = `http://127.0.0.1:${await listening(server)}/sandbox`;
  const binding = sandbox.dingBinding();
  const streams: RawStream[] = [];
  let held = { token: '', until: 0 };
  const token = async () => {
    if (held.until > now) return held.token;
    const { clientId: appKey, clientSecret: appSecret } = binding;
    const answer = await call(`${binding.apiBase}/v1.0/oauth2/accessToken`, { appKey, appSecret });
    held = { token: String(answer.accessToken), until: now + 7_000_000 };
    return held.token;
  };
  const room: DingRoom = {
    binding,
    advance: (ms) => {
      now += ms;
    },
    now: () => now,
    post: (path, body) => call(`${base}/${path}`, body) as never,
    get: (path) => call(`${base}/${path}`) as never,
    say: async (place, from, text, more = {}) => (await room.post<{ id: string }>('api/say', { room: place, from, text, ...more })).id,
    messages: async (place) => (await room.get<{ messages: Message[] }>(`api/messages?room=${place}`)).messages,
    calls: async (api) => (await room.get<{ calls: Call[] }>(`api/calls?api=${api}`)).calls,
    api: async (path, body, method) =>
      call(`${binding.apiBase}/v1.0/${path}`, body, { 'x-acs-dingtalk-access-token': await token() }, method) as Promise<Wire>,
    oapi: async (path, body) => call(`${binding.oapiBase}/${path}${path.includes('?') ? '&' : '?'}access_token=${await token()}`, body),
    hook: (place, body) => {
      const { url, secret } = binding.rooms[place]?.webhook ?? { url: '', secret: '' };
      return call(`${url}&timestamp=${now}&sign=${encodeURIComponent(robotSign(String(now), secret))}`, body);
    },
    raw: (url, init) => fetch(url, init),
    upload: async (type, name, data) => {
      const form = new FormData();
      form.append('media', new Blob([new Uint8Array(data)]), name);
      const answer = await fetch(`${binding.oapiBase}/media/upload?access_token=${await token()}&type=${type}`, {
        method: 'POST',
        body: form,
      });
      return ((await answer.json()) as { media_id: string }).media_id;
    },
    stream: async (topics) => {
      const stream = await RawStream.open(binding, topics);
      streams.push(stream);
      return stream;
    },
    close: async () => {
      for (const stream of streams) stream.close();
      await sandbox.stop();
      server.close();
      server.closeAllConnections();
    },
  };
  return room;
}

/** A JSON call; the answer's status stands beside its fields. */
export async function call(url: string, body?: unknown, headers: Record<string, string> = {}, method?: string): Promise<Wire> {
  const init =
    body === undefined
      ? { headers }
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
  const answer = await fetch(url, method === undefined ? init : { ...init, method });
  const text = await answer.text();
  return { ...(text === '' ? {} : (JSON.parse(text) as object)), status: answer.status };
}

/** A frame as it stands on the wire. */
export interface RawFrame {
  readonly specVersion: string;
  readonly type: string;
  readonly headers: Record<string, string>;
  readonly data: string;
}

const ALL_TOPICS: readonly (readonly [string, string])[] = [
  ['EVENT', '*'],
  ['CALLBACK', '/v1.0/im/bot/messages/get'],
  ['CALLBACK', '/v1.0/card/instances/callback'],
];

/** A bare connection of stream mode: opens, waits for frames, answers when told. */
export class RawStream {
  readonly frames: RawFrame[] = [];
  closed = false;
  private readonly waiting = new Set<() => void>();
  private readonly listeners = new Set<(text: string) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      for (const told of this.listeners) told(String(data));
      const frame = readable(String(data));
      if (frame) this.frames.push(frame);
      this.wake();
    });
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  /** The answer to `gateway/connections/open`. */
  static ticket(binding: DingBinding, more: Record<string, unknown> = {}): Promise<Wire> {
    const { clientId, clientSecret } = binding;
    const subscriptions = ALL_TOPICS.map(([type, topic]) => ({ type, topic }));
    const body = { clientId, clientSecret, subscriptions, ua: 'test', ...more };
    return call(`${binding.apiBase}/v1.0/gateway/connections/open`, body, { accept: 'application/json' });
  }

  static async open(binding: DingBinding, topics = ALL_TOPICS): Promise<RawStream> {
    const { endpoint, ticket } = await RawStream.ticket(binding, { subscriptions: topics.map(([type, topic]) => ({ type, topic })) });
    return RawStream.connect(`${endpoint}?ticket=${encodeURIComponent(String(ticket))}`);
  }

  static connect(url: string): Promise<RawStream> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      const stream = new RawStream(socket);
      socket.on('open', () => resolve(stream));
      socket.on('error', reject);
    });
  }

  /** Told of every text that comes, readable or not. */
  onText(told: (text: string) => void): void {
    this.listeners.add(told);
  }

  /** The n-th frame (from 0) with that topic, once it is there. */
  async frame(topic: string, n = 0): Promise<RawFrame> {
    const found = () => this.frames.filter((frame) => frame.headers.topic === topic)[n];
    await this.until(() => found() !== undefined);
    return found() as RawFrame;
  }

  /** The n-th robot message, parsed. */
  async heard(n = 0): Promise<Record<string, never>> {
    return JSON.parse((await this.frame('/v1.0/im/bot/messages/get', n)).data);
  }

  answer(frame: RawFrame, data: unknown, code = 200): void {
    const headers = { contentType: 'application/json', messageId: frame.headers.messageId };
    this.socket.send(JSON.stringify({ code, headers, message: 'OK', data: typeof data === 'string' ? data : JSON.stringify(data) }));
  }

  async ended(): Promise<void> {
    await this.until(() => this.closed);
  }

  close(): void {
    this.socket.terminate();
  }

  private async until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.closed) throw new Error('the connection is closed');
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  private wake(): void {
    for (const go of [...this.waiting]) go();
    this.waiting.clear();
  }
}

/** A frame with a topic; null for anything else, which a client has to pass over. */
function readable(text: string): RawFrame | null {
  try {
    const frame = JSON.parse(text) as RawFrame;
    return frame.headers?.topic === undefined ? null : frame;
  } catch {
    return null;
  }
}
