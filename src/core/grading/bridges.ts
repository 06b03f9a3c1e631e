/** Cues told in parts (学生…呕吐): whether the other parts follow the first, asked cheaply before it is looked for. */
import type { Cue } from './cueLists';

/** Made once for a set of cues; while a text is gone through from its end it knows what is still to come. */
export interface Bridges {
  /** For each cue by its number where its parts begin in `parts`; 0 when nothing must follow it. */
  readonly needs: Int32Array;
  /** Of each cue how many other parts it has; of each of those how many units it may begin with, and those units by their places in `ahead`. */
  readonly parts: Int32Array;
  /** For each cue, its other parts as they may stand behind the first. */
  readonly rests: readonly (RegExp | null)[];
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
      parts.push(firsts.size, ...firsts);
    }
  });
  const rests = cues.map(({ rest }) => (rest.length === 0 ? null : following(rest)));
  return { needs, parts: Int32Array.from(parts), rests, ahead: new Int32Array(LAST_BITS + 1) };
}

const LAST_BITS = 1023;
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
  const rest = mayFollow(bridges, need, from) ? bridges.rests[number] : null;
  if (rest === null || rest === undefined) return 0;
  rest.lastIndex = from;
  return rest.test(text) ? rest.lastIndex : 0;
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
    at = to;
    latest = FAR - 1;
  }
  return true;
}
