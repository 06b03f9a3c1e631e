/** Durable intake of real encrypted callbacks through the whole route, against one INSERT a request, no database at all, and koa alone. */
import type { Pool } from 'pg';
import { type Child, startChild } from './child';
import { type Figure, figure, median } from './figure';
import type { Answers, Load } from './intake/load';
import type { Way } from './intake/server';
import { moduleVersion } from './machine';
import { onDatabase } from './ownDatabase';
import { inTurns, type Length, ratios } from './turns';

const WAYS: readonly Way[] = ['fenghuo', 'peer', 'nowhere', 'hello'];
const CONNECTIONS = 64;
const KOA = `koa ${moduleVersion('koa')}`;

interface Round {
  /** Answered messages a second. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were no yes. */
  readonly refused: number;
  /** Yeses without a row; a way that keeps nothing has none to lose. */
  readonly lost: number;
}

/** On a PostgreSQL of its own with the settings of production. */
export async function intake(length: Length): Promise<readonly Figure[]> {
  return onDatabase(async ({ pool, url }) => figuresOf(await inTurns(WAYS, length, () => openSitting(pool, url, length.messages))));
}

async function openSitting(pool: Pool, databaseUrl: string, messages: number) {
  const load = startChild<Load, Answers>('intake/load.ts', {});
  const servers = new Map(
    WAYS.map((way) => [way, startChild<null, string>('intake/server.ts', { BENCH_WAY: way, BENCH_DATABASE_URL: databaseUrl })]),
  );
  let first = 0;
  return {
    measure: async (way: Way): Promise<Round> => {
      await pool.query('TRUNCATE inbox, conversations, vault');
      const url = await addressOf(servers.get(way));
      const answers = await load.ask({ url, first, count: messages, connections: CONNECTIONS });
      first += messages;
      const { rows } = await pool.query<{ kept: number }>('SELECT count(*)::int AS kept FROM inbox');
      return roundOf(answers, messages, way === 'nowhere' || way === 'hello' ? null : (rows[0]?.kept ?? 0));
    },
    close: async () => {
      for (const child of [load, ...servers.values()]) await child.stop();
    },
  };
}

async function addressOf(server: Child<null, string> | undefined): Promise<string> {
  return `${await server?.ask(null)}/callback/wecom/city/app`;
}

function roundOf({ seconds, statuses, waits }: Answers, messages: number, kept: number | null): Round {
  const yes = statuses[200] ?? 0;
  const at = (share: number): number => waits[Math.floor((waits.length - 1) * share)] ?? Number.NaN;
  return { rate: messages / seconds, p50: at(0.5), p99: at(0.99), refused: messages - yes, lost: kept === null ? 0 : yes - kept };
}

function figuresOf({ fenghuo, peer, nowhere, hello }: Readonly<Record<Way, readonly Round[]>>): readonly Figure[] {
  const rates = (rounds: readonly Round[]): readonly number[] => rounds.map(({ rate }) => rate);
  const shown = (rounds: readonly Round[]): string => `${Math.round(median(rates(rounds)))}/s`;
  const add = (what: keyof Round): number => [...fenghuo, ...peer].reduce((sum, round) => sum + round[what], 0);
  const about = { bench: 'intake', unit: 'x', note: `${shown(fenghuo)} against ${shown(peer)} and ${shown(nowhere)}` } as const;
  const ms = { bench: 'intake', unit: 'ms', note: `${CONNECTIONS} connections, as fast as answers come` } as const;
  const none = {
    bench: 'intake',
    unit: 'messages',
    bar: { is: 'most', value: 0 },
    note: 'both ways that keep, all counted rounds',
  } as const;
  return [
    figure(
      { ...about, what: `durable, against ${KOA} and one INSERT each`, bar: { is: 'least', value: 1.5 } },
      ratios(rates(fenghuo), rates(peer)),
    ),
    figure(
      { ...about, what: 'durable, against the same without a database', bar: { is: 'least', value: 0.8 } },
      ratios(rates(fenghuo), rates(nowhere)),
    ),
    figure(
      { ...about, what: `durable, against ${KOA} that says hello`, bar: null, note: `${shown(fenghuo)} against ${shown(hello)}` },
      ratios(rates(fenghuo), rates(hello)),
    ),
    figure(
      { ...ms, what: 'answer, p50', bar: null },
      fenghuo.map(({ p50 }) => p50),
    ),
    figure(
      { ...ms, what: 'answer, p99', bar: { is: 'most', value: 500 } },
      fenghuo.map(({ p99 }) => p99),
    ),
    figure({ ...none, what: 'answered yes and not kept' }, [add('lost')]),
    figure({ ...none, what: 'refused' }, [add('refused')]),
  ];
}
