/** Numbers as people in a duty room write them, each as an interval: 六十多, 百余, 近200, 三四十, 一万八, 120余万. */
import type { Interval, Span } from './fields';

export interface Numeral extends Span {
  readonly interval: Interval;
}

const FIGURES = '\\d+(?:\\.\\d+)?(?:[余多来几]?(?:亿|千万|百万|十万|万|千|百)|[多余]?(?=[十]))?';
const WORDS = '[零〇一二两俩三四五六七八九十百千万亿几数]+(?:[余多来](?:亿|千万|百万|万|千)(?!一))?';
const BODY = `(?:${FIGURES}|${WORDS})`;
const NUMERAL = new RegExp(
  `(?<!第)(将近|接近|超过|不少于|不下|不低于|至少|不足|不到|不满|突破|高达|超|逾|破|过|上|(?<![最附临靠邻])近)?(?:了)?(${BODY})(?:[-~—至到](${BODY}))?([余多来几])?(?:\\s?(以上|以内|以下|左右|上下))?`,
  'g',
);
const UNIT_VALUE: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 十万: 1e5, 百万: 1e6, 千万: 1e7, 亿: 1e8 };
const DIGITS = '零一二三四五六七八九';

/** All numbers of a normalised text in order, without overlaps; ordinals (第一) are left out. */
export function numerals(text: string): readonly Numeral[] {
  return [...text.matchAll(NUMERAL)].flatMap((m) => {
    const [whole, ahead = '', body = '', second, more, bound = ''] = m;
    const first = amountOf(body);
    if (first === null) return [];
    const last = second === undefined ? null : amountOf(second);
    const plain =
      last !== null && last.lo > first.lo ? { min: first.lo, max: last.hi } : withMore(first, more !== undefined || /[余多来]/.test(body));
    const lead = ahead === '' ? 0 : isBound(ahead, body) ? 0 : ahead.length;
    return [{ start: m.index + lead, end: m.index + whole.length, interval: bounded(plain, lead > 0 ? '' : ahead, bound) }];
  });
}

/** A plain whole number of Chinese or Arabic figures, for clocks and dates; null when it is none. */
export function plainNumber(written: string): number | null {
  const value = amountOf(written);
  return value !== null && value.lo === value.hi ? value.lo : null;
}

interface Value {
  readonly lo: number;
  readonly hi: number;
  /** Unit of the last non-zero digit. */
  readonly unit: number;
}

/** 上 only counts before a bare round unit (上百); 过 and 破 only before figures of some size. */
function isBound(ahead: string, body: string): boolean {
  if (ahead === '上') return /^[百千万亿]/.test(body);
  return !(ahead === '过' || ahead === '破') || /^[\d百千万]/.test(body);
}

function withMore(value: Value, more: boolean): Interval {
  return more ? { min: value.lo, max: value.hi === value.lo ? value.lo + value.unit - 1 : value.hi } : { min: value.lo, max: value.hi };
}

function bounded(plain: Interval, ahead: string, behind: string): Interval {
  if (/近/.test(ahead) && plain.min !== null) return { min: round(plain.min * 0.9), max: plain.max };
  if (/^不[足到满]/.test(ahead) || behind === '以内' || behind === '以下') return { min: null, max: plain.max };
  if (ahead === '高达') return plain;
  return ahead !== '' || behind === '以上' ? { min: plain.min, max: null } : plain;
}

function amountOf(written: string): Value | null {
  const body = written.replace(/[余多来]/g, '');
  const figures = /^(\d+(?:\.\d+)?)(\D*?)几?$/.exec(body);
  if (figures !== null) return figureValue(figures[1] ?? '', UNIT_VALUE[figures[2] ?? ''] ?? 1);
  return wordValue(body);
}

function figureValue(figures: string, unit: number): Value {
  const value = round(Number(figures) * unit);
  const decimals = /\.(\d*?)0*$/.exec(figures)?.[1]?.length ?? 0;
  const zeros = decimals > 0 ? -decimals : (/0*$/.exec(figures.split('.')[0] ?? '')?.[0].length ?? 0);
  return { lo: value, hi: value, unit: Math.max(1, round(unit * 10 ** Math.min(zeros, figures.length - 1))) };
}

/** Chinese figures, with neighbours (三四十), elided last units (一万八) and 几 or 数 before or after a unit. */
function wordValue(word: string): Value | null {
  if (/^[零〇一二三四五六七八九]{3,}$/.test(word)) {
    const value = Number([...word].map((c) => DIGITS.indexOf(c === '〇' ? '零' : c)).join(''));
    return { lo: value, hi: value, unit: 1 };
  }
  if (/^[几数]$/.test(word) || /^[亿万]?数/.test(word.replace(/^数(?=[十百千万亿])/, ''))) return null;
  if (word === '十几') return { lo: 11, hi: 19, unit: 1 };
  const few = /^[几数]/.test(word);
  const tail = /[十百千万]几$/.test(word);
  const value = summed(word.replace(/^[几数]/, '二').replace(/几$/, ''));
  if (value === null) return null;
  if (few) return { ...value, hi: value.lo * 5 - 1 };
  return tail ? { ...value, hi: value.lo + value.unit - 1 } : value;
}

function summed(word: string): Value | null {
  let total = 0;
  let section = [0, 0] as [number, number];
  let digit: [number, number] | null = null;
  let unit = 1;
  let elided = 0;
  for (const char of word) {
    const figure = DIGITS.indexOf(char === '两' || char === '俩' ? '二' : char === '〇' ? '零' : char);
    const size = UNIT_VALUE[char];
    if (figure === 0) elided = 0;
    else if (figure > 0) {
      if (digit !== null && (digit[0] !== digit[1] || figure !== digit[1] + 1)) return null;
      digit = digit === null ? [figure, figure] : [digit[0], figure];
    } else if (size !== undefined && size < 1e4) {
      const [lo, hi] = digit ?? [1, 1];
      section = [section[0] + lo * size, section[1] + hi * size];
      [digit, unit, elided] = [null, size, size];
    } else if (size !== undefined) {
      const [lo, hi]: [number, number] = digit ?? (section[1] === 0 ? [1, 1] : [0, 0]);
      unit = (digit === null ? unit : 1) * size;
      total += (section[0] + lo) * size;
      if (hi + section[1] > lo + section[0]) return { lo: total, hi: (section[1] + hi) * size, unit };
      [section, digit, elided] = [[0, 0], null, size];
    } else return null;
  }
  if (digit !== null) {
    const step = elided >= 100 ? elided / 10 : 1;
    section = [section[0] + digit[0] * step, section[1] + digit[1] * step];
    unit = step;
  }
  return { lo: total + section[0], hi: total + section[1], unit };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
