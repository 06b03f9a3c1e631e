/** The due lane: every incident with a ring due now is worked once, many in one transaction. */
import type { Deps } from '../handlers/deps';
import { ringDeadlines } from '../handlers/ringDeadlines';

const BATCH = 100;
/** Transactions worked side by side: while the database writes one, the next is decided. */
const SIDE_BY_SIDE = 2;
/** Streams asked for at a time: enough that both sides are seldom without work. */
const WAVE = 10 * SIDE_BY_SIDE * BATCH;

/** Runs until nothing is due now; `rang` is told after each transaction. One that fails is left for the next run and does not stop the others. */
export async function workDue(deps: Deps, rang: () => void): Promise<void> {
  const skipped = new Set<string>();
  for (;;) {
    const waiting = await deps.store.waiting('due', deps.clock.now(), WAVE + skipped.size, []);
    const due = waiting.filter((id) => !skipped.has(id));
    if (due.length === 0) return;
    await sideBySide(batches(due), async (batch) => {
      for (const stream of await ringAll(deps, batch)) skipped.add(stream);
      rang();
    });
  }
}

function batches(streams: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(streams.length / BATCH);
  return Array.from({ length: count }, (_, i) => streams.slice(i * BATCH, (i + 1) * BATCH));
}

/** Each side takes the next batch as soon as it is free. Ends when all are done, also when one throws. */
async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const side = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, side));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Those that were left: busy, idle or at fault. What cannot be worked together is worked one by one. */
async function ringAll(deps: Deps, streams: readonly string[]): Promise<readonly string[]> {
  const ended = await ringDeadlines(deps, streams).catch((cause: unknown) => faultOf(deps, streams, cause));
  if (ended !== 'busy') return streams.filter((_, i) => ended[i] === 'idle');
  if (streams.length === 1) return streams;
  const left = [];
  for (const stream of streams) left.push(...(await ringAll(deps, [stream])));
  return left;
}

/** A fault of one among many says nothing about the others. */
function faultOf(deps: Deps, streams: readonly string[], cause: unknown): 'busy' {
  if (streams.length === 1) deps.log.error({ stream: streams[0], cause }, 'deadlines could not ring');
  return 'busy';
}
