/** Deadlines: many incidents due in one second, and single ones among many that wait, beside one delayed BullMQ job each on both backends. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/store/embedded/startEmbedded';
import { migrate } from '../src/store/migrate';
import { openPool } from '../src/store/pool';
import { createLog } from '../src/wiring/logging';
import { startRedis } from '../test/support/redis';
import { startChild } from './child';
import type { Asked, Lateness } from './due/lateness';
import { type Figure, figure, median } from './figure';
import { inTurns, type Length } from './turns';

const WAYS = ['fenghuo', 'bullmq-postgres', 'bullmq-redis'] as const;
type Way = (typeof WAYS)[number];

const FILES: Readonly<Record<Way, string>> = {
  fenghuo: 'due/fenghuo.ts',
  'bullmq-postgres': 'due/queue.ts',
  'bullmq-redis': 'due/queue.ts',
};
/** A long run is a fixed one: setting up so many rows takes longer than measuring them. */
const LONG: Asked = { burst: 10_000, single: 200, pending: 100_000 };
const QUICK: Asked = { burst: 500, single: 40, pending: 2_000 };
/** Rounds of the quick form are too short for figures. */
const QUICK_MESSAGES = 2_000;

/** On an embedded PostgreSQL and a Redis of its own, in temporary folders. */
export async function due({ messages }: Length): Promise<readonly Figure[]> {
  const asked = messages > QUICK_MESSAGES ? LONG : QUICK;
  const dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-bench-'));
  chmodSync(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, log: createLog('warn') });
  const redis = await startRedis();
  const pool = openPool(database.url, { max: 1 });
  try {
    await migrate(pool);
    await pool.query('CREATE TABLE bench_done (way text, id text, at timestamptz DEFAULT clock_timestamp())');
    const length = { sittings: 1, rounds: 1, messages: 0 };
    return figuresOf(asked, await inTurns(WAYS, length, async () => openSitting(database.url, redis.url, asked)));
  } finally {
    await pool.end();
    await redis.stop();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function openSitting(databaseUrl: string, redisUrl: string, asked: Asked) {
  const env = (way: Way) => ({ BENCH_WAY: way, BENCH_DATABASE_URL: databaseUrl, BENCH_REDIS_URL: redisUrl });
  const children = new Map(WAYS.map((way) => [way, startChild<Asked, Lateness>(FILES[way], env(way))]));
  return {
    measure: async (way: Way, warmsUp: boolean): Promise<Lateness> => {
      const child = children.get(way);
      if (child === undefined) throw new Error(`no child for ${way}`);
      return child.ask(warmsUp ? QUICK : asked);
    },
    close: async () => {
      for (const child of children.values()) await child.stop();
    },
  };
}

function figuresOf({ burst, single, pending }: Asked, found: Readonly<Record<Way, readonly Lateness[]>>): readonly Figure[] {
  const p99 = (one: Lateness): number => one.late[Math.floor((one.late.length - 1) * 0.99)] ?? Number.NaN;
  const mine = found.fenghuo;
  const others = (of: (one: Lateness) => number, unfinished: (one: Lateness) => number): string =>
    WAYS.slice(1)
      .map((way) => {
        const left = Math.max(...found[way].map(unfinished));
        return `${way} ${left > 0 ? 'over ' : ''}${median(found[way].map(of)).toFixed(0)} ms${left > 0 ? ` (${left} not done by then)` : ''}`;
      })
      .join(', ');
  const about = { bench: 'due', unit: 'ms' } as const;
  return [
    figure(
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
    ),
    figure(
      {
        ...about,
        what: `lateness p99 with ${pending} pending`,
        bar: { is: 'most', value: 250 },
        note: others(p99, (one) => single - one.late.length),
      },
      mine.map(p99),
    ),
    figure(
      {
        ...about,
        what: 'earliest of all (never before its moment)',
        bar: { is: 'least', value: 0 },
        note: 'lateness of the most punctual',
      },
      mine.map((one) => one.late[0] ?? Number.NaN),
    ),
  ];
}
