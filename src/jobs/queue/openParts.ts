/** Opens BullMQ on PostgreSQL or Redis. BullMQ is loaded only here and only when asked for: it takes most of a second. */
import type { BackendFactory, Queue, QueueOptions, Worker, WorkerOptions } from 'bullmq';
import type { Pool } from 'pg';
import { type Broadcast, broadcastOnPostgres, broadcastOnRedis, type Ear } from './broadcast';

/** An open queue with its server; `close` also ends the connections made for it. */
export interface BellParts {
  readonly queue: Queue;
  /** One word to every process that listens, this one too. */
  tell(word: string): Promise<void>;
  /** From now on this process takes jobs and hears words. May be called again. */
  listen(): Promise<void>;
  /** `isAway` when the server does not answer: it is waited for two seconds at most either way. Never rejects. */
  close(isAway: boolean): Promise<void>;
}

export type QueueBackend = { readonly kind: 'postgres'; readonly pool: Pool } | { readonly kind: 'redis'; readonly url: string };

/** What this process hears once it listens. */
export interface Hearing extends Ear {
  /** It took a job of this name. */
  taken(jobName: string): void;
}

/** A Redis that may throw alarms away; thrown at start with one Chinese sentence. */
export class EvictingRedis extends Error {}

const QUEUE = 'fenghuo';
const SCHEMA = 'bullmq';
const PATIENCE_MS = 5000;
const CLOSE_PATIENCE_MS = 1000;
const WORKER: Omit<WorkerOptions, 'connection'> = {
  autorun: false,
  concurrency: 4,
  runRetryDelay: 1_000,
  lockDuration: 10_000,
  stalledInterval: 5000,
  maxStalledCount: 1000,
};

/**
 * Ready to ring when it resolves; a queue whose tables are missing is made anew. Throws when the backend cannot be reached.
 * Connections: on PostgreSQL up to 3 for commands (none while idle), and 2 more to listen; on Redis 1, and 2 more to listen.
 */
export function openParts(backend: QueueBackend, hearing: Hearing): Promise<BellParts> {
  return backend.kind === 'postgres' ? openOnPostgres(backend.pool, hearing) : openOnRedis(backend.url, hearing);
}

/** A small pool of its own on the same server: a worker keeps one connection of it for LISTEN, and a full shared pool would hang the queue. */
async function openOnPostgres(shared: Pool, hearing: Hearing): Promise<BellParts> {
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
  pool.on('error', hearing.lost);
  // The pool looks after idle connections only: one that is cut while the queue works on it would end the process.
  pool.on('connect', (client) => client.on('error', hearing.lost));
  try {
    const client = await pool.connect();
    await runMigrations(client, SCHEMA).finally(() => client.release());
    return await openQueue({
      connection: pool,
      factory: createPostgresBackend as unknown as BackendFactory,
      broadcast: broadcastOnPostgres(pool, hearing),
      end: () => pool.end(),
      hearing,
      mayForce: false,
    });
  } catch (fault) {
    await pool.end();
    throw fault;
  }
}

async function openOnRedis(url: string, hearing: Hearing): Promise<BellParts> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, connectTimeout: PATIENCE_MS, disconnectTimeout: 200 });
  redis.on('error', hearing.lost);
  const end = async (): Promise<void> => redis.disconnect();
  try {
    await within(redis.connect(), 'Redis');
    await within(refuseEviction(redis), 'Redis');
    return await openQueue({ connection: redis, broadcast: broadcastOnRedis(redis, hearing), end, hearing, mayForce: true });
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
  readonly broadcast: Broadcast;
  readonly end: () => Promise<void>;
  readonly hearing: Hearing;
  /**
   * Whether a worker whose server is away is closed by force: on Redis it would wait for ever for a command that was under way,
   * on PostgreSQL it ends by itself, and force would leave the timer of its next alarm behind.
   */
  readonly mayForce: boolean;
}

/** The worker, which takes connections of its own, is opened by the first who listens. */
async function openQueue({ connection, factory, broadcast, end, hearing, mayForce }: Opening): Promise<BellParts> {
  const bullmq = await import('bullmq');
  // The one place where BullMQ's types, made for Redis alone, are cast.
  const options = { connection } as QueueOptions;
  const queue: Queue = new bullmq.Queue(QUEUE, options, factory as undefined);
  queue.on('error', hearing.lost);
  let worker: Worker | null = null;
  let listening: Promise<void> | null = null;
  const startListening = async (): Promise<void> => {
    worker = new bullmq.Worker(QUEUE, async (job) => hearing.taken(job.name), { ...options, ...WORKER }, factory as undefined);
    worker.on('error', (fault) => {
      if (!isTakenBack(fault)) hearing.lost(fault);
    });
    await within(Promise.all([worker.waitUntilReady(), broadcast.listen()]), 'BullMQ');
    worker.run().catch(hearing.lost);
  };
  const close = async (isAway: boolean): Promise<void> => {
    const byForce = isAway && mayForce;
    // A worker that is closed while it opens would keep the connection that it is just given.
    const opened = byForce ? null : listening?.catch(() => undefined);
    const closed = Promise.resolve(opened).then(() => Promise.allSettled([worker?.close(byForce), queue.close(), broadcast.close()]));
    await within(closed, 'close', CLOSE_PATIENCE_MS).catch(() => undefined);
    await within(end(), 'close', CLOSE_PATIENCE_MS).catch(() => undefined);
  };
  try {
    await within(queue.waitUntilReady(), 'BullMQ');
    return { queue, tell: broadcast.tell, listen: () => (listening ??= startListening()), close };
  } catch (fault) {
    await queue.close().catch(() => undefined);
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
