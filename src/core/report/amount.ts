/** The value of one written number, Arabic or Chinese, exact or vague: what the figures and units say, without the words around them. */

import { holdsUnit, unitsOf } from './units';

export interface Value {
  readonly lo: number;
  readonly hi: number;
  /** Unit of the last non-zero digit: 余 and 多 add less than one of it. */
  readonly unit: number;
}

const UNIT_VALUE: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 十万: 1e5, 百万: 1e6, 千万: 1e7, 亿: 1e8 };
const ADDS = unitsOf('余多来');
const DIGITS = '零一二三四五六七八九';

/** Null when the characters make no number. */
export function amountOf(written: string): Value | null {
  if (written.length === 1) return singleValue(written);
  const body = holdsUnit(written, ADDS) ? written.replace(/[余多来]/g, '') : written;
  const behind = digitsEnd(body, 0);
  if (behind === 0) return wordValue(body);
  return behind === body.length ? plainFigures(body) : figureValue(body);
}

/** Behind the last of the digits that begin at `from`. */
function digitsEnd(words: string, from: number): number {
  let end = from;
  while (end < words.length && words.charCodeAt(end) >= 0x30 && words.charCodeAt(end) <= 0x39) end += 1;
  return end;
}

function singleValue(written: string): Value | null {
  const code = written.charCodeAt(0);
  if (code > 0x30 && code <= 0x39) return { lo: code - 0x30, hi: code - 0x30, unit: 1 };
  return code === 0x30 ? { lo: 0, hi: 0, unit: 1 } : wordValue(written);
}

function plainFigures(body: string): Value | null {
  const value = Number(body);
  return Number.isFinite(value) ? { lo: value, hi: value, unit: lastUnit(body, 1) } : null;
}

/** 1.2万, 3万8, 1亿2000万: figures with units, the last unit elided where a single figure stands alone behind one. */
function figureValue(body: string): Value | null {
  const pair = PAIRED.at(body, 1) ? /^(\d)[、,] ?(\d)$/.exec(body) : null;
  if (pair !== null) return { lo: Number(pair[1]), hi: Number(pair[2]), unit: 1 };
  let total = 0;
  let unit = 1;
  let elided = 0;
  for (let at = 0; at < body.length; ) {
    const end = figuresEnd(body, at);
    const behind = unitsEnd(body, end);
    if (end === at) {
      at += 1;
      continue;
    }
    const size = end === behind ? 1 : sizeNamed(body, end, behind);
    const alone = end === behind && elided >= 100 && end - at === 1 ? elided / 10 : size;
    total += Number(body.slice(at, end)) * alone;
    unit = lastUnit(body.slice(at, end), alone);
    elided = end === behind ? 0 : size;
    at = behind;
  }
  return Number.isFinite(total) ? { lo: round(total), hi: round(total), unit } : null;
}

const PAIRED = unitsOf('、,');
const POINT = 0x2e;

/** Behind the figures that begin at `from`, with what stands behind their point. */
function figuresEnd(words: string, from: number): number {
  const end = digitsEnd(words, from);
  if (end === from || end >= words.length || words.charCodeAt(end) !== POINT) return end;
  const behind = digitsEnd(words, end + 1);
  return behind === end + 1 ? end : behind;
}

const UNITS = unitsOf('十百千万亿');

function unitsEnd(words: string, from: number): number {
  let end = from;
  while (UNITS.at(words, end)) end += 1;
  return end;
}

function sizeNamed(words: string, from: number, to: number): number {
  return to - from === 1 ? (sizeOf(words.charAt(from)) ?? 1) : (UNIT_VALUE[words.slice(from, to)] ?? 1);
}

function lastUnit(figures: string, size: number): number {
  if (size === 1 && !figures.endsWith('0')) return 1;
  const point = figures.indexOf('.');
  const decimals = point < 0 ? 0 : zerosFrom(figures, point + 1, figures.length) - point - 1;
  const whole = point < 0 ? figures.length : point;
  const zeros = decimals > 0 ? -decimals : whole - zerosFrom(figures, 0, whole);
  return Math.max(1, round(size * 10 ** Math.min(zeros, figures.length - 1)));
}

/** Where the zeros begin that [from, to) of the figures ends with. */
function zerosFrom(figures: string, from: number, to: number): number {
  let at = to;
  while (at > from && figures.charCodeAt(at - 1) === 0x30) at -= 1;
  return at;
}

/** Ways of saying that follow no rule. */
const IDIOMS: ReadonlyMap<string, Value> = new Map(
  Object.entries({
    十几: { lo: 11, hi: 19, unit: 1 },
    百八十: { lo: 80, hi: 100, unit: 1 },
    千八百: { lo: 800, hi: 1000, unit: 1 },
    万八千: { lo: 8000, hi: 10000, unit: 1 },
    百十: { lo: 100, hi: 110, unit: 10 },
    大几十: { lo: 50, hi: 99, unit: 1 },
    大几百: { lo: 500, hi: 999, unit: 1 },
    大几千: { lo: 5000, hi: 9999, unit: 1 },
    俩: { lo: 2, hi: 2, unit: 1 },
    仨: { lo: 3, hi: 3, unit: 1 },
    半百: { lo: 50, hi: 50, unit: 1 },
  }),
);

/** Chinese figures, with neighbours (三四十, 三五百), elided last units (一万八) and 几 or 数 before or after a unit. */
function wordValue(word: string): Value | null {
  const single = word.length === 1 ? DIGITS.indexOf(word === '两' ? '二' : word) : -1;
  if (single > 0) return { lo: single, hi: single, unit: 1 };
  if (isPlain(word)) return summed(word);
  if (/^十几[万亿]$/.test(word)) return scaled({ lo: 11, hi: 19, unit: 1 }, word.endsWith('亿') ? 1e8 : 1e4);
  const idiom = IDIOMS.get(word);
  if (idiom !== undefined) return idiom;
  if (/^[零〇一二三四五六七八九]{3,}$/.test(word)) {
    const value = Number([...word].map((c) => DIGITS.indexOf(c === '〇' ? '零' : c)).join(''));
    return { lo: value, hi: value, unit: 1 };
  }
  const plain = word.replace(/^[好大](?=[几数])/, '').replace('、', '');
  if (/^[几数半好大]$|^[好大半]|^[亿万]数|.数/.test(plain)) return null;
  const few = /^[几数]/.test(plain);
  const tail = /[十百千万]几$/.test(plain);
  const handful = /[百千万]零几$/.test(plain);
  const value = summed(plain.replace(/^[几数]/, '二').replace(/几$/, ''));
  if (value === null) return null;
  if (few) return { ...value, hi: value.lo * 5 - 1 };
  if (handful) return { lo: value.lo + 1, hi: value.lo + 9, unit: 1 };
  return tail ? { ...value, hi: value.lo + value.unit - 1 } : value;
}

const PLAIN = unitsOf('一二两三四五六七八九十百千万亿');
const BEGINS_PLAIN = unitsOf('一二两三四五六七八九十');

/** 三十, 二十五, 四百: figures and units alone, none of the ways of saying that follow rules of their own. */
function isPlain(word: string): boolean {
  if (!BEGINS_PLAIN.at(word, 0)) return false;
  let units = 0;
  for (let i = 0; i < word.length; i += 1) {
    if (UNITS.at(word, i)) units += 1;
    else if (!PLAIN.at(word, i)) return false;
  }
  return units > 0 || word.length < 3;
}

/** 十几万 is 110,000 to 199,999. */
function scaled({ lo, hi }: Value, size: number): Value {
  return { lo: lo * size, hi: (hi + 1) * size - 1, unit: size };
}

/** Of section and digit the least and the most; a digit of 0 is none. */
interface Sum {
  total: number;
  section: number;
  sectionMost: number;
  digit: number;
  digitMost: number;
  unit: number;
  elided: number;
}

function summed(word: string): Value | null {
  const sum: Sum = { total: 0, section: 0, sectionMost: 0, digit: 0, digitMost: 0, unit: 1, elided: 0 };
  for (const char of word) {
    const figure = DIGITS.indexOf(char === '两' ? '二' : char === '〇' ? '零' : char);
    const size = sizeOf(char);
    if (figure === 0) sum.elided = 0;
    else if (figure > 0) {
      if (!withFigure(sum, figure)) return null;
    } else if (size === undefined) return null;
    else if (size < 1e4) withSmallUnit(sum, size);
    else {
      const range = withLargeUnit(sum, size);
      if (range !== null) return range;
    }
  }
  return ended(sum);
}

/** Of one unit; undefined when it is none. */
function sizeOf(char: string): number | undefined {
  const at = '十百千万亿'.indexOf(char);
  return at < 0 ? undefined : at === 4 ? 1e8 : 10 ** (at + 1);
}

/** A second figure makes neighbours: 三四 is 3 to 4, 三五 is 3 to 5; others are no number. */
function withFigure(sum: Sum, figure: number): boolean {
  const { digit, digitMost } = sum;
  if (digit === 0) sum.digit = figure;
  else if (digit !== digitMost || (figure !== digitMost + 1 && !(digitMost === 3 && figure === 5))) return false;
  sum.digitMost = figure;
  return true;
}

function withSmallUnit(sum: Sum, size: number): void {
  sum.section += (sum.digit === 0 ? 1 : sum.digit) * size;
  sum.sectionMost += (sum.digit === 0 ? 1 : sum.digitMost) * size;
  sum.digit = 0;
  sum.unit = size;
  sum.elided = size;
}

/** A range ends at its unit: 三四十万 has nothing behind it. */
function withLargeUnit(sum: Sum, size: number): Value | null {
  const none = sum.sectionMost === 0 ? 1 : 0;
  const unit = (sum.digit === 0 ? sum.unit : 1) * size;
  const from = sum.total + (sum.section + (sum.digit === 0 ? none : sum.digit)) * size;
  const to = sum.total + (sum.sectionMost + (sum.digit === 0 ? none : sum.digitMost)) * size;
  if (to > from) return { lo: from, hi: to, unit };
  sum.total = from;
  sum.unit = unit;
  sum.section = 0;
  sum.sectionMost = 0;
  sum.digit = 0;
  sum.elided = size;
  return null;
}

function ended({ total, section, sectionMost, digit, digitMost, unit, elided }: Sum): Value {
  if (digit === 0) return { lo: total + section, hi: total + sectionMost, unit };
  const step = elided >= 100 ? elided / 10 : 1;
  return { lo: total + section + digit * step, hi: total + sectionMost + digitMost * step, unit: step };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
