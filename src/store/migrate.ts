/** Brings a database up to the tables of this version: dated SQL files, forward only. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { broken } from './fault';
import { plain, type Queryable, rows } from './sql';
import { inTransaction } from './transaction';

/** Any number, as long as nothing else in this database locks by it. */
const LOCK = 4_021_107;

/** The SQL files of the repository; the compiled program finds the same folder. */
export const MIGRATIONS = join(__dirname, '..', '..', 'migrations');

/**
 * Applies the missing files of `folder` in the order of their names and answers those it applied. Each is one transaction
 * under an advisory lock, so several instances may start at once and it may run any number of times. Refuses (StoreFault
 * `broken`) when the text of an applied file has changed; line ends do not count. `only`: the files that count, by name; without it all.
 */
export async function migrate(pool: Pool, folder: string = MIGRATIONS, only?: ReadonlySet<string>): Promise<readonly string[]> {
  const applied: string[] = [];
  for (const { name, text, sha256 } of await migrationsIn(folder)) {
    if (only !== undefined && !only.has(name)) continue;
    if (await inTransaction(pool, (on) => apply(on, name, text, sha256))) applied.push(name);
  }
  return applied;
}

/** The files of a folder in the order in which they are applied. */
export async function migrationsIn(
  folder: string = MIGRATIONS,
): Promise<readonly { readonly name: string; readonly text: string; readonly sha256: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function apply(on: Queryable, name: string, text: string, sha256: string): Promise<boolean> {
  await plain(on, 'migrate.prepare', PREPARE);
  const [known] = await rows<{ sha256: string }>(on, FIND, [name]);
  if (known) {
    if (known.sha256 !== sha256) throw broken('migrate', `${name} was changed after it had been applied`);
    return false;
  }
  await plain(on, `migrate ${name}`, text);
  await rows(on, RECORD, [name, sha256]);
  return true;
}

const PREPARE = `
  SET LOCAL statement_timeout = 0;
  SET LOCAL client_min_messages = warning;
  SELECT pg_advisory_xact_lock(${LOCK});
  CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_real_at timestamptz NOT NULL DEFAULT now())`;
const FIND = { name: 'migrate.find', text: 'SELECT sha256 FROM migrations WHERE name = $1' };
const RECORD = { name: 'migrate.record', text: 'INSERT INTO migrations (name, sha256) VALUES ($1, $2)' };
