/** A process that reads the sample messages in one way: ours, the whole or only one field of it, or a general recogniser on that field. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suggestAmong } from '../../src/core/grading/suggest';
import { wordsOf } from '../../src/core/report/lexicon/words';
import { moments } from '../../src/core/report/moments';
import { normalise } from '../../src/core/report/normal';
import { numerals } from '../../src/core/report/numerals';
import { readReport } from '../../src/core/report/read';
import { LEXICON, shippedRulebooks } from '../../test/core/report/bureau';
import { answerParent } from '../child';
import { loadPeer } from '../peers';

export type Reading = 'whole' | 'times' | 'numbers' | 'chrono times' | 'suite times' | 'suite numbers';

/** What is asked for: a round that only warms up, or one that counts. */
export interface Ask {
  readonly warmsUp: boolean;
}

/** CPU microseconds in user mode for one message. */
export type Micros = number;

interface Message {
  readonly text: string;
  readonly now: number;
}

type Read = (message: Message) => unknown;

const messages: readonly Message[] = readFileSync(join(__dirname, '../../test/fixtures/reports/dev.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { text: string; now: string })
  .map(({ text, now }) => ({ text, now: Date.parse(now) }));

/** Each loads what it needs only where it is the one measured. */
const READERS: Readonly<Record<Reading, () => Read>> = {
  whole: () => {
    const books = shippedRulebooks();
    return ({ text, now }) => suggestAmong(books, text, readReport(text, now, LEXICON));
  },
  times: () => (message) => {
    const { text } = normalise(message.text);
    return moments(text, message.now, wordsOf(text).timeStart);
  },
  numbers:
    () =>
    ({ text }) =>
      numerals(normalise(text).text),
  'chrono times': () => {
    const { zh } = loadPeer<{ zh: { hans: { parse(text: string, ref: Date): unknown } } }>('chrono-node');
    return ({ text, now }) => zh.hans.parse(text, new Date(now));
  },
  'suite times': () => {
    const suite = recognizers();
    return ({ text, now }) => suite.recognizeDateTime(text, suite.Culture.Chinese, 0, new Date(now));
  },
  'suite numbers': () => {
    const suite = recognizers();
    return ({ text }) => suite.recognizeNumber(text, suite.Culture.Chinese);
  },
};

interface Recognizers {
  readonly Culture: { readonly Chinese: string };
  recognizeDateTime(text: string, culture: string, options: number, reference: Date): unknown;
  recognizeNumber(text: string, culture: string): unknown;
}

function recognizers(): Recognizers {
  return loadPeer('@microsoft/recognizers-text-suite');
}

const way = process.env.BENCH_WAY as Reading;
const read = READERS[way]();
const isOwn = way === 'whole' || way === 'times' || way === 'numbers';

/** Long enough that the first messages after another process had the core weigh little. */
const ROUND_MS = 600;
/** By then the engine has made of our code what it makes of it. Peers are a hundred times as slow: four rounds must do. */
const WARM = isOwn ? { messages: 12_000, ms: 0 } : { messages: 0, ms: 4 * ROUND_MS };
const COUNTED = { messages: 0, ms: ROUND_MS };

/** All messages in turn, as often as it takes to have read so many and spent so long. */
function round(least: { readonly messages: number; readonly ms: number }): Micros {
  const before = process.cpuUsage();
  const begun = performance.now();
  let done = 0;
  do {
    for (const message of messages) read(message);
    done += messages.length;
  } while (done < least.messages || performance.now() - begun < least.ms);
  return process.cpuUsage(before).user / done;
}

answerParent<Ask, Micros>(async ({ warmsUp }) => round(warmsUp ? WARM : COUNTED));
