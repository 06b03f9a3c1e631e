/** Contract of the leases on exclusive long connections: PostgreSQL and the in-memory twin give them out alike. */
import { describe, expect, test } from '@jest/globals';
import type { Leases } from '../../../src/ports/leases';
import type { Store } from '../../../src/ports/store';
import { createMemoryLeases, createMemoryStore, createProcess, createWorld } from '../../../src/store/memory';
import { createStore } from '../../../src/store/postgres';
import { createLeases } from '../../../src/wiring/leases';
import { freshDatabase } from '../../support/database';
import { inside, owed, ROBOT } from './builders';

interface Made {
  readonly store: Store;
  readonly of: (owner: string) => Leases;
  drop(): Promise<void>;
}

const LONG = 60_000;

const MADE: readonly (readonly [string, () => Promise<Made>])[] = [
  [
    'PostgreSQL',
    async () => {
      const { pool, drop } = await freshDatabase();
      return { store: createStore(pool, { log: { warn: () => {} } }), of: (owner) => createLeases(pool, owner), drop };
    },
  ],
  [
    'the in-memory twin',
    async () => {
      const [world, process] = [createWorld(), createProcess({ turn: async () => undefined, real: () => performance.now() })];
      const of = (owner: string) => createMemoryLeases(world, process, owner);
      return { store: createMemoryStore(world, process), of, drop: async () => undefined };
    },
  ],
];

describe.each(MADE)('leases on %s', (_, make) => {
  const withLeases = (run: (made: Made) => Promise<void>) => async () => {
    const made = await make();
    await run(made).finally(() => made.drop());
  };

  test(
    'one owner at a time, and each change of owner is a new epoch',
    withLeases(async ({ of }) => {
      const [a, b] = [of('a'), of('b')];
      expect(await a.claim('line', LONG)).toBe(1);
      expect(await a.claim('line', LONG)).toBe(1);
      expect(await b.claim('line', LONG)).toBeNull();
      expect([...a.held()]).toEqual([['line', 1]]);
      expect([...b.held()]).toEqual([]);
      await a.release('line');
      expect(await b.claim('line', LONG)).toBe(2);
      expect([...a.held()]).toEqual([]);
    }),
  );

  test(
    'a lease that has run out goes to who asks; the earlier owner cannot renew it, nor give the other one’s away',
    withLeases(async ({ of }) => {
      const [a, b] = [of('a'), of('b')];
      await a.claim('line', -1);
      expect(await b.claim('line', LONG)).toBe(2);
      expect(await a.renew('line', LONG)).toBe(false);
      expect([...a.held()]).toEqual([]);
      await a.release('line');
      expect(await b.renew('line', LONG)).toBe(true);
      expect(await a.claim('line', LONG)).toBeNull();
    }),
  );

  test(
    'an outlet knows the epoch of whoever may send there now',
    withLeases(async ({ store, of }) => {
      const outlet = await owed(store, { routes: [{ ...ROBOT, connection: 'line' }] });
      const epoch = async () => (await inside(store, (tx) => tx.outlet(outlet))).connection;
      expect(await epoch()).toEqual({ id: 'line', epoch: null });
      const a = of('a');
      await a.claim('line', LONG);
      expect(await epoch()).toEqual({ id: 'line', epoch: 1 });
      await a.release('line');
      expect(await epoch()).toEqual({ id: 'line', epoch: null });
    }),
  );
});
