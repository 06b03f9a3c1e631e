/** The first moment told in a sentence that is a command rather than a report. */
import type { Instant } from '../instant';
import { wordsOf } from './lexicon/words';
import { moments } from './moments';
import { normalise, tracedSpan } from './normal';

/** Read into the past from `now`; `start` and `end` point into `text` as given. Null where none is told, or nothing more exact than a day. */
export function momentSaid(text: string, now: Instant): { readonly at: Instant; readonly start: number; readonly end: number } | null {
  const normal = normalise(text);
  for (const { value, start, end } of moments(normal.text, now, wordsOf(normal.text).timeStart)) {
    if (value.at === null || !EXACT.includes(value.precision)) continue;
    const span = tracedSpan(normal, { start, end });
    return { at: value.at, start: span.start, end: span.end };
  }
  return null;
}

const EXACT: readonly string[] = ['minute', 'hour'];
