/** Chance that can be repeated, and the damage it does to texts and bytes. */

/** A number from 0 to below the given one. */
export type Roll = (below: number) => number;

/** Small, seeded, good enough to spread faults (mulberry32). */
export function chance(seed: number): Roll {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One of a list that is not empty. */
export function pick<T>(list: readonly T[], roll: Roll): T {
  return list[roll(list.length)] as T;
}

/** A piece put in, taken out, doubled, or in the place of what was there. */
export function damageText(text: string, pieces: readonly string[], roll: Roll): string {
  const at = roll(text.length + 1);
  const piece = pick(pieces, roll);
  switch (roll(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + roll(20));
    case 2:
      return text.slice(0, at) + piece + text.slice(at + piece.length);
    case 3:
      return text + text.slice(at);
    case 4:
      return text.slice(0, at) + String.fromCharCode(roll(0x10000)) + text.slice(at);
    default:
      return text.slice(0, at) + piece + text.slice(at);
  }
}

/** The same for bytes, and single bits. */
export function damageBytes(bytes: Buffer, pieces: readonly string[], roll: Roll): Buffer {
  const at = roll(bytes.length + 1);
  switch (roll(6)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(pieces, roll)), bytes.subarray(at)]);
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + roll(40)))]);
    case 3:
      return Buffer.concat([bytes, bytes.subarray(at)]);
    case 4:
      return Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ (1 << roll(8)) : byte)));
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([roll(256), roll(256)]), bytes.subarray(at)]);
  }
}
