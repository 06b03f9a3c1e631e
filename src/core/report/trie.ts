/** A tree of words by their characters: all words that begin at a place of a text are found by walking it once. Small flat tables, so that they stay near the processor. */
import { pairsOf, unitAt } from './pairs';

export interface Trie<T> {
  /** One bit for each pair of units that words begin with, by their hash: most places of a text can be passed over at once. */
  readonly pairBits: Uint8Array;
  /** By how many bits the hash of a pair is cut to be one of those. */
  readonly pairCut: number;
  /** One bit for each unit that is a word by itself, by its last bits. */
  readonly alone: Uint8Array;
  /** Pair of first units, and the node behind it, by turns: each stands where its key is hashed to, or in the next free place. 0 for the second of a single unit. */
  readonly begun: Table;
  /** Node and unit, and the node behind them, in the same way. */
  readonly edges: Table;
  /** Behind the nodes up to here words go on, behind the others none does. */
  readonly inner: number;
  /** Something ends at the nodes from here on, at the others nothing does. */
  readonly ending: number;
  /** For those nodes the number of what ends there; below 0, where more than one thing does, the place in `more`, counted from -1 down. */
  readonly ends: Int32Array;
  /** How many end, and their numbers in the order they were planted. */
  readonly more: Int32Array;
  /** What the numbers stand for, each thing once. */
  readonly things: readonly T[];
}

interface Table {
  readonly places: Int32Array;
  /** By how many bits a hash is cut to be a place. */
  readonly cut: number;
}

/** Words may come more than once; empty ones are left out. Throws a RangeError past 65,535 nodes that words go on behind: some 100,000 words. */
export function plant<T>(entries: Iterable<readonly [word: string, what: T]>): Trie<T> {
  const root = sprout();
  const numbers = new Map<T, number>();
  for (const [word, what] of entries) {
    if (word === '') continue;
    let node = root;
    for (const key of keysOf(word)) node = grown(node, key);
    const number = numbers.get(what) ?? numbers.size;
    numbers.set(what, number);
    node.ends.push(number);
  }
  return flattened(root, [...numbers.keys()]);
}

/** Its first two units as one key, then each unit. */
function keysOf(word: string): readonly number[] {
  const units = Array.from({ length: word.length }, (_, i) => word.charCodeAt(i));
  return [pairKey(units[0] ?? 0, units[1] ?? 0), ...units.slice(2)];
}

function pairKey(unit: number, next: number): number {
  return (unit << 16) | next;
}

/** Where words may begin in a text, and the nodes behind their first two units; made once, and used by one walk after the other. */
export interface Places {
  starts: Int32Array;
  nodes: Int32Array;
}

export function roomForPlaces(): Places {
  return { starts: new Int32Array(ROOM), nodes: new Int32Array(ROOM) };
}

const ROOM = 512;

/** Room for all places of a text, and one more. */
function makeRoom(places: Places, length: number): void {
  if (length < places.starts.length) return;
  places.starts = new Int32Array(2 * length);
  places.nodes = new Int32Array(2 * length);
}

/**
 * Writes into `places` where words may begin in a text of that length, from its end, with the node behind the first two units of each;
 * answers how many. `pairs` is either row of `Pairs`. Without a fork in the road: the processor looks up the next places while it still waits for the ones before.
 */
export function beginnings(trie: Trie<unknown>, pairs: Int32Array, length: number, places: Places): number {
  makeRoom(places, length);
  const { starts, nodes } = places;
  const { pairBits, pairCut, alone, begun } = trie;
  let many = 0;
  for (let start = length - 1; start >= 0; start -= 1) {
    const key = pairs[start] ?? 0;
    const pair = Math.imul(key, SPREAD) >>> pairCut;
    const one = (key >>> 16) & ALONE;
    starts[many] = start;
    many += (((pairBits[pair >> 3] ?? 0) >> (pair & 7)) | ((alone[one >> 3] ?? 0) >> (one & 7))) & 1;
  }
  for (let i = 0; i < many; i += 1) {
    const key = pairs[starts[i] ?? 0] ?? 0;
    nodes[i] = (key & 0xffff) === 0 ? 0 : lookedUp(begun, key);
  }
  return many;
}

/** By its last bits a unit is known to be a word by itself, or not. */
const ALONE = 0xfff;

/** The node behind a unit that is a word by itself; 0 when it is none. Nothing goes on from it. */
export function single({ begun, alone }: Trie<unknown>, unit: number): number {
  const one = unit & ALONE;
  return (((alone[one >> 3] ?? 0) >> (one & 7)) & 1) === 0 ? 0 : lookedUp(begun, pairKey(unit, 0));
}

/** The node behind one more unit; 0 when no word goes on so. */
export function step({ edges, inner }: Trie<unknown>, node: number, unit: number): number {
  return node > inner ? 0 : lookedUp(edges, (node << 16) | unit);
}

function lookedUp({ places, cut }: Table, key: number): number {
  let at = (Math.imul(key, SPREAD) >>> cut) << 1;
  let behind = places[at + 1] ?? 0;
  while (behind !== 0 && places[at] !== key) {
    at = (at + 2) & (places.length - 1);
    behind = places[at + 1] ?? 0;
  }
  return behind;
}

/** Multiplied by it, keys that differ little differ in their first bits: 2^32 parted by the golden ratio. */
const SPREAD = 0x9e3779b1;

/** How many things end at the node. */
export function endsAt({ ending, ends, more }: Trie<unknown>, node: number): number {
  if (node < ending) return 0;
  const end = ends[node - ending] ?? 0;
  return end < 0 ? (more[~end] ?? 0) : 1;
}

/** Number of the i-th thing that ends at the node; below `endsAt`. */
export function endAt({ ending, ends, more }: Trie<unknown>, node: number, i: number): number {
  const end = ends[node - ending] ?? 0;
  return end < 0 ? (more[~end + 1 + i] ?? 0) : end;
}

const PLACES = roomForPlaces();

/** Tells of every word in the text, by where it begins, the shorter before the longer. Whoever is told must not ask for words himself. */
export function eachWord<T>(trie: Trie<T>, text: string, tell: (what: T, start: number, end: number) => void): void {
  const told = (node: number, start: number, end: number): void => {
    for (let i = 0; i < endsAt(trie, node); i += 1) {
      const what = trie.things[endAt(trie, node, i)];
      if (what !== undefined) tell(what, start, end);
    }
  };
  const { next } = pairsOf(text);
  const many = beginnings(trie, next, text.length, PLACES);
  const { starts, nodes } = PLACES;
  for (let i = many - 1; i >= 0; i -= 1) {
    const start = starts[i] ?? 0;
    const alone = single(trie, unitAt(next, start));
    if (alone !== 0) told(alone, start, start + 1);
    let node = nodes[i] ?? 0;
    for (let end = start + 2; node !== 0; end += 1) {
      told(node, start, end);
      node = end < text.length ? step(trie, node, unitAt(next, end)) : 0;
    }
  }
}

/** By the keys of what goes on from it. */
interface Growing {
  readonly children: Map<number, Growing>;
  readonly ends: number[];
}

function sprout(): Growing {
  return { children: new Map(), ends: [] };
}

function grown({ children }: Growing, key: number): Growing {
  const child = children.get(key) ?? sprout();
  children.set(key, child);
  return child;
}

/** As many nodes as a key has room for. */
const MOST = 0xffff;

/** All trees have one shape, so that the code that walks them need not ask which it has. */
function flattened<T>(root: Growing, things: readonly T[]): Trie<T> {
  const all = below(root);
  const inner = all.filter((n) => n.children.size > 0);
  const passing = inner.filter((n) => n.ends.length === 0);
  if (inner.length > MOST) throw new RangeError(`more than ${MOST} beginnings of words`);
  const ending = [...inner.filter((n) => n.ends.length > 0), ...all.filter((n) => n.children.size === 0)];
  const numbers = new Map([...passing, ...ending].map((node, i) => [node, i + 1] as const));
  const numberOf = (node: Growing): number => numbers.get(node) ?? 0;
  const firsts = [...root.children].map(([key, child]) => [key, numberOf(child)] as const);
  const edges = inner.flatMap((node) =>
    [...node.children].map(([unit, child]) => [(numberOf(node) << 16) | unit, numberOf(child)] as const),
  );
  const { pairBits, pairCut, alone } = bitsOf([...root.children.keys()]);
  const { ends, more } = endsOf(ending);
  const [begun, behind] = [tableOf(firsts), tableOf(edges)];
  return { pairBits, pairCut, alone, begun, edges: behind, inner: inner.length, ending: passing.length + 1, ends, more, things };
}

function below(root: Growing): readonly Growing[] {
  const out: Growing[] = [...root.children.values()];
  for (let i = 0; i < out.length; i += 1) out.push(...(out[i]?.children.values() ?? []));
  return out;
}

/** Sixteen bits for each pair, so that few others hit one by chance. */
function bitsOf(firsts: readonly number[]): Pick<Trie<never>, 'pairBits' | 'pairCut' | 'alone'> {
  const singles = firsts.filter((key) => (key & 0xffff) === 0).map((key) => key >>> 16);
  const bits = Math.max(8, Math.ceil(Math.log2((firsts.length - singles.length) * 16 + 1)));
  const pairBits = new Uint8Array((1 << bits) >> 3);
  const pairCut = 32 - bits;
  for (const key of firsts) if ((key & 0xffff) !== 0) setBit(pairBits, Math.imul(key, SPREAD) >>> pairCut);
  const alone = new Uint8Array((ALONE + 1) >> 3);
  for (const unit of singles) setBit(alone, unit & ALONE);
  return { pairBits, pairCut, alone };
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}

/** Half of the places stay free at least, so that few looks are enough. */
function tableOf(entries: readonly (readonly [key: number, node: number])[]): Table {
  const bits = Math.max(4, Math.ceil(Math.log2(entries.length * 2 + 1)));
  const places = new Int32Array(2 << bits);
  const cut = 32 - bits;
  for (const [key, node] of entries) {
    let at = (Math.imul(key, SPREAD) >>> cut) << 1;
    while (places[at + 1] !== 0) at = (at + 2) & (places.length - 1);
    places[at] = key;
    places[at + 1] = node;
  }
  return { places, cut };
}

function endsOf(ending: readonly Growing[]): Pick<Trie<never>, 'ends' | 'more'> {
  const more: number[] = [];
  const ends = ending.map((node) => {
    const [only = 0] = node.ends;
    if (node.ends.length === 1) return only;
    const at = more.length;
    more.push(node.ends.length, ...node.ends);
    return ~at;
  });
  return { ends: Int32Array.from(ends), more: Int32Array.from(more) };
}
