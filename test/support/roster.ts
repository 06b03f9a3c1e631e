/** The roster of a running bureau changed while it works, as an import would, and put back. */
import type { Pool } from 'pg';
import type { Bureau } from './bureau';
import { atRest } from './inbox';

/** The directory looks at the roster's version once a second. */
const SEEN_AFTER_MS = 1_200;

/** One change: `left <person>` takes all roles, `no_shift <person>` the turns of duty. Several are parted by `;`. Answers what undoes all. */
export async function changeRoster(bureau: Bureau, changes: string): Promise<() => Promise<void>> {
  const undo: (() => Promise<void>)[] = [];
  for (const change of changes.split(';').filter((one) => one.trim() !== '')) {
    const [what = '', person = ''] = change.trim().split(' ');
    undo.push(await taken(bureau.pool, TABLES[what] ?? unknown(change), person));
  }
  if (undo.length === 0) return async () => undefined;
  await seen(bureau);
  return async () => {
    for (const one of undo) await one();
    await seen(bureau);
  };
}

/** Sets how much these rooms may see, and waits until it counts. */
export async function roomsSee(bureau: Bureau, exposure: 'pointer' | 'summary' | 'full', rooms: readonly string[]): Promise<void> {
  await bureau.pool.query('UPDATE rooms SET exposure = $1 WHERE id = ANY ($2)', [exposure, rooms]);
  await seen(bureau);
}

const TABLES: Readonly<Record<string, 'roles' | 'shifts'>> = { left: 'roles', no_shift: 'shifts' };

/** Rows of one person taken out of a table; answers what puts them back. */
async function taken(pool: Pool, table: 'roles' | 'shifts', person: string): Promise<() => Promise<void>> {
  const { rows } = await pool.query(`DELETE FROM ${table} WHERE person_id = $1 RETURNING *`, [person]);
  const put = `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(null::${table}, $1::jsonb)`;
  return async () => void (await pool.query(put, [JSON.stringify(rows)]));
}

/** The directory looks when it is asked, in the background: one question makes it look, the next one finds the change. */
async function seen(bureau: Bureau): Promise<void> {
  await bureau.pool.query('UPDATE roster_state SET version = version + 1');
  await new Promise((go) => setTimeout(go, SEEN_AFTER_MS));
  await bureau.say('dm:auditor1', 'auditor1', '帮助');
  await atRest(bureau);
}

function unknown(change: string): never {
  throw new Error(`the table knows no such change of the roster: ${change}`);
}
