/** Cheap questions about single UTF-16 units, asked before a costlier rule is tried. */

/**
 * To which sets each unit belongs: its row of the table, one bit a set. One table for all sets, since a text has but a few units, and asks
 * all sets for the same ones: so the rows it needs stay near the processor, where a table for each set would have to be fetched anew.
 */
const ROW_OF = new Uint16Array(0x10000);
/** 2 to the power of it 32-bit words a row. */
const WORDS = 3;
/** The last word of a row is kept for signs. */
const SIGNS = (1 << WORDS) - 1;
const MOST_SETS = 32 * SIGNS;
const MOST_ROWS = 4096;
const ROWS = new Int32Array(MOST_ROWS << WORDS);
const known = new Map<string, Units>();
let rows = 1;

/** A set of units; made once for all who ask for the same ones, and never given up: only rules have sets, never texts. */
export class Units {
  private constructor(
    private readonly word: number,
    private readonly bit: number,
  ) {}

  /** Throws a RangeError where the rules have more sets, or units in them, than the table has room for. */
  static of(chars: string): Units {
    const made = known.get(chars);
    if (made !== undefined) return made;
    if (known.size === MOST_SETS) throw new RangeError(`more than ${MOST_SETS} sets of units`);
    const units = new Units(known.size >> 5, 1 << (known.size & 31));
    known.set(chars, units);
    mark(chars, units.word, units.bit);
    return units;
  }

  has(unit: number): boolean {
    return ((ROWS[((ROW_OF[unit] ?? 0) << WORDS) + this.word] ?? 0) & this.bit) !== 0;
  }

  /** Is the unit at that place of the text one of them? Never outside the text. */
  at(text: string, at: number): boolean {
    return at >= 0 && at < text.length && this.has(text.charCodeAt(at));
  }

  /** Does one of them stand in [from, to) of the text? Without a fork in the road on the way. */
  within(text: string, from: number, to: number): boolean {
    const end = Math.min(to, text.length);
    let found = 0;
    for (let at = Math.max(0, from); at < end; at += 1) found |= ROWS[((ROW_OF[text.charCodeAt(at)] ?? 0) << WORDS) + this.word] ?? 0;
    return (found & this.bit) !== 0;
  }
}

/** Sets the bit in that word of each of their rows. */
function mark(chars: string, word: number, bit: number): void {
  for (let i = 0; i < chars.length; i += 1) {
    const unit = chars.charCodeAt(i);
    if (ROW_OF[unit] === 0) {
      if (rows === MOST_ROWS) throw new RangeError(`more than ${MOST_ROWS} units in sets`);
      ROW_OF[unit] = rows;
      rows += 1;
    }
    const at = ((ROW_OF[unit] ?? 0) << WORDS) + word;
    ROWS[at] = (ROWS[at] ?? 0) | bit;
  }
}

/** One bit: a set of units of which a whole text is asked whether it has any. There are 32 of them at most. */
export type Sign = number;

const signs = new Map<string, Sign>();

/** The sign of having one of the units: what every way a rule may fit must hold somewhere in the text. Throws a RangeError past the 32nd. */
export function signOf(chars: string): Sign {
  const made = signs.get(chars);
  if (made !== undefined) return made;
  if (signs.size === 32) throw new RangeError('more than 32 signs');
  const sign = 1 << signs.size;
  signs.set(chars, sign);
  mark(chars, SIGNS, sign);
  return sign;
}

/** All signs that the text has, looked for at once. */
export function signsIn(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at += 1) found |= ROWS[((ROW_OF[text.charCodeAt(at)] ?? 0) << WORDS) + SIGNS] ?? 0;
  return found;
}

/** The units of `chars`. */
export function unitsOf(chars: string): Units {
  return Units.of(chars);
}

/** Does one of the units stand in [from, to) of the text? */
export function holdsUnit(text: string, units: Units, from = 0, to = text.length): boolean {
  return units.within(text, from, to);
}

/** A pattern that is tried only where a unit stands without which it cannot fit: most stretches of text have none. */
export class Gated {
  private readonly units: Units;

  /** Each way the pattern may fit holds one of `units`, among the first `reach` characters. */
  constructor(
    units: string,
    private readonly pattern: RegExp,
    private readonly reach = Number.MAX_SAFE_INTEGER,
  ) {
    this.units = unitsOf(units);
  }

  /** Does the pattern fit [from, to) of the text? The stretch may reach over both ends of it. */
  test(text: string, from: number, to: number): boolean {
    return this.may(text, from, to) && this.pattern.test(text.slice(from < 0 ? 0 : from, to));
  }

  /** Is it worth trying there? Never a false no. */
  may(text: string, from: number, to: number): boolean {
    return this.units.within(text, from, Math.min(to, from + this.reach));
  }
}
