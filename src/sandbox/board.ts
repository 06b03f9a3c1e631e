/** The record of all conversations, with changes in place and a cursor to follow along. */
import { isoOf } from './instant';
import type { Message, MessageDraft } from './messages';

/** A piece of the record: `cursor` is to be passed as the next `after`. */
export interface MessagePage {
  readonly cursor: string;
  readonly messages: readonly Message[];
}

/** The record of all conversations. Ids and cursors go on over a wipe, so that a reader never mistakes old for new. */
export class MessageBoard {
  private readonly messages = new Map<string, { message: Message; revision: number }>();
  private readonly changes: { revision: number; id: string }[] = [];
  private readonly waiting = new Set<() => void>();
  private lastId = 0;
  private revision = 0;
  private wipes = 0;

  constructor(private readonly now: () => number) {}

  /** Counts the wipes; a reader whose epoch changed has to start afresh. */
  get epoch(): number {
    return this.wipes;
  }

  /** Shows a message at the present virtual minute. */
  post(draft: MessageDraft): Message {
    this.lastId += 1;
    const message = { id: `m${this.lastId}`, at: isoOf(this.now()), ...draft };
    this.note(message);
    return message;
  }

  /** Changes a shown message in place; it appears again behind the cursor under its own id. An unknown id changes nothing. */
  change(id: string, change: Partial<MessageDraft>): void {
    const entry = this.messages.get(id);
    if (entry) this.note({ ...entry.message, ...change });
  }

  /** Takes a message back: its words, files and buttons are gone for everybody. */
  recall(id: string): void {
    const message = this.find(id);
    if (!message) return;
    const { card: _card, buttons: _buttons, file: _file, articles: _articles, ...rest } = message;
    this.note({ ...rest, kind: 'text', text: '（已撤回一条消息）', pinged: [], recalled: true });
  }

  find(id: string): Message | undefined {
    return this.messages.get(id)?.message;
  }

  /** Everything shown or changed behind `after`, in the order of the last change. */
  read(room: string | undefined, after: number): MessagePage {
    const first = this.firstChangeBehind(after);
    const messages = this.changes.slice(first).flatMap(({ id, revision }) => {
      const entry = this.messages.get(id);
      return entry && entry.revision === revision && (room === undefined || entry.message.room === room) ? [entry.message] : [];
    });
    return { cursor: String(this.revision), messages };
  }

  /** As `read`, but waits up to `waitMs` of real time for something to read. A wipe ends the wait. */
  async readSoon(room: string | undefined, after: number, waitMs: number): Promise<MessagePage> {
    const until = performance.now() + waitMs;
    const epoch = this.wipes;
    for (;;) {
      const page = this.read(room, after);
      const left = until - performance.now();
      if (page.messages.length > 0 || left <= 0 || epoch !== this.wipes) return page;
      await this.nextChange(left);
    }
  }

  /** Empties every conversation. */
  wipe(): void {
    this.messages.clear();
    this.changes.length = 0;
    this.wipes += 1;
    this.wake();
  }

  private note(message: Message): void {
    this.revision += 1;
    this.messages.set(message.id, { message, revision: this.revision });
    this.changes.push({ revision: this.revision, id: message.id });
    this.wake();
  }

  private firstChangeBehind(after: number): number {
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.changes[middle]?.revision ?? 0) <= after) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private nextChange(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs).unref();
      this.waiting.add(done);
    });
  }

  private wake(): void {
    for (const done of [...this.waiting]) done();
  }
}
