/** Finds all the words of many lists in one pass over a text: the reader asks for words by the name of their list. */
import type { Span } from './fields';
import { mayBegin, plant, step, type Trie } from './trie';

/** Where the words of each list stand, in order, without overlaps inside one list. */
export type Spots<K extends string> = Readonly<Record<K, readonly Span[]>>;

/**
 * Compiles lists of words parted by white space. `退[费款]` stands for 退费 and 退款; a word behind `!` is no hit and hides what it covers
 * (没 !没有人员). The longest word wins. The finder's time is linear in the text: it looks at most as far ahead as the longest word.
 */
export function spotter<K extends string>(lists: Readonly<Record<K, string>>): (text: string) => Spots<K> {
  const names = Object.keys(lists) as K[];
  const trie = plant(names.flatMap((name, list) => entriesOf(lists[name], list)));
  const nothing = Object.fromEntries(names.map((name) => [name, NONE])) as unknown as Spots<K>;
  return (text) => {
    const found: Record<K, readonly Span[]> = { ...nothing };
    spot(trie, names.length, text).forEach((spans, list) => {
      const name = names[list];
      if (name !== undefined) found[name] = spans;
    });
    return found;
  };
}

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

/** Sparse: only lists with a hit. */
function spot(trie: Trie<End>, lists: number, text: string): readonly Span[][] {
  const found: Span[][] = [];
  const free = new Int32Array(lists + 1);
  const path: (readonly End[])[] = [];
  const lengths: number[] = [];
  let unit = text.charCodeAt(0);
  for (let start = 0; start < text.length; start += 1) {
    const next = start + 1 < text.length ? text.charCodeAt(start + 1) : 0;
    const begins = mayBegin(trie, unit, next);
    let node = begins ? (trie.first[unit] ?? 0) : 0;
    unit = next;
    let depth = 0;
    for (let at = start + 1; node !== 0; at += 1) {
      if (trie.ending[node] === 1) {
        path[depth] = trie.ends[node] ?? NONE_ENDS;
        lengths[depth] = at - start;
        depth += 1;
      }
      node = at < text.length ? step(trie, node, text.charCodeAt(at)) : 0;
    }
    while (depth > 0) {
      depth -= 1;
      for (const end of path[depth] ?? NONE_ENDS) take(found, free, end, start, start + (lengths[depth] ?? 0));
    }
  }
  return found;
}

const NONE_ENDS: readonly End[] = [];

function take(found: Span[][], free: Int32Array, sign: End, start: number, end: number): void {
  const list = Math.abs(sign) - 1;
  if ((free[list] ?? 0) > start) return;
  free[list] = end;
  if (sign < 0) return;
  const spans = found[list];
  if (spans === undefined) found[list] = [{ start, end }];
  else spans.push({ start, end });
}
