/** One socket of the long connection from the hand-shake to its end: heartbeats, answers, and an orderly way out (dossier 1.5, 1.6). */
import { type RawData, WebSocket } from 'ws';
import type { AdapterDeps } from '../../wire/deps';
import { Tunnel } from '../../wire/proxy';
import { after, pause } from '../../wire/timer';
import { type Frame, type Push, readFrame, type Verdict, writeAnswer, writePong } from './frames';

export interface LineEvents {
  opened(): void;
  /** Any frame came in, or an answer to our own heartbeat. */
  heard(): void;
  /** Answers once what was pushed is stored; null leaves it unanswered, so that the platform may push it again. */
  pushed(push: Push): Promise<Verdict | null>;
  /** The platform pushes nothing more here. */
  leaving(why: string): void;
}

export interface LineDeps extends Pick<AdapterDeps, 'pace' | 'log'> {
  readonly ca: string | undefined;
  readonly proxy: string | undefined;
}

const HANDSHAKE_MS = 5_000;
const BEAT_MS = 15_000;
/** Heartbeats without any sound from the other side; then the socket is dead, however open it looks. */
const SILENT_BEATS = 2;
/** The platform closes so long after its farewell; we do not rely on it. */
const FAREWELL_MS = 10_000;
/** The platform's own client takes a quarter of it (dossier 1.2). */
const MAX_FRAME_BYTES = 1024 * 1024;

/** How a socket ended. `lived`: something came in over it, other than a farewell. */
export interface LineEnd {
  readonly why: string;
  readonly lived: boolean;
}

export class Line {
  private readonly socket: WebSocket;
  private readonly over = new AbortController();
  private why: string | null = null;
  private lived = false;
  private isLeaving = false;
  private isSucceeded = false;
  private sounds = 0;
  private open = 0;

  constructor(
    url: string,
    private readonly deps: LineDeps,
    private readonly events: LineEvents,
  ) {
    const { proxy, ca } = deps;
    this.socket = new WebSocket(url, {
      ...(proxy === undefined ? {} : { agent: new Tunnel({ proxy, secure: url.startsWith('wss:'), ca, limitMs: HANDSHAKE_MS }) }),
      ...(ca === undefined ? {} : { ca }),
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
  }

  /** Resolves when the socket is closed, for whatever reason. */
  run(stop: AbortSignal): Promise<LineEnd> {
    const onStop = () => this.drop('stopped');
    return new Promise((resolve) => {
      this.socket.on('open', () => {
        this.events.opened();
        void this.beat();
      });
      this.socket.on('message', (data, binary) => this.hear(data, binary));
      this.socket.on('pong', () => this.sound());
      this.socket.on('ping', () => this.sound());
      this.socket.on('error', (fault) => this.note('code' in fault ? String(fault.code) : 'socket error'));
      this.socket.on('close', (code) => {
        stop.removeEventListener('abort', onStop);
        this.over.abort();
        resolve({ why: this.why ?? `socket closed with ${code}`, lived: this.lived });
      });
      stop.addEventListener('abort', onStop);
      if (stop.aborted) onStop();
    });
  }

  /** Ends this socket at once; the first reason given stays. */
  drop(why: string): void {
    this.note(why);
    this.socket.terminate();
  }

  /** Nothing more is expected over it: it ends ten seconds from now, or sooner when another one stands in its place. */
  leave(why: string): void {
    if (this.isLeaving) return;
    this.isLeaving = true;
    this.note(why);
    const cancel = after(this.deps.pace, FAREWELL_MS, () => this.socket.terminate());
    this.over.signal.addEventListener('abort', cancel);
  }

  /** Another one is open: where this one is leaving, it ends once nothing that came over it waits for its answer any more. */
  succeed(): void {
    this.isSucceeded = this.isLeaving;
    this.endIfIdle();
  }

  private note(why: string): void {
    this.why ??= why;
  }

  private sound(): void {
    this.sounds += 1;
    this.events.heard();
  }

  private async beat(): Promise<void> {
    let silent = 0;
    while (silent < SILENT_BEATS) {
      const before = this.sounds;
      if (this.socket.readyState === WebSocket.OPEN) this.socket.ping();
      await pause(this.deps.pace, BEAT_MS, this.over.signal);
      if (this.over.signal.aborted) return;
      silent = this.sounds === before ? silent + 1 : 0;
    }
    this.drop('heartbeat lost');
  }

  private hear(data: RawData, binary: boolean): void {
    this.sound();
    const frame: Frame = binary ? { is: 'other', what: 'binary' } : readFrame(String(data));
    switch (frame.is) {
      case 'leave':
        this.leave(`farewell: ${frame.reason}`);
        this.events.leaving(frame.reason);
        break;
      case 'other':
        this.deps.log.warn({ what: frame.what }, 'dingtalk stream: frame not understood');
        break;
      case 'ping':
        this.lived = true;
        this.say(writePong(frame.messageId, frame.data));
        break;
      default:
        this.lived = true;
        void this.meet(frame);
    }
  }

  private async meet(push: Push): Promise<void> {
    this.open += 1;
    const verdict = await this.events.pushed(push).catch(() => null);
    this.open -= 1;
    if (verdict !== null) this.say(writeAnswer(push, verdict));
    this.endIfIdle();
  }

  private endIfIdle(): void {
    if (this.isSucceeded && this.open === 0) this.socket.close();
  }

  private say(frame: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }
}
