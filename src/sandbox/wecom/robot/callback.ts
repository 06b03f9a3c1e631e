/** The robot by callback URL (dossier 2.6, 8.1): encrypted JSON out, a passive reply back, and polls until a stream is finished. */
import { randomUUID } from 'node:crypto';
import { CallbackLine, type Received } from '../callbackLine';
import type { CallbackKeys } from '../crypt';
import type { CorpParts } from '../parts';
import type { RobotMouth } from './mouth';
import { openReply, takeReply } from './passive';
import { type Occasion, type Ticket, ticketFor } from './tickets';

const STREAM_LIFE_MS = 6 * 60_000;
const RUNNING_STREAMS = 3;
const ORIGIN = ['aibotid', 'chatid', 'chattype', 'from'];

/** The robot's callback configuration and what is delivered to it. */
export class RobotCallback {
  private readonly line: CallbackLine;
  private readonly keys: CallbackKeys;
  private readonly running = new Map<string, number>();

  constructor(
    private readonly parts: CorpParts,
    private readonly mouth: RobotMouth,
  ) {
    this.keys = { ...parts.world.further.robotCallback, receiveId: '' };
    this.line = new CallbackLine(parts, {
      api: 'callback/robot',
      keys: this.keys,
      contentType: 'application/json; charset=utf-8',
      wrap: (encrypt) => JSON.stringify({ encrypt }),
    });
  }

  get configured(): boolean {
    return this.line.configured;
  }

  configure(url: string): Promise<boolean> {
    return this.line.configure(url);
  }

  forget(): void {
    this.line.forget();
  }

  /** Delivers one callback and takes its answer; a card click is tried once, everything else is repeated. */
  deliver(body: Record<string, unknown>, occasion: Occasion): void {
    void this.converse(body, ticketFor(occasion));
  }

  wipe(): void {
    this.running.clear();
  }

  stop(): void {
    this.line.stop();
  }

  private async converse(body: Record<string, unknown>, ticket: Ticket): Promise<void> {
    const until = this.parts.now() + STREAM_LIFE_MS;
    const repeats = ticket.kind === 'card' ? 0 : undefined;
    const received = await this.line.deliver(JSON.stringify(body), ticket.room.id, repeats);
    const streamId = this.take(received, ticket, 'first');
    if (streamId !== null) await this.poll(body, ticket, { streamId, until });
  }

  /** Asks about once a second for the rest of a stream, until it is finished or its message six minutes old. */
  private async poll(body: Record<string, unknown>, ticket: Ticket, about: { streamId: string; until: number }): Promise<void> {
    const { streamId, until } = about;
    const person = ticket.person.id;
    if ((this.running.get(person) ?? 0) >= RUNNING_STREAMS) return this.ignore(ticket, 'too many streams of this person');
    this.running.set(person, (this.running.get(person) ?? 0) + 1);
    const origin = Object.fromEntries(Object.entries(body).filter(([name]) => ORIGIN.includes(name)));
    for (let unfinished = true; unfinished && !this.line.stopped && this.configured; ) {
      await this.line.pause(this.parts.times.callback.pollMs);
      if (this.parts.now() >= until) break;
      const plain = JSON.stringify({ ...origin, ...this.fresh(), msgtype: 'stream', stream: { id: streamId } });
      this.take(await this.line.deliver(plain, ticket.room.id, 0), ticket, 'poll');
      unfinished = ticket.streams.get(streamId)?.finished === false;
    }
    this.running.set(person, Math.max(0, (this.running.get(person) ?? 0) - 1));
  }

  private fresh(): { msgid: string; create_time: number } {
    return { msgid: randomUUID(), create_time: Math.floor(this.parts.now() / 1000) };
  }

  /** Takes a passive reply; answers the id of a stream that is not finished. */
  private take(received: Received | null, ticket: Ticket, turn: 'first' | 'poll'): string | null {
    if (!received || received.text === '') return null;
    const reply = openReply(this.keys, received);
    if (typeof reply === 'string') {
      this.ignore(ticket, reply);
      return null;
    }
    const answer = takeReply(this.mouth, ticket, reply, turn);
    if (typeof answer === 'string') {
      this.ignore(ticket, answer);
      return null;
    }
    this.note(ticket, reply, answer);
    return [...ticket.streams].find(([, stream]) => !stream.finished)?.[0] ?? null;
  }

  private ignore(ticket: Ticket, why: string): void {
    this.note(ticket, null, { outcome: `ignored: ${why}` });
  }

  private note(ticket: Ticket, request: unknown, answer: unknown): void {
    this.parts.calls.note({ api: 'passive/robot', direction: 'fromBot', room: ticket.room.id, request, answer });
  }
}
