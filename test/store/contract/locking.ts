/** Contract: two workers at one row. */
import { expect, test } from '@jest/globals';
import type { Locks, Store } from '../../../src/ports/store';
import { change, deadline, delivery, heard, inside, type Make, opened, owed, reserved, T, withStore } from './builders';

export function describeLocking(make: Make): void {
  test(
    'a second worker does not wait for a conversation, a stream or an outlet that is being worked on',
    withStore(make, async (store) => {
      const { conversation } = await heard(store);
      const outlet = await owed(store);
      for (const rows of [{ conversation }, { streams: ['s1'] }, { outlets: [outlet] }]) {
        await holding(store, { ...rows, busy: 'wait' }, async () => {
          expect(await store.transact({ ...rows, busy: 'skip' }, async () => 'worked')).toBe('busy');
        });
        expect(await store.transact({ ...rows, busy: 'skip' }, async () => 'worked')).toBe('worked');
      }
    }),
  );

  test(
    'one held stream of several is enough to be busy, and one that does not exist holds nobody up',
    withStore(make, async (store) => {
      await opened(store, 's1');
      await opened(store, 's2');
      await holding(store, { streams: ['s2'], busy: 'wait' }, async () => {
        expect(await store.transact({ streams: ['s1', 's2'], busy: 'skip' }, async () => 'worked')).toBe('busy');
        expect(await store.transact({ streams: ['s1', 'none'], busy: 'skip' }, async () => 'worked')).toBe('worked');
      });
    }),
  );

  test(
    'a worker that waits sees what the one before it wrote',
    withStore(make, async (store) => {
      await opened(store, 's1');
      const advance = () =>
        inside(
          store,
          async (tx) => {
            const version = (await tx.stream('s1'))?.version ?? 0;
            await tx.write(change('s1', version));
          },
          { streams: ['s1'] },
        );
      await Promise.all([advance(), advance(), advance(), advance()]);
      expect((await inside(store, (tx) => tx.peek('s1')))?.version).toBe(5);
    }),
  );

  test(
    'many incidents due at once are worked on side by side in one transaction, each for itself',
    withStore(make, async (store) => {
      const ids = ['a', 'b', 'c'];
      for (const [i, id] of ids.entries()) await opened(store, id, { deadlines: [deadline({ nextAt: T + i })] });
      const rings = await inside(
        store,
        (tx) =>
          Promise.all(
            ids.map(async (id) => {
              const row = await tx.stream(id);
              const due = await tx.ringing(id, T + 1);
              const met = due.map((one) => ({ ...one, nextAt: null, status: 'met' as const }));
              const deliveries = [{ ...delivery({ intent: { of: id } }), version: 2 }];
              await tx.write(change(id, row?.version ?? 0, { deadlines: met, deliveries, state: { of: id } }));
              return due.length;
            }),
          ),
        { streams: ids },
      );
      expect(rings).toEqual([1, 1, 0]);
      expect(await store.waiting('due', T + 10, 10, null)).toEqual(['c']);
      const states = await inside(store, (tx) => Promise.all(ids.map((id) => tx.stream(id))));
      expect(states.map((row) => [row?.version, row?.state])).toEqual(ids.map((id) => [2, { of: id }]));
      const [outlet = ''] = await store.waiting('send', T, 10, null);
      expect((await inside(store, (tx) => tx.queued(outlet, T, 10))).map((one) => [one.stream, one.intent])).toEqual(
        ids.map((id) => [id, { of: id }]),
      );
    }),
  );

  test(
    'of several writings side by side one from an old version undoes them all',
    withStore(make, async (store) => {
      for (const id of ['a', 'b']) await opened(store, id);
      const writing = inside(store, (tx) => Promise.all([tx.write(change('a', 1)), tx.write(change('b', 7))]));
      await expect(writing).rejects.toMatchObject({ retryable: false });
      expect((await inside(store, (tx) => tx.peek('a')))?.version).toBe(1);
    }),
  );

  test(
    'an attempt is not counted while somebody handles the conversation',
    withStore(make, async (store) => {
      const { conversation } = await heard(store);
      await holding(store, { conversation, busy: 'wait' }, async () => {
        expect(await store.countAttempt(conversation)).toBeNull();
      });
    }),
  );

  test(
    'incidents opened at the same time get numbers without gaps',
    withStore(make, async (store) => {
      const rows = await Promise.all(['a', 'b', 'c', 'd'].map((id) => opened(store, id)));
      expect(rows.map((row) => row.n).sort()).toEqual([1, 2, 3, 4]);
    }),
  );

  test(
    'news may be written for an outlet while it is in a call',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await holding(store, { outlets: [outlet], busy: 'wait' }, async () => {
        await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: [{ ...delivery({ topic: 'x' }), version: 2 }] })));
      });
      expect(await inside(store, (tx) => tx.queued(outlet, T, 10))).toHaveLength(2);
    }),
  );

  test(
    'news that meets its predecessor on its way back is the one that stays',
    withStore(make, async (store) => {
      const outlet = await owed(store, { intent: { is: 'old' } });
      await reserved(store, outlet);
      const news = [{ ...delivery({ intent: { is: 'new' } }), version: 2 }];
      await Promise.all([
        inside(store, (tx) => tx.settle('d1', 1, { is: 'road', code: '45009', blocks: 'outlet', until: T }, T)),
        inside(store, (tx) => tx.write(change('s1', 1, { deliveries: news }))),
      ]);
      expect(await inside(store, (tx) => tx.queued(outlet, T, 10))).toMatchObject([{ intent: { is: 'new' } }]);
    }),
  );
}

/** Runs `meanwhile` while another transaction holds the rows. */
async function holding(store: Store, locks: Locks, meanwhile: () => Promise<void>): Promise<void> {
  const result = await store.transact(locks, async () => {
    await meanwhile();
    return 'held';
  });
  expect(result).toBe('held');
}
