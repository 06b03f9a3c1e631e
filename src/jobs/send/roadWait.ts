/** How long an address is left alone after a road error: longer each time, so that an outage is not knocked at every other second. */
import type { Instant } from '../../core/instant';

/** After an outage everything goes again within this time. */
const LONGEST_MS = 30_000;
const MOST_DOUBLINGS = 5;

/** What the platform asked for, doubled for each failure before this one, up to half a minute; never less than it asked for. Pure. */
export function roadWait(waitMs: number, failures: number): number {
  return Math.max(waitMs, Math.min(LONGEST_MS, waitMs * 2 ** Math.min(failures, MOST_DOUBLINGS)));
}

/** Waits end on these steps where the platform allows it: addresses that fail in one outage are tried again together, not one by one. */
const STEP_MS = 1_000;
const LONG_STEP_MS = 5_000;

/** The moment until which an address is left alone: `roadWait` after `now`, or the last step before that. Pure. */
export function roadUntil(now: Instant, waitMs: number, failures: number): Instant {
  const wait = roadWait(waitMs, failures);
  const step = wait < LONGEST_MS / 2 ? STEP_MS : LONG_STEP_MS;
  return Math.max(now + waitMs, Math.floor((now + wait) / step) * step);
}
