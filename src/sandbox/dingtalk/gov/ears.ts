/** What the robot of the government edition hears (dossier 6.5): one plain post to its address; no signature of it is known. */
import { randomUUID } from 'node:crypto';
import { isLoopbackUrl } from '../../loopback';
import type { Person, Room } from '../../world';
import type { Reply } from '../replies';
import type { GovParts, GovTable } from './parts';
import { failed, granted } from './replies';
import type { GovSessions } from './sessions';

/** The robot and its address. */
export class GovEars {
  private url: string | null = null;
  private online = true;

  constructor(
    private readonly parts: GovParts,
    private readonly sessions: GovSessions,
  ) {}

  get configured(): boolean {
    return this.url !== null && this.online;
  }

  configure(url: string | null): void {
    this.url = url;
  }

  table(): GovTable {
    return {
      'app/robot/create': { run: ({ params }) => this.set(params) },
      'app/robot/update': { run: ({ params }) => this.set(params) },
      'app/robot/online': { run: () => this.turn(true) },
      'app/robot/offline': { run: () => this.turn(false) },
    };
  }

  /** Sends it on its way, `copies` times; false when there is no address. */
  hear(room: Room, person: Person, text: string, copies: number): boolean {
    const { url } = this;
    if (url === null || !this.online) return false;
    const group = room.owner === null;
    const message = {
      msgId: randomUUID(),
      msgtype: 'text',
      text: { content: text },
      senderId: this.parts.book.account(person.id).accountId,
      conversationId: this.parts.book.chat(room).chatId,
      conversationType: group ? '2' : '1',
      createAt: this.parts.now(),
      sessionWebhook: this.sessions.open(room.id),
    };
    for (let copy = 0; copy < copies; copy += 1) void this.post(url, room, message);
    return true;
  }

  private set(params: URLSearchParams): Reply {
    const url = params.get('outgoingUrl') ?? '';
    if (!isLoopbackUrl(url)) return failed('InvalidParameter', 'outgoingUrl不正确');
    this.url = url;
    return granted(true);
  }

  private turn(online: boolean): Reply {
    this.online = online;
    return granted(true);
  }

  private async post(url: string, room: Room, message: unknown): Promise<void> {
    const fault = this.parts.faults.take('callback/robot');
    const answer = fault?.drop ? 'lost' : await this.answerTo(url, message);
    const about = { api: 'callback/robot', direction: 'toBot' as const, room: room.id, request: { url, body: message } };
    this.parts.calls.note({ ...about, answer, ...(fault ? { fault } : {}) });
  }

  private async answerTo(url: string, message: unknown): Promise<unknown> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'manual' as const,
    };
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(this.parts.callbackMs) });
      return { status: answer.status, body: (await answer.text()).slice(0, 2000) };
    } catch {
      return 'unanswered';
    }
  }
}
