/** What the command prints: one seed, the sum of many, and where each planted fault was found. */
import { createHash } from 'node:crypto';
import { HOUR } from '../../src/core/instant';
import type { Done } from './crew';
import type { Fault } from './faults';
import type { Met, Outcome } from './run';

const MOST_SHOWN = 12;

export interface Tally {
  add(done: Done): void;
  readonly bad: readonly number[];
  /** Of all seeds that were added. */
  sums(): Readonly<Record<keyof Met, number>>;
  /** The smallest of each. */
  least(): Readonly<Record<keyof Met, number>>;
  count(): number;
  /** Digest over the hashes of all, in the order of the seeds. */
  hash(): string;
  /** Since the tally began, in real milliseconds. */
  tookMs(): number;
}

export function createTally(): Tally {
  const begun = performance.now();
  const all = new Map<number, Done>();
  const bad: number[] = [];
  const fold = (into: (a: number, b: number) => number): Record<keyof Met, number> => {
    const [first, ...rest] = [...all.values()].map(({ met }) => ({ ...met }));
    if (first === undefined) throw new Error('nothing was simulated');
    for (const met of rest) for (const name of Object.keys(met) as (keyof Met)[]) first[name] = into(first[name], met[name]);
    return first;
  };
  return {
    add: (done) => {
      all.set(done.seed, done);
      if (done.violations.length > 0) bad.push(done.seed);
    },
    bad,
    sums: () => fold((a, b) => a + b),
    least: () => fold(Math.min),
    count: () => all.size,
    hash: () => {
      const hashes = [...all].sort(([a], [b]) => a - b).map(([, { hash }]) => hash);
      return createHash('sha256').update(hashes.join('\n')).digest('hex');
    },
    tookMs: () => performance.now() - begun,
  };
}

/** The sentence that `--seed` ends with, and that a seed with violations gets among many. */
export function toldSeed({ seed, violations, hash, met }: Done | Outcome): string {
  const shown = violations.slice(0, MOST_SHOWN).map((line) => `  ${line}\n`);
  const more = violations.length > MOST_SHOWN ? [`  and ${violations.length - MOST_SHOWN} more\n`] : [];
  const head = `seed ${seed}: ${violations.length === 0 ? 'nothing violated' : `${violations.length} violated`}, trace ${hash.slice(0, 16)}, ${JSON.stringify(met)}\n`;
  return [head, ...shown, ...more].join('');
}

const ROWS: readonly (readonly [keyof Met, string])[] = [
  ['acts', 'messages people sent'],
  ['events', 'events recorded'],
  ['rings', 'rings of deadlines'],
  ['shown', 'calls the platform took'],
  ['repeats', 'repeats among them'],
  ['crashes', 'crashes'],
  ['ended', 'responses ended'],
  ['steps', 'steps of the scheduler'],
];

export function toldTally(tally: Tally, workers: number): string {
  const [sums, least, n, ms] = [tally.sums(), tally.least(), tally.count(), tally.tookMs()];
  const rows = ROWS.map(
    ([name, what]) => `${what.padEnd(28)}${(sums[name] / n).toFixed(1).padStart(12)}${String(least[name]).padStart(12)}\n`,
  );
  const times = (simulated: number): string => `${Math.round(simulated / ms).toLocaleString('en')} x real time`;
  return [
    `${'a seed'.padEnd(28)}${'mean'.padStart(12)}${'least'.padStart(12)}\n`,
    ...rows,
    `lived step by step          ${(sums.lived / HOUR).toFixed(0)} h in all, ${times(sums.lived)}\n`,
    `with quiet hours leapt over ${(sums.passed / HOUR / 24).toFixed(0)} days in all, ${times(sums.passed)}\n`,
    `${n} seeds in ${(ms / 1000).toFixed(1)} s with ${workers} workers, traces ${tally.hash().slice(0, 16)}: `,
    tally.bad.length === 0 ? 'nothing violated\n' : `${tally.bad.length} seeds with violations: ${tally.bad.slice(0, 20).join(', ')}\n`,
  ].join('');
}

export function toldFaults(faults: readonly Fault[], found: ReadonlyMap<string, Done>, within: number): string {
  const lines = faults.map(({ name }) => {
    const done = found.get(name);
    const how =
      done === undefined ? `NOT FOUND within ${within} seeds` : `seed ${String(done.seed).padStart(3)}  ${sentence(done.violations[0])}`;
    return `${name.padEnd(28)}${how}\n`;
  });
  return lines.join('');
}

function sentence(violation = ''): string {
  return violation.split('\n')[0]?.slice(0, 110) ?? '';
}
