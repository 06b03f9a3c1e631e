/** How many messages a second find their verb, against Hubot with as many listeners; without Hubot only our own figure is told. */
import { VERBS } from '../src/bot/verbs/table';
import { startChild } from './child';
import { type Figure, figure, median } from './figure';
import { peerVersion } from './peers';
import type { Routed, Routing } from './routing/router';
import { inTurns, type Length, ratios } from './turns';

/** Routing is quick; a round takes so many times the messages of the others. */
const TIMES = 2;

export async function routing(length: Length): Promise<readonly Figure[]> {
  const version = peerVersion('hubot');
  const ways: readonly Routing[] = version === null ? ['fenghuo'] : ['fenghuo', 'early', 'all'];
  const wrong: string[] = [];
  const given = await inTurns(ways, length, async () => {
    const children = new Map(ways.map((way) => [way, startChild<number, Routed>('routing/router.ts', { BENCH_WAY: way })]));
    return {
      measure: async (way: Routing): Promise<number> => {
        const { seconds, messages, right } = (await children.get(way)?.ask(length.messages * TIMES)) ?? NOTHING;
        if (way === 'fenghuo' && right !== messages) wrong.push(`${messages - right} of ${messages}`);
        return messages / seconds;
      },
      close: async () => {
        for (const child of children.values()) await child.stop();
      },
    };
  });
  if (wrong.length > 0) throw new Error(`messages that did not find their verb: ${wrong[0]}`);
  const note = `${VERBS.length} verbs, ${VERBS.flatMap(({ words }) => words).length} words, one core`;
  const own = figure({ bench: 'routing', unit: 'messages', what: 'a second find their verb', bar: null, note }, given.fenghuo);
  if (version === null) return [own];
  const beside = (way: 'early' | 'all', what: string): Figure => {
    const shown = `${Math.round(median(given.fenghuo))}/s against ${Math.round(median(given[way]))}/s`;
    const about = { bench: 'routing', unit: 'x', bar: { is: 'least', value: 1.5 }, note: shown } as const;
    return figure({ ...about, what: `against hubot ${version}, ${what}` }, ratios(given.fenghuo, given[way]));
  };
  return [own, beside('early', 'ended at a match'), beside('all', 'every listener asked')];
}

const NOTHING: Routed = { seconds: Number.NaN, messages: 0, right: 0 };
