/** One transaction on one connection, repeated when it lost a race: the only place in Fenghuo where that is done. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { broken, StoreFault, toFault } from './fault';
import { plain, type Queryable } from './sql';

/** How often a transaction that loses races is run in all. */
const RUNS = 5;
/** Who lost waits this much longer each time, so that the winner, who is only just waking, takes the row first. */
const STEP_ASIDE_MS = 20;

/**
 * Runs `work` between BEGIN and COMMIT (READ COMMITTED). After 40001, 40P01 or a raced unique key `work` runs again, up to
 * five times in all; `repeated` hears of each. Any other fault rolls back and is thrown. What `work` keeps of `on` is dead
 * after the end, so a forgotten await cannot write outside its transaction.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (on: Queryable) => Promise<T>,
  repeated: (fault: StoreFault) => void = () => {},
): Promise<T> {
  return repeating(() => once(pool, work), steppingAside(repeated));
}

/** Hears of each lost race, then gives the winner time to take what both wanted. */
export function steppingAside(repeated: (fault: StoreFault) => void): Lost {
  return (fault, run) => {
    repeated(fault);
    return sleep(run * STEP_ASIDE_MS);
  };
}

/** What happens between a lost race and the next run; `run` counts from 1. */
type Lost = (fault: StoreFault, run: number) => Promise<unknown>;

/** Runs one self-contained statement or transaction again while it loses races, up to five times in all. */
export async function repeating<T>(attempt: () => Promise<T>, lost: Lost): Promise<T> {
  for (let run = 1; ; run++) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof StoreFault && thrown.lostRace) || run >= RUNS) throw thrown;
      await lost(thrown, run);
    }
  }
}

async function once<T>(pool: Pool, work: (on: Queryable) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  const scope = scopeOf(client);
  // Without a listener, a connection that dies between two statements of a transaction would end the process.
  const ignore = () => {};
  client.on('error', ignore);
  let dead = false;
  try {
    await plain(client, 'begin', 'BEGIN');
    const result = await work(scope.on);
    scope.end();
    const tag = await plain(client, 'commit', 'COMMIT');
    if (tag !== 'COMMIT') throw broken('commit', 'a statement failed inside and its fault was swallowed');
    return result;
  } catch (thrown) {
    scope.end();
    dead = await rolledBack(client);
    throw thrown;
  } finally {
    client.removeListener('error', ignore);
    client.release(dead);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (thrown) {
    throw toFault('connect', thrown);
  }
}

/** One statement after the other, also when `work` asks for several at once; none after the end. Who asks after a fault gets that fault, not what follows from it. */
function scopeOf(client: PoolClient): { on: Queryable; end(): void } {
  let open = true;
  let spoiledBy: unknown;
  let last: Promise<unknown> = Promise.resolve();
  const run: Queryable['query'] = (config) => {
    const result = last.then(() => {
      if (!open) throw broken('query', 'the transaction has ended');
      if (spoiledBy !== undefined) throw spoiledBy;
      return client.query(config);
    });
    last = result.catch((fault: unknown) => {
      spoiledBy ??= fault;
    });
    return result;
  };
  return {
    on: { query: run },
    end: () => {
      open = false;
    },
  };
}

/** Rolls back; true when even that failed and the connection is of no more use. */
async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await plain(client, 'rollback', 'ROLLBACK');
    return false;
  } catch {
    return true;
  }
}
