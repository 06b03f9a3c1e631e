/** Cheap questions about single UTF-16 units, asked before a costlier rule is tried. */

/** A set of units as one bit each: looking one up makes no string and takes no hash. */
export class Units {
  private readonly bits = new Uint8Array(0x10000 >> 3);

  constructor(chars: string) {
    for (let i = 0; i < chars.length; i += 1) {
      const unit = chars.charCodeAt(i);
      this.bits[unit >> 3] = (this.bits[unit >> 3] ?? 0) | (1 << (unit & 7));
    }
  }

  has(unit: number): boolean {
    return (((this.bits[unit >> 3] ?? 0) >> (unit & 7)) & 1) === 1;
  }

  /** Is the unit at that place of the text one of them? Never outside the text. */
  at(text: string, at: number): boolean {
    return at >= 0 && at < text.length && this.has(text.charCodeAt(at));
  }
}

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
    return holdsUnit(text, this.units, from, Math.min(to, from + this.reach)) && this.pattern.test(text.slice(from < 0 ? 0 : from, to));
  }
}
