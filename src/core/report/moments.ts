/** Every mention of a time in a message, told in parts (day, part of the day, clock) and joined into one moment. */
import { DAY, HOUR, type Instant, MINUTE } from '../instant';
import { civil, dateAt, HOLIDAY, latestDate, latestHoliday, latestLunarDate, type Midnight, midnightOf } from './calendar';
import type { Occurrence, Span } from './fields';
import { plainNumber } from './numerals';

export interface Moment extends Span {
  readonly value: Occurrence;
  /** 刚才 and the like: a time only when nothing better is told. */
  readonly justNow: boolean;
}

const NUM = '[\\d零〇一二两三四五六七八九十]{1,4}';
const DAYPART =
  '凌晨|清晨|今晨|大清早|一大早|早晨|早上|早间|上午|中午|正午|午后|午间|下午|傍晚|晚上|晚间|深夜|夜里|夜间|半夜|午夜|早(?=[\\d一二两三四五六七八九十])|晚(?=[\\d一二两三四五六七八九十])';
const PIECES: readonly (readonly [string, string])[] = [
  [
    'ago',
    `(?:(?:大概|大约|约|差不多)?(${NUM}|半|几)个?(半)?(?:多)?(小时|钟头|分钟|刻钟|天|日|周|星期|礼拜|个月|月))(?:半)?(?:多)?(?:以|之)?前(?!瞻|端|台|公示|公告|告知|通知|上报|报送|办结|反馈|完成|处理|发布|提供|处置)`,
  ],
  ['full', '(\\d{4})\\s?[年/.-]\\s?(\\d{1,2})\\s?[月/.-]\\s?(\\d{1,2})(?!\\d)[日号]?'],
  ['tenDays', `(?:(\\d{4})年)?(?:(${NUM})月份?|(本月|这个月|上个?月))(上旬|中旬|下旬|初|中|底|末)(?!学|秋)`],
  ['monthDay', `(?:(去年|今年|前年)的?)?(${NUM})月(${NUM})[日号]?`],
  ['nearMonth', `(上个?月|本月|这个月)(?:的)?(${NUM})[日号]`],
  ['lunar', `(?:农历|阴历)?(正|腊|冬)月(初|十|廿|三十|二十)?([一二三四五六七八九十]?)(?!月)`],
  ['holiday', `(?:${HOLIDAY})`],
  ['near', '今天|今日|今儿个?|今早|今晨|今晚|今夜|大前天|昨天|昨日|昨儿个?|昨晚|昨夜|昨早|前天|前日|前晚|前儿个?'],
  ['week', '(上上|上|本|这|这个|上个)?(?:周|星期|礼拜)([一二三四五六日天末])(?!年|期|刊|岁|[一二三四五六七八九十]岁)'],
  ['dayOnly', '(?<![\\d月.])(\\d{1,2})[日号](?![楼院线门店令文馆机台口桌房柜车仓别铺厅]|商|公|厂|车|库|院)'],
  ['slash', '(?<![\\d./:-])(\\d{1,2})[/.](\\d{1,2})(?=\\s?(?:[上下中]午|凌晨|早|晚|\\d{1,2}[:时点]))'],
  [
    'vague',
    '近日|近期|最近|日前|这两天|这几天|这些天|连日来?|近来|近[一两几三\\d]个?(?:周|天|日|月)(?:以?来)?|前几天|前两天|前段时间|这阵子|这段时间|一段时间以来|近段时间',
  ],
  ['part', DAYPART],
  ['clock', `(?<!\\d:?)(\\d{1,2}):(\\d{2})(?::\\d{2})?(?![\\d])`],
  [
    'spoken',
    `(${NUM})[点时](?!间|候|段|常|不时|光|尚|代|装|效|要求|建议|意见|问题|措施|诉求|以上|名|家|[个处])(?:(半|一刻|三刻|整)|(?:过)?(\\d{1,2}|[零一二三四五十][一二三四五六七八九十]{0,2})分?(?!\\d|[个名人家起件位])|多|来|几分)?(?:钟)?`,
  ],
  ['just', '刚才|刚刚|刚(?=把|接|收|有|来|发[了现生]|到|在)'],
];
const FINDER = new RegExp(PIECES.map(([kind, pattern]) => `(?<${kind}>${named(kind, pattern)})`).join('|'), 'g');

/** All moments told in a normalised text, in order; relative ones are computed from `now` into the past. */
export function moments(text: string, now: Instant): readonly Moment[] {
  return groups(text, pieces(text)).flatMap((group) => {
    const value = resolved(group, now);
    const [first, last] = [group[0], group.at(-1)];
    if (value === null || first === undefined || last === undefined) return [];
    return [{ start: first.start, end: last.end, value, justNow: group.every((p) => p.kind === 'just') }];
  });
}

interface Piece extends Span {
  readonly kind: string;
  readonly words: string;
  readonly parts: readonly string[];
}

/** Numbers the inner groups so that all patterns can live in one alternation. */
function named(kind: string, pattern: string): string {
  let n = 0;
  return pattern.replace(/\((?!\?)/g, () => `(?<${kind}_${++n}>`);
}

function pieces(text: string): readonly Piece[] {
  return [...text.matchAll(FINDER)].flatMap((m) => {
    const found = PIECES.find(([kind]) => m.groups?.[kind] !== undefined);
    if (found === undefined || m[0] === '') return [];
    const parts = [1, 2, 3, 4].map((n) => m.groups?.[`${found[0]}_${n}`] ?? '');
    return [{ kind: found[0], words: m[0], parts, start: m.index, end: m.index + m[0].length }];
  });
}

const RANK: Readonly<Record<string, number>> = { part: 2, clock: 3, spoken: 3 };
const rankOf = (kind: string) => RANK[kind] ?? 1;

/** Neighbours of rising rank with nothing but small words between belong together: 上周五 的 下午 快 五点. */
function groups(text: string, all: readonly Piece[]): readonly (readonly Piece[])[] {
  const out: Piece[][] = [];
  for (const piece of all) {
    const last = out.at(-1)?.at(-1);
    const near =
      last !== undefined &&
      /^(?:[\s,的约快在大概差不多将近]|\([^)]{1,4}\)|当天|当日|当晚|那天|左右|大概|嘛|啊|呢|是|节)*$/.test(
        text.slice(last.end, piece.start),
      );
    const joins = near && last.kind !== 'just' && last.kind !== 'ago' && (rankOf(piece.kind) > rankOf(last.kind) || last.kind === 'near');
    if (joins && !(last.kind === 'near' && ['ago', 'vague', 'just'].includes(piece.kind))) out.at(-1)?.push(piece);
    else out.push([piece]);
  }
  return out;
}

function resolved(group: readonly Piece[], now: Instant): Occurrence | null {
  const dated = group.find((p) => rankOf(p.kind) === 1);
  if (dated?.kind === 'ago') return ago(dated, now);
  if (dated?.kind === 'just') return { at: now, precision: 'hour' };
  const clock = group.find((p) => rankOf(p.kind) === 3);
  if (dated?.kind === 'vague') return clock === undefined ? { at: null, precision: 'vague' } : null;
  const part = group.find((p) => p.kind === 'part')?.words ?? /[晨早晚夜]/.exec(dated?.words ?? '')?.[0] ?? '';
  const day = dated === undefined ? null : dayOf(dated, now);
  if (dated !== undefined && day === null) return null;
  if (dated?.kind === 'tenDays') return { at: day, precision: 'vague' };
  if (clock !== undefined) return atClock(clock, part, day, now, /^[昨前今]|^part/.test(dated?.words ?? ''));
  const base = day ?? midnightOf(now);
  return { at: base + (HOUR_OF_PART.find(([p]) => p.test(part))?.[1] ?? 0) * HOUR, precision: 'day' };
}

const HOUR_OF_PART: readonly [RegExp, number][] = [
  [/凌晨/, 2],
  [/[清早]|晨/, 7],
  [/上午/, 9],
  [/中午|正午|午间/, 12],
  [/下午|午后/, 15],
  [/傍晚/, 18],
  [/半夜|深夜|午夜/, 23],
  [/晚|夜/, 20],
];

/** A clock without a day is today's, or yesterday's if today's is still to come. */
function atClock(clock: Piece, part: string, day: Midnight | null, now: Instant, relative: boolean): Occurrence | null {
  const minutesTold = clock.kind === 'clock' || clock.parts[1] !== '' || clock.parts[2] !== '';
  const hour = clock.kind === 'clock' ? Number(clock.parts[0]) : plainNumber(clock.parts[0] ?? '');
  const minute = clock.kind === 'clock' ? Number(clock.parts[1]) : spokenMinute(clock);
  if (hour === null || minute === null || hour > 24 || minute > 59) return null;
  const shown = hour + shiftOf(part, hour, relative);
  const base = day ?? midnightOf(now);
  const at = base + (shown + afternoonGuess(clock, part, shown, base, now)) * HOUR + minute * MINUTE;
  const precision = minutesTold && clock.parts[1] !== '整' ? 'minute' : 'hour';
  return { at: day === null && at > now ? at - DAY : at, precision };
}

function spokenMinute(clock: Piece): number | null {
  const half = { 半: 30, 一刻: 15, 三刻: 45, 整: 0 }[clock.parts[1] ?? ''];
  if (half !== undefined) return half;
  return clock.parts[2] === '' || clock.parts[2] === undefined ? 0 : plainNumber(clock.parts[2].replace(/^零/, ''));
}

/** Hours to add to what was said: 下午3点 is 15; 晚上12点 and, after 昨晚, a small hour fall into the next day. */
function shiftOf(part: string, hour: number, relative: boolean): number {
  if (/下午|午后|傍晚/.test(part)) return hour < 12 ? 12 : 0;
  if (/中午|正午|午间/.test(part)) return hour < 4 ? 12 : 0;
  if (/凌晨/.test(part)) return hour === 12 ? -12 : 0;
  if (/半夜|深夜|午夜|夜/.test(part) || /晚/.test(part)) {
    if (hour === 12 || hour === 24) return 24 - hour;
    if (hour < 5) return relative ? 24 : 24 * Number(/晚/.test(part));
    return hour < 12 ? 12 : 0;
  }
  return 0;
}

/** 今天3点多 said at five in the afternoon is three in the afternoon. */
function afternoonGuess(clock: Piece, part: string, hour: number, base: Midnight, now: Instant): number {
  const spoken = clock.kind === 'spoken' && /点/.test(clock.words);
  return spoken && part === '' && hour >= 1 && hour <= 6 && base + (hour + 12) * HOUR <= now && now - base < DAY ? 12 : 0;
}

function ago(piece: Piece, now: Instant): Occurrence | null {
  const [count = '', half, unit = ''] = piece.parts;
  const amount = count === '半' ? 0.5 : count === '几' ? null : plainNumber(count);
  if (amount === null) return { at: null, precision: 'vague' };
  const n = amount + (half === '' && !/(?:小时|钟头)半/.test(piece.words) ? 0 : 0.5);
  if (/分钟|刻钟/.test(unit)) return { at: now - n * (unit === '刻钟' ? 15 : 1) * MINUTE, precision: 'minute' };
  if (/小时|钟头/.test(unit)) return { at: now - n * HOUR, precision: n % 1 === 0 ? 'hour' : 'minute' };
  if (/月/.test(unit)) return { at: midnightOf(now) - n * 30 * DAY, precision: 'vague' };
  return { at: midnightOf(now) - Math.round(n * (/[天日]/.test(unit) ? 1 : 7)) * DAY, precision: 'day' };
}

function dayOf(piece: Piece, now: Instant): Midnight | null {
  const [a = '', b = '', c = '', d = ''] = piece.parts;
  const number = (words: string) => plainNumber(words) ?? -1;
  const { year } = civil(now);
  switch (piece.kind) {
    case 'full':
      return dateAt(Number(a), Number(b), Number(c));
    case 'monthDay':
      return a === '' ? latestDate(now, number(b), number(c)) : dateAt(year - ['今年', '去年', '前年'].indexOf(a), number(b), number(c));
    case 'slash':
      return latestDate(now, Number(a), Number(b));
    case 'tenDays':
      return tenDays(now, a, b, c, d);
    case 'nearMonth':
      return inMonth(now, a.startsWith('上') ? 1 : 0, number(b));
    case 'dayOnly':
      return inMonth(now, 0, Number(a)) ?? inMonth(now, 1, Number(a));
    case 'lunar':
      return b + c === ''
        ? null
        : latestLunarDate(now, { 正: 1, 冬: 11, 腊: 12 }[a] ?? 0, number((b + c).replace('初', '').replace('廿', '二十')));
    case 'holiday':
      return latestHoliday(now, piece.words);
    case 'week':
      return weekday(now, a, b);
    default:
      return midnightOf(now) - nearDays(piece.words) * DAY;
  }
}

function nearDays(words: string): number {
  if (/^大前/.test(words)) return 3;
  return /^前/.test(words) ? 2 : /^昨/.test(words) ? 1 : 0;
}

/** The day of this month or of the one before; null when still to come. */
function inMonth(now: Instant, back: number, day: number): Midnight | null {
  const { year, month } = civil(now);
  const at = month - back < 1 ? dateAt(year - 1, month - back + 12, day) : dateAt(year, month - back, day);
  return at !== null && at <= now ? at : null;
}

/** Start of a third of a month; 月底 is taken as its last days. */
function tenDays(now: Instant, year: string, month: string, near: string, third: string): Midnight | null {
  const day = { 上旬: 1, 初: 1, 中旬: 11, 中: 11, 下旬: 21 }[third] ?? 26;
  if (near !== '') return inMonth(now, near.startsWith('上') ? 1 : 0, day);
  const number = plainNumber(month) ?? -1;
  return year === '' ? latestDate(now, number, day) : dateAt(Number(year), number, day);
}

/** Weeks run Monday to Sunday; without a word ahead the latest such day not after today. */
function weekday(now: Instant, ahead: string, name: string): Midnight {
  const today = midnightOf(now);
  const wanted = '一二三四五六日'.indexOf(name === '天' ? '日' : name === '末' ? '六' : name) + 1;
  const offset = civil(now).weekday - wanted;
  const weeks = ahead === '上上' ? 2 : ahead.startsWith('上') ? 1 : ahead === '' && offset < 0 ? 1 : 0;
  return today - (offset + 7 * weeks) * DAY;
}
