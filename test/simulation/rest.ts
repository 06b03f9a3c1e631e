/** Does anything wait now, and when will something wait next: read from the rows and their indexes, apart from the store's own answers. */
import type { Instant } from '../../src/core/instant';
import type { World } from '../../src/store/memory';
import { ALL } from '../../src/store/memory/indexes';

export interface Rest {
  /** True when no message, no ring and no delivery can move at `now`. */
  isAt(now: Instant): boolean;
  /** The earliest ring, end of a hold or end of a block behind which something waits. */
  nextMoment(): Instant | null;
  /** The earliest ring alone. */
  nextRing(): Instant | null;
}

/** Looks anew only after a commit, and for the next moment only when nothing moves. */
export function createRest(world: World): Rest {
  let seen = -1;
  let moving = false;
  let next: Instant | null | undefined;
  const look = (): void => {
    if (seen === world.revision) return;
    seen = world.revision;
    moving = isMoving(world);
    next = undefined;
  };
  const moment = (): Instant | null => {
    look();
    if (next === undefined) next = nextMoment(world);
    return next;
  };
  return {
    isAt: (now) => {
      look();
      if (moving) return false;
      const at = moment();
      return at === null || at > now;
    },
    nextMoment: moment,
    nextRing: () => earliestRing(world),
  };
}

function isMoving({ rows }: World): boolean {
  const { dispatches, deliveries, inbox } = rows;
  return dispatches.hasAny('dispatchesSending', ALL) || deliveries.hasAny('deliveriesUnheeded', ALL) || inbox.hasAny('inboxReceived', ALL);
}

function earliestRing({ rows }: World): Instant | null {
  let next: Instant | null = null;
  for (const { nextAt } of rows.deadlines.by('deadlinesRinging', ALL))
    if (nextAt !== null && (next === null || nextAt < next)) next = nextAt;
  return next;
}

function nextMoment(world: World): Instant | null {
  const { rows } = world;
  let next = earliestRing(world);
  for (const { outlet: at, notBefore } of rows.deliveries.by('deliveriesWaiting', ALL)) {
    const outlet = rows.outlets.get(at ?? '');
    if (outlet === undefined) continue;
    const moment = Math.max(notBefore, outlet.blockedUntil ?? 0, rows.gates.get(outlet.tenant)?.blockedUntil ?? 0);
    if (next === null || moment < next) next = moment;
  }
  return next;
}
