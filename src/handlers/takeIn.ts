/** Intake: every inbound message is a committed row before the platform hears that we have it. */
import { screen } from '../core/privacy/screen';
import type { Clock } from '../ports/clock';
import type { Incoming } from '../ports/inbox';
import type { Log } from '../ports/log';
import type { Inbound } from '../ports/platform';
import type { Reach } from '../ports/reach';
import type { Store } from '../ports/store';

/** Thrown when more waits than can be stored in time; the edge answers 503 and the platform repeats. */
export class Overloaded extends Error {}

export interface TakeIn {
  /**
   * Resolves after commit. Throws Overloaded, or the store's fault: then the message is not stored, unless it was just being written
   * when `isAwaited` first answered false. Asked once, when its turn comes; a message nobody waits for any more is dropped.
   */
  take(message: Inbound, isAwaited?: () => boolean): Promise<'new' | 'seen'>;
}

interface Waiting {
  readonly row: Incoming;
  readonly isAwaited: () => boolean;
  readonly done: (result: 'new' | 'seen') => void;
  readonly failed: (cause: unknown) => void;
}

const MOST_IN_ONE = 256;
const MOST_IN_FLIGHT = 2;
/**
 * So many must wait for a second statement beside the first. Measured: one at a time merges best, about a tenth more than two; a
 * pause of 2 ms to gather more gains nothing.
 */
const CROWD = 64;

/** Merges waiting messages into one statement, at most two in flight; `taken` is called after each commit that brought something new. */
export function createTakeIn(
  { store, clock, reach, log }: { store: Pick<Store, 'takeIn'>; clock: Clock; reach: Reach; log: Log },
  taken: () => void,
): TakeIn {
  const queue = new Queue(log);
  let inFlight = 0;

  function flush(): void {
    if (inFlight >= MOST_IN_FLIGHT || queue.length < (inFlight === 0 ? 1 : CROWD)) return;
    const batch = queue.next(MOST_IN_ONE);
    if (batch.length === 0) return;
    inFlight += 1;
    void write(batch).finally(() => {
      inFlight -= 1;
      flush();
    });
  }

  /** What the store refuses for good is looked for by halves, so that one message cannot keep back those that came with it. */
  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await store.takeIn(batch.map((one) => one.row));
      for (const [i, one] of batch.entries()) one.done(results[i] ?? 'seen');
      if (results.includes('new')) taken();
    } catch (cause) {
      if (batch.length > 1 && !isPassing(cause)) {
        await write(batch.slice(0, batch.length / 2));
        return write(batch.slice(batch.length / 2));
      }
      log.error({ rows: batch.length, cause }, 'intake could not be stored');
      for (const one of batch) one.failed(cause);
    }
  }

  return {
    take: (message, isAwaited = () => true) =>
      new Promise((done, failed) => {
        queue.add({ row: rowOf(message, clock, reach), isAwaited, done, failed });
        flush();
      }),
  };
}

/** Bounds of what waits in memory: messages, and characters of people's text in them. */
const MOST_WAITING = 4_000;
const MOST_CHARACTERS = 8_000_000;

/** What waits to be written, oldest first, and who is turned away; one line of the log when that begins and one when it is over. */
class Queue {
  private readonly waiting: Waiting[] = [];
  private characters = 0;
  private refused = 0;

  constructor(private readonly log: Log) {}

  get length(): number {
    return this.waiting.length;
  }

  add(one: Waiting): void {
    const length = charactersIn(one.row);
    if (this.waiting.length >= MOST_WAITING || this.characters + length > MOST_CHARACTERS) this.refuse(one, 'too much waits');
    else {
      this.waiting.push(one);
      this.characters += length;
    }
  }

  /** The oldest that somebody still waits for, at most `most` of them. */
  next(most: number): readonly Waiting[] {
    const batch: Waiting[] = [];
    while (batch.length < most) {
      const one = this.waiting.shift();
      if (one === undefined) break;
      this.characters -= charactersIn(one.row);
      if (one.isAwaited()) batch.push(one);
      else this.refuse(one, 'not stored in time');
    }
    if (this.waiting.length === 0 && batch.length > 0) this.tellRelief();
    return batch;
  }

  private refuse(one: Waiting, why: string): void {
    if (this.refused === 0) this.log.warn({ waiting: this.waiting.length, why }, 'intake is overloaded and turns messages away');
    this.refused += 1;
    one.failed(new Overloaded(why));
  }

  private tellRelief(): void {
    if (this.refused > 0) this.log.warn({ refused: this.refused }, 'intake keeps up again');
    this.refused = 0;
  }
}

/** A stopped message leaves a stub without its text. */
function rowOf(message: Inbound, clock: Clock, reach: Reach): Incoming {
  const { words, meta } = screened(message.content);
  return {
    tenant: message.tenant,
    source: message.source,
    dedupeKey: message.dedupeKey,
    chat: message.chat,
    room: reach.roomOf(message.tenant, message.chat.id),
    account: message.account,
    sentAt: message.sentAt,
    receivedAt: clock.now(),
    words,
    meta,
    ticket: message.ticket,
  };
}

function screened(content: Inbound['content']): Pick<Incoming, 'words' | 'meta'> {
  if (content.is !== 'text') return { words: null, meta: { ...content } };
  const screening = screen(`${content.text}\n${content.quote ?? ''}`);
  if (screening.is === 'stopped') return { words: null, meta: { is: 'stopped', why: screening.why } };
  return { words: { text: content.text, quote: content.quote }, meta: { is: 'text', ...content.about } };
}

function charactersIn({ words }: Incoming): number {
  return words === null ? 0 : words.text.length + (words.quote?.length ?? 0);
}

/** A fault of the road (database away) is no fault of the message. */
function isPassing(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'retryable' in cause && cause.retryable === true;
}
