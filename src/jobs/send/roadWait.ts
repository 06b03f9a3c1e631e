/** How long an address is left alone after a road error: longer each time, so that an outage is not knocked at every other second. */

/** After an outage everything goes again within this time. */
const LONGEST_MS = 30_000;
const MOST_DOUBLINGS = 5;

/** What the platform asked for, doubled for each failure before this one, up to half a minute; never less than it asked for. Pure. */
export function roadWait(waitMs: number, failures: number): number {
  return Math.max(waitMs, Math.min(LONGEST_MS, waitMs * 2 ** Math.min(failures, MOST_DOUBLINGS)));
}
