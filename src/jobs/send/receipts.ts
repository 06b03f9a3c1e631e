/** When a carrier is asked what became of a call: soon and often at first, then seldom, and in the end not any more. */
import { type Instant, MINUTE } from '../../core/instant';

const FIRST_MS = 10_000;
/** A telephone has rung out by then. */
const OFTEN_FOR_MS = 2 * MINUTE;
/** A short message that was not delivered by then says so seldom. */
const NO_LONGER_AFTER_MS = 15 * MINUTE;

/** The first question after an acceptance. Pure. */
export function firstAskAt(now: Instant): Instant {
  return now + FIRST_MS;
}

/** The next question about a call reserved then; null: no more. Pure. */
export function askAgainAt(reservedAt: Instant, now: Instant): Instant | null {
  const age = now - reservedAt;
  if (age >= NO_LONGER_AFTER_MS) return null;
  return now + (age < OFTEN_FOR_MS ? FIRST_MS : MINUTE);
}
