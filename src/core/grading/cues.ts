/** Finding the cue words of plan packs in a message: all lists in one pass, the longest that fits, denied ones left out. */
import { isDenied } from '../report/clauses';
import type { Span } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { plant, step, type Trie } from '../report/trie';

export interface Hit {
  readonly cue: string;
  /** In the original text. */
  readonly span: Span;
}

/** Given a text, the hits of each list in order; 未接到投诉 is no hit for 投诉, while a cue that denies by itself (未…公示) is one. */
export type CueFinder = (normal: Normal) => readonly (readonly Hit[])[];

interface Cue {
  /** What must follow the first part, each within ten characters of the same sentence; null when nothing must. */
  readonly rest: RegExp | null;
  readonly lists: readonly number[];
}

/**
 * `…` bridges up to ten characters of one sentence; 学生/幼儿…呕吐/腹泻 stands for all four pairs. Quotation marks, spaces and the case
 * of letters do not matter.
 */
export function cueFinder(lists: readonly (readonly string[])[]): CueFinder {
  const where = new Map<string, number[]>();
  lists.forEach((cues, list) => {
    for (const cue of cues) where.set(cue, [...(where.get(cue) ?? []), list]);
  });
  const trie = plant(
    [...where].flatMap(([written, at]) => {
      const [heads = '', ...rest] = plainly(written).split('…');
      const cue = { rest: rest.length === 0 ? null : following(rest), lists: at };
      return heads.split('/').map((head) => [head, cue] as const);
    }),
  );
  return (normal) => found(trie, lists.length, normal);
}

function following(parts: readonly string[]): RegExp {
  const bridges = parts.map((part) => `[^。;!\\n]{0,10}?(?:${part.split('/').map(escaped).join('|')})`);
  return new RegExp(bridges.join(''), 'y');
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const MARKS = /[“”《》 ]/;

function plainly(words: string): string {
  return words
    .replace(/[^…]+/g, (part) => part.normalize('NFKC'))
    .replace(/[“”《》 ]/g, '')
    .toLowerCase();
}

/** A text without marks and spaces, and for each of its characters where it stood; null while nothing was left out. */
interface Bare {
  readonly text: string;
  readonly at: readonly number[] | null;
}

function bareOf(text: string): Bare {
  const lower = /[A-Z]/.test(text) ? text.replace(/[A-Z]/g, (c) => c.toLowerCase()) : text;
  if (!MARKS.test(lower)) return { text: lower, at: null };
  const at: number[] = [];
  for (let i = 0; i < lower.length; i += 1) if (!isMark(lower.charCodeAt(i))) at.push(i);
  return { text: lower.replace(/[“”《》 ]/g, ''), at };
}

function isMark(code: number): boolean {
  return code === 0x20 || code === 0x201c || code === 0x201d || code === 0x300a || code === 0x300b;
}

interface Match extends Span {
  readonly cue: Cue;
}

function found(trie: Trie<Cue>, lists: number, normal: Normal): readonly (readonly Hit[])[] {
  const bare = bareOf(normal.text);
  const { text } = bare;
  const free = new Int32Array(lists);
  const hits: Hit[][] = [];
  for (let start = 0; start < text.length; start += 1) {
    let node = trie.first[text.charCodeAt(start)] ?? 0;
    let matches: Match[] | null = null;
    for (let end = start + 1; node !== 0; end += 1) {
      const cues = trie.ends[node];
      if (cues !== null && cues !== undefined) matches = matched(text, { start, end }, cues, matches);
      node = end < text.length ? step(trie, node, text.charCodeAt(end)) : 0;
    }
    if (matches !== null) take(normal, bare, matches, free, hits);
  }
  return hits;
}

function matched(text: string, { start, end }: Span, cues: readonly Cue[], before: Match[] | null): Match[] | null {
  let matches = before;
  for (const cue of cues) {
    const to = endOf(text, end, cue.rest);
    if (to === 0) continue;
    matches ??= [];
    matches.push({ cue, start, end: to });
  }
  return matches;
}

/** Behind the last part; 0 when the parts do not follow. */
function endOf(text: string, from: number, rest: RegExp | null): number {
  if (rest === null) return from;
  rest.lastIndex = from;
  return rest.test(text) ? rest.lastIndex : 0;
}

/** The longest match of each list, unless an earlier one of the same list covers its beginning. */
function take(normal: Normal, bare: Bare, matches: Match[], free: Int32Array, hits: Hit[][]): void {
  if (matches.length > 1) matches.sort((a, b) => b.end - a.end);
  for (const { cue, start, end } of matches) {
    const lists = cue.lists.filter((list) => (free[list] ?? 0) <= start);
    if (lists.length === 0) continue;
    const from = bare.at?.[start] ?? start;
    const to = (bare.at?.[end - 1] ?? end - 1) + 1;
    for (const list of lists) free[list] = end;
    if (isDenied(normal.text, from)) continue;
    const hit = { cue: bare.text.slice(start, end), span: tracedSpan(normal, { start: from, end: to }) };
    for (const list of lists) {
      const known = hits[list];
      if (known === undefined) hits[list] = [hit];
      else known.push(hit);
    }
  }
}
