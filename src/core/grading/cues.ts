/** Finding the cue words of plan packs in a message: all lists in one pass, the longest that fits, denied ones left out. */
import type { Span } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { behindMarks, type Pairs, pairsOf, unitAt } from '../report/pairs';
import { beginnings, endAt, endsAt, type Places, roomForPlaces, single, step, type Trie } from '../report/trie';
import { holdsUnit, unitsOf } from '../report/units';
import { type Bridges, bridgesOf, endBehind, forget, remember } from './bridges';
import { type Cue, type CueLists, cueLists, type Told } from './cueLists';
import { addMatch, beganTogether, cueOf, endOf, headOf, type Matches, noMatches, startOf } from './cueMatches';
import { isNone } from './denied';

export interface Hit {
  readonly cue: string;
  /** How many characters of the message speak for it: bridges do not. */
  readonly weight: number;
  /** In the original text. */
  readonly span: Span;
}

/** The hits of each list in order; null for a list without any. */
export type Hits = readonly (readonly Hit[] | null)[];

/** Given a text, the hits of each list in order; 未接到投诉 is no hit for 投诉, while a cue that denies by itself (未…公示) is one. */
export type CueFinder = (normal: Normal) => Hits;

/** Lists as plan packs write them: see `cueLists`. What the finder needs on its way is made once; it is done with it when it answers. */
export function cueFinder(written: readonly (readonly string[])[]): CueFinder {
  const lists = cueLists(written);
  const bridges = bridgesOf(lists.trie.things);
  const free = new Int32Array(written.length);
  const none: null[] = written.map(() => null);
  const places = roomForPlaces();
  const matches = noMatches();
  return (normal) => {
    const text = lowered(normal.text);
    const search: Search = { lists, trie: lists.trie, bridges, free, places, matches, normal, pairs: pairsOf(text), told: null };
    match(search);
    const hits: (Hit[] | null)[] = none.slice();
    takeAll(search, hits);
    return hits;
  };
}

/** One search. */
interface Search {
  readonly lists: CueLists;
  readonly trie: Trie<Cue>;
  readonly bridges: Bridges;
  /** For each list, up to where its cues have taken the text. */
  readonly free: Int32Array;
  /** Where cues may begin. */
  readonly places: Places;
  readonly matches: Matches;
  readonly normal: Normal;
  /** Of the text as the cues are written: with small letters. */
  readonly pairs: Pairs;
  /** What the text has of the settings; null until one has been asked for. */
  told: Told | null;
}

function lowered(text: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x41 || unit > 0x5a) continue;
    out += text.slice(from, at) + String.fromCharCode(unit + CASE);
    from = at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** From a capital letter to its small one. */
const CASE = 0x20;

/** All cues that stand in the text, from its end to its beginning, those with one beginning together: so it is known what is still to come. */
function match(search: Search): void {
  const { trie, bridges, pairs, places, matches } = search;
  forget(bridges);
  matches.used = 0;
  let at = pairs.text.length;
  const many = beginnings(trie, pairs.across, at, places);
  const { starts, nodes } = places;
  for (let i = 0; i < many; i += 1) {
    const start = starts[i] ?? 0;
    while (at > start) {
      at -= 1;
      remember(bridges, unitAt(pairs.next, at), at);
    }
    matchAt(search, start, nodes[i] ?? 0);
  }
}

/** The cues that begin at `start`; the first two units lead to `first`. */
function matchAt(search: Search, start: number, first: number): void {
  const { trie, pairs } = search;
  const alone = single(trie, unitAt(pairs.next, start));
  if (alone !== 0) addCues(search, alone, start, start + 1, 0);
  if (first === 0) return;
  let end = behindMarks(pairs, start + 1) + 1;
  let skipped = end - start - 2;
  for (let node = first; node !== 0; end += 1) {
    if (node >= trie.ending) addCues(search, node, start, end, skipped);
    const next = behindMarks(pairs, end);
    skipped += next - end;
    end = next;
    node = end < pairs.text.length ? step(trie, node, unitAt(pairs.next, end)) : 0;
  }
}

/** Adds the cues whose first part, `skipped` of its characters being marks, ends at the node; those whose other parts follow. */
function addCues({ trie, bridges, pairs, matches }: Search, node: number, start: number, behind: number, skipped: number): void {
  const many = endsAt(trie, node);
  for (let i = 0; i < many; i += 1) {
    const number = endAt(trie, node, i);
    const end = endBehind(bridges, number, pairs, behind);
    if (end !== 0) addMatch(matches, number, start, end, behind - start - skipped);
  }
}

/** Takes the longest first of those that begin at one place, from the beginning of the text to its end. */
function takeAll(search: Search, hits: (Hit[] | null)[]): void {
  const { matches, lists, free } = search;
  free.fill(0);
  for (let to = matches.used; to > 0; ) {
    const from = beganTogether(matches, to);
    for (let i = from; i < to; i += 1) {
      const cue = lists.trie.things[cueOf(matches, i)];
      if (cue !== undefined) take(search, cue, matches, i, hits);
    }
    to = from;
  }
}

/** Has the text a word of each setting of the list? */
function isInSetting(search: Search, list: number): boolean {
  search.told ??= search.lists.told(search.pairs.text);
  for (const name of search.lists.settings[list] ?? []) if (search.told[name]?.length === 0) return false;
  return true;
}

/** The match for each list of its cue, unless one taken before covers its beginning. */
function take(search: Search, cue: Cue, matches: Matches, at: number, hits: (Hit[] | null)[]): void {
  const { normal, free } = search;
  const [start, end, head] = [startOf(matches, at), endOf(matches, at), headOf(matches, at)];
  let hit: Hit | null | undefined;
  for (const list of cue.lists) {
    if ((free[list] ?? 0) > start || (cue.gated && !isInSetting(search, list))) continue;
    if (hit === undefined) hit = isNone(normal.text, cue, start, end) ? null : hitOf(normal, cue, head, start, end);
    free[list] = hit === null ? start + head : end;
    if (hit === null) continue;
    const before = hits[list];
    if (before) before.push(hit);
    else hits[list] = [hit];
  }
}

function hitOf(normal: Normal, cue: Cue, head: number, start: number, end: number): Hit {
  const words = normal.text.slice(start, end);
  const told = holdsUnit(words, UNPLAIN) ? words.replace(/[“”《》 ]/g, '').toLowerCase() : words;
  return { cue: told, weight: head + cue.bridged, span: tracedSpan(normal, { start, end }) };
}

const UNPLAIN = unitsOf('“”《》 ABCDEFGHIJKLMNOPQRSTUVWXYZ');
