/** What a fuzzed part of the program is to its runner, and a run: so many cases from one seed, each of which can be repeated alone. */
import { chance, type Roll } from './chance';

export interface Target {
  /** Short and stable, for `--only`. */
  readonly name: string;
  /** Cases of the long form. */
  readonly cases: number;
  /** Opened once for a run. */
  open(): Promise<Opened>;
}

export interface Opened {
  /** One case: how it ended, in a word. Throws when something happened that must not. */
  one(roll: Roll): string | Promise<string>;
  /** Ends which a run of some thousands must have met, else it tests nothing. */
  readonly expected: readonly string[];
  close?(): Promise<void>;
}

export interface Ran {
  readonly cases: number;
  /** How often each end was met. */
  readonly ends: ReadonlyMap<string, number>;
  /** Each with the number of its case. */
  readonly faults: readonly string[];
  /** Expected and not met. */
  readonly missed: readonly string[];
  /** Milliseconds of the longest case. */
  readonly longestMs: number;
}

/** After so many a run says enough. */
const MOST_FAULTS = 10;

export interface Wanted {
  readonly cases: number;
  readonly seed: number;
  readonly first?: number;
  /** Told after each case how many are done. */
  readonly tell?: (done: number) => void;
}

/** Cases `first` to `first + cases - 1` of a seed; the same seed and number are the same case. */
export async function run(target: Target, { cases, seed, first = 0, tell = () => undefined }: Wanted): Promise<Ran> {
  const opened = await target.open();
  const ends = new Map<string, number>();
  const faults: string[] = [];
  let longestMs = 0;
  try {
    for (let i = first; i < first + cases && faults.length < MOST_FAULTS; i++) {
      const begun = performance.now();
      try {
        const made = opened.one(chance(seed * 1_000_003 + i));
        const end = typeof made === 'string' ? made : await made;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      } catch (cause) {
        faults.push(`case ${i} of seed ${seed}: ${told(cause)}`);
      }
      longestMs = Math.max(longestMs, performance.now() - begun);
      tell(i - first + 1);
    }
  } finally {
    await opened.close?.();
  }
  return { cases, ends, faults, missed: opened.expected.filter((end) => !ends.has(end)), longestMs };
}

/** Its words, and the places nearest to where it was thrown. */
function told(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const places = (cause.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  return [cause.message, ...places.slice(0, 4)].join('\n');
}
