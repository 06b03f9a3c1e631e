/** Exact sending windows: may this outlet call now, and if not, when. */
import type { Instant } from '../../core/instant';
import type { Limit } from '../../ports/platform';

/** Lanes up to this one may use the reserve. */
const LAST_URGENT_LANE = 0;

/** Null when `calls` more calls fit into every window at `now`; else the first moment at which they may. Pure. */
export function waitForWindow(
  limits: readonly Limit[],
  recent: readonly Instant[],
  lane: number,
  calls: number,
  now: Instant,
): Instant | null {
  const waits = limits.flatMap((limit) => {
    const room = lane <= LAST_URGENT_LANE ? limit.max : limit.max - limit.reserve;
    const inWindow = recent.filter((at) => at > now - limit.perMs);
    const over = inWindow.length + Math.min(calls, room) - room;
    const frees = over <= 0 ? undefined : inWindow[over - 1];
    return frees === undefined ? [] : [frees + limit.perMs];
  });
  return waits.length === 0 ? null : Math.max(...waits);
}
