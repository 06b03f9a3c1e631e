/** Cues told in parts (学生…呕吐): whether the other parts follow the first, asked cheaply before it is looked for. */
import { unitsOf } from '../report/units';
import type { Cue } from './cueLists';

/** Made once for a set of cues; while a text is gone through from its end it knows what is still to come. */
export interface Bridges {
  /** For each cue by its number where its parts begin in `parts`; 0 when nothing must follow it. */
  readonly needs: Int32Array;
  /** Of each cue how many other parts it has; of each of those how many units it may begin with, and those units by their places in `ahead`. */
  readonly parts: Int32Array;
  /** For each cue, its other parts. */
  readonly rests: readonly (readonly Part[])[];
  /** By the last bits of a unit, where the text has it next. */
  readonly ahead: Int32Array;
}

/** The ways a part may be told by the units they begin with; of those with one beginning the first that fits is meant. */
type Part = ReadonlyMap<number, readonly string[]>;

export function bridgesOf(cues: readonly Cue[]): Bridges {
  const needs = new Int32Array(cues.length);
  const parts = [0];
  cues.forEach(({ rest }, number) => {
    if (rest.length === 0) return;
    needs[number] = parts.length;
    parts.push(rest.length);
    for (const words of rest) {
      const firsts = new Set(words.map((word) => word.charCodeAt(0) & LAST_BITS));
      parts.push(firsts.size, ...firsts);
    }
  });
  const rests = cues.map(({ rest }) => rest.map(partOf));
  return { needs, parts: Int32Array.from(parts), rests, ahead: new Int32Array(LAST_BITS + 1) };
}

function partOf(words: readonly string[]): Part {
  const firsts = new Set(words.map((word) => word.charCodeAt(0)));
  return new Map([...firsts].map((first) => [first, words.filter((word) => word.charCodeAt(0) === first)]));
}

const LAST_BITS = 1023;
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
export function endBehind(bridges: Bridges, number: number, text: string, from: number): number {
  const need = bridges.needs[number] ?? 0;
  if (need === 0) return from;
  const first = nearest(bridges, need, from);
  const rest = first > from + BRIDGE ? undefined : bridges.rests[number];
  return rest === undefined ? 0 : endOf(rest, 0, text, from, first);
}

/** Where the parts from the one of that number on end, each as near as may be, that one not before `first`; 0 when one does not follow. */
function endOf(parts: readonly Part[], number: number, text: string, from: number, first: number): number {
  const part = parts[number];
  if (part === undefined) return from;
  for (let at = from; at <= from + BRIDGE && at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const ways = at < first ? undefined : part.get(unit);
    if (ways !== undefined) {
      for (const word of ways) {
        const behind = wordEnd(word, text, at);
        const end = behind === 0 ? 0 : endOf(parts, number + 1, text, behind, behind);
        if (end !== 0) return end;
      }
    }
    if (isEnd(unit)) return 0;
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
const MARKS = unitsOf(' “”《》');

/** Where the word ends whose first unit stands at `at`, 0 when it is another; a mark or a space between its characters does not matter. */
function wordEnd(word: string, text: string, at: number): number {
  let end = at + 1;
  for (let i = 1; i < word.length; i += 1) {
    if (MARKS.at(text, end)) end += 1;
    if (end >= text.length || text.charCodeAt(end) !== word.charCodeAt(i)) return 0;
    end += 1;
  }
  return end;
}

/** Where the first part may begin at the earliest: beyond reach when no unit that a part begins with is still to come. `need` is where the parts begin. */
function nearest({ parts, ahead }: Bridges, need: number, from: number): number {
  let at = need + 2;
  let first = FAR;
  for (let left = parts[need + 1] ?? 0; left > 0; left -= 1, at += 1) {
    const there = ahead[parts[at] ?? 0] ?? FAR;
    if (there < first) first = there;
  }
  if (first > from + BRIDGE) return FAR;
  for (let left = parts[need] ?? 0; left > 1; left -= 1) {
    const to = at + 1 + (parts[at] ?? 0);
    at += 1;
    while (at < to && (ahead[parts[at] ?? 0] ?? FAR) === FAR) at += 1;
    if (at === to) return FAR;
    at = to;
  }
  return first;
}
