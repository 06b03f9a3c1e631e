/** Cues told in parts (学生…呕吐): whether the other parts follow the first, asked cheaply before it is looked for. */
import { isMark, type Pairs, unitAt } from '../report/pairs';
import type { Cue } from './cueLists';

/** Made once for a set of cues; while a text is gone through from its end it knows what is still to come. */
export interface Bridges {
  /** For each cue by its number where its parts begin in `parts`; 0 when nothing must follow it. */
  readonly needs: Int32Array;
  /**
   * Of each cue how many other parts it has; of each of those how many units it may begin with, and those units by their places in `ahead`;
   * one bit for each way a first unit of theirs may end; then how much room its words take, and of each word its length and its units.
   * All in one row, so that what is read together lies together.
   */
  readonly parts: Uint16Array;
  /** By the last bits of a unit, where the text has it next. */
  readonly ahead: Int32Array;
}

export function bridgesOf(cues: readonly Cue[]): Bridges {
  const needs = new Int32Array(cues.length);
  const parts = [0];
  cues.forEach(({ rest }, number) => {
    if (rest.length === 0) return;
    needs[number] = parts.length;
    parts.push(rest.length);
    for (const words of rest) {
      const firsts = new Set(words.map((word) => word.charCodeAt(0) & LAST_BITS));
      const written = words.flatMap((word) => [word.length, ...unitsIn(word)]);
      parts.push(firsts.size, ...firsts, endings(firsts), written.length, ...written);
    }
  });
  return { needs, parts: Uint16Array.from(parts), ahead: new Int32Array(LAST_BITS + 1) };
}

/** A bit for each of their last four bits. */
function endings(units: Iterable<number>): number {
  let bits = 0;
  for (const unit of units) bits |= 1 << (unit & LAST_FOUR);
  return bits;
}

function unitsIn(word: string): readonly number[] {
  return Array.from({ length: word.length }, (_, i) => word.charCodeAt(i));
}

const LAST_BITS = 1023;
const LAST_FOUR = 15;
/** A bridge spans as many characters. */
const BRIDGE = 10;

/** Another text begins, from its end. */
export function forget({ ahead }: Bridges): void {
  ahead.fill(FAR);
}

const FAR = 0x7fffffff;

export function remember({ ahead }: Bridges, unit: number, at: number): void {
  ahead[unit & LAST_BITS] = at;
}

/** Where the cue ends whose first part ends at `from`; 0 when its other parts do not follow. All behind `from` must have been told. */
export function endBehind(bridges: Bridges, number: number, pairs: Pairs, from: number): number {
  const need = bridges.needs[number] ?? 0;
  if (need === 0) return from;
  return mayFollow(bridges, need, from) ? endOf(bridges.parts, need + 1, bridges.parts[need] ?? 0, pairs, from) : 0;
}

/** Is a unit each part may begin with still to come, that of the first near enough? `need` is where the parts begin. */
function mayFollow({ parts, ahead }: Bridges, need: number, from: number): boolean {
  let at = need + 1;
  let latest = from + BRIDGE;
  for (let left = parts[need] ?? 0; left > 0; left -= 1) {
    const to = at + 1 + (parts[at] ?? 0);
    at += 1;
    while (at < to && (ahead[parts[at] ?? 0] ?? FAR) > latest) at += 1;
    if (at === to) return false;
    at = to + 2 + (parts[to + 1] ?? 0);
    latest = FAR - 1;
  }
  return true;
}

/** Where so many parts end, of which the first is told of at `part`, each as near as may be, the first way that fits; 0 when one does not follow. */
function endOf(parts: Uint16Array, part: number, left: number, pairs: Pairs, from: number): number {
  if (left === 0) return from;
  const words = part + 2 + (parts[part] ?? 0);
  const next = words + 1 + (parts[words] ?? 0);
  const mayBegin = parts[words - 1] ?? 0;
  const last = Math.min(from + BRIDGE, pairs.text.length - 1);
  for (let at = from; at <= last; at += 1) {
    const unit = unitAt(pairs.next, at);
    if (((mayBegin >> (unit & LAST_FOUR)) & 1) !== 0) {
      const end = endFrom(parts, words, next, left, pairs, at);
      if (end !== 0) return end;
    }
    if (isEnd(unit)) return 0;
  }
  return 0;
}

/** The same where the first of those parts begins at `at` with one of the words told of in (words, next). */
function endFrom(parts: Uint16Array, words: number, next: number, left: number, pairs: Pairs, at: number): number {
  const unit = unitAt(pairs.next, at);
  for (let word = words + 1; word < next; word += 1 + (parts[word] ?? 0)) {
    if (parts[word + 1] !== unit) continue;
    const behind = wordEnd(parts, word, pairs, at);
    const end = behind === 0 ? 0 : endOf(parts, next, left - 1, pairs, behind);
    if (end !== 0) return end;
  }
  return 0;
}

/** A bridge ends with its sentence. */
function isEnd(unit: number): boolean {
  return unit === STOP || unit === SEMICOLON || unit === EXCLAMATION || unit === LINE_END;
}

const STOP = 0x3002;
const SEMICOLON = 0x3b;
const EXCLAMATION = 0x21;
const LINE_END = 0x0a;

/** Where the word ends whose first unit stands at `at`, 0 when it is another; a mark or a space between its characters does not matter. */
function wordEnd(parts: Uint16Array, word: number, { text, next }: Pairs, at: number): number {
  let end = at + 1;
  const last = word + (parts[word] ?? 0);
  for (let i = word + 2; i <= last; i += 1) {
    if (end < text.length && isMark(unitAt(next, end))) end += 1;
    if (end >= text.length || unitAt(next, end) !== parts[i]) return 0;
    end += 1;
  }
  return end;
}
