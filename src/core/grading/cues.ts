/** Finding the cue words of plan packs in a message: all lists in one pass, the longest that fits, denied ones left out. */
import type { Span } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import type { Spots } from '../report/spotter';
import { begin, endAt, endsAt, mayBegin, single, step } from '../report/trie';
import { holdsUnit, unitsOf } from '../report/units';
import { type Bridges, bridgesOf, endBehind, listen } from './bridges';
import { type Cue, type CueLists, cueLists } from './cueLists';
import { isNone } from './denied';

export interface Hit {
  readonly cue: string;
  /** How many characters of the message speak for it: bridges do not. */
  readonly weight: number;
  /** In the original text. */
  readonly span: Span;
}

/** Given a text, the hits of each list in order; 未接到投诉 is no hit for 投诉, while a cue that denies by itself (未…公示) is one. */
export type CueFinder = (normal: Normal) => readonly (readonly Hit[] | undefined)[];

/** Lists as plan packs write them: see `cueLists`. What the finder needs on its way is made once; it is done with it when it answers. */
export function cueFinder(lists: readonly (readonly string[])[]): CueFinder {
  const compiled = cueLists(lists);
  const { trie } = compiled;
  const bridges = bridgesOf(trie.things);
  const free = new Int32Array(lists.length);
  return (normal) => found({ compiled, trie, bridges, free, normal, text: listen(bridges, normal.text), told: null });
}

/** One search. */
interface Search {
  readonly compiled: CueLists;
  readonly trie: CueLists['trie'];
  readonly bridges: Bridges;
  /** For each list, up to where its cues have taken the text. */
  readonly free: Int32Array;
  readonly normal: Normal;
  /** As the cues are written: small letters. */
  readonly text: string;
  /** The words of settings in the text, once one has been asked for. */
  told: Spots<string> | null;
}

function found(search: Search): readonly (readonly Hit[] | undefined)[] {
  search.free.fill(0);
  const hits: Hit[][] = [];
  const { trie, text } = search;
  let unit = text.length === 0 ? 0 : text.charCodeAt(0);
  for (let start = 0; start < text.length; start += 1) {
    const next = start + 1 < text.length ? text.charCodeAt(start + 1) : 0;
    const follows = behindMarks(text, start + 1);
    if (mayBegin(trie, unit, isMark(next) ? unitAt(text, follows) : next)) {
      const matches = matchesAt(search, start, follows);
      if (matches.length > 0) take(search, matches, hits);
    }
    unit = next;
  }
  return hits;
}

function unitAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

function behindMarks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isMark(text.charCodeAt(at))) at += 1;
  return at;
}

interface Match extends Span {
  readonly cue: Cue;
  /** Characters of its first part. */
  readonly head: number;
}

const NO_MATCHES: Match[] = [];

/** The cues that begin at `start`; `follows` is where the next character stands that is no mark. */
function matchesAt(search: Search, start: number, follows: number): Match[] {
  const { trie, text } = search;
  const unit = text.charCodeAt(start);
  let matches = NO_MATCHES;
  const alone = single(trie, unit);
  if (alone !== 0) matches = withCues(search, alone, start, start + 1, 0, matches);
  let node = begin(trie, unit, unitAt(text, follows));
  let skipped = follows - start - 1;
  let end = follows + 1;
  while (node !== 0) {
    if (node >= trie.ending) matches = withCues(search, node, start, end, skipped, matches);
    for (; end < text.length && isMark(text.charCodeAt(end)); end += 1) skipped += 1;
    node = end < text.length ? step(trie, node, text.charCodeAt(end)) : 0;
    end += 1;
  }
  return matches;
}

function isMark(code: number): boolean {
  return code <= 0x300b && (code === 0x20 || code === 0x201c || code === 0x201d || code === 0x300a || code === 0x300b);
}

/** Adds the cues whose first part, `skipped` of its characters being marks, ends at the node; those whose other parts follow. */
function withCues(search: Search, node: number, start: number, behind: number, skipped: number, matches: Match[]): Match[] {
  const { trie, bridges, text } = search;
  const many = endsAt(trie, node);
  let all = matches;
  for (let i = 0; i < many; i += 1) {
    const number = endAt(trie, node, i);
    const end = endBehind(bridges, number, text, behind);
    const cue = end === 0 ? undefined : trie.things[number];
    if (cue === undefined || (cue.gated && !cue.lists.some((list) => isInSetting(search, list)))) continue;
    if (all === NO_MATCHES) all = [];
    all.push({ cue, head: behind - start - skipped, start, end });
  }
  return all;
}

/** Has the text a word of each setting of the list? */
function isInSetting(search: Search, list: number): boolean {
  const settings = search.compiled.settings[list] ?? [];
  search.told ??= search.compiled.settingWords(search.text);
  for (const setting of settings) if (search.told[setting]?.length === 0) return false;
  return true;
}

/** The longest match of each list, unless an earlier one of the same list covers its beginning. */
function take(search: Search, matches: Match[], hits: Hit[][]): void {
  const { normal, free } = search;
  if (matches.length > 1) matches.sort((a, b) => b.end - a.end);
  for (const { cue, head, start, end } of matches) {
    let hit: Hit | null | undefined;
    for (const list of cue.lists) {
      if ((free[list] ?? 0) > start || (cue.gated && !isInSetting(search, list))) continue;
      if (hit === undefined) hit = isNone(normal.text, cue, start, end) ? null : hitOf(normal, cue, head, start, end);
      free[list] = hit === null ? start + head : end;
      if (hit === null) continue;
      const before = hits[list];
      if (before === undefined) hits[list] = [hit];
      else before.push(hit);
    }
  }
}

function hitOf(normal: Normal, cue: Cue, head: number, start: number, end: number): Hit {
  const words = normal.text.slice(start, end);
  const told = holdsUnit(words, UNPLAIN) ? words.replace(/[“”《》 ]/g, '').toLowerCase() : words;
  return { cue: told, weight: head + cue.bridged, span: tracedSpan(normal, { start, end }) };
}

const UNPLAIN = unitsOf('“”《》 ABCDEFGHIJKLMNOPQRSTUVWXYZ');
