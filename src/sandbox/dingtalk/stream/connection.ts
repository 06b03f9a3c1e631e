/** One connection of stream mode: answers find their frames, silence on a ping ends it (dossier 1.5, 1.6). */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { DingTimes } from '../parts';
import { type DownFrame, type Downstream, downFrame, readUpFrame, type UpFrame } from './frames';
import type { Subscription } from './tickets';

/** What a connection needs of its surroundings. */
export interface Line {
  readonly appId: string;
  readonly times: DingTimes;
  readonly now: () => number;
  /** Told of a frame upstream that answers nothing. */
  readonly stray: (text: string) => void;
}

/** A live connection. `closing`: the disconnect frame went out. `halfOpen`: it looks alive and carries nothing either way. */
export class StreamConnection {
  readonly id = randomUUID();
  closing = false;
  halfOpen = false;
  private readonly waiting = new Map<string, (answer: UpFrame | null) => void>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    readonly socket: WebSocket,
    private readonly subscriptions: readonly Subscription[],
    private readonly line: Line,
  ) {
    socket.on('message', (data) => this.receive(String(data)));
    socket.on('ping', (data) => {
      if (!this.halfOpen) socket.pong(data);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.end());
    this.later(line.times.pingMs, () => void this.ping());
    this.later(line.times.lifeMs, () => this.expire('connection is expired', false));
  }

  /** Whether a push of that kind may go here. */
  hears(type: Downstream['type'], topic: string): boolean {
    if (this.closing || this.socket.readyState !== this.socket.OPEN) return false;
    return this.subscriptions.some((entry) => entry.type === type && (entry.topic === topic || entry.topic === '*'));
  }

  frameFor(about: Downstream): DownFrame {
    return downFrame(about, { appId: this.line.appId, connectionId: this.id, now: this.line.now() });
  }

  /** Sends a frame and waits so long (real time) for its answer; null when none came. */
  ask(frame: DownFrame, ms: number): Promise<UpFrame | null> {
    return new Promise((resolve) => {
      const id = frame.headers.messageId ?? '';
      const settle = (answer: UpFrame | null) => {
        clearTimeout(timer);
        this.timers.delete(timer);
        this.waiting.delete(id);
        resolve(answer);
      };
      const timer = this.later(ms, () => settle(null));
      this.waiting.set(id, settle);
      this.send(frame);
    });
  }

  send(frame: DownFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** Sends anything, also what is no frame. */
  sendText(text: string): void {
    if (!this.halfOpen && this.socket.readyState === this.socket.OPEN) this.socket.send(text);
  }

  /** Says goodbye and closes some seconds later; a zombie never closes. Nothing new is pushed here any more. */
  expire(reason: string, zombie: boolean): void {
    if (this.closing) return;
    this.send(this.frameFor({ type: 'SYSTEM', topic: 'disconnect', data: JSON.stringify({ reason }) }));
    this.closing = true;
    if (!zombie) this.later(this.line.times.closeAfterMs, () => this.socket.terminate());
  }

  private async ping(): Promise<void> {
    if (this.closing) return;
    const data = JSON.stringify({ opaque: randomUUID() });
    const answer = await this.ask(this.frameFor({ type: 'SYSTEM', topic: 'ping', data }), this.line.times.pongMs);
    if (answer?.code === 200 && answer.data === data) this.later(this.line.times.pingMs, () => void this.ping());
    else this.socket.terminate();
  }

  private receive(text: string): void {
    if (this.halfOpen) return;
    const answer = readUpFrame(text);
    const settle = answer && this.waiting.get(answer.headers.messageId);
    if (settle) settle(answer);
    else this.line.stray(text);
  }

  private later(ms: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms).unref();
    this.timers.add(timer);
    return timer;
  }

  /** Frames that wait for an answer get none any more. */
  private end(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    for (const settle of [...this.waiting.values()]) settle(null);
  }
}
