/** Looking things up in spans that stand in order without overlapping, by halving: what keeps the reader linear. */
import type { Span } from './fields';

/** Index of the first span that starts at `from` or later, by halving; spans are in order and do not overlap. */
export function firstFrom(spans: readonly Span[], from: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Put in order by where they begin, in place; mostly they are already. */
export function inOrder<T extends Span>(spans: T[]): T[] {
  for (let i = 1; i < spans.length; i += 1) {
    if ((spans[i]?.start ?? 0) < (spans[i - 1]?.start ?? 0)) return spans.sort((a, b) => a.start - b.start);
  }
  return spans;
}

/** Those of the spans that lie wholly inside [from, to). */
export function within(spans: readonly Span[], from: number, to: number): readonly Span[] {
  const first = firstFrom(spans, from);
  let after = first;
  while (after < spans.length && (spans[after]?.end ?? to + 1) <= to) after += 1;
  return first === after ? [] : spans.slice(first, after);
}

/** Does one of them lie wholly inside [from, to)? */
export function holds(spans: readonly Span[], from: number, to: number): boolean {
  const first = spans[firstFrom(spans, from)];
  return first !== undefined && first.end <= to;
}

/** Does one of them share a character with [start, end)? */
export function touches(spans: readonly Span[], { start, end }: Span): boolean {
  const at = firstFrom(spans, start);
  return (spans[at]?.start ?? end) < end || (at > 0 && (spans[at - 1]?.end ?? start) > start);
}

/** Does one of them cover [start, end) wholly? */
export function covers(spans: readonly Span[], { start, end }: Span): boolean {
  const at = firstFrom(spans, start + 1) - 1;
  return at >= 0 && end <= (spans[at]?.end ?? 0);
}
