/** Deadlines: many incidents due in one second, and single ones among many that wait, beside one delayed job each: BullMQ on both backends, and pg-boss. */
import { startRedis } from '../test/support/redis';
import { startChild } from './child';
import type { Asked, Lateness } from './due/lateness';
import { type Figure, figure, median } from './figure';
import { moduleVersion } from './machine';
import { onDatabase } from './ownDatabase';
import { peerVersion } from './peers';
import { inTurns, type Length } from './turns';

const ALL = ['fenghuo', 'bullmq-postgres', 'bullmq-redis', 'pg-boss'] as const;
type Way = (typeof ALL)[number];

const FILES: Readonly<Record<Way, string>> = {
  fenghuo: 'due/fenghuo.ts',
  'bullmq-postgres': 'due/queue.ts',
  'bullmq-redis': 'due/queue.ts',
  'pg-boss': 'due/boss.ts',
};
const BOSS = peerVersion('pg-boss');
const WAYS: readonly Way[] = BOSS === null ? ALL.slice(0, 3) : ALL;
const NAMES: Readonly<Record<Way, string>> = {
  fenghuo: 'fenghuo',
  'bullmq-postgres': `bullmq ${moduleVersion('bullmq')} on PostgreSQL`,
  'bullmq-redis': 'on Redis',
  'pg-boss': `pg-boss ${BOSS}`,
};

const BURST = 10_000;
const SINGLE = 200;
/** One after the other; the burst is measured once. */
const PENDING = [100_000, 1_000];
const MOST_PENDING = 1_000_000;
/** p99 lateness that the design allows, in milliseconds. */
const latest = (pending: number): number => (pending > 100_000 ? 500 : 250);
/** Each round takes minutes, so that only the long form makes as many as a ratio needs. */
const LONG_ROUNDS = 7;
const WARM: Asked = { burst: 100, single: 10, pending: 100 };
const QUICK: Asked = { burst: 500, single: 40, pending: 1_000 };
/** Rounds of the quick form are too short for figures. */
const QUICK_MESSAGES = 2_000;

/** On a PostgreSQL and a Redis of its own. */
export async function due({ messages, rounds, isLong = false }: Length): Promise<readonly Figure[]> {
  const levels = messages <= QUICK_MESSAGES ? [QUICK] : asked(isLong ? [...PENDING, MOST_PENDING] : PENDING);
  const length = { sittings: 1, rounds: isLong ? Math.min(LONG_ROUNDS, rounds) : 1, messages: 0 };
  return onDatabase(async ({ pool, url }) => {
    const redis = await startRedis();
    try {
      await pool.query('CREATE TABLE bench_done (way text, id text, at timestamptz DEFAULT clock_timestamp())');
      const figures: Figure[] = [];
      for (const level of levels) figures.push(...figuresOf(level, await inTurns(WAYS, length, () => openSitting(url, redis.url, level))));
      return figures;
    } finally {
      await redis.stop();
    }
  });
}

function asked(pending: readonly number[]): readonly Asked[] {
  return pending.map((count, i) => ({ burst: i === 0 ? BURST : 0, single: SINGLE, pending: count }));
}

async function openSitting(databaseUrl: string, redisUrl: string, asked: Asked) {
  const env = (way: Way) => ({ BENCH_WAY: way, BENCH_DATABASE_URL: databaseUrl, BENCH_REDIS_URL: redisUrl });
  const children = new Map(WAYS.map((way) => [way, startChild<Asked, Lateness>(FILES[way], env(way))]));
  return {
    measure: async (way: Way, warmsUp: boolean): Promise<Lateness> => {
      const child = children.get(way);
      if (child === undefined) throw new Error(`no child for ${way}`);
      return child.ask(warmsUp ? WARM : asked);
    },
    close: async () => {
      for (const child of children.values()) await child.stop();
    },
  };
}

function figuresOf({ burst, single, pending }: Asked, found: Readonly<Record<Way, readonly Lateness[]>>): readonly Figure[] {
  const p99 = (one: Lateness): number => one.late[Math.floor((one.late.length - 1) * 0.99)] ?? Number.NaN;
  const p50 = (one: Lateness): number => one.late[Math.floor((one.late.length - 1) * 0.5)] ?? Number.NaN;
  const mine = found.fenghuo;
  const others = (of: (one: Lateness) => number, unfinished: (one: Lateness) => number): string =>
    WAYS.slice(1)
      .map((way) => {
        const left = Math.max(...found[way].map(unfinished));
        return `${NAMES[way]} ${left > 0 ? 'over ' : ''}${median(found[way].map(of)).toFixed(0)} ms${left > 0 ? ` (${left} not done by then)` : ''}`;
      })
      .join(', ');
  const about = { bench: 'due', unit: 'ms' } as const;
  const drained = figure(
    {
      ...about,
      what: `${burst} due in one second, all committed`,
      bar: { is: 'most', value: 5_000 },
      note: others(
        (one) => one.burstMs,
        (one) => burst - one.burstDone,
      ),
    },
    mine.map((one) => one.burstMs),
  );
  const lateness = figure(
    {
      ...about,
      what: `lateness p99 with ${pending} pending`,
      bar: { is: 'most', value: latest(pending) },
      note: others(p99, (one) => single - one.late.length),
    },
    mine.map(p99),
  );
  const median50 = figure(
    { ...about, what: `lateness p50 with ${pending} pending`, bar: null, note: others(p50, (one) => single - one.late.length) },
    mine.map(p50),
  );
  const earliest = figure(
    { ...about, what: 'earliest of all (never before its moment)', bar: { is: 'least', value: 0 }, note: 'of all rounds' },
    [Math.min(...mine.map((one) => one.late[0] ?? Number.NaN))],
  );
  return [...(burst === 0 ? [] : [drained]), median50, lateness, earliest];
}
