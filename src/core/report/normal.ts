/** One way of writing for the rules to read: narrow digits and signs, mended typing slips, and the way back to the original words. */
import type { Found, Span } from './fields';
import { MEANT, SLIP_WORDS } from './lexicon/slips';
import { spotter } from './spotter';
import { unitsOf } from './units';

/** `text` with the way back: `starts` and `ends` of each UTF-16 unit in `original`, both null while the units stand where they stood. */
export interface Normal {
  readonly original: string;
  readonly text: string;
  readonly starts: readonly number[] | null;
  readonly ends: readonly number[] | null;
}

/** NFKC by code point, blanks as spaces and line ends, without zero-width signs and digit commas, list marks as `;`, known slips mended. Linear, never throws. */
export function normalise(original: string): Normal {
  if (last.original !== original) last = normalised(original);
  return last;
}

/** Reading and suggesting ask for the same text one after the other. */
let last: Normal = { original: '', text: '', starts: null, ends: null };

function normalised(original: string): Normal {
  const narrowed = isUneven(original) ? narrow(original) : { text: original, starts: null, ends: null };
  return { original, text: mended(narrowed.text), starts: narrowed.starts, ends: narrowed.ends };
}

/** The words of the original that a found value of the normal text came from. */
export function traced<T>(normal: Normal, found: Found<T>): Found<T> {
  if (normal.starts === null) return found;
  const { value, spans, confidence, rule } = found;
  return { value, spans: spans.map((s) => tracedSpan(normal, s)), confidence, rule };
}

export function tracedSpan(normal: Normal, span: Span): Span {
  if (normal.starts === null) return { start: span.start, end: span.end };
  const start = normal.starts[span.start] ?? normal.ends?.at(-1) ?? 0;
  const end = normal.ends?.[span.end - 1] ?? start;
  return { start, end: Math.max(start, end) };
}

/** Has it a wide sign or a digit comma? */
function isUneven(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x4e00 && unit <= 0x9fff) continue;
    if (unit === COMMA ? insideNumber(text, at) : !isNarrow(unit)) return true;
  }
  return false;
}

/** A sign of ASCII but for the straight quotation mark, or one that stays as it is. */
function isNarrow(unit: number): boolean {
  return unit >= 0x20 && unit <= 0x7e ? unit !== QUOTATION_MARK : STAYING.has(unit);
}

const QUOTATION_MARK = 0x22;
const STAYING = unitsOf('\n、。·“”《》【】');

interface Narrowed {
  readonly text: string;
  readonly starts: readonly number[] | null;
  readonly ends: readonly number[] | null;
}

function narrow(original: string): Narrowed {
  let text = '';
  let even = true;
  for (let at = 0; at < original.length; ) {
    const code = original.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    const piece = pieceAt(original, at, code);
    if (piece.length !== width) even = false;
    text += piece;
    at += width;
  }
  return even ? { text, starts: null, ends: null } : { text, ...wayBack(original) };
}

function pieceAt(original: string, at: number, code: number): string {
  return (code === COMMA || code === WIDE_COMMA) && insideNumber(original, at) ? '' : narrowPoint(code);
}

function wayBack(original: string): { starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < original.length; ) {
    const code = original.codePointAt(at) ?? 0;
    const end = at + (code > 0xffff ? 2 : 1);
    for (let k = pieceAt(original, at, code).length; k > 0; k -= 1) {
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { starts, ends };
}

const COMMA = 0x2c;
const WIDE_COMMA = 0xff0c;

/** 12,500: the comma between a digit and exactly three more. */
function insideNumber(text: string, at: number): boolean {
  return isDigit(text, at - 1) && isDigit(text, at + 1) && isDigit(text, at + 2) && isDigit(text, at + 3) && !isDigit(text, at + 4);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19);
}

/** What each code point becomes; filled as they are met, at most one entry a code point. */
const KNOWN = new Map<number, string>();

function narrowPoint(code: number): string {
  const known = KNOWN.get(code);
  if (known !== undefined) return known;
  const narrowed = narrowFirst(String.fromCodePoint(code));
  if (KNOWN.size < 20_000) KNOWN.set(code, narrowed);
  return narrowed;
}

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\r]/;
const LIST_MARK = /[\u2460-\u2487\u2776-\u277f]/;

function narrowFirst(point: string): string {
  if (point.charCodeAt(0) === WIDE_COMMA) return ',';
  if (point === '\n' || point === '·') return point;
  if (INVISIBLE.test(point)) return '';
  if (/\s/.test(point)) return ' ';
  if (LIST_MARK.test(point)) return ';';
  if (/[「『"〝]/.test(point)) return '“';
  if (/[」』〞]/.test(point)) return '”';
  if (/[•‧・]/.test(point)) return '·';
  if (/[—–―]/.test(point)) return '-';
  return point === '…' ? '。' : point.normalize('NFKC');
}

const slips = spotter({ slip: SLIP_WORDS });

/** Slips put right; the length stays, and so do the offsets. */
function mended(text: string): string {
  const { slip } = slips(text);
  if (slip.length === 0) return text;
  let right = '';
  let at = 0;
  for (const { start, end } of slip) {
    right += text.slice(at, start) + (MEANT.get(text.slice(start, end)) ?? text.slice(start, end));
    at = end;
  }
  return right + text.slice(at);
}
