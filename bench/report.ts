/**
 * How fast duty-group messages are read on one core, and how that compares with general recognisers on their own field (times and numbers
 * in Chinese). Peers are looked for in the folder FENGHUO_BENCH_PEERS (a folder with node_modules holding chrono-node and
 * @microsoft/recognizers-text-suite); without it they are left out.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { suggestAmong } from '../src/core/grading/suggest';
import { wordsOf } from '../src/core/report/lexicon/words';
import { moments } from '../src/core/report/moments';
import { normalise } from '../src/core/report/normal';
import { numerals } from '../src/core/report/numerals';
import { readReport } from '../src/core/report/read';
import { LEXICON, shippedRulebooks } from '../test/core/report/bureau';
import { type Figure, figure } from './figure';
import type { Length } from './turns';

interface Message {
  readonly text: string;
  readonly now: number;
}

const messages: readonly Message[] = readFileSync(join(__dirname, '../test/fixtures/reports/dev.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { text: string; now: string })
  .map(({ text, now }) => ({ text, now: Date.parse(now) }));

interface Reader {
  readonly name: string;
  readonly field: 'whole' | 'times' | 'numbers';
  readonly own: boolean;
  read(message: Message): unknown;
}

const timesOf = (text: string, now: number) => moments(text, now, wordsOf(text).timeStart);
const books = shippedRulebooks();
const whole: Reader = {
  name: 'whole reading and suggestion',
  field: 'whole',
  own: true,
  read: ({ text, now }) => suggestAmong(books, text, readReport(text, now, LEXICON)),
};
const times: Reader = { name: 'times only', field: 'times', own: true, read: ({ text, now }) => timesOf(normalise(text).text, now) };
const counts: Reader = { name: 'numbers only', field: 'numbers', own: true, read: ({ text }) => numerals(normalise(text).text) };

function peers(): readonly Reader[] {
  const folder = process.env.FENGHUO_BENCH_PEERS;
  if (folder === undefined) return [];
  const load = createRequire(join(folder, 'package.json'));
  const chrono = load('chrono-node') as { zh: { hans: { parse(text: string, ref: Date): unknown } } };
  const suite = load('@microsoft/recognizers-text-suite') as {
    Culture: { Chinese: string };
    recognizeDateTime(text: string, culture: string, options?: number, reference?: Date): unknown;
    recognizeNumber(text: string, culture: string): unknown;
  };
  const version = (name: string): string =>
    (JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  const ms = `recognizers-text-suite ${version('@microsoft/recognizers-text-suite')}`;
  return [
    {
      name: `chrono-node ${version('chrono-node')}`,
      field: 'times',
      own: false,
      read: ({ text, now }) => chrono.zh.hans.parse(text, new Date(now)),
    },
    {
      name: ms,
      field: 'times',
      own: false,
      read: ({ text, now }) => suite.recognizeDateTime(text, suite.Culture.Chinese, 0, new Date(now)),
    },
    { name: ms, field: 'numbers', own: false, read: ({ text }) => suite.recognizeNumber(text, suite.Culture.Chinese) },
  ];
}

/** CPU microseconds a message of one round over all messages, as often as fit into about 50 ms. */
function round({ read }: Reader): number {
  const before = process.cpuUsage();
  const start = performance.now();
  let done = 0;
  do {
    for (const message of messages) read(message);
    done += messages.length;
  } while (performance.now() - start < 50);
  return process.cpuUsage(before).user / done;
}

/** Rounds of all readers by turns, so that whatever else the machine does falls on all of them; microseconds of CPU time a message. */
function inTurn(readers: readonly Reader[], rounds: number): readonly (readonly number[])[] {
  for (const reader of readers) if (reader.own) for (let i = 0; i < 200; i += 1) for (const m of messages) reader.read(m);
  const told: number[][] = readers.map(() => []);
  for (let i = 0; i < rounds; i += 1) for (const [at, reader] of readers.entries()) told[at]?.push(round(reader));
  return told;
}

const BAR = { is: 'least', value: 20_000 } as const;

/** How many messages a second one core reads, whole; and how many times as fast as each peer on the field both have. */
export async function report({ sittings, rounds }: Length): Promise<readonly Figure[]> {
  const own = [whole, times, counts];
  const others = peers();
  const told = inTurn([...own, ...others], sittings * rounds);
  const rates = (at: number): readonly number[] => (told[at] ?? []).map((us) => 1e6 / us);
  const about = { bench: 'report', unit: 'messages' } as const;
  const note = `${messages.length} messages, CPU time of one core`;
  const figures = own.map((reader, at) =>
    figure({ ...about, what: `a second, ${reader.name}`, bar: at === 0 ? BAR : null, note }, rates(at)),
  );
  const beside = others.map((peer, i) => {
    const at = own.findIndex((reader) => reader.field === peer.field);
    const shares = (told[own.length + i] ?? []).map((us, k) => us / (told[at]?.[k] ?? Number.NaN));
    return figure({ bench: 'report', unit: 'x', what: `${peer.field}, against ${peer.name}`, bar: null, note }, shares);
  });
  return [...figures, ...beside];
}
