/** What one would write without rows: a delayed BullMQ job for each deadline, whose worker commits one row. */
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { realPace } from '../../src/jobs/pace';
import { answerParent } from '../child';
import { type Asked, ascending, type Lateness, LONGEST_MS, SINGLE_EVERY_MS } from './lateness';

const DATABASE = process.env.BENCH_DATABASE_URL ?? '';
const IS_REDIS = process.env.BENCH_WAY === 'bullmq-redis';
const SCHEMA = 'bullmq';
const DAY_MS = 86_400_000;
const BULK = 1_000;

const rows = new Pool({ connectionString: DATABASE, max: 8 });
const options = opened();

async function opened(): Promise<{ readonly connection: never; readonly factory: undefined }> {
  if (IS_REDIS)
    return { connection: new Redis(process.env.BENCH_REDIS_URL ?? '', { maxRetriesPerRequest: null }) as never, factory: undefined };
  const pool = new Pool({ connectionString: DATABASE, max: 10, options: `-c search_path=${SCHEMA} -c timezone=UTC` });
  const client = await pool.connect();
  pool.setMaxListeners(0);
  await runMigrations(client, SCHEMA).finally(() => client.release());
  return { connection: pool as never, factory: createPostgresBackend as unknown as undefined };
}

answerParent<Asked, Lateness>(async (asked) => {
  bursts += 1;
  const burst = await round(`${NAME}-burst-${bursts}`, asked.burst, 0);
  await waitFor(asked.pending);
  const late = await round(NAME, asked.single, SINGLE_EVERY_MS);
  return { burstMs: burst.length < asked.burst ? LONGEST_MS : (burst.at(-1) ?? Number.NaN), burstDone: burst.length, late };
});

const NAME = `bench-${process.env.BENCH_WAY}`;
let bursts = 0;
let waiting = 0;

/** So many wait for another day in the queue of the single ones; they stay over all rounds. */
async function waitFor(pending: number): Promise<void> {
  const { connection, factory } = await options;
  const queue = new Queue(NAME, { connection }, factory);
  await addAll(queue, pending - waiting, () => DAY_MS);
  waiting = Math.max(waiting, pending);
  await queue.close();
}

/** Lateness of each job that was done in time, ascending: `everyMs` apart, or all at the same moment. */
async function round(name: string, jobs: number, everyMs: number): Promise<readonly number[]> {
  const { connection, factory } = await options;
  const queue = new Queue(name, { connection }, factory);
  const first = Date.now() + 1_000 + jobs * 1.5;
  await addAll(
    queue,
    jobs,
    (i) => first + i * everyMs - Date.now(),
    (i) => first + i * everyMs,
  );
  const late: number[] = [];
  const work = async (job: { readonly id?: string; readonly data: { readonly due: number } }): Promise<void> => {
    await rows.query('INSERT INTO bench_done (way, id) VALUES ($1, $2)', [process.env.BENCH_WAY, job.id]);
    late.push(Date.now() - job.data.due);
  };
  const worker = new Worker(name, work as never, { connection, concurrency: 8 }, factory);
  const last = first + (jobs - 1) * everyMs + LONGEST_MS;
  while (late.length < jobs && Date.now() < last) await realPace.sleep(20);
  await worker.close();
  await queue.close();
  return ascending(late);
}

async function addAll(queue: Queue, jobs: number, delay: (i: number) => number, due: (i: number) => number = () => 0): Promise<void> {
  for (let from = 0; from < jobs; from += BULK) {
    const some = Array.from({ length: Math.min(BULK, jobs - from) }, (_, k) => from + k);
    await queue.addBulk(
      some.map((i) => ({ name: 'due', data: { due: due(i) }, opts: { delay: Math.max(1, delay(i)), removeOnComplete: { age: 3600 } } })),
    );
  }
}
