/** The robot's long connections (dossier 2.9, 8.2): one subscribed connection at a time, the newer one puts out the older. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { CallLog } from '../calls';
import type { FaultBoard } from '../faults';
import type { World } from '../world';
import { type Answer, accepted, refused } from './answers';
import { RateWindow } from './rateWindow';
import { type Ticket, Tickets } from './tickets';
import { sameText } from './tokens';

const MAX_FRAME_BYTES = 1 << 20;

const frameSchema = z.looseObject({ cmd: z.string(), headers: z.looseObject({ req_id: z.string().min(1) }), body: z.unknown().optional() });
const subscribeSchema = z.looseObject({ bot_id: z.string(), secret: z.string() });

/** A request frame of the bot. */
export type Frame = z.output<typeof frameSchema>;

/** Answers a frame of a subscribed connection: the ack, and the room for the record. */
export type FrameHandler = (frame: Frame, tickets: Tickets) => { readonly answer: Answer; readonly room?: string };

/** What the long connection needs around it. `idleCloseMs` is real time without any frame (the real value is not documented). */
export interface SocketParts {
  readonly world: World;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly now: () => number;
  readonly idleCloseMs: number;
  readonly handle: FrameHandler;
}

interface Connection {
  readonly socket: WebSocket;
  readonly tickets: Tickets;
  subscribed: boolean;
  idle: NodeJS.Timeout | undefined;
}

/** Accepts connections, keeps the one-connection rule, acks frames and pushes callbacks to the subscribed connection. */
export class RobotSockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  private readonly connections = new Set<Connection>();
  private readonly subscriptions = new RateWindow([{ perMs: 60_000, max: 5 }]);

  constructor(private readonly parts: SocketParts) {}

  /** Takes over an upgrade request of the wire server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (accepted) => this.open(accepted));
  }

  get connected(): boolean {
    return this.current() !== undefined;
  }

  /** Sends a callback frame `copies` times; a ticket makes it answerable. False: nobody is subscribed and the message is lost. */
  push(cmd: string, body: unknown, options: { room: string | null; ticket?: Omit<Ticket, 'streams'>; copies?: number }): boolean {
    const frame = { cmd, headers: { req_id: randomUUID() }, body };
    const fault = this.parts.faults.take(cmd);
    const connection = this.current();
    const lost = fault?.drop === true || connection === undefined;
    const about = { api: cmd, direction: 'toBot' as const, request: frame, ...(options.room === null ? {} : { room: options.room }) };
    this.parts.calls.note({ ...about, answer: lost ? 'lost' : 'sent', ...(fault ? { fault } : {}) });
    if (lost) return false;
    setTimeoutOrNow(fault?.delayMs ?? 0, () => {
      if (options.ticket) connection.tickets.open(frame.headers.req_id, options.ticket);
      for (let copy = 0; copy < (options.copies ?? 1); copy += 1) send(connection, frame);
    });
    return true;
  }

  /** Forgets every ticket and window; connections stay. */
  wipe(): void {
    this.subscriptions.clear();
    for (const connection of this.connections) connection.tickets.clear();
  }

  stop(): void {
    for (const connection of this.connections) connection.socket.terminate();
    this.server.close();
  }

  private current(): Connection | undefined {
    return [...this.connections].find((connection) => connection.subscribed);
  }

  private open(socket: WebSocket): void {
    const connection: Connection = { socket, tickets: new Tickets(this.parts.now), subscribed: false, idle: undefined };
    this.connections.add(connection);
    this.restartIdle(connection);
    socket.on('message', (data) => void this.receive(connection, data));
    socket.on('ping', () => this.restartIdle(connection));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(connection.idle);
      connection.subscribed = false;
      this.connections.delete(connection);
    });
  }

  private async receive(connection: Connection, data: RawData): Promise<void> {
    this.restartIdle(connection);
    const frame = readFrame(data);
    if (!frame) return send(connection, { headers: { req_id: '' }, ...refused(40058) });
    let room: string | undefined;
    const effect = () => {
      const handled = this.answer(connection, frame);
      room = handled.room;
      return handled.answer;
    };
    const outcome = await this.parts.faults.run(frame.cmd, effect, refused);
    const about = { api: frame.cmd, direction: 'fromBot' as const, request: frame, ...(room ? { room } : {}) };
    const answer = outcome.is === 'answer' ? outcome.answer : null;
    this.parts.calls.note({ ...about, answer, ...(outcome.fault ? { fault: outcome.fault } : {}) });
    if (outcome.is === 'status') connection.socket.terminate();
    if (answer) send(connection, { headers: { req_id: frame.headers.req_id }, ...answer });
    if (answer && frame.cmd === 'aibot_subscribe' && !connection.subscribed) connection.socket.close();
  }

  private answer(connection: Connection, frame: Frame): { readonly answer: Answer; readonly room?: string } {
    if (frame.cmd === 'aibot_subscribe') return { answer: this.subscribe(connection, frame.body) };
    if (!connection.subscribed) return { answer: refused(846609) };
    if (frame.cmd === 'ping') return { answer: accepted() };
    return this.parts.handle(frame, connection.tickets);
  }

  private subscribe(connection: Connection, raw: unknown): Answer {
    const body = subscribeSchema.safeParse(raw);
    const { botId, secret } = this.parts.world.keys.robot;
    if (!body.success) return refused(40058);
    if (body.data.bot_id !== botId) return refused(93019);
    if (!this.subscriptions.take(botId, this.parts.now())) return refused(45009);
    if (!sameText(body.data.secret, secret)) return refused(853000);
    for (const older of this.connections) if (older !== connection && older.subscribed) this.putOut(older);
    connection.subscribed = true;
    return accepted();
  }

  private putOut(connection: Connection): void {
    connection.subscribed = false;
    const event = {
      msgid: randomUUID(),
      create_time: Math.floor(this.parts.now() / 1000),
      aibotid: this.parts.world.keys.robot.botId,
      msgtype: 'event',
      event: { eventtype: 'disconnected_event' },
    };
    const frame = { cmd: 'aibot_event_callback', headers: { req_id: randomUUID() }, body: event };
    this.parts.calls.note({ api: frame.cmd, direction: 'toBot', request: frame, answer: 'sent' });
    send(connection, frame);
    connection.socket.close();
  }

  private restartIdle(connection: Connection): void {
    clearTimeout(connection.idle);
    connection.idle = setTimeout(() => connection.socket.close(), this.parts.idleCloseMs).unref();
  }
}

function readFrame(data: RawData): Frame | null {
  try {
    const frame = frameSchema.safeParse(JSON.parse(data.toString()));
    return frame.success ? frame.data : null;
  } catch {
    return null;
  }
}

function send(connection: Connection, frame: unknown): void {
  if (connection.socket.readyState === connection.socket.OPEN) connection.socket.send(JSON.stringify(frame));
}

function setTimeoutOrNow(delayMs: number, act: () => void): void {
  if (delayMs > 0) setTimeout(act, delayMs).unref();
  else act();
}
