/** The bureau's roster in PostgreSQL: rows are the truth, files are imports. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Roster } from '../core/roster/roster';
import type { Directory } from '../ports/directory';
import { readRoster, rosterVersion } from './roster/reading';
import { writeRoster } from './roster/writing';
import { rows } from './sql';
import { inTransaction } from './transaction';

/**
 * The roster that all instances see. Every call asks for the version only and reads the rows again when it has changed, so
 * an import counts from the next call on. Shifts of all times are in it; who is on duty is a question of `onDuty`.
 */
export function createDirectory(pool: Pool): Directory {
  let cached: { readonly version: number; readonly roster: Roster } | null = null;
  return {
    at: async () => {
      const version = await rosterVersion(pool);
      if (cached?.version !== version) cached = await inTransaction(pool, readRoster);
      return cached.roster;
    },
  };
}

/** Replaces the whole roster in one transaction; the same content again changes nothing. */
export async function importRoster(pool: Pool, roster: Roster): Promise<void> {
  const hash = hashOf(roster);
  await inTransaction(pool, async (on) => {
    const [state] = await rows<{ hash: string }>(on, LOCK);
    if (state?.hash !== hash) await writeRoster(on, roster, hash);
  });
}

function hashOf(roster: Roster): string {
  const content = { ...roster, people: [...roster.people.values()], rooms: [...roster.rooms.values()] };
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

const LOCK = { name: 'roster.lock', text: 'SELECT hash FROM roster_state FOR UPDATE' };
