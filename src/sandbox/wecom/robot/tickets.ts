/** What a robot may still answer: the req_ids of one connection and how long each is good (dossier 2.9, 8.2 no. 4). */
import type { Message } from '../../messages';
import type { Person, Room } from '../../world';

const MESSAGE_LIFE_MS = 24 * 3600_000;
const EVENT_LIFE_MS = 5000;

/** One stream under a ticket; `startedAt` is sandbox time. */
export interface Stream {
  readonly messageId: string;
  readonly startedAt: number;
  finished: boolean;
}

/** A callback before it is delivered. `message` is what the person wrote, or the card that was clicked together with its `taskId`. */
export interface Occasion {
  readonly kind: 'message' | 'card' | 'enter' | 'other';
  readonly room: Room;
  readonly person: Person;
  readonly message?: Message;
  readonly taskId?: string | undefined;
}

/** A delivered callback that can be answered, with what was answered so far. */
export interface Ticket extends Occasion {
  readonly streams: Map<string, Stream>;
  cardShown: boolean;
}

/** A ticket under which nothing was said yet. */
export function ticketFor(occasion: Occasion): Ticket {
  return { ...occasion, streams: new Map(), cardShown: false };
}

/** The tickets of one connection: messages live 24 h of the sandbox clock, events 5 s of real time. They die with the connection. */
export class Tickets {
  private readonly entries = new Map<string, { readonly ticket: Ticket; readonly issuedAt: number; readonly issuedAtReal: number }>();

  constructor(private readonly now: () => number) {}

  open(reqId: string, occasion: Occasion): void {
    if (this.entries.has(reqId)) return;
    this.entries.set(reqId, { ticket: ticketFor(occasion), issuedAt: this.now(), issuedAtReal: performance.now() });
  }

  /** The living ticket of that kind; undefined means 846605. */
  find(reqId: string, kind: Ticket['kind']): Ticket | undefined {
    const entry = this.entries.get(reqId);
    if (!entry || entry.ticket.kind !== kind) return undefined;
    const living =
      kind === 'message' ? this.now() < entry.issuedAt + MESSAGE_LIFE_MS : performance.now() < entry.issuedAtReal + EVENT_LIFE_MS;
    return living ? entry.ticket : undefined;
  }

  clear(): void {
    this.entries.clear();
  }
}
