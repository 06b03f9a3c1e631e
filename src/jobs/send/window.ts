/** Exact sending windows: may this outlet call now, and if not, when. */
import type { Instant } from '../../core/instant';
import type { Limit } from '../../ports/platform';

/** Lanes up to this one may use the reserve. */
const LAST_URGENT_LANE = 0;

/** We stamp a call when it is reserved, the platform counts it when it arrives: a window is taken so much longer. */
const ON_THE_WAY_MS = 1_000;

/** Null when `calls` more calls fit into every window at `now`; else the first moment at which they may. Pure. */
export function waitForWindow(
  limits: readonly Limit[],
  recent: readonly Instant[],
  lane: number,
  calls: number,
  now: Instant,
): Instant | null {
  const waits = limits.flatMap((limit) => {
    const room = roomOf(limit, lane);
    const span = limit.perMs + ON_THE_WAY_MS;
    const inWindow = recent.filter((at) => at > now - span);
    const over = inWindow.length + Math.min(calls, room) - room;
    const frees = over <= 0 ? undefined : inWindow[over - 1];
    return frees === undefined ? [] : [frees + span];
  });
  return waits.length === 0 ? null : Math.max(...waits);
}

/** As many calls as the windows of this lane hold when they are empty. Pure. */
export function mostAtOnce(limits: readonly Limit[], lane: number): number {
  return Math.min(Number.POSITIVE_INFINITY, ...limits.map((limit) => roomOf(limit, lane)));
}

function roomOf({ max, reserve }: Limit, lane: number): number {
  return lane <= LAST_URGENT_LANE ? max : max - reserve;
}

/** How long an outlet with such windows has to remember its calls. Pure. */
export function remembered(limits: readonly Limit[]): number {
  return Math.max(0, ...limits.map(({ perMs }) => perMs + ON_THE_WAY_MS));
}
