/** Leases of one process of the twin on exclusive long connections: one owner, fenced by an epoch, leased in real time. */
import type { Leases } from '../../ports/leases';
import { alone, type Process } from './process';
import type { World } from './world';

/** Remembers the epochs it was given, as the process it belongs to does. */
export function createMemoryLeases(world: World, process: Process, owner: string): Leases {
  const epochs = new Map<string, number>();
  const prolong = (id: string, epoch: number | undefined, leaseMs: number): Promise<boolean> =>
    alone(world, process, 'connections.renew', async (on) => {
      const renewed = await on.change('connections', id, (row) =>
        row.owner === owner && row.epoch === epoch ? { ...row, leaseUntilReal: on.real() + leaseMs } : undefined,
      );
      return renewed !== undefined;
    });
  return {
    claim: async (id, leaseMs) => {
      const epoch = await alone(world, process, 'connections.claim', async (on) => {
        await on.lock('connections', id);
        const old = on.get('connections', id);
        if (old !== undefined && old.owner !== owner && old.leaseUntilReal > on.real()) return null;
        const next = old === undefined ? 1 : old.epoch + (old.owner === owner ? 0 : 1);
        on.put('connections', id, { owner, epoch: next, leaseUntilReal: on.real() + leaseMs });
        return next;
      });
      if (epoch !== null) epochs.set(id, epoch);
      return epoch;
    },
    renew: async (id, leaseMs) => {
      const renewed = await prolong(id, epochs.get(id), leaseMs);
      if (!renewed) epochs.delete(id);
      return renewed;
    },
    release: async (id) => {
      const epoch = epochs.get(id);
      epochs.delete(id);
      await prolong(id, epoch, 0);
    },
    held: () => epochs,
  };
}
