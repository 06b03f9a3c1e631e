/** Things of the plan that people name by their Chinese name or a part of it: categories, units, triggers, what is owed. */
import { firstWord, trimmed } from './spaces';

export interface Named {
  readonly id: string;
  readonly zh: string;
}

/** The longest whole name at the front; else the only one that holds the first word (two characters or more). Null where none is meant. */
export function namedAt<T extends Named>(known: readonly T[], rest: string): { readonly found: T; readonly rest: string } | null {
  const whole = known.filter((one) => rest.startsWith(one.zh)).sort((a, b) => b.zh.length - a.zh.length)[0];
  if (whole !== undefined) return { found: whole, rest: trimmed(rest.slice(whole.zh.length)) };
  const first = firstWord(rest);
  const holding = first.word.length < LEAST_PART ? [] : known.filter((one) => one.zh.includes(first.word));
  const [only] = holding;
  return only !== undefined && holding.length === 1 ? { found: only, rest: first.rest } : null;
}

const LEAST_PART = 2;

/** Several names one after the other, as far as they reach. */
export function allNamedAt<T extends Named>(known: readonly T[], words: string): { readonly found: readonly T[]; readonly rest: string } {
  const one = namedAt(known, words);
  if (one === null) return { found: [], rest: words };
  const more = allNamedAt(known, one.rest);
  return { found: [one.found, ...more.found], rest: more.rest };
}
