/** Finding the cue words of plan packs in a message: all lists in one pass, the longest that fits, denied ones left out. */
import type { Span } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { behindMarks, type Pairs, pairsOf, unitAt } from '../report/pairs';
import { beginnings, endAt, endsAt, type Places, roomForPlaces, single, step, type Trie } from '../report/trie';
import { holdsUnit, unitsOf } from '../report/units';
import { type Bridges, bridgesOf, endBehind, forget, remember } from './bridges';
import { type Cue, type CueLists, cueLists, type Told } from './cueLists';
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
  return (normal) => {
    const search: Search = { lists, trie: lists.trie, bridges, free, places, normal, text: lowered(normal.text), told: null };
    const matches = matched(search);
    const hits: (Hit[] | null)[] = none.slice();
    free.fill(0);
    for (let i = matches.length - 1; i >= 0; i -= 1) take(search, matches[i] ?? [], hits);
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
  readonly normal: Normal;
  /** As the cues are written: small letters. */
  readonly text: string;
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

interface Match extends Span {
  readonly cue: Cue;
  /** Characters of its first part. */
  readonly head: number;
}

/** All cues that stand in the text, from its end to its beginning, those with one beginning together: so it is known what is still to come. */
function matched(search: Search): Match[][] {
  const { trie, bridges, text, places } = search;
  const out: Match[][] = [];
  forget(bridges);
  let at = text.length;
  const pairs = pairsOf(text);
  const many = beginnings(trie, pairs.across, text.length, places);
  const { starts, nodes } = places;
  for (let i = 0; i < many; i += 1) {
    const start = starts[i] ?? 0;
    while (at > start) {
      at -= 1;
      remember(bridges, unitAt(pairs.next, at), at);
    }
    const matches = matchesAt(search, pairs, start, nodes[i] ?? 0);
    if (matches.length > 0) out.push(matches);
  }
  return out;
}

const NO_MATCHES: Match[] = [];

/** The cues that begin at `start`; the first two units lead to `first`. */
function matchesAt(search: Search, pairs: Pairs, start: number, first: number): Match[] {
  const { trie, text } = search;
  const alone = single(trie, unitAt(pairs.next, start));
  let matches = alone === 0 ? NO_MATCHES : withCues(search, alone, start, start + 1, 0, NO_MATCHES);
  let end = behindMarks(pairs, start + 1) + 1;
  let skipped = end - start - 2;
  for (let node = first; node !== 0; end += 1) {
    if (node >= trie.ending) matches = withCues(search, node, start, end, skipped, matches);
    const next = behindMarks(pairs, end);
    skipped += next - end;
    end = next;
    node = end < text.length ? step(trie, node, unitAt(pairs.next, end)) : 0;
  }
  return matches;
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
    if (cue === undefined) continue;
    if (all === NO_MATCHES) all = [];
    all.push({ cue, head: behind - start - skipped, start, end });
  }
  return all;
}

/** Has the text a word of each setting of the list? */
function isInSetting(search: Search, list: number): boolean {
  search.told ??= search.lists.told(search.text);
  for (const name of search.lists.settings[list] ?? []) if (search.told[name]?.length === 0) return false;
  return true;
}

/** The longest match of each list, unless an earlier one of the same list covers its beginning. */
function take(search: Search, matches: Match[], hits: (Hit[] | null)[]): void {
  const { normal, free } = search;
  for (const { cue, head, start, end } of longestFirst(matches)) {
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
}

/** Equal ones stay in order. Mostly there are one or two. */
function longestFirst(matches: Match[]): readonly Match[] {
  const [first, second] = matches;
  if (first === undefined || second === undefined) return matches;
  if (matches.length === 2) return first.end < second.end ? [second, first] : matches;
  for (let i = 1; i < matches.length; i += 1) {
    const one = matches[i] ?? first;
    let at = i;
    for (; at > 0 && (matches[at - 1]?.end ?? 0) < one.end; at -= 1) matches[at] = matches[at - 1] ?? one;
    matches[at] = one;
  }
  return matches;
}

function hitOf(normal: Normal, cue: Cue, head: number, start: number, end: number): Hit {
  const words = normal.text.slice(start, end);
  const told = holdsUnit(words, UNPLAIN) ? words.replace(/[“”《》 ]/g, '').toLowerCase() : words;
  return { cue: told, weight: head + cue.bridged, span: tracedSpan(normal, { start, end }) };
}

const UNPLAIN = unitsOf('“”《》 ABCDEFGHIJKLMNOPQRSTUVWXYZ');
