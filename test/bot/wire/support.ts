/** Builders and recording peers for the tests of all adapters. The peers answer what a test tells them and judge nothing. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterDeps } from '../../../src/bot/wire/deps';
import type { Button, Line, Message } from '../../../src/core/notices/message';
import { type Cleared, clear } from '../../../src/core/privacy/clear';
import type { Clock, Pace } from '../../../src/ports/clock';

export const NOW = 1_767_225_600_000;
export const FOREVER = new AbortController().signal;

export function message(changes: Partial<Message> = {}, lines: readonly Line[] = []): Cleared {
  return clear({ ref: '#12', heading: '#12 突发事件接报', lines, mentions: [], buttons: [], ...changes }, 'full');
}

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

export interface TestDeps extends AdapterDeps {
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
  /** How many connections it was given so far. */
  connections(): number;
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
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listen(server);
  return { base: `http://127.0.0.1:${port}`, calls, connections: () => connections, stop: () => close(server) };
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

/** Listens on a free port of this machine. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

/** Ends a server with all its connections. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
