/** All words of all verbs in one tree of characters, walked once along the front of a message: the longest word that may end there wins. */

/** A word of the table, or what dictation makes of one. */
export interface Entry<V> {
  readonly word: string;
  readonly what: V;
}

export interface Match<V> {
  readonly what: V;
  /** What follows the word. */
  readonly after: string;
}

/** `mayEnd` says whether a word may end there, by what follows it. */
export type Matcher<V> = (text: string, mayEnd: (what: V, after: string) => boolean) => Match<V> | null;

interface Node<V> {
  readonly next: Map<string, Node<V>>;
  what: V | null;
}

/**
 * Built once. Width and case of letters do not matter, nor blanks between the characters of a word. Where two entries share a word the
 * first one keeps it.
 */
export function compile<V>(entries: readonly Entry<V>[]): Matcher<V> {
  const root: Node<V> = { next: new Map(), what: null };
  for (const { word, what } of entries) {
    const end = [...word].reduce((node, character) => grown(node, narrow(character)), root);
    end.what ??= what;
  }
  return (text, mayEnd) => walk(root, text, mayEnd);
}

function grown<V>(node: Node<V>, character: string): Node<V> {
  const known = node.next.get(character);
  if (known !== undefined) return known;
  const made: Node<V> = { next: new Map(), what: null };
  node.next.set(character, made);
  return made;
}

function walk<V>(root: Node<V>, text: string, mayEnd: (what: V, after: string) => boolean): Match<V> | null {
  let found: Match<V> | null = null;
  let node: Node<V> | undefined = root;
  for (let at = 0; at < text.length && node !== undefined; at += 1) {
    const character = text[at] ?? '';
    if (character === ' ' && node !== root) continue;
    node = node.next.get(narrow(character));
    if (node === undefined || node.what === null) continue;
    const after = text.slice(at + 1);
    if (mayEnd(node.what, after)) found = { what: node.what, after };
  }
  return found;
}

/** １ and Ａ as 1 and a; everything that is no single character then stays as it is. */
function narrow(character: string): string {
  if (character >= '\u3400' && character <= '\u9fff') return character;
  const plain = character.normalize('NFKC').toLowerCase();
  return plain.length === 1 ? plain : character;
}
