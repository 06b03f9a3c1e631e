/** `npm run bench`: measures Fenghuo beside what one would write without it, in turns, and says which bars of design.md section 6 hold. */
import { parseArgs } from 'node:util';
import { append } from './append';
import { bundle } from './bundle';
import { endChildren } from './child';
import { decide } from './decide';
import { decode } from './decode';
import { due } from './due';
import { fanOut } from './fanOut';
import { type Figure, holds, lineOf } from './figure';
import { history } from './history';
import { intake } from './intake';
import { lineOfMachine, machine } from './machine';
import { mention } from './mention';
import { overload } from './overload';
import { pages } from './pages';
import { replay } from './replay';
import { report } from './report';
import { routing } from './routing';
import { start } from './start';
import type { Length } from './turns';

const LONG: Length = { sittings: 3, rounds: 12, messages: 4_000 };
/** Shows that everything runs; its figures prove nothing. */
const QUICK: Length = { sittings: 1, rounds: 2, messages: 2_000 };

const BENCHES: Readonly<Record<string, (length: Length) => Promise<readonly Figure[]>>> = {
  mention,
  intake,
  overload,
  decode,
  decide,
  report,
  routing,
  append,
  replay,
  history,
  bundle,
  fanOut,
  start,
  pages,
  due,
};
const USAGE = `npm run bench -- [--json] [--strict] [--quick | --long] [--rounds <n>] [${Object.keys(BENCHES).join(' | ')}]…\n`;

const FLAG = { type: 'boolean' } as const;
const OPTIONS = { json: FLAG, strict: FLAG, quick: FLAG, long: FLAG, rounds: { type: 'string' } } as const;

/** 0 done, 1 a bar was missed (with `--strict` only), 2 wrong usage. */
async function main(): Promise<number> {
  const asked = usage();
  if (asked === null) return 2;
  const { json, strict, length, names } = asked;
  const on = machine();
  const figures: Figure[] = [];
  if (!json) process.stdout.write(`${lineOfMachine(on)}\n`);
  for (const name of names) {
    const begun = performance.now();
    const found = (await BENCHES[name]?.(length)) ?? [];
    figures.push(...found);
    if (!json) process.stdout.write(`${found.map(lineOf).join('\n')}\n${name}: ${Math.round((performance.now() - begun) / 1000)} s\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ machine: on, figures: figures.map((f) => ({ ...f, holds: holds(f) })) }, null, 2)}\n`);
  return strict && !figures.every(holds) ? 1 : 0;
}

function usage() {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    const { long: isLong = false, rounds = String(LONG.rounds) } = values;
    const length: Length = values.quick ? QUICK : { ...LONG, isLong, rounds: Number(rounds) };
    if (/^[1-9]\d?$/.test(rounds) && positionals.every((name) => Object.hasOwn(BENCHES, name)))
      return { ...values, length, names: positionals.length === 0 ? Object.keys(BENCHES) : positionals };
  } catch {
    // The usage below says what was expected.
  }
  process.stderr.write(USAGE);
  return null;
}

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped = true;
    endChildren();
  });
main().then(
  (code) => {
    process.exitCode = code;
  },
  (fault: unknown) => {
    if (!stopped) console.error(fault);
    process.exitCode = 1;
  },
);
