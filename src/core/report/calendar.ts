/** Days and hours as the duty room's wall clock shows them: plain arithmetic at +08:00, and the holidays people tell time by. */
import { DAY, HOUR, type Instant } from '../instant';

const OFFSET = 8 * HOUR;

/** A civil day in China as the instant of its midnight. */
export type Midnight = Instant;

export function midnightOf(at: Instant): Midnight {
  return Math.floor((at + OFFSET) / DAY) * DAY - OFFSET;
}

/** Year, month (1 to 12), day and weekday (1 Monday to 7 Sunday) of a moment in China. */
export function civil(at: Instant): { year: number; month: number; day: number; weekday: number } {
  const date = new Date(at + OFFSET);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() || 7 };
}

/** The midnight of a civil date; null when there is no such day. */
export function dateAt(year: number, month: number, day: number): Midnight | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1990 || year > 2100) return null;
  const at = Date.UTC(year, month - 1, day) - OFFSET;
  return civil(at).day === day ? at : null;
}

/** The latest such day of a year not after `now`. */
export function latestDate(now: Instant, month: number, day: number): Midnight | null {
  const { year } = civil(now);
  const inYears = [year, year - 1, year - 2, year - 3, year - 4].map((y) => dateAt(y, month, day));
  return inYears.find((at) => at !== null && at <= now) ?? null;
}

/** The latest such day of the Chinese calendar not after `now`; looked for over 400 days. */
export function latestLunarDate(now: Instant, month: number, day: number): Midnight | null {
  const today = midnightOf(now);
  for (let back = 0; back < 400; back += 1) {
    const parts = LUNAR.formatToParts(today - back * DAY);
    const part = (type: string) => parts.find((p) => p.type === type)?.value;
    if (part('month') === String(month) && part('day') === String(day)) return today - back * DAY;
  }
  return null;
}

const LUNAR = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric' });

const SOLAR_HOLIDAYS: readonly [RegExp, number, number][] = [
  [/^双(?:十一|11)$/, 11, 11],
  [/^双(?:十二|12)$/, 12, 12],
  [/^618$/, 6, 18],
  [/^元旦/, 1, 1],
  [/^(?:五一|劳动节)/, 5, 1],
  [/^(?:国庆|十一)/, 10, 1],
  [/^(?:3·15|3\.15|三一五|消费者权益日)/, 3, 15],
  [/^(?:三八|妇女节)/, 3, 8],
  [/^情人节/, 2, 14],
  [/^清明/, 4, 5],
  [/^(?:六一|儿童节)/, 6, 1],
  [/^教师节/, 9, 10],
  [/^平安夜/, 12, 24],
  [/^圣诞/, 12, 25],
];

const LUNAR_HOLIDAYS: readonly [RegExp, number, number][] = [
  [/^(?:春节|大年初一)/, 1, 1],
  [/^元宵/, 1, 15],
  [/^端午/, 5, 5],
  [/^七夕/, 7, 7],
  [/^中秋/, 8, 15],
  [/^重阳/, 9, 9],
  [/^腊八/, 12, 8],
  [/^小年/, 12, 23],
];

/** The names a text may use, for one alternation in a pattern. */
export const HOLIDAY =
  '双(?:十一|11|十二|12)|(?<!\\d)618(?!\\d)|元旦|五一(?!路|广场|街|大道)|劳动节|国庆(?!路|街)|十一(?=假期|长假|期间|当天|黄金周)|(?<!\\d)3[·.]15(?!\\d)|三一五|消费者权益日|三八(?=节|妇女节|当天)|妇女节|情人节|清明(?!路|街)|六一(?=儿童节|当天|节)|儿童节|教师节|平安夜|圣诞节?|春节|大年初一|除夕|年三十|元宵节?(?!礼|汤)|端午节?|七夕|中秋节?|重阳节?|腊八|小年';

/** The latest day of that holiday not after `now`; 除夕 is the day before the new year. */
export function latestHoliday(now: Instant, name: string): Midnight | null {
  if (/^(?:除夕|年三十)/.test(name)) {
    const newYear = latestLunarDate(now + DAY, 1, 1);
    return newYear === null ? null : newYear - DAY;
  }
  const solar = SOLAR_HOLIDAYS.find(([pattern]) => pattern.test(name));
  if (solar !== undefined) return latestDate(now, solar[1], solar[2]);
  const lunar = LUNAR_HOLIDAYS.find(([pattern]) => pattern.test(name));
  return lunar === undefined ? null : latestLunarDate(now, lunar[1], lunar[2]);
}
