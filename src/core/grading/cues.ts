/** Finding the cue words of a plan pack in a message: the longest that fits, denied ones left out. */

import { isDenied } from '../report/clauses';
import type { Span } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';

export interface Hit {
  readonly cue: string;
  /** In the original text. */
  readonly span: Span;
}

/** Cues of a list in a normalised text, in order; 未接到投诉 is no hit for 投诉, while a cue that denies by itself (未…公示) is one. */
export function hits(normal: Normal, cues: readonly string[]): readonly Hit[] {
  return [...normal.text.matchAll(patternOf(cues))].flatMap((m) => {
    if (m[0] === '' || isDenied(normal.text, m.index)) return [];
    return [{ cue: m[0].replace(/[“”《》 ]/g, ''), span: tracedSpan(normal, { start: m.index, end: m.index + m[0].length }) }];
  });
}

/** Lists belong to a loaded pack and do not change. */
const PATTERNS = new WeakMap<readonly string[], RegExp>();

function patternOf(cues: readonly string[]): RegExp {
  const known = PATTERNS.get(cues);
  if (known !== undefined) return known;
  const longestFirst = [...cues].sort((a, b) => b.length - a.length).map(written);
  const pattern = new RegExp(longestFirst.length === 0 ? '(?!)' : longestFirst.join('|'), 'gi');
  PATTERNS.set(cues, pattern);
  return pattern;
}

/** Quotation marks and spaces inside do not matter; … bridges up to ten characters of one sentence. */
function written(cue: string): string {
  return cue
    .normalize('NFC')
    .split('…')
    .map((part) => [...part].map((c) => c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[“”《》 ]?'))
    .join('[^。;!\\n]{0,10}?');
}
