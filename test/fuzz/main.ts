/** `npm run fuzz`: one line a target with how its cases ended; exit 1 if one ended as none may. */
import { parseArgs } from 'node:util';
import { offerTestServer } from '../support/jest/testServer';
import { inLanes } from './lanes';
import { type Ran, run, type Target, type Wanted } from './target';
import { targets } from './targets';

const NAMES = targets.map(({ name }) => name).join(' ');
const USAGE = `npm run fuzz -- [--quick] [--only <name>] [--cases <n>] [--seed <n>] [--first <n>]\nnames: ${NAMES}\n`;
/** Of the cases of the long form. */
const QUICK_SHARE = 1 / 100;
const WHOLE = /^\d{1,9}$/;
/** A run says so often how far it is. */
const TELL_EVERY_MS = 10_000;

const OPTIONS = {
  quick: { type: 'boolean' },
  only: { type: 'string' },
  cases: { type: 'string' },
  seed: { type: 'string', default: '1' },
  first: { type: 'string', default: '0' },
} as const;

async function main(): Promise<number> {
  const { quick = false, only, cases, seed, first } = parseArgs({ options: OPTIONS }).values;
  const wanted = targets.filter(({ name }) => only === undefined || name === only);
  if (wanted.length === 0 || ![seed, first, cases ?? '1'].every((value) => WHOLE.test(value))) {
    process.stderr.write(USAGE);
    return 2;
  }
  const many = (target: Target): number => (cases === undefined ? Math.ceil(target.cases * (quick ? QUICK_SHARE : 1)) : Number(cases));
  const [alone] = wanted;
  if (wanted.length === 1 && alone !== undefined)
    return (await isFine(alone, { cases: many(alone), seed: Number(seed), first: Number(first) })) ? 0 : 1;
  const runs = wanted.map((target) => ['--only', target.name, '--cases', String(many(target)), '--seed', seed, '--first', first]);
  return (await inLanes(__filename, runs, (text) => void process.stdout.write(text))) ? 0 : 1;
}

/** Runs one target in this process, with a database server only where it asks for one. */
async function isFine(target: Target, wanted: Wanted): Promise<boolean> {
  const server = await offerTestServer();
  const begun = performance.now();
  let heard = begun;
  const tell = (done: number): void => {
    const now = performance.now();
    if (now - heard < TELL_EVERY_MS) return;
    heard = now;
    process.stderr.write(`     ${target.name}: ${done} of ${wanted.cases} cases, ${((now - begun) / 1000).toFixed(0)} s\n`);
  };
  try {
    const ran = await run(target, { ...wanted, tell });
    process.stdout.write(linesOf(target.name, wanted, ran, performance.now() - begun));
    return ran.faults.length === 0;
  } finally {
    await server.stop();
  }
}

function linesOf(name: string, { seed, first = 0 }: Wanted, { cases, ends, faults, longestMs }: Ran, ms: number): string {
  const sorted = [...ends].sort(([, a], [, b]) => b - a).map(([end, count]) => `${end} ${count}`);
  const which = `seed ${seed}${first === 0 ? '' : ` from ${first}`}`;
  const speed = `${Math.round((cases * 1000) / ms)}/s, longest ${longestMs.toFixed(0)} ms [${(ms / 1000).toFixed(1)} s]`;
  const head = `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${cases} cases of ${which}, ${speed}`;
  return `${head}\n       ${sorted.join(', ')}\n${faults.map((fault) => `       ${fault}\n`).join('')}`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
    process.exitCode = 1;
  },
);
