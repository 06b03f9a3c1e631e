/** All rings of one stream that are due now become one command; many streams are worked side by side in one transaction. */
import type { Tx } from '../ports/store';
import type { Deps } from './deps';
import { RINGS } from './lives';
import { CHAT_CALLS } from './unreached';

/** How one stream ended; `idle` when nothing rings there any more. */
export type Rung = 'rang' | 'idle';

/**
 * Works these streams in one transaction, answering in their order; `busy` when somebody else works one of them: then nothing was
 * done. A fault of one undoes all. May run twice.
 */
export async function ringDeadlines(deps: Deps, streams: readonly string[]): Promise<readonly Rung[] | 'busy'> {
  const seeds = new Map(streams.map((stream) => [stream, deps.ids.next()]));
  return deps.store.transact({ streams, busy: 'skip' }, async (tx) => {
    const ended = await Promise.allSettled([...seeds].map(([stream, seed]) => ringOne(tx, deps, stream, seed)));
    return ended.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
  });
}

async function ringOne(tx: Tx, deps: Deps, stream: string, seed: string): Promise<Rung> {
  const now = deps.clock.now();
  const ringing = await tx.ringing(stream, now);
  const row = ringing.length === 0 ? null : await tx.stream(stream);
  if (row === null) return 'idle';
  if (row.kind === 'admin') throw new Error(`${stream} is a record of administration and rings`);
  const undelivered = row.kind === 'incident' ? await tx.undelivered(stream, CHAT_CALLS) : [];
  const command = { type: 'RingDeadlines' as const, keys: ringing.map((d) => d.key), ...(undelivered.length === 0 ? {} : { undelivered }) };
  const actor = { person: null, room: null, conversation: '' };
  const outcome = await RINGS[row.kind](tx, deps, {
    stream: row,
    envelope: { command, actor, at: now, seed },
    cause: { kind: 'due', id: seed },
    texts: [],
    origin: null,
  });
  if (outcome.is !== 'done') throw new Error(`the rings of ${stream} were answered with ${outcome.is}`);
  return 'rang';
}
