/** The connections to PostgreSQL that one process shares. */
import { Pool } from 'pg';
import { parsers } from './sql';

/** How long one statement may take; nothing in the store comes near it, so what reaches it is stuck. */
const STATEMENT_MS = 15_000;
/** A transaction whose process hangs must not hold its rows for ever. */
const IDLE_IN_TRANSACTION_MS = 30_000;
const TELL_EVERY_MS = 1000;

/**
 * Opens a pool of at most `max` connections, which the server lists under `name`; none is opened before the first use. A connection that dies while idle is
 * dropped and replaced, and `lost` hears of it: once a second, since a server that ends takes them all. Close it with `pool.end()`.
 */
export function openPool(
  url: string,
  options: { readonly max: number; readonly name?: string; readonly lost?: (why: Error) => void },
): Pool {
  const pool = new Pool({
    connectionString: url,
    max: options.max,
    application_name: options.name ?? 'fenghuo',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    options: '-c timezone=UTC',
    types: parsers,
  });
  let toldAt = Number.NEGATIVE_INFINITY;
  pool.on('error', (why) => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    options.lost?.(why);
  });
  return pool;
}
