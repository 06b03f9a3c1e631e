/** From a dated piece of a message to the day it names, always the latest one not after the moment of the message. */
import { DAY, type Instant } from '../instant';
import { civil, dateAt, latestDate, latestHoliday, latestLunarDate, type Midnight, midnightOf } from './calendar';
import { plainNumber } from './numerals';
import type { Piece } from './timePieces';

/** The midnight of that day; null when there is no such day or it is still to come. */
export function dayOf(text: string, piece: Piece, now: Instant): Midnight | null {
  const [a = '', b = '', c = '', d = ''] = piece.parts;
  switch (piece.kind) {
    case 'full':
      return dateAt(Number(a), Number(b), Number(c));
    case 'monthDay':
      return a === '' ? latestDate(now, number(b), number(c)) : dateAt(yearOf(a, now), number(b), number(c));
    case 'month':
      return a === '' ? latestDate(now, number(b), 1) : dateAt(yearOf(a, now), number(b), 1);
    case 'slash':
      return latestDate(now, Number(a), Number(b));
    case 'tenDays':
      return tenDays(now, a, b, c, d);
    case 'nearMonth':
      return inMonth(now, monthsBack(a), number(b));
    case 'dayOnly':
      return inMonth(now, 0, number(a)) ?? inMonth(now, 1, number(a));
    case 'lunar':
      return lunar(now, a, b, c);
    case 'holiday':
      return holiday(text, piece, now);
    case 'week':
      return weekday(now, a, b);
    default:
      return midnightOf(now) - nearDays(piece.words) * DAY;
  }
}

function number(words: string): number {
  return plainNumber(words) ?? -1;
}

function yearOf(words: string, now: Instant): number {
  const back = ['今', '去', '前'].indexOf(words[0] ?? '');
  return back < 0 ? Number(words.slice(0, 4)) : civil(now).year - back;
}

/** 国庆假期第三天 is a day of its own. */
export const NTH_DAY = /^节?(?:小?长假|假期|黄金周|假日|放假)?的?第([一二三四五六七八九]|\d{1,2})天/;

/** The holidays of the spring begin on the eve of the new year. */
function holiday(text: string, piece: Piece, now: Instant): Midnight | null {
  const at = latestHoliday(now, piece.words);
  const eve = piece.words === '春节' && /^(?:假期|期间|长假|黄金周)/.test(text.slice(piece.end, piece.end + 3));
  const nth = NTH_DAY.exec(text.slice(piece.end, piece.end + 10))?.[1];
  if (at !== null && nth !== undefined) return at + ((plainNumber(nth) ?? 1) - 1) * DAY;
  return at !== null && eve ? at - DAY : at;
}

function lunar(now: Instant, month: string, tens: string, ones: string): Midnight | null {
  const number = /年$/.test(month) ? 1 : ({ 正: 1, 冬: 11, 腊: 12 }[month] ?? plainNumber(month));
  const day = plainNumber((tens + ones).replace('初', '').replace('廿', '二十'));
  return number === null || day === null ? null : latestLunarDate(now, number, day);
}

function nearDays(words: string): number {
  if (words.startsWith('大前')) return 3;
  return words.startsWith('前') ? 2 : /^[昨夜]/.test(words) ? 1 : 0;
}

function monthsBack(words: string): number {
  return words.startsWith('上上') ? 2 : words.startsWith('上') ? 1 : 0;
}

/** The day of this month or of one before; null when still to come. */
function inMonth(now: Instant, back: number, day: number): Midnight | null {
  const { year, month } = civil(now);
  const at = month - back < 1 ? dateAt(year - 1, month - back + 12, day) : dateAt(year, month - back, day);
  return at !== null && at <= now ? at : null;
}

/** Start of a third of a month; 月底 is taken as its last days. */
function tenDays(now: Instant, year: string, month: string, near: string, third: string): Midnight | null {
  const day = { 上旬: 1, 初: 1, 中旬: 11, 中: 11, 下旬: 21 }[third] ?? 26;
  if (near !== '') return inMonth(now, monthsBack(near), day);
  return year === '' ? latestDate(now, number(month), day) : dateAt(yearOf(year, now), number(month), day);
}

/** Weeks run Monday to Sunday; without a word ahead the latest such day not after today. */
function weekday(now: Instant, ahead: string, name: string): Midnight {
  const wanted = '一二三四五六日'.indexOf(name === '天' ? '日' : name === '末' ? '六' : name) + 1;
  const offset = civil(now).weekday - wanted;
  const weeks = ahead === '' && offset < 0 ? 1 : monthsBack(ahead);
  return midnightOf(now) - (offset + 7 * weeks) * DAY;
}
