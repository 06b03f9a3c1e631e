/** Verifying, decrypting and parsing one callback, strictly, against the platform's library and the parser used plainly. */
import { startChild } from './child';
import type { Decoded, Decoding } from './decode/decoder';
import { type Figure, figure, median } from './figure';
import { inTurns, type Length, ratios } from './turns';

const WAYS: readonly Decoding[] = ['strict', 'plain'];
/** A round of intake takes a second or two; decoding is a hundred times as quick. */
const TIMES = 5;

export async function decode(length: Length): Promise<readonly Figure[]> {
  const given = await inTurns(WAYS, length, async () => {
    const workers = new Map(WAYS.map((way) => [way, startChild<number, Decoded>('decode/decoder.ts', { BENCH_WAY: way })]));
    return {
      measure: async (way: Decoding): Promise<number> => {
        const { seconds, messages } = (await workers.get(way)?.ask(length.messages * TIMES)) ?? { seconds: Number.NaN, messages: 0 };
        return messages / seconds;
      },
      close: async () => {
        for (const worker of workers.values()) await worker.stop();
      },
    };
  });
  const [strict, plain] = [given.strict, given.plain].map((rates) => (1e6 / median(rates)).toFixed(1));
  const note = `${strict} µs against ${plain} µs`;
  const about = { bench: 'decode', unit: 'x', bar: { is: 'least', value: 1 }, note } as const;
  return [figure({ ...about, what: 'strict, against @wecom/crypto and saxes' }, ratios(given.strict, given.plain))];
}
