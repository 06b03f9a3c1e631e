/** Does anything wait now, and when will something wait next: read from the rows alone, apart from the store's own answers. */
import type { Instant } from '../../src/core/instant';
import type { World } from '../../src/store/memory';

export interface Rest {
  /** True when no message, no ring and no delivery can move at `now`. */
  isAt(now: Instant): boolean;
  /** The earliest ring, end of a hold or end of a block behind which something waits. */
  nextMoment(): Instant | null;
  /** The earliest ring alone. */
  nextRing(): Instant | null;
}

/** Looks anew only after a commit. */
export function createRest(world: World): Rest {
  let seen = -1;
  let moving = false;
  let next: Instant | null = null;
  const look = (): void => {
    if (seen === world.revision) return;
    seen = world.revision;
    const heard = [...world.rows.inbox.values()].some((row) => row.state === 'received');
    const refused = [...world.rows.deliveries.values()].some((row) => row.unheeded);
    moving = heard || refused || [...world.rows.dispatches.values()].some((row) => row.state === 'sending');
    next = nextMoment(world);
  };
  return {
    isAt: (now) => {
      look();
      return !moving && (next === null || next > now);
    },
    nextMoment: () => {
      look();
      return next;
    },
    nextRing: () => earliest(rings(world)),
  };
}

function rings({ rows }: World): readonly Instant[] {
  return [...rows.deadlines.values()].flatMap((d) => (d.status === 'open' && d.nextAt !== null ? [d.nextAt] : []));
}

function earliest(moments: readonly Instant[]): Instant | null {
  return moments.length === 0 ? null : Math.min(...moments);
}

function nextMoment(world: World): Instant | null {
  const { rows } = world;
  const sendings = [...rows.deliveries.values()].flatMap((d) => {
    const outlet = d.state === 'queued' || d.state === 'held' ? rows.outlets.get(d.outlet ?? '') : undefined;
    if (outlet === undefined) return [];
    return [Math.max(d.notBefore, outlet.blockedUntil ?? 0, rows.gates.get(outlet.tenant)?.blockedUntil ?? 0)];
  });
  return earliest([...rings(world), ...sendings]);
}
