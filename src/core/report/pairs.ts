/** Each unit of a text with the one behind it, as one number: what the walks for words go by, made once for all of them. */

export interface Pairs {
  readonly text: string;
  /** For each place its unit in the upper half and the next one in the lower; 0 for the one behind the last. */
  readonly next: Int32Array;
  /** The same, but the next one that is no mark. */
  readonly across: Int32Array;
}

let made: Pairs = { text: '', next: new Int32Array(512), across: new Int32Array(512) };

/** Of that text. What was made for the text before is overwritten: walks over two texts must not be mixed. */
export function pairsOf(text: string): Pairs {
  if (made.text === text) return made;
  const room = text.length > made.next.length;
  const next = room ? new Int32Array(2 * text.length) : made.next;
  const across = room ? new Int32Array(2 * text.length) : made.across;
  let [behind, solid] = [0, 0];
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const unit = text.charCodeAt(at);
    next[at] = (unit << 16) | behind;
    across[at] = (unit << 16) | solid;
    behind = unit;
    if (!isMark(unit)) solid = unit;
  }
  made = { text, next, across };
  return made;
}

/** The unit at that place; `pairs` is either row. */
export function unitAt(pairs: Int32Array, at: number): number {
  return (pairs[at] ?? 0) >>> 16;
}

/** The place of the first unit from `from` on that is no mark. */
export function behindMarks({ text, next }: Pairs, from: number): number {
  let at = from;
  while (at < text.length && isMark(unitAt(next, at))) at += 1;
  return at;
}

/** Blanks, “”, 《》: they may stand inside a cue. */
export function isMark(unit: number): boolean {
  const even = unit & 0xfffe;
  return unit === 0x20 || even === 0x201c || even === 0x300a;
}
