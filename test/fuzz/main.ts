/** `npm run fuzz`: one line a target with how its cases ended; exit 1 if one ended as none may. */
import { parseArgs } from 'node:util';
import { offerTestServer } from '../support/jest/testServer';
import { type Ran, run } from './target';
import { targets } from './targets';

const NAMES = targets.map(({ name }) => name).join(' ');
const USAGE = `npm run fuzz -- [--quick] [--only <name>] [--cases <n>] [--seed <n>] [--first <n>]\nnames: ${NAMES}\n`;
/** Of the cases of the long form. */
const QUICK_SHARE = 1 / 100;
const WHOLE = /^\d{1,9}$/;

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
  const server = await offerTestServer();
  let isGood = true;
  try {
    for (const target of wanted) {
      const many = cases === undefined ? Math.ceil(target.cases * (quick ? QUICK_SHARE : 1)) : Number(cases);
      const begun = performance.now();
      const ran = await run(target, { cases: many, seed: Number(seed), first: Number(first) });
      if (ran.faults.length > 0) isGood = false;
      process.stdout.write(lineOf(target.name, ran, performance.now() - begun));
    }
  } finally {
    await server.stop();
  }
  return isGood ? 0 : 1;
}

function lineOf(name: string, { cases, ends, faults, longestMs }: Ran, ms: number): string {
  const sorted = [...ends].sort(([, a], [, b]) => b - a).map(([end, count]) => `${end} ${count}`);
  const head = `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${cases} cases, longest ${longestMs.toFixed(0)} ms [${(ms / 1000).toFixed(1)} s]`;
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
