/** The rows behind the watchdog: beats of the processes, and one look at what is late. Plain statements, so that it loads little. */

import type { Pool } from 'pg';
import type { Instant } from '../core/instant';
import type { Contact, InstanceRole, InstanceSeen, Sighting, ToldAlarm, UnheardRing, WatchRecords } from '../ports/watch';
import { claimConnection, releaseConnection } from './connections';
import { at, json, rows } from './sql';

/** Name under which watchdogs agree who speaks. */
const LEASE = 'watchdog';
const SHOWN = 40;

/** One beat of a living process, good for `lastMs`; `heard` is how long ago each long connection it owns heard anything. May run twice. */
export interface Beat {
  readonly id: string;
  readonly role: InstanceRole;
  readonly lastMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly heard: Readonly<Record<string, number>>;
}

export async function beat(pool: Pool, { id, role, lastMs, labels, heard }: Beat): Promise<void> {
  await rows(pool, BEAT, [id, role, lastMs, json(labels), Object.keys(heard), Object.values(heard)]);
}

/** Says that a process has ended in order. */
export async function ended(pool: Pool, id: string): Promise<void> {
  await rows(pool, ENDED, [id]);
}

/** At a start: connections that nobody opens any more are not missed, and processes gone for a day are forgotten. */
export async function expectOnly(pool: Pool, connections: readonly string[]): Promise<void> {
  await rows(pool, EXPECT, [connections]);
}

/** What one watchdog, named `owner`, asks of the database. */
export function createWatchRecords(pool: Pool, owner: string): WatchRecords {
  let epoch = 0;
  return {
    look: () => look(pool),
    lead: async (leaseMs) => {
      const claimed = await claimConnection(pool, LEASE, owner, leaseMs);
      epoch = claimed?.epoch ?? epoch;
      return claimed !== null;
    },
    leave: () => releaseConnection(pool, LEASE, { owner, epoch }),
    openAlarms: () => rows<ToldAlarm>(pool, OPEN_ALARMS),
    keep: async (open) => {
      const columns = [
        (a: ToldAlarm) => a.id,
        (a: ToldAlarm) => at(a.since),
        (a: ToldAlarm) => at(a.toldAt),
        (a: ToldAlarm) => at(a.toldUpTo),
      ];
      await rows(
        pool,
        KEEP,
        columns.map((of) => open.map(of)),
      );
    },
  };
}

async function look(pool: Pool): Promise<Sighting> {
  const [clock] = await rows<{ real: Instant; now: Instant; full: boolean }>(pool, CLOCK);
  const { real, now, full } = clock ?? { real: 0, now: 0, full: false };
  const instances = await rows<InstanceSeen & { labels: Record<string, string> }>(pool, INSTANCES);
  const rings = await rows<UnheardRing & { total: number }>(pool, RINGS, [at(now), SHOWN]);
  const [waiting] = await rows<{ count: number; oldest: Instant | null; unsent: number; unsentOldest: Instant | null }>(pool, WAITING, [
    at(now),
  ]);
  return {
    now,
    realNow: real,
    instances: instances.map(({ labels: _, ...seen }) => seen),
    rings: { count: rings[0]?.total ?? 0, first: rings.map(({ total: _, ...ring }) => ring) },
    inbox: { count: waiting?.count ?? 0, oldest: waiting?.oldest ?? null },
    unsent: { count: waiting?.unsent ?? 0, oldest: waiting?.unsentOldest ?? null },
    connections: await rows(pool, CONNECTIONS),
    contacts: await rows<Contact>(pool, CONTACTS, [at(now)]),
    labels: instances[0]?.labels ?? {},
    isFullRoom: full,
  };
}

const BEAT = {
  name: 'watch.beat',
  text: `
    WITH heard AS (
      UPDATE connections c SET heard_real_at = clock_timestamp() - h.ago * interval '1 millisecond'
      FROM unnest($5::text[], $6::float8[]) AS h (id, ago) WHERE c.id = h.id
    )
    INSERT INTO instances AS i (id, role, started_real_at, beat_real_at, alive_until_real, labels)
    VALUES ($1, $2, clock_timestamp(), clock_timestamp(), clock_timestamp() + $3 * interval '1 millisecond', $4)
    ON CONFLICT (id) DO UPDATE SET beat_real_at = excluded.beat_real_at, alive_until_real = excluded.alive_until_real`,
};

const ENDED = {
  name: 'watch.ended',
  text: `UPDATE instances SET stopped_real_at = clock_timestamp(), alive_until_real = clock_timestamp() WHERE id = $1`,
};

const EXPECT = {
  name: 'watch.expect',
  text: `
    WITH gone AS (DELETE FROM instances WHERE alive_until_real < clock_timestamp() - interval '1 day')
    UPDATE connections SET heard_real_at = NULL WHERE heard_real_at IS NOT NULL AND NOT id = ANY ($1::text[])`,
};

const CLOCK = {
  name: 'watch.clock',
  text: `
    SELECT clock_timestamp() AS real, clock_timestamp() + offset_ms * interval '1 millisecond' AS now,
           coalesce((SELECT bool_and(exposure = 'full') FROM rooms WHERE kind = 'duty'), false) AS full FROM sandbox_clock`,
};

const INSTANCES = {
  name: 'watch.instances',
  text: `
    SELECT id, role, started_real_at AS "startedAt", beat_real_at AS "beatAt", alive_until_real AS "aliveUntil",
           stopped_real_at AS "stoppedAt", labels FROM instances ORDER BY beat_real_at DESC LIMIT 50`,
};

const RINGS = {
  name: 'watch.rings',
  text: `
    SELECT s.kind AS stream, s.n, s.mode, d.kind, d.owner, d.due_at AS "dueAt", d.next_at AS "ringAt", (count(*) OVER ())::int AS total
    FROM deadlines d JOIN streams s ON s.id = d.stream_id
    WHERE d.next_at IS NOT NULL AND d.status = 'open' AND d.next_at <= $1 ORDER BY d.next_at, s.n, d.key LIMIT $2`,
};

const WAITING = {
  name: 'watch.waiting',
  text: `
    SELECT i.count, i.oldest, u.count AS unsent, u.oldest AS "unsentOldest"
    FROM (SELECT count(*)::int AS count, min(received_at) AS oldest FROM inbox WHERE state = 'received') i,
      (SELECT count(*)::int AS count, min(d.not_before) AS oldest FROM deliveries d JOIN outlets o ON o.id = d.outlet_id
       LEFT JOIN tenant_gates g ON g.tenant = o.tenant
       WHERE d.state IN ('queued', 'held') AND d.lane = 0 AND d.not_before <= $1
         AND coalesce(o.blocked_until, '-infinity') <= $1 AND coalesce(g.blocked_until, '-infinity') <= $1) u`,
};

const CONNECTIONS = {
  name: 'watch.connections',
  text: `SELECT id, heard_real_at AS "heardAt" FROM connections WHERE heard_real_at IS NOT NULL ORDER BY id`,
};

const CONTACTS = {
  name: 'watch.contacts',
  text: `
    SELECT p.id, p.name, p.post, p.phone,
      ARRAY (SELECT r.role FROM roles r WHERE r.person_id = p.id ORDER BY r.position) AS roles,
      ARRAY (SELECT s.role FROM shifts s WHERE s.person_id = p.id AND s.from_at <= $1 AND (s.until_at IS NULL OR s.until_at > $1)
             ORDER BY s.position) AS "onDuty"
    FROM people p ORDER BY p.position`,
};

const OPEN_ALARMS = {
  name: 'watch.open_alarms',
  text: `SELECT id, since_real AS since, told_real_at AS "toldAt", told_up_to AS "toldUpTo" FROM alarms WHERE ended_real_at IS NULL`,
};

const KEEP = {
  name: 'watch.keep',
  text: `
    WITH open AS (
      SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) AS o (id, since_real, told_real_at, told_up_to)
    ), over AS (
      UPDATE alarms a SET ended_real_at = clock_timestamp()
      WHERE a.ended_real_at IS NULL AND NOT EXISTS (SELECT 1 FROM open o WHERE o.id = a.id AND o.since_real = a.since_real)
    )
    INSERT INTO alarms AS a (id, since_real, told_real_at, told_up_to) SELECT * FROM open
    ON CONFLICT (id, since_real) DO UPDATE SET told_real_at = excluded.told_real_at, told_up_to = excluded.told_up_to`,
};
