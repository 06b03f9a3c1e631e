/** What people see: every conversation as its members read it, with changes in place and a cursor to follow along. */
import { isoOf } from './instant';

/** A button that can be pressed now. */
export interface Button {
  readonly key: string;
  readonly text: string;
}

/** A card as one person sees it. `replaced` is the label or title that took the place of the first version. */
export interface CardFace {
  readonly title: string;
  readonly lines: readonly string[];
  readonly replaced?: string;
}

/** A card with its common face; `states` and `faces` hold what differs for single people (a text twin, and the face with its buttons). */
export interface CardShown extends CardFace {
  readonly states?: Readonly<Record<string, string>>;
  readonly faces?: Readonly<Record<string, CardFace & { readonly buttons: readonly Button[] }>>;
}

/** One shown message (interfaces.md section 6). `pinged` are person ids; `via` names the sending identity of a bot message. */
export interface Message {
  readonly id: string;
  readonly room: string;
  readonly at: string;
  readonly from: string | null;
  readonly fromBot: boolean;
  readonly via?: 'webhook' | 'robot' | 'app';
  readonly kind: 'text' | 'markdown' | 'card';
  readonly text: string;
  readonly card?: CardShown;
  readonly buttons?: readonly Button[];
  readonly quote?: { readonly id: string; readonly text: string };
  readonly pinged: readonly string[];
  readonly raw: unknown;
}

/** A message before the board gives it its id and its virtual minute. */
export type MessageDraft = Omit<Message, 'id' | 'at'>;

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
