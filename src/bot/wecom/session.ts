/** One socket of the robot's long connection from the hand-shake to its end: subscription, heartbeat, acks (dossier 2.9). */
import { type RawData, WebSocket } from 'ws';
import type { Clock, Pace } from '../../ports/clock';
import type { Log } from '../wire/log';
import { Tunnel } from '../wire/proxy';
import { after, pause } from '../wire/timer';
import { reactionTo } from './codes';
import { type Frame, newReqId, readFrame, writeFrame } from './frames';

export type FrameEnd =
  | { readonly is: 'ack'; readonly code: number; readonly errmsg: string; readonly body?: unknown }
  /** The frame never left. */
  | { readonly is: 'not_sent'; readonly why: string }
  /** It may have been shown. */
  | { readonly is: 'no_answer'; readonly why: string };

/** `refused`: the credentials were not accepted; `limited`: subscribed too often; `quiet`: nothing was heard for long, and nothing else was wrong. */
export interface SessionEnd {
  readonly is: 'closed' | 'kicked' | 'refused' | 'limited' | 'quiet';
  readonly why: string;
}

export interface SessionDeps {
  readonly url: string;
  readonly ca: string | undefined;
  readonly proxy: string | undefined;
  readonly botId: string;
  readonly secret: string;
  /** A subscribed connection over which nothing came from a group for so long is made anew. */
  readonly quietMs: number;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Log;
}

export interface SessionEvents {
  opened(): void;
  /** Any frame came in. */
  heard(): void;
  callback(frame: Extract<Frame, { is: 'callback' }>): void;
}

const ACK_LIMIT_MS = 5_000;
const PING_EVERY_MS = 30_000;
/** A heartbeat without an answer is asked again sooner, so that a half-open socket is known within a minute. */
const PING_AGAIN_MS = 15_000;
const LOST_PINGS = 2;
const MAX_FRAME_BYTES = 1024 * 1024;

export class Session {
  private readonly socket: WebSocket;
  private readonly pending = new Map<string, (end: FrameEnd) => void>();
  private readonly over = new AbortController();
  private verdict: SessionEnd | null = null;
  private subscribed = false;
  private heardAt = 0;

  constructor(
    private readonly deps: SessionDeps,
    private readonly events: SessionEvents,
  ) {
    const { proxy, ca } = deps;
    const secure = deps.url.startsWith('wss:');
    this.socket = new WebSocket(deps.url, {
      ...(proxy === undefined ? {} : { agent: new Tunnel({ proxy, secure, ca, limitMs: ACK_LIMIT_MS }) }),
      ...(ca === undefined ? {} : { ca }),
      handshakeTimeout: ACK_LIMIT_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
  }

  /** Resolves when the socket is closed, for whatever reason. */
  run(stop: AbortSignal): Promise<SessionEnd> {
    const onStop = () => this.drop({ is: 'closed', why: 'stopped' });
    return new Promise((resolve) => {
      this.socket.on('open', () => void this.subscribe());
      this.socket.on('message', (data, binary) => this.hear(data, binary));
      this.socket.on('error', (fault) => this.note({ is: 'closed', why: 'code' in fault ? String(fault.code) : 'socket error' }));
      this.socket.on('close', (code) => {
        stop.removeEventListener('abort', onStop);
        this.over.abort();
        for (const settle of [...this.pending.values()]) settle({ is: 'no_answer', why: 'connection_closed' });
        resolve(this.verdict ?? { is: 'closed', why: `socket closed with ${code}` });
      });
      stop.addEventListener('abort', onStop);
      if (stop.aborted) onStop();
    });
  }

  /** Sends a frame and waits for its ack, 5 s at most. A second frame of one request id is not sent while the first is open. */
  async request(cmd: string, body: unknown, stop: AbortSignal, reqId = newReqId(cmd, this.deps.clock.now())): Promise<FrameEnd> {
    if (!this.subscribed) return { is: 'not_sent', why: 'not_connected' };
    return this.exchange(cmd, body, stop, reqId);
  }

  /** Ends this connection at once; the first reason given stays. */
  drop(why: SessionEnd): void {
    this.note(why);
    this.socket.terminate();
  }

  private note(why: SessionEnd): void {
    this.verdict ??= why;
  }

  private exchange(cmd: string, body: unknown, stop: AbortSignal, reqId: string): Promise<FrameEnd> {
    if (stop.aborted) return Promise.resolve({ is: 'not_sent', why: 'stopped' });
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve({ is: 'not_sent', why: 'not_connected' });
    if (this.pending.has(reqId)) return Promise.resolve({ is: 'not_sent', why: 'answer_outstanding' });
    return new Promise((resolve) => {
      const onStop = () => settle({ is: 'no_answer', why: 'stopped' });
      const cancelLimit = after(this.deps.pace, ACK_LIMIT_MS, () => settle({ is: 'no_answer', why: 'ack_time_limit' }));
      const settle = (end: FrameEnd) => {
        cancelLimit();
        stop.removeEventListener('abort', onStop);
        this.pending.delete(reqId);
        resolve(end);
      };
      this.pending.set(reqId, settle);
      stop.addEventListener('abort', onStop);
      this.socket.send(writeFrame(cmd, reqId, body));
    });
  }

  private async subscribe(): Promise<void> {
    const { botId, secret, clock } = this.deps;
    const cmd = 'aibot_subscribe';
    const end = await this.exchange(cmd, { bot_id: botId, secret }, this.over.signal, newReqId(cmd, clock.now()));
    if (end.is !== 'ack') return this.drop({ is: 'closed', why: `subscribe: ${end.why}` });
    if (end.code !== 0) return this.drop(refusalOf(end.code));
    this.subscribed = true;
    this.heardAt = this.deps.pace.mono();
    this.events.opened();
    await this.beat();
  }

  private async beat(): Promise<void> {
    let lost = 0;
    while (lost < LOST_PINGS) {
      await pause(this.deps.pace, lost === 0 ? PING_EVERY_MS : PING_AGAIN_MS, this.over.signal);
      if (this.over.signal.aborted) return;
      const end = await this.request('ping', undefined, this.over.signal);
      lost = end.is === 'ack' ? 0 : lost + 1;
      if (end.is === 'ack' && end.code !== 0) return this.drop({ is: 'closed', why: `ping refused with ${end.code}` });
      if (this.isDeaf()) return this.drop({ is: 'quiet', why: 'no group heard for long' });
    }
    this.drop({ is: 'closed', why: 'heartbeat lost' });
  }

  /** Group callbacks were seen to stop while heartbeats and private chats go on; only a fresh connection cures it (dossier 2.9). Never while an answer is awaited. */
  private isDeaf(): boolean {
    return this.pending.size === 0 && this.deps.pace.mono() - this.heardAt >= this.deps.quietMs;
  }

  private hear(data: RawData, binary: boolean): void {
    this.events.heard();
    const frame: Frame = binary ? { is: 'other', what: 'binary' } : readFrame(String(data));
    if (frame.is === 'ack') this.pending.get(frame.reqId)?.({ is: 'ack', code: frame.code, errmsg: frame.errmsg, body: frame.body });
    else if (frame.is === 'callback') {
      if (isFromGroup(frame.body)) this.heardAt = this.deps.pace.mono();
      this.events.callback(frame);
    } else this.deps.log.warn({ what: frame.what }, 'wecom robot: frame not understood');
  }
}

function isFromGroup(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'chatid' in body && !('chattype' in body && body.chattype === 'single');
}

function refusalOf(code: number): SessionEnd {
  const why = `subscribe refused with ${code}`;
  const reaction = reactionTo(code);
  if (code === 45009) return { is: 'limited', why };
  return { is: reaction.is === 'again' || reaction.is === 'reconnect' ? 'closed' : 'refused', why };
}
