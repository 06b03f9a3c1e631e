/** A day named in a command, for shifts and reviews: always today or ahead of us. */
import { DAY, type Instant, localMinute } from '../../core/instant';
import { trimmed } from './spaces';

export interface Day {
  /** As the calendar writes it, e.g. 2026-11-25. */
  readonly date: string;
  readonly rest: string;
}

const DAYS_AHEAD: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2 };
const TOLD = /^(?:(?<year>\d{4})[年./-])?(?:(?<month>\d{1,2})[月./-])(?<day>\d{1,2})[日号]?|^(?<near>今|明|后)[天日晚]/u;

/** 11月25日, 2026-11-25, 明天 at the front, of this year or else the next. Null where no day, or one the calendar does not have, is named. */
export function dayAt(words: string, now: Instant): Day | null {
  const found = TOLD.exec(words.normalize('NFKC'));
  const { year, month, day, near } = found?.groups ?? {};
  if (found === null) return null;
  const rest = trimmed(words.slice(found[0].length));
  if (near !== undefined) return { date: dateOf(now + (DAYS_AHEAD[near] ?? 0) * DAY), rest };
  const today = dateOf(now);
  const inYear = (of: string): string => `${of}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  const soon = inYear(year ?? today.slice(0, 4));
  const date = year === undefined && soon < today ? inYear(String(Number(today.slice(0, 4)) + 1)) : soon;
  return startOf(date) === null ? null : { date, rest };
}

/** The day of a moment, Asia/Shanghai. */
export function dateOf(at: Instant): string {
  return localMinute(at).slice(0, 10);
}

/** The first moment of a day; null for a day that the calendar does not have. */
export function startOf(date: string): Instant | null {
  const at = Date.parse(`${date}T00:00:00+08:00`);
  return Number.isNaN(at) || dateOf(at) !== date ? null : at;
}

/** The last minute of a day. */
export function endOf(date: string): Instant | null {
  const at = startOf(date);
  return at === null ? null : at + DAY - 60_000;
}
