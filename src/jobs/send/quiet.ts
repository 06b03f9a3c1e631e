/** What a room is spared: no more posts in an hour than people can read, and matters of a quiet level only with the digests. */
import { HOUR, type Instant, MINUTE, minuteOfDay, nextAtMinute } from '../../core/instant';
import { LANE } from '../../core/notices/intent';
import type { RoomId } from '../../core/roster/roster';
import type { QueuedDelivery } from '../../ports/sending';

/** Messages a room is shown in an hour, unless the office sets another number. */
const USUAL_CAP = 60;
/** Share of the cap beyond which notices wait; the rest is kept for pages and answers, which count but never wait (decisions.md section 7). */
const FOR_NOTICES = 0.75;
const ROOM = 'room:';
/** The fixed hours of the digests (decisions.md section 4). */
const DIGESTS = ['08:30', '17:30'].map(minuteOfDay);
/** Asia/Shanghai is eight hours ahead all year. */
const SHANGHAI = 8 * HOUR;

type Waiting = Pick<QueuedDelivery, 'addressee' | 'lane' | 'intent' | 'notBefore' | 'state'>;

/** The room that may be spared it; null for what pages somebody, answers, goes to a person or is `never_hold`: that never waits. Pure. */
export function sparedRoom({ addressee, lane, intent }: Waiting): RoomId | null {
  const spares = lane >= LANE.notice && intent.urgency !== 'never_hold' && addressee.startsWith(ROOM);
  return spares ? addressee.slice(ROOM.length) : null;
}

/**
 * Until when a notice to a room waits, and why; null when it may go. `posts` are the moments of what the room was shown in the last hour,
 * over all its ways, oldest first. Two ways that send at the same moment may each count without the other: the part kept bears that. Pure.
 */
export function quietUntil(
  { intent, notBefore, state }: Waiting,
  posts: readonly Instant[],
  now: Instant,
  cap: number = USUAL_CAP,
): { readonly until: Instant; readonly why: 'quiet' | 'room_cap' } | null {
  const digest = nextAtMinute(DIGESTS, now);
  if (intent.urgency === 'quiet' && digest !== null && !(state === 'held' && isDigest(notBefore))) return { until: digest, why: 'quiet' };
  const freed = posts[posts.length - Math.floor(cap * FOR_NOTICES)];
  return freed === undefined ? null : { until: freed + HOUR, why: 'room_cap' };
}

function isDigest(at: Instant): boolean {
  return DIGESTS.includes(Math.floor((at + SHANGHAI) / MINUTE) % (24 * 60));
}
