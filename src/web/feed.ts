/** What has moved, for pages that are open: one look at the open incidents and at long work for all of them, and only while somebody looks. */
import { type IncidentStatus, UNDER_WAY } from '../core/incident/state';
import type { Pace } from '../ports/clock';
import type { Log } from '../ports/log';
import type { LongWork } from '../ports/longWork';
import type { Views } from '../ports/views';

/** One incident is at a version now. */
export interface Moved {
  readonly n: number;
  readonly version: number;
}

/** A piece of somebody's long work is further, or has ended. */
export interface WorkMoved {
  readonly owner: string;
  readonly id: string;
}

/** What has moved since the last look; never both empty. */
export interface News {
  readonly moved: readonly Moved[];
  readonly work: readonly WorkMoved[];
}

export interface Feed {
  /** Told of everything that moves from now on, until the answer is called. */
  watch(told: (news: News) => void): () => void;
}

export interface FeedPorts {
  readonly views: Pick<Views, 'positions'>;
  readonly work: Pick<LongWork, 'running'>;
  readonly pace: Pace;
  readonly log: Log;
}

/** In these something may still be shown to happen. */
const SHOWN: readonly IncidentStatus[] = [...UNDER_WAY, 'terminated', 'reviewing'];
/** Pages are to show what happened within a second. */
const LOOK_MS = 300;

/** As one look finds it. */
interface Found {
  readonly incidents: ReadonlyMap<number, number>;
  readonly work: Awaited<ReturnType<LongWork['running']>>;
}

/** Looks only while somebody watches; one that has ended is told once more, since it leaves the open ones. */
export function createFeed({ views, work, pace, log }: FeedPorts): Feed {
  const watchers = new Set<(news: News) => void>();
  let isLooking = false;

  const found = async (): Promise<Found | null> => {
    try {
      const [incidents, running] = await Promise.all([views.positions(SHOWN), work.running()]);
      return { incidents, work: running };
    } catch (cause) {
      log.warn({ cause }, 'open pages could not be kept up to date');
      return null;
    }
  };

  async function look(): Promise<void> {
    let before: Found | null = null;
    while (watchers.size > 0) {
      const now = await found();
      const news = before === null || now === null ? NOTHING : newsOf(before, now);
      if (news.moved.length + news.work.length > 0) for (const tell of watchers) tell(news);
      before = now ?? before;
      await pace.sleep(LOOK_MS);
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
  };
}

const NOTHING: News = { moved: [], work: [] };

function newsOf(before: Found, now: Found): News {
  const moved = [...now.incidents].flatMap(([n, version]) => (before.incidents.get(n) === version ? [] : [{ n, version }]));
  const gone = [...before.incidents].flatMap(([n, version]) => (now.incidents.has(n) ? [] : [{ n, version: version + 1 }]));
  return { moved: [...moved, ...gone], work: [...further(now.work, before.work), ...ended(now.work, before.work)] };
}

function further(now: Found['work'], before: Found['work']): readonly WorkMoved[] {
  const same = (a: Found['work'][number]) => before.some((b) => b.owner === a.owner && b.id === a.id && b.moves === a.moves);
  return now.filter((one) => !same(one)).map(({ owner, id }) => ({ owner, id }));
}

function ended(now: Found['work'], before: Found['work']): readonly WorkMoved[] {
  return before.filter((b) => !now.some((a) => a.owner === b.owner && a.id === b.id)).map(({ owner, id }) => ({ owner, id }));
}
