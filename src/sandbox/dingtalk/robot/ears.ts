/** What reaches the robot (dossier 1.8, 2.1, 2.3): over stream mode, or signed over HTTP when the console names an address. */
import type { DingParts } from '../parts';
import { robotSign } from '../sign';
import type { Pushes } from '../stream/pushes';
import type { StreamSockets } from '../stream/sockets';
import type { Inbound, Utterance } from './inbound';

const TOPIC = '/v1.0/im/bot/messages/get';
const STALE_MS = 3_700_000;

/** The robot's hearing. */
export class RobotEars {
  private url: string | null = null;

  constructor(
    private readonly parts: DingParts,
    private readonly inbound: Inbound,
    private readonly pushes: Pushes,
    private readonly sockets: StreamSockets,
  ) {}

  /** True when the console has chosen HTTP. */
  get byUrl(): boolean {
    return this.url !== null;
  }

  /** Chooses HTTP with this address, or stream mode with null. The platform does not verify it. */
  configure(url: string | null): void {
    this.url = url;
  }

  /** Sends it on its way, `copies` times with the same msgId; false when nobody listens at this moment. */
  hear(utterance: Utterance, copies: number): boolean {
    const message = this.inbound.build(utterance);
    const { url } = this;
    for (let copy = 0; copy < copies; copy += 1) void (url === null ? this.push(utterance, message) : this.post(url, utterance, message));
    return url !== null || this.sockets.connected;
  }

  private async push({ room }: Utterance, message: Record<string, unknown>): Promise<void> {
    const { times, switches } = this.parts;
    await this.pushes.deliver({
      api: 'stream/robot',
      type: 'CALLBACK',
      topic: TOPIC,
      data: JSON.stringify(message),
      room: room.id,
      repeats: switches.on.redelivery ? times.repeats : 0,
      waitMs: times.answerMs,
      settled: () => true,
    });
  }

  /** Once, whatever comes of it; the signature covers the timestamp alone. */
  private async post(url: string, { room }: Utterance, message: Record<string, unknown>): Promise<void> {
    const fault = this.parts.faults.take('callback/robot');
    const { callbackSign } = this.parts.switches.on;
    const timestamp = String(this.parts.now() - (callbackSign === 'stale' ? STALE_MS : 0));
    const sign = robotSign(timestamp, callbackSign === 'wrong' ? 'another secret' : this.parts.keys.clientSecret);
    const headers = { 'content-type': 'application/json; charset=utf-8', timestamp, sign };
    const answer = fault?.drop ? 'lost' : await this.answerTo(url, { method: 'POST', headers, body: JSON.stringify(message) });
    const about = { api: 'callback/robot', direction: 'toBot' as const, room: room.id };
    this.parts.calls.note({ ...about, request: { url, headers, body: message }, answer, ...(fault ? { fault } : {}) });
  }

  private async answerTo(url: string, init: RequestInit): Promise<unknown> {
    try {
      const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(this.parts.times.callbackMs) });
      return { status: answer.status, body: (await answer.text()).slice(0, 2000) };
    } catch {
      return 'unanswered';
    }
  }
}
