/** The purge beside the due lane: what a named person decided to destroy is destroyed when its moment has come. */
import type { Deps } from '../handlers/deps';
import { purge, purgesDue } from '../handlers/purge';

const BATCH = 20;

/** Runs until nothing is to be purged now; one that fails or is worked by somebody else is left for the next run. */
export async function workPurges(deps: Deps, purged: () => void): Promise<void> {
  const left = new Set<string>();
  for (;;) {
    const due = (await purgesDue(deps, BATCH + left.size)).filter((stream) => !left.has(stream));
    if (due.length === 0) return;
    for (const stream of due) if (!(await isPurged(deps, stream))) left.add(stream);
    purged();
  }
}

async function isPurged(deps: Deps, stream: string): Promise<boolean> {
  try {
    return (await purge(deps, stream)) === 'purged';
  } catch (cause) {
    deps.log.error({ stream, cause }, 'personal data could not be purged');
    return false;
  }
}
