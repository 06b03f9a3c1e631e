/** What becomes of a call whose end nobody knows: repeated only where that cannot mislead, else left visible. */
import type { Instant } from '../../core/instant';
import type { Channel } from '../../ports/platform';
import type { Again } from '../../ports/sending';

/** Lanes whose message is sent once more, marked as a repeat: it pages people in need or answers somebody. */
const LAST_REPEATED_LANE = 1;
interface Lost {
  readonly attempt: number;
  readonly lane: number;
  readonly reservedAt: Instant;
}

/**
 * Once only: `same` while the platform would recognise the repeat, so that it cannot be shown twice; else `anew` for the urgent lanes;
 * else `no`. A channel that is not there any more (null) recognises nothing. Pure.
 */
export function againAfter(channel: Channel | null, lost: Lost, now: Instant): Again {
  if (lost.attempt > 1) return 'no';
  if (recognises(channel, lost.reservedAt, now)) return 'same';
  return lost.lane <= LAST_REPEATED_LANE ? 'anew' : 'no';
}

/** Would the platform know a repeat made now of a call made then? The last quarter of its memory is not relied on. */
export function recognises(channel: Channel | null, then: Instant, now: Instant): boolean {
  const memory = channel?.idempotent?.forMs ?? 0;
  return now - then < memory * 0.75;
}
