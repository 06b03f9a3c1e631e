/** How many commands one core decides and folds, alone and with every deadline reckoned before and after. */
import { startChild } from './child';
import type { Decided, Deciding } from './core/decider';
import { type Figure, figure } from './figure';
import { inTurns, type Length } from './turns';

const WAYS: readonly Deciding[] = ['plain', 'timed'];
/** A round of intake takes a second or two; deciding is far quicker. */
const TIMES = 10;

export async function decide(length: Length): Promise<readonly Figure[]> {
  const given = await inTurns(WAYS, length, async () => {
    const children = new Map(WAYS.map((way) => [way, startChild<number, Decided>('core/decider.ts', { BENCH_WAY: way })]));
    return {
      measure: async (way: Deciding): Promise<number> => {
        const { seconds, commands } = (await children.get(way)?.ask(length.messages * TIMES)) ?? { seconds: Number.NaN, commands: 0 };
        return commands / seconds;
      },
      close: async () => {
        for (const child of children.values()) await child.stop();
      },
    };
  });
  const about = { bench: 'decide', unit: 'commands/s', note: 'one core, incidents of 300 commands' } as const;
  return [
    figure({ ...about, what: 'decide and evolve', bar: { is: 'least', value: 100_000 } }, given.plain),
    figure({ ...about, what: 'the same with all deadlines, before and after', bar: null }, given.timed),
  ];
}
