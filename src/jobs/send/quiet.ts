/** What a room is spared: no more posts in an hour than people can read, and matters of a quiet level only with the digests. */
import { HOUR, type Instant, MINUTE, minuteOfDay, nextAtMinute } from '../../core/instant';
import { LANE } from '../../core/notices/intent';
import type { QueuedDelivery } from '../../ports/sending';

/** Posts an hour at one sending address of a room, of which notices are held back; pages and answers are not, but count. */
export const ROOM_CAP = 60;
/** The fixed hours of the digests (decisions.md section 4). */
const DIGESTS = ['08:30', '17:30'].map(minuteOfDay);
/** Asia/Shanghai is eight hours ahead all year. */
const SHANGHAI = 8 * HOUR;

/** Until when a notice to a room waits, and why; null when it may go. What is `never_hold`, pages somebody or answers is never held. Pure. */
export function quietUntil(
  { addressee, lane, intent, notBefore, state }: Pick<QueuedDelivery, 'addressee' | 'lane' | 'intent' | 'notBefore' | 'state'>,
  recent: readonly Instant[],
  now: Instant,
): { readonly until: Instant; readonly why: 'quiet' | 'room_cap' } | null {
  if (lane < LANE.notice || intent.urgency === 'never_hold' || !addressee.startsWith('room:')) return null;
  const digest = nextAtMinute(DIGESTS, now);
  if (intent.urgency === 'quiet' && digest !== null && !(state === 'held' && isDigest(notBefore))) return { until: digest, why: 'quiet' };
  const hour = recent.filter((at) => at > now - HOUR);
  const freed = hour[hour.length - ROOM_CAP];
  return freed === undefined ? null : { until: freed + HOUR, why: 'room_cap' };
}

function isDigest(at: Instant): boolean {
  return DIGESTS.includes(Math.floor((at + SHANGHAI) / MINUTE) % (24 * 60));
}
