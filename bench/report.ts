/**
 * How fast duty-group messages are read on one core, and how that compares with general recognisers on their own field (times and numbers
 * in Chinese). Run: node -r ./bench/typescript.js bench/report.ts [seconds]. Peers are looked for in the folder FENGHUO_BENCH_PEERS
 * (a folder with node_modules holding chrono-node and @microsoft/recognizers-text-suite); without it they are left out.
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
  read(message: Message): unknown;
}

const timesOf = (text: string, now: number) => moments(text, now, wordsOf(text).timeStart);
const books = shippedRulebooks();
const whole: Reader = {
  name: 'fenghuo, whole reading and suggestion',
  read: ({ text, now }) => suggestAmong(books, text, readReport(text, now, LEXICON)),
};
const times: Reader = { name: 'fenghuo, times only', read: ({ text, now }) => timesOf(normalise(text).text, now) };
const counts: Reader = { name: 'fenghuo, numbers only', read: ({ text }) => numerals(normalise(text).text) };

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
  const ms = `@microsoft/recognizers-text-suite ${version('@microsoft/recognizers-text-suite')}`;
  return [
    { name: `chrono-node ${version('chrono-node')}, times`, read: ({ text, now }) => chrono.zh.hans.parse(text, new Date(now)) },
    { name: `${ms}, times`, read: ({ text, now }) => suite.recognizeDateTime(text, suite.Culture.Chinese, 0, new Date(now)) },
    { name: `${ms}, numbers`, read: ({ text }) => suite.recognizeNumber(text, suite.Culture.Chinese) },
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

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function main(seconds: number): void {
  const readers = [whole, times, counts, ...peers()];
  for (const reader of [whole, times, counts]) for (let i = 0; i < 400; i += 1) for (const m of messages) reader.read(m);
  const told = readers.map((reader) => ({ reader, us: [] as number[] }));
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) for (const { reader, us } of told) us.push(round(reader));
  console.log(`${messages.length} messages, ${told[0]?.us.length ?? 0} interleaved rounds; CPU time of this process`);
  for (const { reader, us } of told) {
    const [best, median] = [Math.min(...us), middle(us)];
    const rate = (micros: number): string =>
      Math.round(1e6 / micros)
        .toLocaleString('en')
        .padStart(9);
    console.log(`${reader.name.padEnd(58)} median ${median.toFixed(1).padStart(8)} us ${rate(median)}/s   best ${rate(best)}/s`);
  }
}

main(Number(process.argv[2] ?? 20));
