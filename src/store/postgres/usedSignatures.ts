/** Which signatures of machines were used, for all instances: a row each, forgotten when their window is long over. */
import type { Pool } from 'pg';
import type { UsedSignatures } from '../../ports/machines';
import { rows } from '../sql';

/** Over a migrated database, in its own real time: signatures come from systems that know nothing of a moved clock. */
export function createUsedSignatures(pool: Pool): UsedSignatures {
  return {
    first: async (signature, forMs) => (await rows(pool, USE, [signature, forMs])).length === 1,
  };
}

const USE = {
  name: 'signatures.use',
  text: `
    WITH old AS (DELETE FROM used_signatures WHERE used_at < clock_timestamp() - make_interval(secs => $2::float8 / 1000))
    INSERT INTO used_signatures (signature, used_at) VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING RETURNING signature`,
};
