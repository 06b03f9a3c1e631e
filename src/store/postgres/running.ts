/** What the page of the IT clerk and `doctor` are told by the database. */
import type { Pool } from 'pg';
import { HOUR } from '../../core/instant';
import type { DatabaseFacts, LineFacts, MeterFacts, OutletFacts, Running } from '../../ports/running';
import { broken } from '../fault';
import { at, rows } from '../sql';

export function createRunning(pool: Pool): Running {
  return {
    database: () => database(pool),
    lines: () => rows<LineFacts>(pool, LINES),
    outlets: (now) => rows<OutletFacts>(pool, OUTLETS, [at(now), at(now - HOUR)]),
    meters: async () => (await rows<MeterFacts>(pool, METERS)).map((meter) => ({ ...meter, calls: Number(meter.calls) })),
  };
}

async function database(pool: Pool): Promise<DatabaseFacts> {
  const begun = performance.now();
  const [row] = await rows<{ version: string; bytes: string; now: number }>(pool, DATABASE);
  if (row === undefined) throw broken('running.database', 'no row came back');
  return { version: row.version, bytes: Number(row.bytes), nowMs: row.now, tookMs: performance.now() - begun };
}

const DATABASE = {
  name: 'running.database',
  text: `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes, clock_timestamp() AS now`,
};
const LINES = {
  name: 'running.lines',
  text: `
    SELECT id, lease_until_real > clock_timestamp() AS "isHeld",
      (extract(epoch FROM clock_timestamp() - heard_real_at) * 1000)::float8 AS "heardAgoMs"
    FROM connections ORDER BY id`,
};
const OUTLETS = {
  name: 'running.outlets',
  text: `
    SELECT o.tenant, o.channel, o.address, o.recent, o.busy_dispatch IS NOT NULL AS "isBusy", o.failures, coalesce(w.waiting, 0) AS waiting,
      greatest(o.blocked_until, g.blocked_until) AS "blockedUntil",
      CASE WHEN g.blocked_until > $1 THEN g.why ELSE o.blocked_why END AS "blockedWhy"
    FROM outlets o
    LEFT JOIN tenant_gates g ON g.tenant = o.tenant
    LEFT JOIN (SELECT outlet_id, count(*)::int AS waiting FROM deliveries WHERE state IN ('queued', 'held') GROUP BY 1) w ON w.outlet_id = o.id
    WHERE w.waiting > 0 OR greatest(o.blocked_until, g.blocked_until) > $1 OR o.recent[array_upper(o.recent, 1)] > $2
    ORDER BY greatest(o.blocked_until, g.blocked_until) > $1 DESC NULLS LAST, w.waiting DESC NULLS LAST, o.recent[array_upper(o.recent, 1)] DESC NULLS LAST
    LIMIT 100`,
};
const METERS = { name: 'running.meters', text: 'SELECT name, calls::text AS calls, until_at AS until FROM platform_meters ORDER BY name' };
