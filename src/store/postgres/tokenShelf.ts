/** What a platform has lent for a while, for all instances: one row each, gone when its time is over. */
import type { Pool } from 'pg';
import type { Instant } from '../../core/instant';
import type { SharedToken, TokenShelf } from '../../ports/platform';
import { at, rows } from '../sql';

/** The shelf over a migrated database; it keeps values as it is given them, so they come sealed. Each write removes what is overdue at `now`. */
export function createTokenShelf(pool: Pool, now: () => Instant): TokenShelf {
  return {
    read: async (key) => (await rows<SharedToken>(pool, READ, [key]))[0] ?? null,
    write: async (key, { value, until }) => void (await rows(pool, WRITE, [key, value, at(until), at(now())])),
    drop: async (key, value) => void (await rows(pool, DROP, [key, value])),
  };
}

const READ = { name: 'tokens.read', text: 'SELECT sealed AS value, until_at AS until FROM platform_tokens WHERE key = $1' };
const WRITE = {
  name: 'tokens.write',
  text: `
    WITH overdue AS (DELETE FROM platform_tokens WHERE until_at <= $4 AND key <> $1)
    INSERT INTO platform_tokens (key, sealed, until_at) VALUES ($1, $2, $3)
    ON CONFLICT (key) DO UPDATE SET sealed = excluded.sealed, until_at = excluded.until_at`,
};
const DROP = { name: 'tokens.drop', text: 'DELETE FROM platform_tokens WHERE key = $1 AND sealed = $2' };
