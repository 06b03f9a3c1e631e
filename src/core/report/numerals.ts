/** Numbers as people in a duty room write them, each as an interval: 六十多, 百余, 近200, 三四十, 一万八, 120余万, 二十好几. */
import { amountOf, type Value } from './amount';
import type { Interval, Span } from './fields';
import { holdsUnit, unitsOf } from './units';

export interface Numeral extends Span {
  readonly interval: Interval;
}

const FIGURES =
  '\\d{1,20}(?:\\.\\d{1,9})?(?:[余多来几]?(?:亿|千万|百万|十万|万|千|百)(?:\\d{1,4}(?:[千百万](?:\\d(?![\\d.]))?)?(?![\\d.]))?|[多余]?(?=十))?';
const WORDS =
  '(?:好|大)?(?:[二三四五六七八]、[三四五六七八九][十百千万]*(?=[多余来]?[个名人位户例])|[零〇一二两俩仨三四五六七八九十百千万亿几数][零〇一二两三四五六七八九十百千万亿几数]{0,15}(?:[余多来](?:亿|千万|百万|万|千)(?!一))?)';
const PAIR = '[2-8][、,] ?[3-9](?=[多余来]?[个名人位户例])';
const BODY = `(?:${PAIR}|${FIGURES}|${WORDS})`;
const NUMERAL = new RegExp(
  `(${BODY})(?:[ \\n]?(?:[-~至到]|或者?)[ \\n]?(${BODY})(?![年月日号时点:楼]))?(余|多|来|几|好几|好多|大几|出头|把|挂零)?(?:[ \\n]?(以上|以内|以下|之内|之多|左右|上下|开外|不到|不止))?`,
  'y',
);
const STARTS = unitsOf('0123456789零〇一二两俩仨三四五六七八九十百千万亿几数好大');
const AHEAD =
  /(?:将近|接近|超过|不少于|不下于?|不低于|至少|起码|最少|不足|不到|不满|未满|少于|低于|不超过|至多|最多|顶多|突破|高达|多达|大于|多于|成|超|逾|破|过|上|小|快|(?<![最附临靠邻远])近)了?$/;
/** Only behind one of these can a bounding word end. */
const AHEAD_ENDS = unitsOf('近过于下到足满破达超逾上多少低成小快了');

/** All numbers of a normalised text in order, without overlaps; ordinals (第一) are left out. */
export function numerals(text: string): readonly Numeral[] {
  const out: Numeral[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!STARTS.has(text.charCodeAt(at))) continue;
    const plain = plainAt(text, at);
    if (plain !== null) {
      out.push(plain);
      at = plain.end - 1;
      continue;
    }
    NUMERAL.lastIndex = at;
    const whole = NUMERAL.exec(text);
    if (whole === null) continue;
    const numeral = isOrdinal(text, at) ? null : readAt(text, at, whole);
    if (numeral !== null) out.push(numeral);
    at = Math.max(at, (numeral?.end ?? (isFigure(whole[0]) ? NUMERAL.lastIndex : 0)) - 1);
  }
  return out;
}

/** 第3, 第一. */
function isOrdinal(text: string, at: number): boolean {
  return at > 0 && text.charCodeAt(at - 1) === ORDINAL;
}

const ORDINAL = 0x7b2c;

function isFigure(words: string): boolean {
  const code = words.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}

/** What may follow figures and change their value. */
const CHANGES = unitsOf(',.余多来几亿万千百十-~至到或好大出把挂以之左右上下开不、 ');

/** Most numbers are mere figures with nothing ahead or behind that bears on them: 30名, 126件. */
function plainAt(text: string, at: number): Numeral | null {
  let end = at;
  let value = 0;
  for (let code = text.charCodeAt(end); code >= 0x30 && code <= 0x39 && end - at < 15; code = text.charCodeAt(end)) {
    value = value * 10 + code - 0x30;
    end += 1;
  }
  if (end === at) return singleAt(text, at);
  if (CHANGES.at(text, end) || AHEAD_ENDS.at(text, at - 1) || isOrdinal(text, at) || end - at >= 15) return null;
  return { start: at, end, interval: { min: value, max: value } };
}

/** 一家, 三名: one figure in words with nothing about it that bears on it. */
function singleAt(text: string, at: number): Numeral | null {
  const unit = text.charCodeAt(at);
  let value = SINGLES.length - 1;
  while (value > 0 && SINGLES.charCodeAt(value) !== unit) value -= 1;
  if (value === 0 || GOES_ON.at(text, at + 1) || AHEAD_ENDS.at(text, at - 1) || isOrdinal(text, at)) return null;
  const whole = value === 10 ? 2 : value;
  return { start: at, end: at + 1, interval: { min: whole, max: whole } };
}

const SINGLES = '零一二三四五六七八九两';
const GOES_ON = unitsOf(',.余多来几亿万千百十-~至到或好大出把挂以之左右上下开不、 零〇一二两俩仨三四五六七八九数');

/** A plain whole number of Chinese or Arabic figures, for clocks and dates; null when it is none. */
export function plainNumber(written: string): number | null {
  const value = amountOf(written);
  return value !== null && value.lo === value.hi ? value.lo : null;
}

function readAt(text: string, at: number, [whole, body = '', second, more, bound = '']: RegExpExecArray): Numeral | null {
  const first = amountOf(body);
  if (first === null) return null;
  const last = second === undefined ? null : amountOf(second);
  const lead = AHEAD_ENDS.at(text, at - 1) ? (AHEAD.exec(text.slice(Math.max(0, at - 5), at))?.[0] ?? '') : '';
  const ahead = isBound(lead, body) ? lead : '';
  const isRange = second !== undefined && last !== null && last.hi > first.lo;
  const end = at + (second !== undefined && !isRange ? body.length : whole.length);
  const plain = isRange && last !== null ? { min: scaledLike(first, body, second).lo, max: last.hi } : withMore(first, body, more);
  return { start: at - ahead.length, end, interval: bounded(plain, ahead.endsWith('了') ? ahead.slice(0, -1) : ahead, bound) };
}

/** In 3到5万 the 3 is 万 too. */
function scaledLike(first: Value, body: string, second: string | undefined): Value {
  const unit = /[百千万亿]+$/.exec(second ?? '')?.[0];
  return unit === undefined || /[十百千万亿]/.test(body) ? first : (amountOf(body + unit) ?? first);
}

/** 上 and 成 only count before a bare round unit (上百); 过 and 破 only before figures of some size; 小一百 is nearly a hundred. */
function isBound(lead: string, body: string): boolean {
  if (lead === '') return false;
  const word = lead.endsWith('了') ? lead.slice(0, -1) : lead;
  if (word === '上' || word === '成') return /^[百千万亿]/.test(body);
  if (word === '小') return /^[一二两三四五六七八九]?[十百千万]/.test(body) && /[十百千万]$/.test(body);
  if (word === '快') return /[十百千万]|\d{2}/.test(body);
  return (word !== '过' && word !== '破') || /^\d{2}|^[一二两三四五六七八九]?[百千万]/.test(body);
}

function withMore(value: Value, body: string, more: string | undefined): Interval {
  const open = (more !== undefined && more !== '把' && more !== '大几') || holdsUnit(body, LESS_THAN_ONE);
  return { min: value.lo, max: open && value.hi === value.lo ? value.lo + value.unit - 1 : value.hi };
}

const LESS_THAN_ONE = unitsOf('余多来');
const NEARLY = new Set(['将近', '接近', '近', '小', '快']);
const AT_MOST = new Set(['不足', '不到', '不满', '未满', '少于', '低于', '不超过', '至多', '最多', '顶多']);
const BELOW = new Set(['以内', '以下', '之内', '不到']);
const ABOVE = new Set(['以上', '开外', '不止']);

function bounded(plain: Interval, ahead: string, behind: string): Interval {
  if (ahead === '' && behind === '') return plain;
  if (NEARLY.has(ahead) && plain.min !== null) return { min: round(plain.min * 0.9), max: plain.max };
  if (AT_MOST.has(ahead)) return { min: null, max: plain.max };
  if (BELOW.has(behind)) return { min: null, max: plain.max };
  if (ahead === '高达' || ahead === '多达') return plain;
  return ahead !== '' || ABOVE.has(behind) ? { min: plain.min, max: null } : plain;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
