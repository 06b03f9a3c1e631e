/** All connections of one app (dossier 1.7): as many as there are, each push goes to one of them, chosen at random. */
import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { DingParts } from '../parts';
import { StreamConnection } from './connection';
import type { Downstream } from './frames';
import type { StreamTickets } from './tickets';

const MAX_FRAME_BYTES = 1 << 20;

/** What can be done to the line on purpose; each call says how many connections it met. */
export interface LineOrder {
  /** A disconnect frame now, the end some seconds later; `zombie`: the end never comes. */
  readonly expire?: boolean | undefined;
  readonly zombie?: boolean | undefined;
  /** Cut without a word. */
  readonly drop?: boolean | undefined;
  readonly halfOpen?: boolean | undefined;
  /** A disconnect frame to every connection every so often (real milliseconds); 0 ends it. */
  readonly expireEveryMs?: number | undefined;
  readonly dropEveryMs?: number | undefined;
  /** So many frames that are no JSON, or of kinds nobody knows, to every connection. */
  readonly dirtyFrames?: number | undefined;
}

/** Accepts connections with a ticket and chooses among them. */
export class StreamSockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, autoPong: false });
  private readonly connections = new Set<StreamConnection>();
  private readonly repeating: { expire?: NodeJS.Timeout; drop?: NodeJS.Timeout } = {};

  constructor(
    private readonly parts: DingParts,
    private readonly tickets: StreamTickets,
  ) {}

  /** True when somebody could be told something. */
  get connected(): boolean {
    return [...this.connections].some((connection) => !connection.closing);
  }

  get count(): number {
    return this.connections.size;
  }

  /** Takes over an upgrade request; a stale or used ticket is refused with 400. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('ticket') ?? '';
    const subscriptions = this.tickets.take(ticket) ?? this.tickets.take(ticket.replaceAll(' ', '+'));
    const fault = this.parts.faults.take('stream/connect');
    const opened = subscriptions !== null && !fault;
    this.parts.calls.note({
      api: 'stream/connect',
      direction: 'fromBot',
      request: { subscriptions },
      answer: opened ? 'opened' : { status: fault?.status ?? 400 },
      ...(fault ? { fault } : {}),
    });
    if (!opened) return void socket.end(`HTTP/1.1 ${fault?.status ?? 400} Bad Request\r\nConnection: close\r\n\r\n`);
    this.server.handleUpgrade(request, socket, head, (accepted) => {
      const { keys, times, now } = this.parts;
      const connection = new StreamConnection(accepted, subscriptions, {
        appId: keys.clientId,
        times,
        now,
        stray: (text) => this.stray(text),
      });
      this.connections.add(connection);
      accepted.on('close', () => this.connections.delete(connection));
    });
  }

  /** One of the connections that hear this kind, or undefined. */
  choose(type: Downstream['type'], topic: string): StreamConnection | undefined {
    const open = [...this.connections].filter((connection) => connection.hears(type, topic));
    return open.length === 0 ? undefined : open[randomInt(open.length)];
  }

  /** Breaks the line as ordered; answers how many connections stood. */
  order(order: LineOrder): number {
    const met = this.connections.size;
    for (const connection of this.connections) {
      if (order.halfOpen !== undefined) connection.halfOpen = order.halfOpen;
      for (let n = 0; n < (order.dirtyFrames ?? 0); n += 1) connection.sendText(dirtyFrame(n));
      if (order.expire) connection.expire('connection is expired', order.zombie ?? false);
      if (order.drop) connection.socket.terminate();
    }
    this.repeat('expire', order.expireEveryMs, () => this.order({ expire: true }));
    this.repeat('drop', order.dropEveryMs, () => this.order({ drop: true }));
    return met;
  }

  /** Ends what was ordered to go on; connections stay. */
  wipe(): void {
    this.repeat('expire', 0, () => 0);
    this.repeat('drop', 0, () => 0);
    for (const connection of this.connections) connection.halfOpen = false;
  }

  stop(): void {
    this.wipe();
    for (const connection of this.connections) connection.socket.terminate();
    this.server.close();
  }

  private repeat(kind: 'expire' | 'drop', everyMs: number | undefined, act: () => number): void {
    if (everyMs === undefined) return;
    clearInterval(this.repeating[kind]);
    if (everyMs > 0) this.repeating[kind] = setInterval(act, everyMs).unref();
  }

  private stray(text: string): void {
    this.parts.calls.note({ api: 'stream/frame', direction: 'fromBot', request: text.slice(0, 2000), answer: 'ignored' });
  }
}

/** By turns: broken JSON, an unknown type, a frame without headers' usual names. */
function dirtyFrame(n: number): string {
  const frames = [
    '{"specVersion":"1.0","type":"SYS',
    '{"specVersion":"2.0","type":"NEWS","headers":{"topic":"x"},"data":"{}"}',
    '{"type":"SYSTEM"}',
  ];
  return frames[n % frames.length] ?? '';
}
