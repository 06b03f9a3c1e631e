/** The bureau's roster in PostgreSQL: rows are the truth, files are imports. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Instant } from '../core/instant';
import { inForce, type Roster } from '../core/roster/roster';
import { inTurns, type Rotation } from '../core/roster/rotation';
import type { Directory } from '../ports/directory';
import { broken } from './fault';
import { readRoster, rosterVersion } from './roster/reading';
import { writeRoster } from './roster/writing';
import { rows } from './sql';
import { inTransaction } from './transaction';

/** How old a look at the roster's version may be, in real milliseconds. */
const LOOK_EVERY_MS = 1_000;

/**
 * The roster that all instances see. Answers from memory: callers hold a connection of the same pool, and waiting for a second
 * one while many do so would stop them all. The version is looked at in the background once a second, so an import elsewhere
 * counts a second later; `refresh` makes it count at once. Shifts of all times are in it; who is on duty is a question of `onDuty`.
 */
export function createDirectory(pool: Pool): Directory & { refresh(): Promise<void> } {
  let cached: { readonly version: number; readonly roster: Roster } | null = null;
  let lookedAt = -Infinity;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    lookedAt = performance.now();
    if (cached === null || cached.version !== (await rosterVersion(pool))) cached = await inTransaction(pool, readRoster);
  }
  function refresh(): Promise<void> {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }

  return {
    refresh,
    at: async (now) => {
      // A database that is away is seen by whoever writes next; the roster in memory still stands.
      if (cached !== null && performance.now() - lookedAt > LOOK_EVERY_MS) refresh().catch(() => undefined);
      if (cached === null) await refresh();
      if (cached === null) throw broken('directory', 'the roster was not read');
      return inForce(cached.roster, now);
    },
  };
}

/** Turns that are laid down with the roster, from the moment of the import on. */
export interface Turning {
  readonly rotation: Rotation;
  readonly from: Instant;
}

/**
 * Replaces the whole roster in one transaction. The same content again changes nothing, at whatever moment: shifts that were swapped
 * or laid down since stay as they are.
 */
export async function importRoster(pool: Pool, roster: Roster, turning: Turning | null = null): Promise<void> {
  const hash = hashOf(roster, turning?.rotation ?? null);
  const shifts = turning === null ? roster.shifts : inTurns(roster.shifts, turning.rotation, turning.from);
  await inTransaction(pool, async (on) => {
    const [state] = await rows<{ hash: string }>(on, LOCK);
    if (state?.hash !== hash) await writeRoster(on, { ...roster, shifts }, hash);
  });
}

function hashOf(roster: Roster, rotation: Rotation | null): string {
  const turns = rotation === null ? {} : { rotation };
  const content = { ...roster, people: [...roster.people.values()], rooms: [...roster.rooms.values()], ...turns };
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

const LOCK = { name: 'roster.lock', text: 'SELECT hash FROM roster_state FOR UPDATE' };
