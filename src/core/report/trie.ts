/** A tree of words by their characters: all words that begin at a place of a text are found by walking it once. Flat, so that a walk stays in few lines of memory. */

export interface Trie<T> {
  /** Node behind each first UTF-16 unit; 0 is none. */
  readonly first: Int32Array;
  /** Where the edges of each node begin in `edges`; one more than there are nodes. */
  readonly offsets: Int32Array;
  /** Unit and node by turns, the units of a node in rising order. */
  readonly edges: Int32Array;
  /** One bit for each pair of units that words begin with, by their hash: most places of a text can be passed over at once. */
  readonly pairs: Uint8Array;
  /** One bit for each unit that is a word by itself. */
  readonly singles: Uint8Array;
  /** 1 where something ends. */
  readonly ending: Uint8Array;
  /** What ends at each node, in the order it was planted; null where nothing does. */
  readonly ends: readonly (readonly T[] | null)[];
}

/** Words may come more than once; empty ones are left out. */
export function plant<T>(entries: Iterable<readonly [word: string, what: T]>): Trie<T> {
  const next: Map<number, number>[] = [new Map()];
  const ends: (T[] | null)[] = [null];
  const pairs = new Uint8Array(PAIR_BITS >> 3);
  const singles = new Uint8Array(0x10000 >> 3);
  for (const [word, what] of entries) {
    let node = 0;
    for (let i = 0; i < word.length; i += 1) node = grown(next, ends, node, word.charCodeAt(i));
    if (node === 0) continue;
    if (word.length === 1) setBit(singles, word.charCodeAt(0));
    else setBit(pairs, pairOf(word.charCodeAt(0), word.charCodeAt(1)));
    const here = ends[node] ?? [];
    here.push(what);
    ends[node] = here;
  }
  return { ...flattened(next), pairs, singles, ending: Uint8Array.from(ends, (e) => (e === null ? 0 : 1)), ends };
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

function grown(next: Map<number, number>[], ends: unknown[], node: number, unit: number): number {
  const known = next[node]?.get(unit);
  if (known !== undefined) return known;
  ends.push(null);
  const child = next.push(new Map()) - 1;
  next[node]?.set(unit, child);
  return child;
}

function flattened(next: readonly ReadonlyMap<number, number>[]): Pick<Trie<never>, 'first' | 'offsets' | 'edges'> {
  const first = new Int32Array(0x10000);
  for (const [unit, node] of next[0] ?? []) first[unit] = node;
  const offsets = new Int32Array(next.length + 1);
  const edges: number[] = [];
  next.forEach((children, node) => {
    offsets[node] = edges.length;
    if (node > 0) for (const [unit, child] of [...children].sort((a, b) => a[0] - b[0])) edges.push(unit, child);
  });
  offsets[next.length] = edges.length;
  return { first, offsets, edges: Int32Array.from(edges) };
}

/** The node behind one more character; 0 when no word goes on so. */
export function step({ offsets, edges }: Trie<unknown>, node: number, unit: number): number {
  let at = offsets[node] ?? 0;
  let to = offsets[node + 1] ?? 0;
  while (to - at > FEW) {
    const middle = at + (((to - at) >> 2) << 1);
    if ((edges[middle] ?? 0) > unit) to = middle;
    else at = middle;
  }
  for (; at < to; at += 2) if (edges[at] === unit) return edges[at + 1] ?? 0;
  return 0;
}

/** Edges, unit and node by turns, that are looked through one by one rather than by halving. */
const FEW = 12;
