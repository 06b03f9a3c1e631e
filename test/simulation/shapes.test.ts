/** A whole bureau whose snapshots never have the shape of the program: every state is folded from its events, and nothing else is different. */
import { expect, test } from '@jest/globals';
import type { Store } from '../../src/ports/store';
import type { StreamRow } from '../../src/ports/streams';
import { simulate } from './run';

const SEEDS = [1, 2, 3];

test.each(SEEDS)('run %i: what another program saved is never looked at', async (seed) => {
  let foreign = 0;
  const run = await simulate(seed, {
    wrap: (store) =>
      reading(store, (row) => {
        foreign += 1;
        return row.version === 0 ? row : { ...row, state: { of: 'another shape' }, stateV: row.stateV + 1 };
      }),
  });
  expect(run.violations).toEqual([]);
  expect(foreign).toBeGreaterThan(100);
  expect(run.met.events).toBeGreaterThan(10);
});

function reading(store: Store, as: (row: StreamRow) => StreamRow): Store {
  const seen = (row: StreamRow | null): StreamRow | null => (row === null ? null : as(row));
  return {
    ...store,
    transact: (locks, work) =>
      store.transact(locks, (tx) =>
        work({ ...tx, stream: async (id) => seen(await tx.stream(id)), peek: async (id) => seen(await tx.peek(id)) }),
      ),
  };
}
