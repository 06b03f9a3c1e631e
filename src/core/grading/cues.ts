/** Finding the cue words of plan packs in a message: all lists in one pass, the longest that fits, denied ones left out. */
import { isDenied } from '../report/clauses';
import type { Span } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { mayBegin, plant, step, type Trie } from '../report/trie';
import { holdsUnit, unitsOf } from '../report/units';

export interface Hit {
  readonly cue: string;
  /** How many characters of the message speak for it: bridges do not. */
  readonly weight: number;
  /** In the original text. */
  readonly span: Span;
}

/** Given a text, the hits of each list in order; 未接到投诉 is no hit for 投诉, while a cue that denies by itself (未…公示) is one. */
export type CueFinder = (normal: Normal) => readonly (readonly Hit[])[];

interface Cue {
  /** What must follow the first part, each within ten characters of the same sentence; null when nothing must. */
  readonly rest: RegExp | null;
  /** The units its other parts begin with. */
  readonly firsts: readonly (readonly number[])[];
  /** A cue that tells of people or acts is denied by 没人 before its last part too (多人…投诉); one that denies by itself (未…公示) is not. */
  readonly deniable: boolean;
  /** Characters of its parts that are bridged to. */
  readonly bridged: number;
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
      const cue: Cue = {
        rest: rest.length === 0 ? null : following(rest),
        firsts: rest.map((part) => [...new Set(part.split('/').map((word) => word.charCodeAt(0)))]),
        deniable: rest.length > 0 && !/[未没无不拒停失假]/.test(written),
        bridged: rest.reduce((sum, part) => sum + (part.split('/')[0] ?? '').length, 0),
        lists: at,
      };
      return heads.split('/').map((head) => [head, cue] as const);
    }),
  );
  return (normal) => found(trie, lists.length, normal);
}

function following(parts: readonly string[]): RegExp {
  const bridges = parts.map((part) => `[^。;!\\n]{0,10}?(?:${part.split('/').map(spaced).join('|')})`);
  return new RegExp(bridges.join(''), 'y');
}

/** Marks and spaces between its characters do not matter. */
function spaced(words: string): string {
  return [...words].map((c) => c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[“”《》 ]?');
}

function plainly(words: string): string {
  return words
    .replace(/[^…]+/g, (part) => part.normalize('NFKC'))
    .replace(/[“”《》 ]/g, '')
    .toLowerCase();
}

function isMark(code: number): boolean {
  return code === 0x20 || code === 0x201c || code === 0x201d || code === 0x300a || code === 0x300b;
}

interface Match extends Span {
  readonly cue: Cue;
  /** Characters of its first part. */
  readonly head: number;
}

function found(trie: Trie<Cue>, lists: number, normal: Normal): readonly (readonly Hit[])[] {
  const text = lowered(normal.text);
  const free = new Int32Array(lists);
  const hits: Hit[][] = [];
  const matches: Match[] = [];
  const filter = filled(text);
  for (let start = 0; start < text.length; start += 1) {
    const unit = text.charCodeAt(start);
    if (!mayBegin(trie, unit, unitFrom(text, start + 1))) continue;
    let node = trie.first[unit] ?? 0;
    let skipped = 0;
    for (let end = start + 1; node !== 0; end += 1) {
      if (trie.ending[node] === 1) match(text, filter, trie.ends[node] ?? [], { start, end, skipped }, matches);
      for (; end < text.length && isMark(text.charCodeAt(end)); end += 1) skipped += 1;
      node = end < text.length ? step(trie, node, text.charCodeAt(end)) : 0;
    }
    if (matches.length > 0) {
      take(normal, matches, free, hits);
      matches.length = 0;
    }
  }
  return hits;
}

/** The next unit that is no mark; 0 at the end. */
function unitFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && isMark(text.charCodeAt(at))) at += 1;
  return at < text.length ? text.charCodeAt(at) : 0;
}

const FILTER_BITS = 2048;

/** One bit for each unit of the text, by its last bits: what is not in it need not be looked for. */
function filled(text: string): Int32Array {
  const bits = new Int32Array(FILTER_BITS >> 5);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at) & (FILTER_BITS - 1);
    bits[unit >> 5] = (bits[unit >> 5] ?? 0) | (1 << (unit & 31));
  }
  return bits;
}

function mayFollow(filter: Int32Array, firsts: readonly (readonly number[])[]): boolean {
  return firsts.every((units) => units.some((u) => (((filter[(u & (FILTER_BITS - 1)) >> 5] ?? 0) >> (u & 31)) & 1) === 1));
}

function lowered(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]/g, (c) => c.toLowerCase()) : text;
}

/** Adds the cues that begin here to `into`, those whose other parts follow. */
function match(text: string, filter: Int32Array, cues: readonly Cue[], at: Span & { readonly skipped: number }, into: Match[]): void {
  for (const cue of cues) {
    if (cue.rest !== null && !mayFollow(filter, cue.firsts)) continue;
    const end = endOf(text, at.end, cue.rest);
    if (end > 0) into.push({ cue, head: at.end - at.start - at.skipped, start: at.start, end });
  }
}

/** Behind the last part; 0 when the parts do not follow. */
function endOf(text: string, from: number, rest: RegExp | null): number {
  if (rest === null) return from;
  rest.lastIndex = from;
  return rest.test(text) ? rest.lastIndex : 0;
}

/** The longest match of each list, unless an earlier one of the same list covers its beginning. */
function take(normal: Normal, matches: Match[], free: Int32Array, hits: Hit[][]): void {
  if (matches.length > 1) matches.sort((a, b) => b.end - a.end);
  for (const { cue, head, start, end } of matches) {
    let hit: Hit | null | undefined;
    for (const list of cue.lists) {
      if ((free[list] ?? 0) > start) continue;
      if (hit === undefined) hit = isNone(normal.text, cue, start, end) ? null : hitOf(normal, cue, head, start, end);
      free[list] = hit === null ? start + head : end;
      if (hit === null) continue;
      const known = hits[list];
      if (known === undefined) hits[list] = [hit];
      else known.push(hit);
    }
  }
}

function isNone(text: string, cue: Cue, start: number, end: number): boolean {
  return (
    isDenied(text, start) ||
    (cue.deniable && isDenied(text, end - 2)) ||
    isCounting(text, start) ||
    DENIED_BEHIND.test(text.slice(end, end + 6))
  );
}

/** 投诉的倒没有. */
const DENIED_BEHIND = /^的?(?:倒|也|都|暂时|还)(?:是)?(?:没有?|没得|无)(?=[,。; ]|$)/;

function hitOf(normal: Normal, cue: Cue, head: number, start: number, end: number): Hit {
  const words = normal.text.slice(start, end);
  const told = holdsUnit(words, UNPLAIN) ? words.replace(/[“”《》 ]/g, '').toLowerCase() : words;
  return { cue: told, weight: head + cue.bridged, span: tracedSpan(normal, { start, end }) };
}

const UNPLAIN = unitsOf('“”《》 ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** In 8个人投诉 the 个 counts: no word begins there (个人投诉). */
function isCounting(text: string, from: number): boolean {
  return text[from] === '个' && /[\d一二三四五六七八九十百几两多余来]/.test(text[from - 1] ?? '');
}
