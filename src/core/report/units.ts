/** Cheap questions about single UTF-16 units, asked before a costlier rule is tried. */

/** A set of units to look up by code, which makes no strings. */
export type Units = ReadonlySet<number>;

/** The units of `chars`. */
export function unitsOf(chars: string): Units {
  return new Set([...chars].map((c) => c.charCodeAt(0)));
}

/** Does one of the units stand in [from, to) of the text? */
export function holdsUnit(text: string, units: Units, from = 0, to = text.length): boolean {
  for (let at = Math.max(0, from); at < to; at += 1) if (units.has(text.charCodeAt(at))) return true;
  return false;
}
