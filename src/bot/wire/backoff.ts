/** Pauses between attempts to connect or to store. */

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** 1 s doubled to at most 30 s, and up to a fifth more, so that many instances do not knock together; in milliseconds. */
export function backoff(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10)) * (1 + Math.random() / 5);
}
