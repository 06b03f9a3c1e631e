/** Until when something is to be done, as told in a command: always ahead of us. */
import { DateTime } from 'luxon';
import { HOUR, type Instant, MINUTE } from '../instant';

/** 30分钟内, 2小时内, 今天18:00前, 明早8点前, 11月25日12点前: the next such moment, Asia/Shanghai. Null where no term is told. */
export function dueSaid(words: string, now: Instant): Instant | null {
  const text = words.normalize('NFKC');
  const span = /(\d{1,3}|半)个?(分钟|小时|天)(?:之|以)?内/u.exec(text);
  if (span !== null) return now + (span[1] === '半' ? 0.5 : Number(span[1])) * (UNITS[span[2] ?? ''] ?? 0);
  const clock = DUE_CLOCK.exec(text);
  return clock === null ? null : nextClock(clock.groups ?? {}, now);
}

const UNITS: Readonly<Record<string, number>> = { 分钟: MINUTE, 小时: HOUR, 天: 24 * HOUR };

const DUE_CLOCK =
  /(?:(?<month>\d{1,2})月(?<date>\d{1,2})[日号]|(?<day>今天|今日|今晚|今夜|明天|明日|明早|明晚|后天))?\s?(?<part>上午|中午|下午|晚上|凌晨)?\s?(?<hour>\d{1,2})(?:[:：](?<minute>\d{2})|点(?:(?<half>半)|(?<past>\d{1,2})分?)?)(?:之|以)?前/u;

function nextClock({ month, date, day, part, hour, minute, half, past }: Partial<Record<string, string>>, now: Instant): Instant | null {
  const today = DateTime.fromMillis(now, { zone: 'Asia/Shanghai' }).startOf('day');
  const late = /下午|晚/u.test(`${part ?? ''}${day ?? ''}`) && Number(hour) < 12 ? 12 : 0;
  const clock = { hour: Number(hour) + late, minute: half === undefined ? Number(minute ?? past ?? 0) : 30 };
  const base =
    month === undefined
      ? today.plus({ days: DAYS_AHEAD[day?.slice(0, 1) ?? ''] ?? 0 })
      : today.set({ month: Number(month), day: Number(date) });
  const due = base.set(clock);
  if (!due.isValid) return null;
  if (due.toMillis() > now || day !== undefined) return due.toMillis();
  return due.plus(month === undefined ? { days: 1 } : { years: 1 }).toMillis();
}

const DAYS_AHEAD: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2 };
