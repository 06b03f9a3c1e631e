/** The robot's long connections (dossier 2.9, 8.2): one subscribed connection at a time, the newer one puts out the older. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { RateWindow } from '../../rateWindow';
import { type Answer, accepted, refused } from '../answers';
import type { CorpParts } from '../parts';
import { sameText } from '../tokens';
import { Connection } from './connection';
import { type Frame, frameSchema, type Handled } from './frames';
import { LineFaults } from './lineFaults';
import type { Occasion, Tickets } from './tickets';

const MAX_FRAME_BYTES = 1 << 20;

const subscribeSchema = z.looseObject({
  bot_id: z.string(),
  secret: z.string(),
  scene: z.number().int().optional(),
  plug_version: z.string().optional(),
});

/** What the long connection needs beside the shared parts. `elsewhere` finds the enterprise of a foreign robot on the same wire. */
export interface SocketParts extends CorpParts {
  readonly handle: (frame: Frame, tickets: Tickets) => Handled;
  readonly open: () => boolean;
  readonly elsewhere: (botId: string) => RobotSockets | undefined;
}

/** Accepts connections, keeps the one-connection rule, acks frames and pushes callbacks to the subscribed connection. */
export class RobotSockets {
  readonly line: LineFaults;
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, autoPong: false });
  private readonly connections = new Set<Connection>();
  private readonly subscriptions = new RateWindow([{ perMs: 60_000, max: 5 }]);

  constructor(private readonly parts: SocketParts) {
    this.line = new LineFaults(this.connections);
  }

  /** Takes over an upgrade request of the wire server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (accepted) => this.adopt(accepted));
  }

  get connected(): boolean {
    return this.current() !== undefined;
  }

  /** Sends a callback frame `copies` times; an occasion makes it answerable. False: nobody is subscribed, or nobody hears, and it is lost. */
  push(cmd: string, body: unknown, options: { readonly occasion: Occasion | null; readonly copies?: number }): boolean {
    const frame = { cmd, headers: { req_id: randomUUID() }, body };
    const fault = this.parts.faults.take(cmd);
    const connection = this.current();
    const room = options.occasion?.room;
    const deaf = connection?.halfOpen || (connection?.deafInGroups && room?.owner === null);
    const lost = fault?.drop === true || connection === undefined || deaf === true;
    const about = { api: cmd, direction: 'toBot' as const, request: frame, ...(room ? { room: room.id } : {}) };
    this.parts.calls.note({ ...about, answer: lost ? 'lost' : 'sent', ...(fault ? { fault } : {}) });
    if (lost) return false;
    setTimeoutOrNow(fault?.delayMs ?? 0, () => {
      if (options.occasion) connection.tickets.open(frame.headers.req_id, options.occasion);
      for (let copy = 0; copy < (options.copies ?? 1); copy += 1) connection.send(frame);
    });
    return true;
  }

  /** Another configuration was saved in the console: every connection is cut. */
  cut(): void {
    for (const connection of this.connections) connection.socket.terminate();
  }

  /** Forgets every ticket, window and line fault; connections stay. */
  wipe(): void {
    this.subscriptions.clear();
    this.line.clear();
    for (const connection of this.connections) connection.tickets.clear();
  }

  stop(): void {
    this.line.clear();
    this.cut();
    this.server.close();
  }

  /** Takes a connection; `first` is a frame that was read before it came here. */
  private adopt(socket: WebSocket, first?: RawData): void {
    const connection = new Connection(socket, this.parts.now, this.parts.times.idleCloseMs);
    this.connections.add(connection);
    socket.on('message', (data) => void this.receive(connection, data));
    socket.on('ping', (data) => connection.pinged(data));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.forget(connection));
    if (first) void this.receive(connection, first);
  }

  private forget(connection: Connection): void {
    connection.end();
    this.connections.delete(connection);
  }

  private current(): Connection | undefined {
    return [...this.connections].find((connection) => connection.subscribed);
  }

  private async receive(connection: Connection, data: RawData): Promise<void> {
    if (connection.halfOpen) return;
    connection.heard();
    const frame = readFrame(data);
    if (!frame) return connection.send({ headers: { req_id: '' }, ...refused(40058) });
    if (this.handedOver(connection, frame, data)) return;
    let room: string | undefined;
    const effect = () => {
      const handled = this.answer(connection, frame);
      room = handled.room;
      return handled.answer;
    };
    const outcome = await this.parts.faults.run(frame.cmd, effect, refused);
    const about = { api: frame.cmd, direction: 'fromBot' as const, request: recorded(frame), ...(room ? { room } : {}) };
    const answer = outcome.is === 'answer' ? outcome.answer : null;
    this.parts.calls.note({ ...about, answer, ...(outcome.fault ? { fault: outcome.fault } : {}) });
    if (outcome.is === 'status') connection.socket.terminate();
    if (answer) connection.send({ headers: { req_id: frame.headers.req_id }, ...answer });
    if (answer && frame.cmd === 'aibot_subscribe' && !connection.subscribed) connection.socket.close();
  }

  /** A robot of another enterprise on the same wire. */
  private handedOver(connection: Connection, frame: Frame, data: RawData): boolean {
    const body = frame.cmd === 'aibot_subscribe' ? subscribeSchema.safeParse(frame.body) : undefined;
    const home =
      body?.success && body.data.bot_id !== this.parts.world.keys.robot.botId ? this.parts.elsewhere(body.data.bot_id) : undefined;
    if (!home) return false;
    connection.socket.removeAllListeners();
    this.forget(connection);
    home.adopt(connection.socket, data);
    return true;
  }

  private answer(connection: Connection, frame: Frame): Handled {
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
    if (!this.parts.open() || !sameText(body.data.secret, secret)) return refused(853000);
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
    this.parts.calls.note({ api: frame.cmd, direction: 'toBot', request: frame, answer: connection.halfOpen ? 'lost' : 'sent' });
    connection.send(frame);
    if (!connection.halfOpen) connection.socket.close();
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

/** The record keeps a chunk's place, not its bytes. */
function recorded(frame: Frame): unknown {
  if (frame.cmd !== 'aibot_upload_media_chunk' || typeof frame.body !== 'object' || frame.body === null) return frame;
  return { ...frame, body: { ...frame.body, base64_data: '…' } };
}

function setTimeoutOrNow(delayMs: number, act: () => void): void {
  if (delayMs > 0) setTimeout(act, delayMs).unref();
  else act();
}
