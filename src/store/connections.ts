/** Who may hold an exclusive long connection: one owner among all instances, fenced by an epoch, leased in real database time. */
import type { Pool } from 'pg';
import { rows } from './sql';

/**
 * Takes the connection `id` for `owner` for `leaseMs`: when it is new, already his, or its lease has run out; null when
 * somebody else holds it. The epoch starts at 1 and grows with every change of owner, so what an earlier owner still does
 * can be told apart. May run again to learn the epoch.
 */
export async function claimConnection(pool: Pool, id: string, owner: string, leaseMs: number): Promise<{ readonly epoch: number } | null> {
  const [row] = await rows<{ epoch: number }>(pool, CLAIM, [id, owner, leaseMs]);
  return row ?? null;
}

/** Prolongs the lease to `leaseMs` from now; false when the connection has gone to another owner or epoch, and must be closed. */
export async function renewConnection(
  pool: Pool,
  id: string,
  holder: { readonly owner: string; readonly epoch: number },
  leaseMs: number,
): Promise<boolean> {
  return (await rows(pool, RENEW, [id, holder.owner, holder.epoch, leaseMs])).length === 1;
}

/** Gives the lease up so that another instance need not wait for its end; nothing happens when it is not his any more. */
export async function releaseConnection(pool: Pool, id: string, holder: { readonly owner: string; readonly epoch: number }): Promise<void> {
  await rows(pool, RENEW, [id, holder.owner, holder.epoch, 0]);
}

/**
 * Outlets kept from before name the connection that their channel needs by today's settings. Run at every start, before anything
 * is sent; those that name it already are not touched.
 */
export async function bindOutlets(
  pool: Pool,
  channels: readonly { readonly tenant: string; readonly channel: string; readonly connection: string | null }[],
): Promise<void> {
  await rows(pool, BIND, [channels.map((c) => c.tenant), channels.map((c) => c.channel), channels.map((c) => c.connection)]);
}

const BIND = {
  name: 'connections.bind',
  text: `
    UPDATE outlets o SET connection_id = c.connection
    FROM unnest($1::text[], $2::text[], $3::text[]) AS c (tenant, channel, connection)
    WHERE o.tenant = c.tenant AND o.channel = c.channel AND o.connection_id IS DISTINCT FROM c.connection`,
};

const CLAIM = {
  name: 'connections.claim',
  text: `
    INSERT INTO connections AS c (id, owner, epoch, lease_until_real)
    VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
    ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, lease_until_real = excluded.lease_until_real,
      epoch = c.epoch + (c.owner <> excluded.owner)::int
    WHERE c.owner = excluded.owner OR c.lease_until_real <= clock_timestamp()
    RETURNING epoch`,
};

const RENEW = {
  name: 'connections.renew',
  text: `
    UPDATE connections SET lease_until_real = clock_timestamp() + $4 * interval '1 millisecond'
    WHERE id = $1 AND owner = $2 AND epoch = $3 RETURNING id`,
};
