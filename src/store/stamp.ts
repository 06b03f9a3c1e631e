/** Sandbox or real: said once for a database, and what only a sandbox may do. */
import type { Pool } from 'pg';
import { broken } from './fault';
import { plain, type Queryable, rows } from './sql';
import { inTransaction } from './transaction';

/** What a database is for. */
export type StampKind = 'sandbox' | 'real';

/**
 * Stamps a new database; an old one keeps its stamp, and `mismatch` says that this program must not run on it. May run at
 * every start.
 */
export async function stampDatabase(pool: Pool, kind: StampKind): Promise<{ readonly is: 'ok' | 'mismatch'; readonly found: StampKind }> {
  await rows(pool, STAMP, [kind]);
  const found = await stampOf(pool);
  if (!found) throw broken('stamp', 'the stamp did not stay');
  return { is: found === kind ? 'ok' : 'mismatch', found };
}

/** The stamp that a database bears already; null when it has none yet, be it for want of tables. Changes nothing. */
export async function foundStamp(pool: Pool): Promise<StampKind | null> {
  const [there] = await rows<{ is: boolean }>(pool, THERE);
  return there?.is ? stampOf(pool) : null;
}

/**
 * Empties a sandbox: streams, events, inbox, deliveries and all that hangs on them; numbers begin at 1 again and the clock
 * is real time. Rulebooks and connections stay, the roster until its next import, which writes it anew. Refuses (StoreFault `broken`) unless the database is stamped sandbox.
 */
export async function resetSandbox(pool: Pool): Promise<void> {
  await inTransaction(pool, async (on) => {
    if ((await stampOf(on)) !== 'sandbox') throw broken('reset', 'only a database stamped sandbox can be reset');
    await plain(on, 'reset', RESET);
  });
}

async function stampOf(on: Queryable): Promise<StampKind | null> {
  const [row] = await rows<{ kind: StampKind }>(on, FIND);
  return row?.kind ?? null;
}

const STAMP = { name: 'stamp.write', text: 'INSERT INTO stamp (kind) VALUES ($1) ON CONFLICT DO NOTHING' };
const THERE = { name: 'stamp.there', text: `SELECT to_regclass('stamp') IS NOT NULL AS is` };
const FIND = { name: 'stamp.find', text: 'SELECT kind FROM stamp' };

/** The setting opens the guard of the events for this transaction only. */
const RESET = `
  SET LOCAL fenghuo.reset = 'on';
  TRUNCATE streams, stream_numbers, events, vault, anchors, incidents, incident_figures, papers, files, asks, deadlines, conversations, inbox, prompts,
    outlets, tenant_gates, deliveries, dispatches, platform_tokens, platform_meters, long_work RESTART IDENTITY;
  UPDATE sandbox_clock SET offset_ms = 0;
  UPDATE roster_state SET hash = ''`;
