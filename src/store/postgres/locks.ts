/** The rows a transaction takes first, always in the same order, so that two honest workers cannot hold each other up. */
import type { Locks } from '../../ports/store';
import { type Queryable, rows } from '../sql';

/**
 * Locks conversation, then streams in the order of their ids, then outlets likewise. With `skip`, false as soon as somebody else
 * holds one of them. A row that does not exist locks nothing. The lock leaves foreign key checks of others alone.
 */
export async function lock(on: Queryable, { conversation, streams, outlets, busy }: Locks): Promise<boolean> {
  const skip = busy === 'skip';
  if (conversation !== undefined && !(await taken(on, 'conversations', [conversation], skip))) return false;
  if (streams?.length && !(await taken(on, 'streams', streams, skip))) return false;
  return !outlets?.length || (await taken(on, 'outlets', outlets, skip));
}

type Table = 'conversations' | 'streams' | 'outlets';

async function taken(on: Queryable, table: Table, ids: readonly string[], skip: boolean): Promise<boolean> {
  const [row] = await rows<{ all: boolean }>(on, statementOf(table, skip), [ids]);
  return !skip || row?.all === true;
}

/** The ids go through a query of their own: whether one or two hundred, the plan is the same and is made once. */
const AMONG = 'id = ANY (ARRAY(SELECT unnest($1::text[])))';

function statementOf(table: Table, skip: boolean) {
  const mine = `SELECT id FROM ${table} WHERE ${AMONG} ORDER BY id FOR NO KEY UPDATE`;
  if (!skip) return { name: `lock.${table}.wait`, text: mine };
  const text = `
    WITH mine AS (${mine} SKIP LOCKED)
    SELECT (SELECT count(*) FROM mine) = (SELECT count(*) FROM ${table} WHERE ${AMONG}) AS all`;
  return { name: `lock.${table}.skip`, text };
}
