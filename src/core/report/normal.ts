/** One way of writing for the rules to read: narrow digits and signs, mended typing slips, and the way back to the original words. */
import type { Found, Span } from './fields';

/** `text` with, for each of its UTF-16 units, the [start, end) it came from in the original. */
export interface Normal {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** NFKC by code point, without zero-width signs and digit commas, list marks as `;`, known slips mended. Linear, never throws. */
export function normalise(original: string): Normal {
  const units = narrowed(original);
  const joined = units.map((u) => u.char).join('');
  const commas = new Set([...joined.matchAll(/(?<=\d),(?=\d{3}(?!\d))/g)].map((m) => m.index));
  const kept = units.filter((_, i) => !commas.has(i));
  return { text: mended(kept.map((u) => u.char).join('')), starts: kept.map((u) => u.start), ends: kept.map((u) => u.end) };
}

/** The words of the original that a found value of the normal text came from. */
export function traced<T>(normal: Normal, found: Found<T>): Found<T> {
  return { value: found.value, spans: found.spans.map((s) => tracedSpan(normal, s)) };
}

export function tracedSpan(normal: Normal, span: Span): Span {
  const start = normal.starts[span.start] ?? normal.ends.at(-1) ?? 0;
  const end = normal.ends[span.end - 1] ?? start;
  return { start, end: Math.max(start, end) };
}

interface Unit {
  readonly char: string;
  readonly start: number;
  readonly end: number;
}

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\r]/;
const LIST_MARK = /[\u2460-\u2487]/;

function narrowed(original: string): readonly Unit[] {
  const units: Unit[] = [];
  let start = 0;
  for (const point of original) {
    const end = start + point.length;
    if (!INVISIBLE.test(point)) for (const char of narrow(point).split('')) units.push({ char, start, end });
    start = end;
  }
  return units;
}

function narrow(point: string): string {
  if (point === '\n') return point;
  if (/\s/.test(point)) return ' ';
  return LIST_MARK.test(point) ? ';' : point === '…' ? '。' : point.normalize('NFKC');
}

/** Slips that keep the length, so that offsets stay. */
function mended(text: string): string {
  return text
    .replace(/(?<![自知异利律克舍])己(?!经济)/g, '已')
    .replace(/投[述拆]/g, '投诉')
    .replace(/[「『"]/g, '“')
    .replace(/[」』]/g, '”')
    .replace(/帐号/g, '账号');
}
