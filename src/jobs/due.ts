/** The due lane: every incident with a ring due now is worked once. */
import type { Deps } from '../handlers/deps';
import { ringDeadlines } from '../handlers/ringDeadlines';

const BATCH = 100;

/** Runs until nothing is due now; `rang` is told after each stream. One that fails is left for the next run and does not stop the others. */
export async function workDue(deps: Deps, rang: () => void): Promise<void> {
  const skipped = new Set<string>();
  for (;;) {
    const due = (await deps.store.waiting('due', deps.clock.now(), BATCH + skipped.size)).filter((id) => !skipped.has(id));
    if (due.length === 0) return;
    for (const stream of due) {
      const outcome = await ringOne(deps, stream);
      if (outcome === 'done') rang();
      else skipped.add(stream);
    }
  }
}

async function ringOne(deps: Deps, stream: string): Promise<'done' | 'skipped'> {
  try {
    const outcome = await ringDeadlines(deps, stream);
    if (outcome === 'busy' || outcome === 'idle') return 'skipped';
    if (outcome.is !== 'done') throw new Error(`rings were answered with ${outcome.is}`);
    return 'done';
  } catch (cause) {
    deps.log.error({ stream, cause }, 'deadlines could not ring');
    return 'skipped';
  }
}
