/** A tree of words by their characters: all words that begin at a place of a text are found by walking it once. Flat, so that a walk stays in few lines of memory. */

export interface Trie<T> {
  /** Node behind each first UTF-16 unit; 0 is none. */
  readonly first: Int32Array;
  /** Where the edges of each node begin in `edges`; one more than there are nodes. */
  readonly offsets: Int32Array;
  /** Unit and node by turns. */
  readonly edges: Int32Array;
  /** What ends at each node, in the order it was planted; null where nothing does. */
  readonly ends: readonly (readonly T[] | null)[];
}

/** Words may come more than once; empty ones are left out. */
export function plant<T>(entries: Iterable<readonly [word: string, what: T]>): Trie<T> {
  const next: Map<number, number>[] = [new Map()];
  const ends: (T[] | null)[] = [null];
  for (const [word, what] of entries) {
    let node = 0;
    for (let i = 0; i < word.length; i += 1) node = grown(next, ends, node, word.charCodeAt(i));
    if (node === 0) continue;
    const here = ends[node] ?? [];
    here.push(what);
    ends[node] = here;
  }
  return { ...flattened(next), ends };
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
    if (node > 0) for (const [unit, child] of children) edges.push(unit, child);
  });
  offsets[next.length] = edges.length;
  return { first, offsets, edges: Int32Array.from(edges) };
}

/** The node behind one more character; 0 when no word goes on so. */
export function step({ offsets, edges }: Trie<unknown>, node: number, unit: number): number {
  const to = offsets[node + 1] ?? 0;
  for (let at = offsets[node] ?? to; at < to; at += 2) if (edges[at] === unit) return edges[at + 1] ?? 0;
  return 0;
}
