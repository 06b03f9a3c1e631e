/** Numbers that look like chance and follow from a seed, so that a run can be repeated. */
import { createHash } from 'node:crypto';

/** Numbers in [0, 1), the same for the same seed and name. */
export function chanceOf(seed: number, name: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed}/${name}/${count}`).digest().readUInt32BE(0) / 2 ** 32;
  };
}
