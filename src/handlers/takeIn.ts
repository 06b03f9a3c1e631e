/** Intake: every inbound message is a committed row before the platform hears that we have it. */
import { screen } from '../core/privacy/screen';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Inbound } from '../ports/platform';
import type { Reach } from '../ports/reach';
import type { Incoming, Store } from '../ports/store';

/** Thrown when more waits than can be stored in time; the edge answers 503 and the platform repeats. */
export class Overloaded extends Error {}

interface Waiting {
  readonly row: Incoming;
  readonly done: (result: 'new' | 'seen') => void;
  readonly failed: (cause: unknown) => void;
}

const MOST_WAITING = 4000;
const MOST_IN_FLIGHT = 2;
const MOST_IN_ONE = 256;

export interface TakeIn {
  /** Resolves after commit. Throws Overloaded, or the store's fault: then nothing was stored. */
  take(message: Inbound): Promise<'new' | 'seen'>;
}

/** Merges waiting rows into one statement, at most two in flight; `taken` is called after each commit that brought something new. */
export function createTakeIn(
  { store, clock, reach, log }: { store: Store; clock: Clock; reach: Reach; log: Log },
  taken: () => void,
): TakeIn {
  const waiting: Waiting[] = [];
  let inFlight = 0;

  async function flush(): Promise<void> {
    if (inFlight >= MOST_IN_FLIGHT || waiting.length === 0) return;
    const batch = waiting.splice(0, MOST_IN_ONE);
    inFlight += 1;
    try {
      const results = await store.takeIn(batch.map((w) => w.row));
      for (const [i, w] of batch.entries()) w.done(results[i] ?? 'seen');
      if (results.includes('new')) taken();
    } catch (cause) {
      log.error({ rows: batch.length, cause }, 'intake could not be stored');
      for (const w of batch) w.failed(cause);
    } finally {
      inFlight -= 1;
      void flush();
    }
  }

  return {
    take: (message) =>
      new Promise((done, failed) => {
        if (waiting.length >= MOST_WAITING) return failed(new Overloaded('too many messages wait to be stored'));
        waiting.push({ row: rowOf(message, clock, reach), done, failed });
        void flush();
      }),
  };
}

/** A stopped message leaves a stub without its text. */
function rowOf(message: Inbound, clock: Clock, reach: Reach): Incoming {
  const { content } = message;
  const base = {
    tenant: message.tenant,
    source: message.source,
    dedupeKey: message.dedupeKey,
    chat: message.chat,
    room: reach.roomOf(message.tenant, message.chat.id),
    account: message.account,
    sentAt: message.sentAt,
    receivedAt: clock.now(),
    ticket: message.ticket,
  };
  if (content.is !== 'text') return { ...base, words: null, meta: { ...content } };
  const screening = screen(`${content.text}\n${content.quote ?? ''}`);
  if (screening.is === 'stopped') return { ...base, words: null, meta: { is: 'stopped', why: screening.why } };
  return { ...base, words: { text: content.text, quote: content.quote }, meta: { is: 'text' } };
}
