/** Opens BullMQ on PostgreSQL or Redis. BullMQ is loaded only here and only when asked for: it takes most of a second. */
import type { BackendFactory, Queue, Worker, WorkerOptions } from 'bullmq';
import type { Pool } from 'pg';
import type { BellParts } from './bell';

export type QueueBackend = { readonly kind: 'postgres'; readonly pool: Pool } | { readonly kind: 'redis'; readonly url: string };

/** A Redis that may throw alarms away; thrown at start with one Chinese sentence. */
export class EvictingRedis extends Error {}

const QUEUE = 'fenghuo';
const SCHEMA = 'bullmq';
const PATIENCE_MS = 5000;
const CLOSE_PATIENCE_MS = 2000;
const WORKER: Omit<WorkerOptions, 'connection'> = {
  autorun: false,
  concurrency: 4,
  runRetryDelay: 1_000,
  lockDuration: 10_000,
  stalledInterval: 5000,
  maxStalledCount: 1000,
};

type Hear = (jobName: string) => void;
type Lost = (fault: unknown) => void;

/** Ready to use when it resolves; a queue whose tables are missing is made anew. Throws when the backend cannot be reached. */
export function openParts(backend: QueueBackend, hear: Hear, lost: Lost): Promise<BellParts> {
  return backend.kind === 'postgres' ? openOnPostgres(backend.pool, hear, lost) : openOnRedis(backend.url, hear, lost);
}

/** A small pool of its own on the same server: a worker keeps one connection for LISTEN, and a full shared pool would hang the queue. */
async function openOnPostgres(shared: Pool, hear: Hear, lost: Lost): Promise<BellParts> {
  const [{ createPostgresBackend, runMigrations }, { Pool: PgPool }] = await Promise.all([import('bullmq'), import('pg')]);
  const pool = new PgPool({
    ...shared.options,
    max: 4,
    keepAlive: true,
    application_name: 'fenghuo-queue',
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: 10_000,
    options: `-c search_path=${SCHEMA} -c timezone=UTC`,
  });
  pool.setMaxListeners(0);
  pool.on('error', lost);
  try {
    const client = await pool.connect();
    await runMigrations(client, SCHEMA).finally(() => client.release());
    return await openBoth({
      connection: pool,
      factory: createPostgresBackend as unknown as BackendFactory,
      end: () => pool.end(),
      hear,
      lost,
    });
  } catch (fault) {
    await pool.end();
    throw fault;
  }
}

async function openOnRedis(url: string, hear: Hear, lost: Lost): Promise<BellParts> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, connectTimeout: PATIENCE_MS, disconnectTimeout: 200 });
  redis.on('error', lost);
  const end = async (): Promise<void> => redis.disconnect();
  try {
    await within(redis.connect(), 'Redis');
    await refuseEviction(redis);
    return await openBoth({ connection: redis, end, hear, lost });
  } catch (fault) {
    await end();
    throw fault;
  }
}

async function refuseEviction(redis: { config(get: 'GET', name: string): Promise<unknown> }): Promise<void> {
  const answer = await redis.config('GET', 'maxmemory-policy');
  const policy = Array.isArray(answer) ? String(answer[1]) : '';
  if (policy === 'noeviction') return;
  throw new EvictingRedis(
    `Redis 的 maxmemory-policy 为 ${policy || '未知'}，内存不足时会丢弃定时任务：请改为 noeviction（CONFIG SET maxmemory-policy noeviction，并写入 redis.conf）后重新启动。`,
  );
}

interface Opening {
  readonly connection: unknown;
  readonly factory?: BackendFactory;
  readonly end: () => Promise<void>;
  readonly hear: Hear;
  readonly lost: Lost;
}

/** The one place where BullMQ's types, made for Redis alone, are cast. */
async function openBoth({ connection, factory, end, hear, lost }: Opening): Promise<BellParts> {
  const bullmq = await import('bullmq');
  const options = { connection } as WorkerOptions;
  const queue: Queue = new bullmq.Queue(QUEUE, options, factory as undefined);
  queue.on('error', lost);
  const process = async (job: { readonly name: string }): Promise<void> => hear(job.name);
  const worker: Worker = new bullmq.Worker(QUEUE, process, { ...options, ...WORKER }, factory as undefined);
  worker.on('error', (fault) => {
    if (!isTakenBack(fault)) lost(fault);
  });
  const close = async (): Promise<void> => {
    const ended = Promise.allSettled([worker.close(), queue.close()]).then(end);
    await within(ended, 'close', CLOSE_PATIENCE_MS).catch(lost);
  };
  try {
    await within(Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]), 'BullMQ');
    return { queue, worker, close };
  } catch (fault) {
    await Promise.allSettled([worker.close(true), queue.close()]);
    throw fault;
  }
}

async function within<T>(work: Promise<T>, what: string, ms = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** An alarm that was taken back while it rang: it has rung, and its job is gone as wanted. */
function isTakenBack(fault: Error): boolean {
  return (fault as { code?: unknown }).code === -1 && fault.message.includes('job alarm-');
}
