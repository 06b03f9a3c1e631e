/** Moments as the API tells them. */
import { DateTime } from 'luxon';
import type { Instant } from '../../core/instant';

/** ISO 8601 with +08:00. */
export function iso(at: Instant): string {
  return DateTime.fromMillis(at, { zone: 'Asia/Shanghai' }).toISO({ suppressMilliseconds: true }) ?? '';
}

/** The same, or null where there is no moment. */
export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : iso(at);
}
