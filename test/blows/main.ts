/** `npm run blows`: one line a fault with its outcome, the totals at the end; exit 1 if anything was lost, doubled or left undone. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { offerTestServer } from '../support/jest/testServer';
import { chanceOf } from './chance';
import { type Fault, type Given, type Outcome, seconds } from './fault';
import { faults } from './faults';
import { walkUndisturbed } from './undisturbed';

const USAGE = `用法：npm run blows -- [--only <名称,名称>] [--seed <整数>]\n名称：${faults.map((f) => f.name).join(' ')}\n`;
/** A run mostly waits for leases; more at once would make each wait for the processor. */
const AT_ONCE = Math.min(5, 3 + availableParallelism());

type Totals = { lost: number; doubled: number; failed: number };

async function main(): Promise<number> {
  const { only, seed } = parseArgs({ options: { only: { type: 'string' }, seed: { type: 'string', default: '1' } } }).values;
  const wanted = faults.filter((fault) => only === undefined || only.split(',').includes(fault.name));
  if (wanted.length === 0 || !/^\d{1,9}$/.test(seed)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const server = await offerTestServer();
  try {
    const base = await walkUndisturbed();
    const totals: Totals = { lost: 0, doubled: 0, failed: 0 };
    const one = (fault: Fault): Promise<void> =>
      strike(fault, { ...base, chance: chanceOf(Number(seed), fault.name), isQuick: false }, totals);
    await inParallel(
      wanted.filter((fault) => !fault.isAlone),
      one,
    );
    for (const fault of wanted.filter(({ isAlone }) => isAlone)) await one(fault);
    process.stdout.write(
      `${wanted.length} faults, seed ${seed}: ${totals.lost} lost, ${totals.doubled} doubled, ${totals.failed} failed\n`,
    );
    return totals.failed === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

async function strike(fault: Fault, given: Given, totals: Totals): Promise<void> {
  const begun = performance.now();
  const outcome = await fault
    .run(given)
    .catch((cause: unknown): Outcome => ({ lost: [], doubled: [], faults: [String(cause)], notes: [] }));
  const { lost, doubled, faults: wrong, notes } = outcome;
  const isGood = lost.length + doubled.length + wrong.length === 0;
  totals.lost += lost.length;
  totals.doubled += doubled.length;
  totals.failed += isGood ? 0 : 1;
  // Who keeps only this line keeps the reason too.
  const why = [...wrong, ...lost, ...doubled].slice(0, 1).map((reason) => `because: ${firstLine(reason)}`);
  const said = [`${lost.length} lost, ${doubled.length} doubled`, ...notes, ...why].join('; ');
  process.stdout.write(`${isGood ? 'ok  ' : 'FAIL'} ${fault.name}: ${said} [${seconds(performance.now() - begun)}]\n`);
  for (const [what, lines] of Object.entries({ lost, doubled, wrong }))
    for (const line of lines) process.stdout.write(`       ${what}: ${line}\n`);
}

function firstLine(reason: string): string {
  return reason.split('\n', 1).join('');
}

async function inParallel(all: readonly Fault[], one: (fault: Fault) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await one(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
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
