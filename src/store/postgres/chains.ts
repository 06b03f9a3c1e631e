/** Reads whole chains for the check, each in one snapshot, so that what is written meanwhile is no fault. */
import type { Pool } from 'pg';
import type { Chains, KeptText, StoredChain } from '../../ports/chains';
import type { StoredEvent } from '../../ports/streams';
import { plain, type Queryable, rows } from '../sql';
import { inTransaction } from '../transaction';
import { events } from './streams';

const PAGE = 1_000;

export function createChains(pool: Pool): Chains {
  return {
    streams: async (incident) => (await rows<{ id: string }>(pool, STREAMS, [incident])).map((row) => row.id),
    read: (stream) => inSnapshot(pool, (on) => chainOf(on, stream)),
  };
}

/** Runs `work` on the rows as of one moment; it cannot write. */
export function inSnapshot<T>(pool: Pool, work: (on: Queryable) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (on) => {
    await plain(on, 'chains.snapshot', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return work(on);
  });
}

/** A stream with all its events and texts; null when there is none. */
export async function chainOf(on: Queryable, stream: string): Promise<Awaited<ReturnType<Chains['read']>>> {
  const [head] = await rows<Omit<StoredChain, 'events'>>(on, HEAD, [stream]);
  if (head === undefined) return null;
  const all: StoredEvent[] = [];
  for (let page = PAGE; page === PAGE; ) {
    const more = await events(on, stream, all.at(-1)?.version ?? 0, PAGE);
    all.push(...more);
    page = more.length;
  }
  return { chain: { ...head, events: all }, texts: await rows<KeptText>(on, TEXTS, [stream]) };
}

const STREAMS = {
  name: 'chains.streams',
  text: `
    SELECT id FROM streams WHERE $1::int IS NULL OR (kind = 'incident' AND mode = 'real' AND n = $1) ORDER BY seq`,
};
const HEAD = { name: 'chains.head', text: 'SELECT id, kind, n, version, head_hash AS "headHash" FROM streams WHERE id = $1' };
const TEXTS = {
  name: 'chains.texts',
  text: 'SELECT id, salt, body, commitment FROM vault WHERE stream_id = $1 AND commitment IS NOT NULL ORDER BY id',
};
