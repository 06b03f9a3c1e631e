/** What has moved, for pages that are open: one look at the open incidents for all of them, and only while somebody looks. */
import { type IncidentStatus, UNDER_WAY } from '../core/incident/state';
import type { Pace } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Views } from '../ports/views';

/** One incident is at a version now. */
export interface Moved {
  readonly n: number;
  readonly version: number;
}

export interface Feed {
  /** Told of everything that moves from now on, until the answer is called. */
  watch(told: (moved: readonly Moved[]) => void): () => void;
  stop(): void;
}

export interface FeedPorts {
  readonly views: Pick<Views, 'positions'>;
  readonly pace: Pace;
  readonly log: Log;
}

/** In these something may still be shown to happen. */
const SHOWN: readonly IncidentStatus[] = [...UNDER_WAY, 'terminated', 'reviewing'];
/** Pages are to show what happened within a second. */
const LOOK_MS = 300;

/** Looks only while somebody watches; one that has ended is told once more, since it leaves the open ones. */
export function createFeed({ views, pace, log }: FeedPorts): Feed {
  const watchers = new Set<(moved: readonly Moved[]) => void>();
  const stopping = new AbortController();
  let isLooking = false;

  async function look(): Promise<void> {
    let before: ReadonlyMap<number, number> | null = null;
    while (watchers.size > 0 && !stopping.signal.aborted) {
      const now = await views.positions(SHOWN).catch((cause: unknown) => {
        log.warn({ cause }, 'open pages could not be kept up to date');
        return null;
      });
      const moved = before === null || now === null ? [] : differing(before, now);
      if (moved.length > 0) for (const tell of watchers) tell(moved);
      before = now ?? before;
      await pace.sleep(LOOK_MS, stopping.signal);
    }
    isLooking = false;
  }

  return {
    watch(told) {
      watchers.add(told);
      if (!isLooking) {
        isLooking = true;
        void look();
      }
      return () => void watchers.delete(told);
    },
    stop: () => stopping.abort(),
  };
}

function differing(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): readonly Moved[] {
  const moved = [...now].flatMap(([n, version]) => (before.get(n) === version ? [] : [{ n, version }]));
  const gone = [...before].flatMap(([n, version]) => (now.has(n) ? [] : [{ n, version: version + 1 }]));
  return [...moved, ...gone];
}
