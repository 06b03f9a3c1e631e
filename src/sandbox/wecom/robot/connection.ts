/** One long connection as the server holds it: what it may answer, how long it may be silent, and in which way it is broken. */
import type { WebSocket } from 'ws';
import { Tickets } from './tickets';

/** A connection, subscribed or not. */
export class Connection {
  readonly tickets: Tickets;
  subscribed = false;
  /** Open to the eye, but nothing comes through any more, pongs included. */
  halfOpen = false;
  /** Hears private chats only. */
  deafInGroups = false;
  /** So many further frames carry raw control characters inside a text. */
  dirtyFrames = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    readonly socket: WebSocket,
    now: () => number,
    private readonly idleCloseMs: number,
  ) {
    this.tickets = new Tickets(now);
    this.heard();
  }

  /** Something came in: the idle time starts afresh. */
  heard(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (!this.halfOpen) this.socket.close();
    }, this.idleCloseMs).unref();
  }

  pinged(data: Buffer): void {
    if (this.halfOpen) return;
    this.heard();
    this.socket.pong(data);
  }

  send(frame: unknown): void {
    if (this.halfOpen || this.socket.readyState !== this.socket.OPEN) return;
    const text = JSON.stringify(frame);
    this.socket.send(this.dirtyFrames > 0 ? text.replace(/"(content|msgid|errmsg)":"/, '$&\x07\x1f') : text);
    this.dirtyFrames = Math.max(0, this.dirtyFrames - 1);
  }

  /** The socket is gone or elsewhere. */
  end(): void {
    clearTimeout(this.idle);
    this.subscribed = false;
  }
}
