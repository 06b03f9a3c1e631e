/** What a platform charges by the month, for all instances: one row each month and kind. */
import type { Pool } from 'pg';
import type { Instant } from '../../core/instant';
import type { Meter } from '../../ports/platform';
import { at, rows } from '../sql';

/** The meter over a migrated database. Each addition removes what is overdue at `now`. */
export function createMeter(pool: Pool, now: () => Instant): Meter {
  return {
    async add(name, calls, until) {
      const [row] = await rows<{ calls: string }>(pool, ADD, [name, calls, at(until), at(now())]);
      return Number(row?.calls ?? calls);
    },
  };
}

const ADD = {
  name: 'meters.add',
  text: `
    WITH overdue AS (DELETE FROM platform_meters WHERE until_at <= $4 AND name <> $1)
    INSERT INTO platform_meters AS m (name, calls, until_at) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET calls = m.calls + excluded.calls RETURNING m.calls::text AS calls`,
};
