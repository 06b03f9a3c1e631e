/** Days and hours as the duty room's wall clock shows them: plain arithmetic at +08:00, and the holidays people tell time by. */
import { DAY, HOUR, type Instant } from '../instant';
import { newYearOf } from './lunar';

const OFFSET = 8 * HOUR;

/** A civil day in China as the instant of its midnight. */
export type Midnight = Instant;

export function midnightOf(at: Instant): Midnight {
  return Math.floor((at + OFFSET) / DAY) * DAY - OFFSET;
}

/** Year, month (1 to 12), day and weekday (1 Monday to 7 Sunday) of a moment in China. */
export function civil(at: Instant): { year: number; month: number; day: number; weekday: number } {
  const days = Math.floor((at + OFFSET) / DAY);
  const cycle = Math.floor((days + FIRST_MARCH) / CYCLE);
  const inCycle = days + FIRST_MARCH - cycle * CYCLE;
  const years = Math.floor((inCycle - Math.floor(inCycle / 1460) + Math.floor(inCycle / 36_524) - Math.floor(inCycle / 146_096)) / 365);
  const inYear = inCycle - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: years + cycle * 400 + (month <= 2 ? 1 : 0),
    month,
    day: inYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
  };
}

/** Days from 1 March of the year 0 to 1 January 1970: years are counted from March, so that leap days stand at their ends. */
const FIRST_MARCH = 719_468;
/** Days of 400 years, after which the calendar repeats itself. */
const CYCLE = 146_097;

/** The midnight of a civil date; null when there is no such day. */
export function dateAt(year: number, month: number, day: number): Midnight | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1990 || year > 2100) return null;
  const at = Date.UTC(year, month - 1, day) - OFFSET;
  return civil(at).day === day ? at : null;
}

/** The latest such day of a year not after `now`. */
export function latestDate(now: Instant, month: number, day: number): Midnight | null {
  const { year } = civil(now);
  for (let back = 0; back < 5; back += 1) {
    const at = dateAt(year - back, month, day);
    if (at !== null && at <= now) return at;
  }
  return null;
}

/** The latest such day of the Chinese calendar not after `now`, leap months left out; null outside the years of the table. */
export function latestLunarDate(now: Instant, month: number, day: number): Midnight | null {
  if (month < 1 || month > 12 || day < 1 || day > 30) return null;
  const { year } = civil(now);
  for (let back = 0; back < 2; back += 1) {
    const newYear = newYearOf(year - back);
    if (newYear === null) return null;
    const at = dateAt(year - back, newYear.month, newYear.day);
    const days = newYear.starts[month - 1];
    const found = at === null || days === undefined ? null : at + (days + day - 1) * DAY;
    if (found !== null && found <= now) return found;
  }
  return null;
}

const SOLAR: Readonly<Record<string, readonly [month: number, day: number]>> = {
  双十一: [11, 11],
  双11: [11, 11],
  双十二: [12, 12],
  双12: [12, 12],
  '618': [6, 18],
  六一八: [6, 18],
  元旦: [1, 1],
  五一: [5, 1],
  劳动节: [5, 1],
  国庆: [10, 1],
  十一: [10, 1],
  '3·15': [3, 15],
  '3.15': [3, 15],
  三一五: [3, 15],
  消费者权益日: [3, 15],
  三八: [3, 8],
  妇女节: [3, 8],
  情人节: [2, 14],
  清明: [4, 4],
  六一: [6, 1],
  儿童节: [6, 1],
  教师节: [9, 10],
  平安夜: [12, 24],
  圣诞: [12, 25],
  跨年夜: [12, 31],
  五四: [5, 4],
  植树节: [3, 12],
};

const LUNAR: Readonly<Record<string, readonly [month: number, day: number]>> = {
  春节: [1, 1],
  大年初一: [1, 1],
  元宵: [1, 15],
  端午: [5, 5],
  七夕: [7, 7],
  中元: [7, 15],
  中秋: [8, 15],
  重阳: [9, 9],
  腊八: [12, 8],
  小年: [12, 23],
};

/** The names a text may use, for one alternation in a pattern. */
export const HOLIDAY =
  '双(?:十一|11|十二|12)|(?<!\\d)618(?!\\d)|六一八|元旦|五一(?=假期|长假|小长假|期间|当天|节|前|当晚|放假)|劳动节|国庆(?!路|街|村|镇)|十一(?=假期|长假|期间|当天|黄金周)|(?<!\\d)3[·.]15(?![\\d晚])|三一五|消费者权益日|三八(?=节|妇女节|当天)|妇女节|情人节|清明(?!路|街|上河|村|县)|六一(?=儿童节|当天|节)|儿童节|教师节|平安夜|圣诞|跨年夜|春节|大年初一|除夕|年三十|大年夜|元宵(?!礼|汤|[^节当那晚夜,。])|端午|七夕|中元(?=节)|中秋(?!月饼|礼盒)|重阳(?!路|街)|腊八(?!粥)|小年(?=夜|当天|那天|,|前)';

/** The latest day of that holiday not after `now`; 除夕 is the day before the new year. */
export function latestHoliday(now: Instant, name: string): Midnight | null {
  if (/^(?:除夕|年三十|大年夜)/.test(name)) {
    const newYear = latestLunarDate(now + DAY, 1, 1);
    return newYear === null ? null : newYear - DAY;
  }
  const solar = SOLAR[name];
  if (solar !== undefined) return latestDate(now, ...solar);
  const lunar = LUNAR[name];
  return lunar === undefined ? null : latestLunarDate(now, ...lunar);
}
