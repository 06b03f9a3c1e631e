/** One word to every process at once, by what the server itself offers: NOTIFY on PostgreSQL, PUBLISH on Redis. */
import type { Redis } from 'ioredis';
import { Client, type Pool } from 'pg';

/** One statement a word, and nothing at all while nobody speaks. `listen` takes one connection of its own. */
export interface Broadcast {
  /** Told to all that listen now, this process too. Rejects when the server is away; on Redis it may wait for it. */
  tell(word: string): Promise<void>;
  /** Resolves when no word can be missed any more. Once only; may be closed before it has resolved. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

export interface Ear {
  heard(word: string): void;
  /** The ear is open: words told before may have been missed. Again after each interruption that mends itself. */
  opened(): void;
  lost(fault: unknown): void;
}

const CHANNEL = 'fenghuo_ring';

/** Words reach the processes on one database. An ear that loses its connection stays deaf, and says so by `lost`. */
export function broadcastOnPostgres(pool: Pool, { heard, opened, lost }: Ear): Broadcast {
  let ear: Client | null = null;
  return {
    tell: async (word) => void (await pool.query('SELECT pg_notify($1, $2)', [CHANNEL, word])),
    listen: async () => {
      ear = new Client(pool.options);
      ear.on('error', lost);
      ear.on('end', () => lost(new Error('the connection that listens has ended')));
      ear.on('notification', ({ payload }) => heard(payload ?? ''));
      await ear.connect();
      await ear.query(`LISTEN ${CHANNEL}`);
      opened();
    },
    close: async () => ear?.end(),
  };
}

/** Words reach the processes on one database number of one server, which pub/sub alone would not keep apart. */
export function broadcastOnRedis(redis: Redis, { heard, opened, lost }: Ear): Broadcast {
  const channel = `${CHANNEL}:${redis.options.db ?? 0}`;
  let ear: Redis | null = null;
  return {
    tell: async (word) => void (await redis.publish(channel, word)),
    listen: async () => {
      const listening = redis.duplicate({ autoResubscribe: false });
      ear = listening;
      listening.on('error', lost);
      listening.on('message', (_, word) => heard(word));
      await listening.connect();
      await listening.subscribe(channel);
      opened();
      listening.on('ready', () => listening.subscribe(channel).then(opened, lost));
    },
    close: async () => ear?.disconnect(),
  };
}
