/** Leases of one instance on rows: remembers the epoch it was given. */
import type { Pool } from 'pg';
import type { Leases } from '../ports/leases';
import { claimConnection, releaseConnection, renewConnection } from '../store/connections';

export function createLeases(pool: Pool, owner: string): Leases {
  const epochs = new Map<string, number>();
  const holder = (id: string) => ({ owner, epoch: epochs.get(id) ?? 0 });
  return {
    claim: async (id, leaseMs) => {
      const claimed = await claimConnection(pool, id, owner, leaseMs);
      if (claimed === null) return null;
      epochs.set(id, claimed.epoch);
      return claimed.epoch;
    },
    renew: async (id, leaseMs) => {
      const renewed = await renewConnection(pool, id, holder(id), leaseMs);
      if (!renewed) epochs.delete(id);
      return renewed;
    },
    release: async (id) => {
      const held = holder(id);
      epochs.delete(id);
      await releaseConnection(pool, id, held);
    },
    held: () => epochs,
  };
}
