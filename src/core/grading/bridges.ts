/** Cues told in parts (学生…呕吐): whether the other parts follow the first, asked cheaply before it is looked for. */
import type { Cue } from './cueLists';

/** Made once for a set of cues; between `listen` and the next it knows one text. */
export interface Bridges {
  /** For each cue by its number where its parts begin in `parts`; 0 when nothing must follow it. */
  readonly needs: Int32Array;
  /** Of each cue how many other parts it has; of each of those how many units it may begin with, and those units. */
  readonly parts: Int32Array;
  /** For each cue, its other parts as they may stand behind the first. */
  readonly rests: readonly (RegExp | null)[];
  /** One bit for each unit of the text, by its last bits: what is not in it need not be looked for. */
  readonly filter: Int32Array;
}

export function bridgesOf(cues: readonly Cue[]): Bridges {
  const needs = new Int32Array(cues.length);
  const parts = [0];
  cues.forEach(({ rest }, number) => {
    if (rest.length === 0) return;
    needs[number] = parts.length;
    parts.push(rest.length);
    for (const words of rest) {
      const firsts = new Set(words.map((word) => word.charCodeAt(0)));
      parts.push(firsts.size, ...firsts);
    }
  });
  const rests = cues.map(({ rest }) => (rest.length === 0 ? null : following(rest)));
  return { needs, parts: Int32Array.from(parts), rests, filter: new Int32Array(FILTER_BITS >> 5) };
}

const FILTER_BITS = 2048;
/** A bridge spans as many characters. */
const BRIDGE = 10;

function following(parts: readonly (readonly string[])[]): RegExp {
  const bridges = parts.map((words) => `[^。;!\\n]{0,${BRIDGE}}?(?:${words.map(spaced).join('|')})`);
  return new RegExp(bridges.join(''), 'y');
}

/** A mark or a space between its characters does not matter. */
function spaced(words: string): string {
  return [...words].map((c) => c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[“”《》 ]?');
}

/** Takes note of a text, and answers it in small letters, as the cues are written. */
export function listen({ filter }: Bridges, text: string): string {
  filter.fill(0);
  let hasCapitals = false;
  for (let at = 0; at < text.length; at += 1) {
    let unit = text.charCodeAt(at);
    if (unit >= CAPITAL_A && unit <= CAPITAL_Z) {
      unit += SMALLER;
      hasCapitals = true;
    }
    const bit = unit & (FILTER_BITS - 1);
    filter[bit >> 5] = (filter[bit >> 5] ?? 0) | (1 << (bit & 31));
  }
  return hasCapitals ? text.replace(/[A-Z]/g, (c) => c.toLowerCase()) : text;
}

const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
const SMALLER = 0x20;

/** Where the cue ends whose first part ends at `from`; 0 when its other parts do not follow. `text` as `listen` answered it. */
export function endBehind(bridges: Bridges, number: number, text: string, from: number): number {
  const need = bridges.needs[number] ?? 0;
  if (need === 0) return from;
  const rest = mayFollow(bridges, text, from, need) ? bridges.rests[number] : null;
  if (rest === null || rest === undefined) return 0;
  rest.lastIndex = from;
  return rest.test(text) ? rest.lastIndex : 0;
}

/** Has each part that must follow a unit it may begin with in the text, the first of them near enough? `need` is where the parts begin. */
function mayFollow({ parts, filter }: Bridges, text: string, from: number, need: number): boolean {
  let at = need + 1;
  for (let left = parts[need] ?? 0; left > 0; left -= 1) {
    const to = at + 1 + (parts[at] ?? 0);
    let isThere = false;
    for (let i = at + 1; i < to && !isThere; i += 1) {
      const bit = (parts[i] ?? 0) & (FILTER_BITS - 1);
      isThere = (((filter[bit >> 5] ?? 0) >> (bit & 31)) & 1) === 1;
    }
    if (!isThere) return false;
    at = to;
  }
  return isNear(parts, need + 1, text, from);
}

function isNear(parts: Int32Array, part: number, text: string, from: number): boolean {
  const last = part + (parts[part] ?? 0);
  const to = Math.min(text.length - 1, from + BRIDGE);
  for (let at = from; at <= to; at += 1) {
    const unit = text.charCodeAt(at);
    for (let i = part + 1; i <= last; i += 1) if (parts[i] === unit) return true;
  }
  return false;
}
