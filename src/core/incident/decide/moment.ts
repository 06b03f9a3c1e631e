/** Moments people write down themselves. */
import { afterMinute, type Instant } from '../../instant';
import { type Refusal, refuse } from '../refusal';

/** Null for a moment up to now, to the minute; refuses `in_future`. */
export function notYet(said: Instant, now: Instant, hint: string): Refusal | null {
  return afterMinute(said, now) ? refuse('in_future', '所写的时间还没有到。', hint) : null;
}
