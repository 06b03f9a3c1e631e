/** What a way of keeping deadlines is asked, and what it answers. */

export interface Asked {
  /** So many fall due in the very same moment. */
  readonly burst: number;
  /** So many fall due one after the other, each measured. */
  readonly single: number;
  /** So many more wait meanwhile for another day. */
  readonly pending: number;
}

export interface Lateness {
  /** From the moment of the burst until all of it is committed, in milliseconds. */
  readonly burstMs: number;
  /** So many of the burst were committed by then; a way that is too slow is not waited for. */
  readonly burstDone: number;
  /** Each single one from its moment to its commit, ascending, in milliseconds. */
  readonly late: readonly number[];
}

/** Milliseconds between two single ones. */
export const SINGLE_EVERY_MS = 50;

/** A burst that is not done by then, in milliseconds after its moment, is counted as it stands. */
export const LONGEST_MS = 120_000;

export function ascending(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}
