/** Finds all the words of many lists in one pass over a text: the reader asks for words by the name of their list. */
import type { Span } from './fields';
import { pairsOf, unitAt } from './pairs';
import { beginnings, endAt, endsAt, type Places, plant, roomForPlaces, single, step, type Trie } from './trie';

/** Where the words of each list stand, in order, without overlaps inside one list. */
export type Spots<K extends string> = Readonly<Record<K, readonly Span[]>>;

/**
 * Compiles lists of words parted by white space. `退[费款]` stands for 退费 and 退款; a word behind `!` is no hit and hides what it covers
 * (没 !没有人员). The longest word wins. The finder's time is linear in the text: it looks at most as far ahead as the longest word.
 */
export function spotter<K extends string>(lists: Readonly<Record<K, string>>): (text: string) => Spots<K> {
  const names = Object.keys(lists) as K[];
  const entries = names.flatMap((name, list) => entriesOf(lists[name], list));
  const longest = entries.reduce((most, [word]) => Math.max(most, word.length), 0);
  const scan = scanner(plant(entries), names.length, longest);
  const Found = foundIn(names);
  return (text) => new Found(scan(text)) as unknown as Spots<K>;
}

/** What was found, each list under its name: looked up when it is asked for, as most lists of most texts never are. */
function foundIn(names: readonly string[]): new (lists: Lists) => { readonly lists: Lists } {
  class Found {
    constructor(readonly lists: Lists) {}
  }
  names.forEach((name, list) => {
    Object.defineProperty(Found.prototype, name, {
      get(this: Found): readonly Span[] {
        return this.lists[list] ?? NONE;
      },
    });
  });
  return Found;
}

/** By the number of the list; null where nothing was found. */
type Lists = readonly (readonly Span[] | null)[];

const NONE: readonly Span[] = [];

/** The list of a word, counted from 1; negative for a word that hides. */
type End = number;

function entriesOf(words: string, list: number): readonly (readonly [string, End])[] {
  return words
    .split(/\s+/)
    .filter((written) => written !== '')
    .flatMap((written) => {
      const hides = written.startsWith('!');
      return spelled(hides ? written.slice(1) : written).map((word) => [word, hides ? -1 - list : list + 1] as const);
    });
}

/** 退[费款] is 退费 and 退款. */
function spelled(written: string): readonly string[] {
  const choice = /\[([^\]]*)\]/.exec(written);
  if (choice === null) return [written];
  return [...(choice[1] ?? '')].flatMap((c) => spelled(written.replace(choice[0], c)));
}

/** What a walk needs to remember on its way: made once, and used by one walk after the other. */
interface Desk {
  readonly trie: Trie<End>;
  /** For each list, up to where its words have taken the text. */
  readonly free: Int32Array;
  /** How many words of each list were found. */
  readonly counts: Int32Array;
  /** List, start and end of each, by turns. */
  readonly hits: number[];
  /** How much of `hits` is of this walk. */
  used: number;
  readonly places: Places;
  /** The words that begin at one place: node and end of each, the shortest first. */
  readonly nodes: Int32Array;
  readonly ends: Int32Array;
}

function scanner(trie: Trie<End>, lists: number, longest: number): (text: string) => Lists {
  const [free, counts] = [new Int32Array(lists), new Int32Array(lists)];
  const [nodes, ends] = [new Int32Array(longest + 1), new Int32Array(longest + 1)];
  const desk: Desk = { trie, free, counts, hits: [], used: 0, places: roomForPlaces(), nodes, ends };
  const none: null[] = new Array<null>(lists).fill(null);
  return (text) => {
    walk(desk, text);
    return listed(desk, none.slice());
  };
}

function walk(desk: Desk, text: string): void {
  const { trie } = desk;
  desk.free.fill(0);
  desk.counts.fill(0);
  desk.used = 0;
  const { next } = pairsOf(text);
  const many = beginnings(trie, next, text.length, desk.places);
  const { starts, nodes: firsts } = desk.places;
  for (let i = many - 1; i >= 0; i -= 1) {
    const start = starts[i] ?? 0;
    for (let depth = wordsAt(desk, next, text.length, start, firsts[i] ?? 0); depth > 0; depth -= 1)
      take(desk, desk.nodes[depth - 1] ?? 0, start, desk.ends[depth - 1] ?? 0);
  }
}

/** How many words begin at `start`; its first two units lead to `first`. */
function wordsAt({ trie, nodes, ends }: Desk, pairs: Int32Array, length: number, start: number, first: number): number {
  let depth = 0;
  const alone = single(trie, unitAt(pairs, start));
  if (alone !== 0) {
    nodes[0] = alone;
    ends[0] = start + 1;
    depth = 1;
  }
  let node = first;
  for (let at = start + 2; node !== 0; at += 1) {
    if (node >= trie.ending) {
      nodes[depth] = node;
      ends[depth] = at;
      depth += 1;
    }
    node = at < length ? step(trie, node, unitAt(pairs, at)) : 0;
  }
  return depth;
}

/** The word for each list it is of, unless a word of that list already covers its beginning. */
function take(desk: Desk, node: number, start: number, end: number): void {
  const { trie, free, counts, hits } = desk;
  const many = endsAt(trie, node);
  for (let i = 0; i < many; i += 1) {
    const sign = trie.things[endAt(trie, node, i)] ?? 0;
    const list = (sign < 0 ? -sign : sign) - 1;
    if ((free[list] ?? 0) > start) continue;
    free[list] = end;
    if (sign < 0) continue;
    counts[list] = (counts[list] ?? 0) + 1;
    hits[desk.used] = list;
    hits[desk.used + 1] = start;
    hits[desk.used + 2] = end;
    desk.used += 3;
  }
}

/** What was found, parted by lists: from the last to the first, each list made as long as it will be. */
function listed({ hits, counts, used }: Desk, found: (Span[] | null)[]): Lists {
  for (let at = used - 3; at >= 0; at -= 3) {
    const list = hits[at] ?? 0;
    const left = (counts[list] ?? 0) - 1;
    found[list] ??= new Array<Span>(left + 1);
    counts[list] = left;
    found[list][left] = { start: hits[at + 1] ?? 0, end: hits[at + 2] ?? 0 };
  }
  return found;
}
