/** Chance from a seed: the same seed gives the same run. */

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** An integer in [from, to]. */
  int(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(among: readonly T[]): T;
  /** So many hex digits. */
  hex(digits: number): string;
}

/** A 32 bit generator (mulberry32): small, fast, good enough to choose orders. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(among: readonly T[]): T => {
      if (among.length === 0) throw new Error('nothing to pick from');
      return among[among.length === 1 ? 0 : int(0, among.length - 1)] as T;
    },
    hex: (digits) => {
      let text = '';
      while (text.length < digits) text += int(0, 0xffff).toString(16).padStart(4, '0');
      return text.slice(0, digits);
    },
  };
}
