/** Cheap questions about single UTF-16 units, asked before a costlier rule is tried. */

/** A set of units in a table so small that it stays near the processor: each stands where it is hashed to, or in the next free place. */
export class Units {
  private readonly places: Uint16Array;
  private readonly cut: number;

  constructor(chars: string) {
    const bits = Math.ceil(Math.log2(chars.length * 4 + 4));
    this.places = new Uint16Array(1 << bits);
    this.cut = 32 - bits;
    for (let i = 0; i < chars.length; i += 1) {
      const unit = chars.charCodeAt(i);
      if (!this.has(unit)) this.places[this.freeFor(unit)] = unit;
    }
  }

  /** Never NUL, which stands for a free place. */
  has(unit: number): boolean {
    let at = Math.imul(unit, SPREAD) >>> this.cut;
    let there = this.places[at] ?? 0;
    while (there !== 0 && there !== unit) {
      at = (at + 1) & (this.places.length - 1);
      there = this.places[at] ?? 0;
    }
    return there !== 0;
  }

  private freeFor(unit: number): number {
    let at = Math.imul(unit, SPREAD) >>> this.cut;
    while (this.places[at] !== 0) at = (at + 1) & (this.places.length - 1);
    return at;
  }

  /** Is the unit at that place of the text one of them? Never outside the text. */
  at(text: string, at: number): boolean {
    return at >= 0 && at < text.length && this.has(text.charCodeAt(at));
  }
}

/** Multiplied by it, units that differ little differ in their first bits: 2^32 parted by the golden ratio. */
const SPREAD = 0x9e3779b1;

/** The units of `chars`. */
export function unitsOf(chars: string): Units {
  return new Units(chars);
}

/** Does one of the units stand in [from, to) of the text? */
export function holdsUnit(text: string, units: Units, from = 0, to = text.length): boolean {
  const end = Math.min(to, text.length);
  for (let at = Math.max(0, from); at < end; at += 1) if (units.has(text.charCodeAt(at))) return true;
  return false;
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
    this.units = new Units(units);
  }

  /** Does the pattern fit [from, to) of the text? The stretch may reach over both ends of it. */
  test(text: string, from: number, to: number): boolean {
    return this.may(text, from, to) && this.pattern.test(text.slice(from < 0 ? 0 : from, to));
  }

  /** Is it worth trying there? Never a false no. */
  may(text: string, from: number, to: number): boolean {
    return holdsUnit(text, this.units, from, Math.min(to, from + this.reach));
  }
}
