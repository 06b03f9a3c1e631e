/** The due lane: every incident with a ring due now is worked once, many in one transaction. */
import type { Deps } from '../handlers/deps';
import { ringDeadlines } from '../handlers/ringDeadlines';

const BATCH = 100;

/** Runs until nothing is due now; `rang` is told after each transaction. One that fails is left for the next run and does not stop the others. */
export async function workDue(deps: Deps, rang: () => void): Promise<void> {
  const skipped = new Set<string>();
  for (;;) {
    const waiting = await deps.store.waiting('due', deps.clock.now(), BATCH + skipped.size, []);
    const due = waiting.filter((id) => !skipped.has(id));
    if (due.length === 0) return;
    for (const stream of await ringAll(deps, due)) skipped.add(stream);
    rang();
  }
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
