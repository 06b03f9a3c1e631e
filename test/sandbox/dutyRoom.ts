/** A small duty room on the sandbox for tests: five people, two groups, a clock that moves only when told. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import WebSocket from 'ws';
import type { Call } from '../../src/sandbox/calls';
import type { Message } from '../../src/sandbox/messages';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox';
import { WECOM_TIMES, type WeComTimes } from '../../src/sandbox/wecom/parts';
import type { WorldInput } from '../../src/sandbox/world';

export const WORLD: WorldInput = {
  people: [
    { id: 'duty1', name: '常值一', post: '值班员', roles: ['duty_officer'], phone: '10000000001' },
    { id: 'leader1', name: '带班甲', post: '带班领导', roles: ['leader'], phone: '10000000002' },
    { id: 'office1', name: '应办乙', post: '应急办', roles: ['office'], phone: '10000000003' },
    { id: 'coord1', name: '协调丙', post: '综合协调组', roles: ['coord'], phone: '10000000004' },
    { id: 'guest1', name: '来客丁', post: '', roles: [], phone: '10000000005' },
  ],
  rooms: [
    { id: 'duty', name: '值班群', kind: 'duty', members: ['duty1', 'leader1', 'office1', 'guest1'] },
    { id: 'hq', name: '指挥部工作群', kind: 'group', members: ['leader1', 'coord1'] },
    { id: 'quiet', name: '没人说过话的群', kind: 'group', members: ['duty1'], opened: false },
  ],
};

/** An answer of the wire. */
export type Wire = Record<string, unknown> & { status: number; errcode: number };

/** What GET /sandbox/api/keys tells. */
export interface Keys {
  readonly secondApp: { readonly agentId: number; readonly corpSecret: string };
  readonly contactsSecret: string;
  readonly robotCallback: { readonly token: string; readonly aesKey: string };
  readonly openUserids: Readonly<Record<string, string>>;
  readonly emails: Readonly<Record<string, string>>;
}

/** Bytes that pass for a picture, a voice message of so many seconds, and a video. */
export const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64, 1)]);
export const amr = (seconds: number) => Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: seconds * 50 }, () => AMR_FRAME)]);
export const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(64, 2)]);
const AMR_FRAME = Buffer.from([0x3c, ...Array.from({ length: 31 }, () => 7)]);

/** What a duty-room test does: talk, look, call the wire, move the clock. */
export interface DutyRoom {
  readonly sandbox: Sandbox;
  readonly base: string;
  advance(ms: number): void;
  post<T = Record<string, unknown>>(call: string, body: unknown): Promise<T & { status: number }>;
  get<T = Record<string, unknown>>(call: string): Promise<T & { status: number }>;
  say(room: string, from: string, text: string, more?: Record<string, unknown>): Promise<string>;
  messages(room: string): Promise<readonly Message[]>;
  calls(api: string): Promise<readonly Call[]>;
  webhook(room: string, body: unknown): Promise<{ errcode: number; errmsg: string }>;
  wire(path: string, body?: unknown): Promise<Record<string, unknown> & { errcode: number }>;
  token(): Promise<string>;
  /** Calls an API of the app with its token; a body makes it a POST. */
  api(path: string, body?: unknown): Promise<Wire>;
  /** Uploads bytes as the part `media`; `path` names the call with its query. */
  upload(path: string, name: string, data: Buffer): Promise<Wire>;
  keys(): Promise<Keys>;
  robot(): Promise<RawRobot>;
  close(): Promise<void>;
}

/** Opens the duty room; `times` shortens the platform's real-time limits. */
export async function openDutyRoom(times: WeComTimes = WECOM_TIMES, others: readonly WorldInput[] = []): Promise<DutyRoom> {
  const start = Date.parse('2026-08-01T09:00:00+08:00');
  let now = start;
  const advanceTo = async (target: number) => {
    now = target;
    return now;
  };
  const reset = async () => {
    now = start;
  };
  const sandbox = await startSandbox({ world: WORLD, others, port: 0, control: { now: () => now, advanceTo, reset }, times });
  const server = createServer(new Koa().use(sandbox.router.routes()).callback());
  const base = `http://127.0.0.1:${await listening(server)}/sandbox`;
  const binding = sandbox.binding();
  const robots: RawRobot[] = [];
  let held = { token: '', until: 0 };
  const json = async (url: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(url, init);
    return { status: answer.status, ...((await answer.json()) as object) };
  };
  const room: DutyRoom = {
    sandbox,
    base,
    advance: (ms) => {
      now += ms;
    },
    post: (call, body) => json(`${base}/${call}`, body) as never,
    get: (call) => json(`${base}/${call}`) as never,
    say: async (place, from, text, more = {}) => (await room.post<{ id: string }>('api/say', { room: place, from, text, ...more })).id,
    messages: async (place) => (await room.get<{ messages: Message[] }>(`api/messages?room=${place}`)).messages,
    calls: async (api) => (await room.get<{ calls: Call[] }>(`api/calls?api=${api}`)).calls,
    webhook: (place, body) => json(`${binding.apiBase}/cgi-bin/webhook/send?key=${binding.rooms[place]?.webhookKey}`, body) as never,
    wire: (path, body) => json(`${binding.apiBase}/cgi-bin/${path}`, body) as never,
    token: async () => String((await room.wire(`gettoken?corpid=${binding.corpId}&corpsecret=${binding.corpSecret}`)).access_token),
    api: async (path, body) => {
      if (held.until <= now) held = { token: await room.token(), until: now + 7_000_000 };
      return room.wire(`${path}${path.includes('?') ? '&' : '?'}access_token=${held.token}`, body) as never;
    },
    upload: async (path, name, data) => {
      const form = new FormData();
      form.append('media', new Blob([new Uint8Array(data)]), name);
      const answer = await fetch(`${binding.apiBase}/cgi-bin/${path}`, { method: 'POST', body: form });
      return { status: answer.status, ...((await answer.json()) as object) } as Wire;
    },
    keys: () => room.get<Keys>('api/keys'),
    robot: async () => {
      const robot = await RawRobot.open(binding.wsUrl);
      robots.push(robot);
      return robot;
    },
    close: async () => {
      for (const robot of robots) robot.close();
      await sandbox.stop();
      server.close();
      server.closeAllConnections();
    },
  };
  return room;
}

/** A frame as it stands on the wire. */
export interface RawFrame {
  cmd?: string;
  headers: { req_id: string };
  errcode?: number;
  body?: Record<string, never>;
}

/** A bare long connection: sends frames, waits for acks and callbacks. */
export class RawRobot {
  private readonly received: RawFrame[] = [];
  private readonly waiting = new Set<() => void>();
  private last = 0;
  closed = false;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)));
      this.wake();
    });
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  static open(url: string): Promise<RawRobot> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      const robot = new RawRobot(socket);
      socket.once('open', () => resolve(robot));
      socket.once('error', reject);
    });
  }

  /** Sends a frame and answers the errcode of its ack. */
  async ask(cmd: string, body?: unknown, reqId?: string): Promise<number> {
    return (await this.full(cmd, body, reqId)).errcode ?? -1;
  }

  /** True when the socket's own ping is answered within `waitMs` of real time. */
  pong(waitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), waitMs);
      this.socket.once('pong', () => {
        clearTimeout(timer);
        resolve(true);
      });
      this.socket.ping();
    });
  }

  /** Sends a frame and answers its whole ack. */
  async full(cmd: string, body?: unknown, reqId?: string): Promise<RawFrame> {
    this.last += 1;
    const id = reqId ?? `own_${this.last}`;
    const from = this.received.length;
    this.socket.send(JSON.stringify({ cmd, headers: { req_id: id }, body }));
    return this.until(() => this.received.slice(from).find((frame) => frame.cmd === undefined && frame.headers.req_id === id));
  }

  subscribe(robot: { botId: string; secret: string }): Promise<number> {
    return this.ask('aibot_subscribe', { bot_id: robot.botId, secret: robot.secret });
  }

  /** The n-th callback of that cmd, waiting for it if need be. */
  callback(cmd: 'aibot_msg_callback' | 'aibot_event_callback', n = 0): Promise<RawFrame> {
    return this.until(() => this.received.filter((frame) => frame.cmd === cmd)[n]);
  }

  untilClosed(): Promise<boolean> {
    return this.until(() => (this.closed ? true : undefined));
  }

  close(): void {
    this.socket.terminate();
  }

  private async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
      });
    }
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

/** Starts a loopback server and answers its port. */
export function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
