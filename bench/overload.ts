/** Three times as many callbacks as can be kept: how many are kept all the same, and that nobody is left without an answer or told a late yes. */
import { startChild } from './child';
import { type Figure, figure, median } from './figure';
import type { Answers, Load } from './intake/load';
import type { Endured, Flood } from './overload/flood';
import { onDatabase } from './ownDatabase';
import { inTurns, type Length, ratios } from './turns';

const WAYS = ['saturated', 'flooded'] as const;
const TIMES = 3;
const SECONDS = 5;
const QUICK_SECONDS = 1;
const ROUNDS = 7;
/** Rounds of the quick form are too short for figures. */
const QUICK_MESSAGES = 2_000;
const CONNECTIONS = 64;
/** The platform hangs up after five seconds; a second of it is the way there and back. */
const LATEST_MS = 4_000;

interface Round {
  /** Callbacks kept and answered with yes in each second. */
  readonly rate: number;
  /** Of the answers with yes, and of all, in milliseconds. */
  readonly slowestYes: number;
  readonly slowest: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly heldBack: number;
  /** Yeses without a row. */
  readonly lost: number;
}

export async function overload({ messages, rounds }: Length): Promise<readonly Figure[]> {
  const isQuick = messages <= QUICK_MESSAGES;
  return onDatabase(async ({ pool, url }) => {
    const length = { sittings: 1, rounds: isQuick ? rounds : ROUNDS, messages };
    const given = await inTurns(WAYS, length, async () => {
      const server = startChild<null, string>('intake/server.ts', { BENCH_WAY: 'fenghuo', BENCH_DATABASE_URL: url });
      const load = startChild<Load, Answers>('intake/load.ts', {});
      const flood = startChild<Flood, Endured>('overload/flood.ts', {});
      let first = 0;
      let saturation = 0;
      return {
        measure: async (way: (typeof WAYS)[number]): Promise<Round> => {
          await pool.query('TRUNCATE inbox, conversations, vault');
          const address = `${await server.ask(null)}/callback/wecom/city/app`;
          const kept = async (): Promise<number> => (await pool.query('SELECT FROM inbox')).rowCount ?? 0;
          if (way === 'saturated' || saturation === 0) {
            const answers = await load.ask({ url: address, first, count: messages, connections: CONNECTIONS });
            first += messages;
            saturation = messages / answers.seconds;
            return { ...CALM, rate: saturation };
          }
          const asked = { url: address, first, rate: saturation * TIMES, seconds: isQuick ? QUICK_SECONDS : SECONDS };
          first += Math.round(asked.rate * asked.seconds);
          return roundOf(await flood.ask(asked), await kept());
        },
        close: async () => {
          for (const child of [server, load, flood]) await child.stop();
        },
      };
    });
    return figuresOf(given);
  });
}

const CALM: Round = { rate: 0, slowestYes: 0, slowest: 0, refused: 0, unanswered: 0, heldBack: 0, lost: 0 };

function roundOf({ answers, heldBack, seconds }: Endured, kept: number): Round {
  const yes = answers.filter(([status]) => status === 200);
  const longest = (some: Endured['answers']): number => some.reduce((most, [, ms]) => Math.max(most, ms), 0);
  return {
    rate: yes.length / seconds,
    slowestYes: longest(yes),
    slowest: longest(answers),
    refused: answers.filter(([status]) => status === 503).length,
    unanswered: answers.filter(([status]) => status === 0).length,
    heldBack,
    lost: Math.max(0, yes.length - kept),
  };
}

function figuresOf({ saturated, flooded }: Readonly<Record<(typeof WAYS)[number], readonly Round[]>>): readonly Figure[] {
  const of = (rounds: readonly Round[], what: keyof Round): readonly number[] => rounds.map((round) => round[what]);
  const sum = (what: keyof Round): number => of(flooded, what).reduce((all, one) => all + one, 0);
  const shown = `${Math.round(median(of(flooded, 'rate')))}/s kept against ${Math.round(median(of(saturated, 'rate')))}/s; in all ${sum('refused')} refused, ${sum('heldBack')} never sent`;
  const bench = 'overload';
  const latest = { is: 'most', value: LATEST_MS } as const;
  const none = { is: 'most', value: 0 } as const;
  const what = `kept at ${TIMES} x saturation, against saturation`;
  return [
    figure({ bench, unit: 'x', what, bar: null, note: shown }, ratios(of(flooded, 'rate'), of(saturated, 'rate'))),
    figure({ bench, unit: 'ms', what: 'latest yes', bar: latest, note: 'since it was sent, of all rounds' }, [
      Math.max(...of(flooded, 'slowestYes')),
    ]),
    figure({ bench, unit: 'ms', what: 'latest answer of all', bar: latest, note: 'refusals too' }, [Math.max(...of(flooded, 'slowest'))]),
    figure({ bench, unit: 'messages', what: 'never answered', bar: none, note: 'all counted rounds' }, [sum('unanswered')]),
    figure({ bench, unit: 'messages', what: 'answered yes and not kept', bar: none, note: 'all counted rounds' }, [sum('lost')]),
  ];
}
