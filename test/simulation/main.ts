/** `npm run sim`: nights of the duty room on virtual time, seed by seed, and what the auditor found. See docs/simulation.md. */
import { parseArgs } from 'node:util';
import { type Done, endWorkers, serve, type Task, work } from './crew';
import { FAULTS, simulateWith } from './faults';
import { simulate } from './run';
import { createTally, toldFaults, toldSeed, toldTally } from './tell';

// Wherever the program runs, it thinks in the bureau's hours: nothing may lean on the zone of the process.
process.env.TZ = 'America/New_York';

const SEEDS = 3_000;
/** A planted fault is to be found within so many. */
const SEEDS_A_FAULT = 500;
/** Seeds that a worker takes at a time: few, so that at the end none works on while the others rest. */
const CHUNK = 4;
/** Tried with `--known` where the known seed meets the fault no longer. */
const MORE_SEEDS = 20;
const WORKERS = 2;
const USAGE = `npm run sim -- [--seeds N] [--from N] [--workers N] | --seed N [--trace] | --faults [--seeds N | --known] [name…]
  planted faults: ${FAULTS.map(({ name }) => name).join(', ')}
`;

const OPTIONS = {
  seeds: { type: 'string' },
  from: { type: 'string' },
  workers: { type: 'string' },
  seed: { type: 'string' },
  trace: { type: 'boolean' },
  faults: { type: 'boolean' },
  known: { type: 'boolean' },
  worker: { type: 'boolean' },
} as const;

interface Asked {
  readonly seeds: number | null;
  readonly from: number;
  readonly workers: number;
  readonly seed: number | null;
  readonly trace: boolean;
  readonly faults: boolean;
  /** Only with the seed that is known to find each, and few more. */
  readonly known: boolean;
  readonly worker: boolean;
  readonly names: readonly string[];
}

/** 0 nothing was violated (with `--faults`: every fault was found), 1 something was (was not), 2 wrong usage. */
async function main(): Promise<number> {
  const asked = usage();
  if (asked === null) return 2;
  if (asked.worker) return serve();
  if (asked.seed !== null) return one(asked.seed, asked.trace);
  if (asked.known) return recall(asked);
  return asked.faults ? hunt(asked) : nights(asked);
}

async function one(seed: number, trace: boolean): Promise<number> {
  const outcome = await simulate(seed, trace ? { heard: (line) => void process.stdout.write(`${line}\n`) } : {});
  process.stdout.write(toldSeed(outcome));
  return outcome.violations.length === 0 ? 0 : 1;
}

async function nights({ seeds, from, workers }: Asked): Promise<number> {
  const all = range(from, seeds ?? SEEDS);
  const tasks: Task[] = [];
  for (let i = 0; i < all.length; i += CHUNK) tasks.push({ seeds: all.slice(i, i + CHUNK), fault: null });
  const tally = createTally();
  await work(tasks, workers, (done) => {
    tally.add(done);
    if (done.violations.length > 0) process.stdout.write(toldSeed(done));
  });
  process.stdout.write(toldTally(tally, workers));
  return tally.bad.length === 0 ? 0 : 1;
}

async function hunt({ seeds, from, workers, names }: Asked): Promise<number> {
  const wanted = FAULTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const found = new Map<string, Done>();
  const tasks = wanted.map(({ name }) => ({ seeds: range(from, seeds ?? SEEDS_A_FAULT), fault: name }));
  await work(tasks, workers, (done, { fault }) => {
    if (done.violations.length > 0 && fault !== null) found.set(fault, done);
  });
  process.stdout.write(toldFaults(wanted, found, seeds ?? SEEDS_A_FAULT));
  return found.size === wanted.length ? 0 : 1;
}

/** Each fault with the seed that is known to find it, in this process, and some more: whatever is changed elsewhere moves what a seed meets. */
async function recall({ names }: Asked): Promise<number> {
  const wanted = FAULTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const found = new Map<string, Done>();
  for (const { name, known } of wanted) {
    const simulated = simulateWith(name);
    for (const seed of [known, ...range(1, MORE_SEEDS)]) {
      const done = await simulated(seed, { untilViolated: true });
      if (done.violations.length > 0) found.set(name, done);
      if (found.has(name)) break;
    }
  }
  process.stdout.write(toldFaults(wanted, found, 1 + MORE_SEEDS));
  return found.size === wanted.length ? 0 : 1;
}

function range(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

function usage(): Asked | null {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    const areFaults = positionals.every((name) => FAULTS.some((fault) => fault.name === name));
    const { trace = false, faults = false, known: onlyKnown = false, worker = false } = values;
    const asked = {
      ...{ seeds: count(values.seeds), from: count(values.from) ?? 1, workers: count(values.workers) ?? WORKERS, seed: count(values.seed) },
      ...{ trace, faults, known: onlyKnown, worker, names: positionals },
    };
    if (areFaults && (faults || (positionals.length === 0 && !onlyKnown))) return asked;
  } catch {
    // The usage below says what was expected.
  }
  process.stderr.write(USAGE);
  return null;
}

/** Null where it was not given; throws for what is no positive whole number. */
function count(given: string | undefined): number | null {
  if (given === undefined) return null;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${given} is no number of seeds`);
  return number;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => endWorkers());
main().then(
  (code) => {
    process.exitCode = code;
  },
  (fault: unknown) => {
    console.error(fault);
    process.exitCode = 1;
  },
);
