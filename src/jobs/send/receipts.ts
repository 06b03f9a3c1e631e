/** When a carrier is asked what became of a call: soon and often at first, then seldom, and in the end not any more. */
import { type Instant, MINUTE } from '../../core/instant';

const FIRST_MS = 10_000;
/** A telephone has rung out by then. */
const OFTEN_FOR_MS = 2 * MINUTE;
/** A short message that was not delivered by then says so seldom. */
const NO_LONGER_AFTER_MS = 15 * MINUTE;

/** The first question after an acceptance, 10 to 20 s from now. Pure. */
export function firstAskAt(now: Instant): Instant {
  return together(now, FIRST_MS);
}

/** The next question about a call reserved then, not sooner than the carrier wishes; null: no more. Pure. */
export function askAgainAt(reservedAt: Instant, now: Instant, notBeforeMs = 0): Instant | null {
  const age = now - reservedAt;
  if (age >= NO_LONGER_AFTER_MS) return null;
  const step = age < OFTEN_FOR_MS ? FIRST_MS : MINUTE;
  return together(now + Math.max(0, notBeforeMs - step), step);
}

/** At the same moments for all calls, so that a crowd of them is asked about at once and not each on its own. */
function together(now: Instant, every: number): Instant {
  return Math.ceil((now + every) / every) * every;
}
