/** A county named at the front, by any of the ways people write it. */
import type { Roster } from '../../core/roster/roster';
import { trimmed } from './spaces';

/** Null where no county of the roster is named. */
export function countyAt(roster: Roster, words: string): { readonly county: string; readonly rest: string } | null {
  const ways = roster.counties.flatMap(({ id, names }) => names.map((name) => ({ id, name })));
  const found = ways.filter(({ name }) => words.startsWith(name)).sort((a, b) => b.name.length - a.name.length)[0];
  return found === undefined ? null : { county: found.id, rest: trimmed(words.slice(found.name.length)) };
}
