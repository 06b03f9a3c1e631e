/** A tree of words by their characters: all words that begin at a place of a text are found by walking it once. Flat, so that a walk stays in few lines of memory. */

export interface Trie<T> {
  /** Node behind each first UTF-16 unit; 0 is none. */
  readonly first: Int32Array;
  /**
   * All nodes, each known by where it begins: how many edges it has, how many things end there, the numbers of those things in the order
   * they were planted, then unit and node of each edge by turns, the units in rising order.
   */
  readonly cells: Int32Array;
  /** One bit for each pair of units that words begin with, by their hash: most places of a text can be passed over at once. */
  readonly pairs: Uint8Array;
  /** One bit for each unit that is a word by itself. */
  readonly singles: Uint8Array;
  /** What the numbers at the nodes stand for, each thing once. */
  readonly things: readonly T[];
}

/** Words may come more than once; empty ones are left out. */
export function plant<T>(entries: Iterable<readonly [word: string, what: T]>): Trie<T> {
  const root = sprout();
  const numbers = new Map<T, number>();
  const pairs = new Uint8Array(PAIR_BITS >> 3);
  const singles = new Uint8Array(0x10000 >> 3);
  for (const [word, what] of entries) {
    if (word === '') continue;
    let node = root;
    for (let i = 0; i < word.length; i += 1) node = grown(node, word.charCodeAt(i));
    if (word.length === 1) setBit(singles, word.charCodeAt(0));
    else setBit(pairs, pairOf(word.charCodeAt(0), word.charCodeAt(1)));
    const number = numbers.get(what) ?? numbers.size;
    numbers.set(what, number);
    node.ends.push(number);
  }
  return { ...flattened(root), pairs, singles, things: [...numbers.keys()] };
}

const PAIR_BITS = 1 << 17;

function pairOf(unit: number, next: number): number {
  return (Math.imul(unit, 0x9e3b) ^ Math.imul(next, 0x85eb)) & (PAIR_BITS - 1);
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}

/** May a word begin with these two units, or with the first alone? Seldom a false yes, never a false no. */
export function mayBegin({ pairs, singles }: Trie<unknown>, unit: number, next: number): boolean {
  const pair = pairOf(unit, next);
  return (((pairs[pair >> 3] ?? 0) >> (pair & 7)) & 1) === 1 || (((singles[unit >> 3] ?? 0) >> (unit & 7)) & 1) === 1;
}

/** May any word begin anywhere in the text? */
export function holdsBeginning(trie: Trie<unknown>, text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (mayBegin(trie, text.charCodeAt(at), at + 1 < text.length ? text.charCodeAt(at + 1) : 0)) return true;
  }
  return false;
}

interface Growing {
  readonly children: Map<number, Growing>;
  readonly ends: number[];
}

function sprout(): Growing {
  return { children: new Map(), ends: [] };
}

function grown({ children }: Growing, unit: number): Growing {
  const child = children.get(unit) ?? sprout();
  children.set(unit, child);
  return child;
}

const HEADER = 2;

function flattened(root: Growing): Pick<Trie<never>, 'first' | 'cells'> {
  const first = new Int32Array(0x10000);
  const cells: number[] = [0, 0];
  for (const [unit, child] of root.children) first[unit] = laid(child, cells);
  return { first, cells: Int32Array.from(cells) };
}

/** Appends a node and, behind it, all below it; answers where it begins. */
function laid({ children, ends }: Growing, cells: number[]): number {
  const node = cells.length;
  const sorted = [...children].sort((a, b) => a[0] - b[0]);
  cells.push(sorted.length, ends.length, ...ends);
  let edge = cells.length;
  for (const [unit] of sorted) cells.push(unit, 0);
  for (const [, child] of sorted) {
    cells[edge + 1] = laid(child, cells);
    edge += 2;
  }
  return node;
}

/** How many things end at the node. */
export function endsAt({ cells }: Trie<unknown>, node: number): number {
  return cells[node + 1] ?? 0;
}

/** Number of the i-th thing that ends at the node; below `endsAt`. */
export function endAt({ cells }: Trie<unknown>, node: number, i: number): number {
  return cells[node + HEADER + i] ?? 0;
}

/** The node behind one more character; 0 when no word goes on so. */
export function step({ cells }: Trie<unknown>, node: number, unit: number): number {
  let at = node + HEADER + (cells[node + 1] ?? 0);
  let to = at + 2 * (cells[node] ?? 0);
  while (to - at > FEW) {
    const middle = at + (((to - at) >> 2) << 1);
    if ((cells[middle] ?? 0) > unit) to = middle;
    else at = middle;
  }
  for (; at < to; at += 2) if (cells[at] === unit) return cells[at + 1] ?? 0;
  return 0;
}

/** Edges, unit and node by turns, that are looked through one by one rather than by halving. */
const FEW = 12;
