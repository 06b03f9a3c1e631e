/** One owner a data folder: an advisory lock in the database itself, which the system lets go of when its holder dies. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { isAlive } from './processes';

/** Chosen at random once; means "the process that started this embedded server". */
const OWNER_KEY = 7_301_846_152;
/** Both well below the time that another start leaves a new server alone. */
const RETRY_MS = 50;
const RETRY_MOST_MS = 500;
/** The server needs a moment to see that a killed holder is gone. */
const DEAD_HOLDER_MS = 2000;
const OWNER_NAME = 'fenghuo-owner';

export interface Ownership {
  /** Gives the database back; after this another start may take it. */
  release(): Promise<void>;
}

/**
 * Takes the ownership of the server at `url`, or answers who holds it (the number of that process). A held one is taken again
 * by itself after the server was restarted.
 */
export async function takeOwnership(url: string, log: Logger): Promise<Ownership | { readonly heldBy: string }> {
  const first = await lockFromLiving(url);
  if ('heldBy' in first) return first;
  let client = first;
  let released = false;
  const watch = (): void => {
    client.once('end', () => void again());
  };
  const again = async (): Promise<void> => {
    for (let wait = RETRY_MS; !released; wait = Math.min(wait * 2, RETRY_MOST_MS)) {
      const next = await lock(url).catch(() => null);
      if (next && 'heldBy' in next) return log.error({ heldBy: next.heldBy }, '内置数据库已被另一个进程接管，请只保留一个。');
      if (next) {
        client = next;
        return released ? void (await client.end()) : watch();
      }
      await pause(wait);
    }
  };
  watch();
  return {
    release: async () => {
      released = true;
      await client.end().catch(() => undefined);
    },
  };
}

/** A holder that is dead on this machine is waited for; one in another container looks the same and is answered after the wait. */
async function lockFromLiving(url: string): Promise<Client | { heldBy: string }> {
  const end = performance.now() + DEAD_HOLDER_MS;
  for (;;) {
    const got = await lock(url);
    if (!('heldBy' in got) || isAlive(Number(got.heldBy)) || performance.now() > end) return got;
    await pause(RETRY_MS);
  }
}
async function lock(url: string): Promise<Client | { heldBy: string }> {
  const client = new Client({
    connectionString: url,
    application_name: `${OWNER_NAME} ${process.pid}`,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [OWNER_KEY]);
    if (rows[0]?.got) return client;
    const { rows: holders } = await client.query<{ name: string }>(
      'SELECT application_name AS name FROM pg_stat_activity WHERE application_name LIKE $1 AND pid <> pg_backend_pid()',
      [`${OWNER_NAME}%`],
    );
    await client.end();
    return { heldBy: holders[0]?.name.split(' ')[1] ?? '?' };
  } catch (fault) {
    await client.end().catch(() => undefined);
    throw fault;
  }
}
