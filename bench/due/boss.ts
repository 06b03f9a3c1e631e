/** The same with pg-boss: one delayed job each, fetched by its poll at the quickest it allows, and one row committed for each. */
import { Pool } from 'pg';
import { realPace } from '../../src/jobs/pace';
import { answerParent } from '../child';
import { loadPeer } from '../peers';
import { type Asked, ascending, type Lateness, LONGEST_MS, SINGLE_EVERY_MS } from './lateness';

/** As far as it is used here. */
interface Boss {
  on(event: 'error', heard: () => void): void;
  start(): Promise<unknown>;
  createQueue(name: string): Promise<void>;
  insert(jobs: readonly { readonly name: string; readonly data: Due; readonly startAfter: Date }[]): Promise<unknown>;
  work(
    name: string,
    options: object,
    handler: (jobs: readonly { readonly id: string; readonly data: Due }[]) => Promise<void>,
  ): Promise<string>;
  offWork(name: string): Promise<void>;
}
interface Due {
  readonly due: number;
}

const DATABASE = process.env.BENCH_DATABASE_URL ?? '';
const DAY_MS = 86_400_000;
const BULK = 1_000;
/** It polls no more often; a batch as large as this drains a burst best. */
const WORK = { pollingIntervalSeconds: 0.5, batchSize: 500 };

const rows = new Pool({ connectionString: DATABASE, max: 8 });
const started = open();
let bursts = 0;
let waiting = 0;

answerParent<Asked, Lateness>(async (asked) => {
  bursts += 1;
  const burst = await round(`bench-burst-${bursts}-${process.pid}`, asked.burst, 0);
  const name = `bench-${process.pid}`;
  await addAll(name, asked.pending - waiting, () => Date.now() + DAY_MS);
  waiting = Math.max(waiting, asked.pending);
  const late = await round(name, asked.single, SINGLE_EVERY_MS);
  return { burstMs: burst.length < asked.burst ? LONGEST_MS : (burst.at(-1) ?? Number.NaN), burstDone: burst.length, late };
});

async function open(): Promise<Boss> {
  const PgBoss = loadPeer<new (options: object) => Boss>('pg-boss');
  const boss = new PgBoss({ connectionString: DATABASE, schema: 'pgboss', max: 10, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  return boss;
}

/** Lateness of each job that was done in time, ascending: `everyMs` apart, or all at the same moment. */
async function round(name: string, jobs: number, everyMs: number): Promise<readonly number[]> {
  const boss = await started;
  const first = Date.now() + 1_000 + jobs * 1.5;
  await addAll(name, jobs, (i) => first + i * everyMs);
  const late: number[] = [];
  await boss.work(name, WORK, async (batch) => {
    const each = async ({ id, data }: (typeof batch)[number]): Promise<void> => {
      await rows.query('INSERT INTO bench_done (way, id) VALUES ($1, $2)', [process.env.BENCH_WAY, id]);
      late.push(Date.now() - data.due);
    };
    await Promise.all(batch.map(each));
  });
  const last = first + (jobs - 1) * everyMs + LONGEST_MS;
  while (late.length < jobs && Date.now() < last) await realPace.sleep(20);
  await boss.offWork(name);
  return ascending(late);
}

async function addAll(name: string, jobs: number, due: (i: number) => number): Promise<void> {
  const boss = await started;
  await boss.createQueue(name);
  for (let from = 0; from < jobs; from += BULK) {
    const some = Array.from({ length: Math.min(BULK, jobs - from) }, (_, k) => due(from + k));
    await boss.insert(some.map((moment) => ({ name, data: { due: moment }, startAfter: new Date(moment) })));
  }
}
