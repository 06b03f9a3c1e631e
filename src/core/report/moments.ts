/** Every mention of a time in a message, told in parts (day, part of the day, clock) and joined into one moment. */
import { DAY, HOUR, type Instant, MINUTE } from '../instant';
import { type Midnight, midnightOf } from './calendar';
import { dayOf, NTH_DAY } from './days';
import type { Occurrence, Span } from './fields';
import { plainNumber } from './numerals';
import { type Piece, type PieceKind, pieces } from './timePieces';
import { unitsOf } from './units';

export interface Moment extends Span {
  readonly value: Occurrence;
  /** 刚才 and the like: a time only when nothing better is told. */
  readonly justNow: boolean;
  /** What was told of it, for the reader of the reading: `monthDay clock`. */
  readonly rule: string;
}

/** All moments told in a normalised text, in order; relative ones are computed from `now` into the past. `words` as for `pieces`. */
export function moments(text: string, now: Instant, words: readonly Span[]): readonly Moment[] {
  const out: Moment[] = [];
  let lastDay: Midnight | null = null;
  for (const group of meant(text, groups(text, pieces(text, words)))) {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) continue;
    const said = resolved(text, group, now, lastDay);
    if (said === null) continue;
    if (said.day !== null) lastDay = said.day;
    let rule: string = first.kind;
    for (let i = 1; i < group.length; i += 1) rule += ` ${group[i]?.kind ?? ''}`;
    out.push({ start: first.start, end: last.end, value: said.value, justNow: first.kind === 'just' && group.length === 1, rule });
  }
  return out;
}

const rankOf = ({ kind }: Piece): number => (kind === 'part' ? 2 : kind === 'clock' || kind === 'spoken' || kind === 'short' ? 3 : 1);
const GLUE = /^(?:[ \n,的约快在大概差不多将近是]|\([^)]{1,4}\)|当天|当日|当晚|那天|那晚|左右|嘛|啊|呢|呃|嗯|吧|节|就是|就|那个|夜里?)*$/;

/** Neighbours of rising rank with nothing but small words between belong together: 上周五 的 下午 快 五点. */
function groups(text: string, all: readonly Piece[]): readonly (readonly Piece[])[] {
  const out: Piece[][] = [];
  for (const piece of all) {
    const last = out.at(-1)?.at(-1);
    if (last !== undefined && follows(text, last, piece)) out.at(-1)?.push(piece);
    else out.push([piece]);
  }
  return out;
}

const TAKES_BACK = /不对|不是|说错|记错|口误|错了|搞错|哦是|噢是|应该是/;

/** 六点不对七点, 昨晚七点半不对是前天晚上: what is taken back lends the later words what they leave unsaid. */
function meant(text: string, told: readonly (readonly Piece[])[]): readonly (readonly Piece[])[] {
  if (told.length < 2 || !TAKES_BACK.test(text)) return told;
  const out: (readonly Piece[])[] = [];
  for (const group of told) {
    const before = out.at(-1);
    const [start, end] = [group[0]?.start ?? 0, before?.at(-1)?.end ?? 0];
    const between = before === undefined ? '' : text.slice(end, start);
    if (before === undefined || between.length > 22 || !TAKES_BACK.test(between) || /[。;!\n]/.test(between)) out.push(group);
    else out.splice(-1, 1, filled(before, group));
  }
  return out;
}

/** The day, the part and the clock of the later words, or those of the earlier. */
function filled(before: readonly Piece[], group: readonly Piece[]): readonly Piece[] {
  const lowest = Math.min(...group.map(rankOf));
  const day = lowest > 1 ? before.filter((p) => rankOf(p) < lowest) : [];
  const highest = Math.max(...group.map(rankOf));
  const clock = highest < 3 ? before.filter((p) => rankOf(p) > highest) : [];
  return [...day, ...group, ...clock];
}

const NAMED_DAYS: ReadonlySet<PieceKind> = new Set(['holiday', 'monthDay', 'week', 'lunar', 'dayOnly']);

function follows(text: string, last: Piece, piece: Piece): boolean {
  if (piece.start - last.end > 12 || last.kind === 'just' || last.kind === 'ago' || last.kind === 'vague') return false;
  const rises = rankOf(piece) > rankOf(last);
  const sameDay = last.kind === 'near' && NAMED_DAYS.has(piece.kind);
  const dayOfHoliday = piece.kind === 'near' && piece.words.startsWith('当') && rankOf(last) === 1;
  return (rises || sameDay || dayOfHoliday) && (piece.start === last.end || GLUE.test(text.slice(last.end, piece.start)));
}

interface Said {
  readonly value: Occurrence;
  readonly day: Midnight | null;
}

function resolved(text: string, group: readonly Piece[], now: Instant, lastDay: Midnight | null): Said | null {
  const dated = group.find((p) => rankOf(p) === 1);
  const clock = group.find((p) => rankOf(p) === 3);
  if (dated?.kind === 'ago') return { value: ago(dated, now), day: null };
  if (dated?.kind === 'just') return { value: { at: now, precision: 'hour' }, day: null };
  if (dated?.kind === 'vague') return { value: { at: null, precision: 'vague' }, day: null };
  const sameDay = dated?.kind === 'near' && dated.words.startsWith('当');
  const day = dated === undefined ? null : sameDay ? (lastDay ?? midnightOf(now)) : dayOf(text, dated, now);
  if (dated !== undefined && day === null) return null;
  if (day !== null && isSpan(text, group, dated)) return { value: { at: day, precision: 'vague' }, day };
  const part = partOf(group, dated);
  const value = clock === undefined ? onDay(day ?? midnightOf(now), part, day === null, now) : atClock(clock, part, day, now, dated);
  return value === null ? null : { value, day };
}

/** 上旬, 3月份, 国庆假期: a stretch of days, told by its first. */
function isSpan(text: string, group: readonly Piece[], dated: Piece | undefined): boolean {
  if (dated?.kind === 'tenDays' || dated?.kind === 'month') return true;
  const whole = dated?.kind === 'holiday' && group.length === 1 && !NTH_DAY.test(text.slice(dated.end, dated.end + 10));
  return whole && /^节?(?:小?长假|假期|期间|黄金周|假日|放假)/.test(text.slice(dated.end, dated.end + 5));
}

function partOf(group: readonly Piece[], dated: Piece | undefined): string {
  for (const { kind, words } of group) if (kind === 'part') return words;
  const words = dated?.words ?? '';
  for (let i = words.startsWith('夜') ? 1 : 0; i < words.length; i += 1) if (PARTS_IN_SHORT.at(words, i)) return words.charAt(i);
  return '';
}

/** 今晨, 昨晚. */
const PARTS_IN_SHORT = unitsOf('晨早晚夜黑');

/** Of a part of the day: the hour it is taken for, and how it changes a clock told with it. */
interface DayPart {
  readonly hour: number;
  readonly turns: 'afternoon' | 'noon' | 'dawn' | 'evening' | 'night' | 'nothing';
}

/** The words for parts of the day are few. */
const DAY_PARTS = new Map<string, DayPart>();

function dayPart(words: string): DayPart {
  const known = DAY_PARTS.get(words);
  if (known !== undefined) return known;
  const part = { hour: HOUR_OF_PART.find(([p]) => p.test(words))?.[1] ?? 0, turns: TURNS.find(([p]) => p.test(words))?.[1] ?? 'nothing' };
  DAY_PARTS.set(words, part);
  return part;
}

const HOUR_OF_PART: readonly [RegExp, number][] = [
  [/凌晨|后半夜/, 2],
  [/[清早晨]|亮/, 7],
  [/上午|前晌|前半晌/, 9],
  [/中午|正午|午间|晌午/, 12],
  [/下午|午后|后晌|后半晌/, 15],
  [/傍|擦黑|天黑/, 18],
  [/半夜|深夜|午夜/, 23],
  [/晚|夜|黑/, 20],
];

const TURNS: readonly [RegExp, DayPart['turns']][] = [
  [/下午|午后|傍|后晌|后半晌|擦黑/, 'afternoon'],
  [/中午|正午|午间|晌午/, 'noon'],
  [/凌晨|后半夜/, 'dawn'],
  [/晚/, 'evening'],
  [/[夜黑]/, 'night'],
];

/** A part of a day without a day is today's, or yesterday's if it has not begun. */
function onDay(day: Midnight, part: string, undated: boolean, now: Instant): Occurrence {
  const at = day + (part === '' ? 0 : dayPart(part).hour) * HOUR;
  return { at: undated && at > now ? at - DAY : at, precision: 'day' };
}

/** A clock without a day is today's, or yesterday's if today's is still to come. */
function atClock(clock: Piece, part: string, day: Midnight | null, now: Instant, dated: Piece | undefined): Occurrence | null {
  const told = readClock(clock);
  if (told === null || told.hour > 24 || told.minute > 59) return null;
  const shown = told.hour + shiftOf(part, told.hour, dated !== undefined);
  const base = day ?? midnightOf(now);
  const at = base + (shown + afternoonGuess(clock, part, shown, base, now)) * HOUR + told.minute * MINUTE;
  return { at: day === null && at > now + MINUTE ? at - DAY : at, precision: told.exact ? 'minute' : 'hour' };
}

function readClock(clock: Piece): { readonly hour: number; readonly minute: number; readonly exact: boolean } | null {
  const [a = '', b = '', c = '', d = ''] = clock.parts;
  if (clock.kind === 'clock') return { hour: Number(a), minute: Number(b), exact: true };
  if (clock.kind === 'short') return before(plainNumber(b), plainNumber(a));
  const hour = plainNumber(a);
  if (hour === null) return null;
  if (d !== '') return before(hour, plainNumber(d));
  const named = b === '' ? undefined : NAMED_MINUTES[b];
  if (named !== undefined) return { hour, minute: named, exact: b !== '整' };
  const minute = c === '' ? 0 : plainNumber(c.replace(/^[零〇](?=.)/, ''));
  return minute === null ? null : { hour, minute, exact: c !== '' };
}

const NAMED_MINUTES: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45, 整: 0 };

/** 差五分八点 is 7:55. */
function before(hour: number | null, minutes: number | null): { hour: number; minute: number; exact: boolean } | null {
  if (hour === null || minutes === null || hour < 1 || minutes < 1 || minutes > 59) return null;
  return { hour: hour - 1, minute: 60 - minutes, exact: true };
}

/** Hours to add to what was said: 下午3点 is 15; 晚上12点 and, after a day, a small hour of the night fall into the next day. */
function shiftOf(part: string, hour: number, hasDay: boolean): number {
  const turns = part === '' ? 'nothing' : dayPart(part).turns;
  if (turns === 'nothing') return 0;
  if (turns === 'afternoon') return hour < 12 ? 12 : 0;
  if (turns === 'noon') return hour < 4 ? 12 : 0;
  if (turns === 'dawn') return hour === 12 ? -12 : 0;
  if (hour === 12 || hour === 24) return 24 - hour;
  if (hour === 0) return hasDay ? 24 : 0;
  if (hour < 5) return hasDay || turns === 'evening' ? 24 : 0;
  return hour < 12 ? 12 : 0;
}

/** 今天3点多 said at five in the afternoon is three in the afternoon. */
function afternoonGuess(clock: Piece, part: string, hour: number, base: Midnight, now: Instant): number {
  const spoken = clock.kind !== 'clock' && clock.words.includes('点');
  return spoken && part === '' && hour >= 1 && hour <= 6 && base + (hour + 12) * HOUR <= now && now - base < DAY ? 12 : 0;
}

function ago(piece: Piece, now: Instant): Occurrence {
  const [count = '', half = '', unit = '', halfBehind = ''] = piece.parts;
  const amount = count === '半' ? 0.5 : count === '个把' ? 1 : count === '几' ? null : plainNumber(count);
  if (amount === null) return { at: null, precision: 'vague' };
  const n = amount + (half + halfBehind === '' ? 0 : 0.5);
  if (unit === '分钟' || unit === '刻钟') return { at: now - n * (unit === '刻钟' ? 15 : 1) * MINUTE, precision: 'minute' };
  if (unit === '小时' || unit === '钟头') return { at: now - n * HOUR, precision: n % 1 === 0 ? 'hour' : 'minute' };
  if (unit.endsWith('月')) return { at: midnightOf(now) - Math.round(n * 30) * DAY, precision: 'vague' };
  return { at: midnightOf(now) - Math.round(n * (/[天日]/.test(unit) ? 1 : 7)) * DAY, precision: 'day' };
}
