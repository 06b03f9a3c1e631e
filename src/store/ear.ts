/** Hears what other processes say on one channel of the database, over interruptions too. */
import { setTimeout as timer } from 'node:timers/promises';
import { Client, type Pool } from 'pg';

/** Until a connection that has ended is opened again. */
const AGAIN_MS = 1_000;

export interface Hearer {
  heard(word: string): void;
  /** The ear is open: words said before may have been missed. Again after each interruption. */
  opened(): Promise<void>;
}

/**
 * Listens on a connection of its own, until the answer is called; `channel` is a plain lower-case name. Resolves when the ear is open
 * or its first opening has failed; it is tried again every second for as long as it is not.
 */
export async function listenOn(pool: Pool, channel: string, hearer: Hearer): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let hearing = Promise.resolve();
  await new Promise<void>((tried) => {
    const open = { ...hearer, opened: () => hearer.opened().finally(tried) };
    hearing = (async () => {
      while (!stopping.signal.aborted) {
        await hearOnce(pool, channel, open, stopping.signal).catch(tried);
        await timer(AGAIN_MS, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined);
      }
    })();
  });
  return () => {
    stopping.abort();
    return hearing;
  };
}

/** Ends with the connection. */
async function hearOnce(pool: Pool, channel: string, { heard, opened }: Hearer, stop: AbortSignal): Promise<void> {
  const client = new Client(pool.options);
  const ended = new Promise<void>((done) => void client.once('end', done).on('error', () => done()));
  client.on('notification', ({ payload }) => heard(payload ?? ''));
  const end = (): Promise<void> => client.end().catch(() => undefined);
  try {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    await opened();
    stop.addEventListener('abort', end, { once: true });
    if (!stop.aborted) await ended;
  } finally {
    stop.removeEventListener('abort', end);
    await end();
  }
}
