/** Moments inside Fenghuo: one number type, so that no time zone can slip in below the edges. */

/** A UTC instant in epoch milliseconds. Shown to people only in Asia/Shanghai. */
export type Instant = number;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Asia/Shanghai is eight hours ahead all year. */
const SHANGHAI = 8 * HOUR;

/** The minute on a Shanghai clock, e.g. `2026-11-22T17:00`; seconds are cut off. */
export function localMinute(at: Instant): string {
  const local = at + SHANGHAI;
  const day = Math.floor(local / DAY);
  const minute = Math.floor((local - day * DAY) / MINUTE);
  return `${dateOf(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The first of these minutes of the day (Shanghai, ascending) strictly after `at`; null when there are none. */
export function nextAtMinute(minutes: readonly number[], at: Instant): Instant | null {
  const [first] = minutes;
  if (first === undefined) return null;
  const day = Math.floor((at + SHANGHAI) / DAY) * DAY - SHANGHAI;
  const today = minutes.find((minute) => day + minute * MINUTE > at);
  return today === undefined ? day + DAY + first * MINUTE : day + today * MINUTE;
}

/** Minute of the day of a time written `HH:MM`. */
export function minuteOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** Moments that people write as one minute are one minute: an act at the due minute itself is in time. */
export function afterMinute(at: Instant, limit: Instant): boolean {
  return Math.floor(at / MINUTE) > Math.floor(limit / MINUTE);
}

/** Year, month and day of a number of days since 1970, by the proleptic Gregorian calendar in eras of 400 years. */
function dateOf(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return `${year + era * 400 + (month <= 2 ? 1 : 0)}-${two(month)}-${two(day)}`;
}

function two(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}
