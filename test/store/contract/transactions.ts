/** Contract: what one transaction is to the others, and what becomes of it when it fails. */
import { expect, test } from '@jest/globals';
import type { Settlement } from '../../../src/ports/sending';
import type { Tx } from '../../../src/ports/store';
import { change, crosswise, deadline, delivery, heard, inside, type Make, opened, owed, reserved, T, WEBHOOK, withStore } from './builders';

const GATE = { is: 'road', code: 'token', blocks: 'tenant' } as const;

export function describeTransactions(make: Make): void {
  test(
    'nobody sees what is not committed',
    withStore(make, async (store) => {
      await opened(store, 's1');
      await inside(store, async (tx) => {
        await tx.write(change('s1', 1, { deadlines: [deadline({ nextAt: T })], deliveries: [{ ...delivery(), version: 2 }] }));
        expect((await tx.peek('s1'))?.version).toBe(2);
        expect((await inside(store, (other) => other.peek('s1')))?.version).toBe(1);
        expect(await store.waiting('due', T, 10, null)).toEqual([]);
        expect(await store.waiting('send', T, 10, null)).toEqual([]);
        expect(await store.nextMoment(null)).toBeNull();
      });
      expect(await store.nextMoment(null)).toBe(T);
    }),
  );

  test(
    'a refusal of the database that was swallowed inside undoes everything; one of an unknown row does not',
    withStore(make, async (store) => {
      await opened(store, 's1');
      const looking = inside(store, async (tx) => {
        await tx.write(change('s1', 1));
        await tx.outlet('none').catch(() => undefined);
      });
      await expect(looking).resolves.toBeUndefined();
      const failing = inside(store, async (tx) => {
        await tx.write(change('s1', 2));
        await tx.openStream('incident', 'real', 's1', 'book').catch(() => undefined);
      });
      await expect(failing).rejects.toMatchObject({ retryable: false });
      expect((await inside(store, (tx) => tx.peek('s1')))?.version).toBe(2);
    }),
  );

  test(
    'nothing can be written through a transaction that has ended',
    withStore(make, async (store) => {
      await opened(store, 's1');
      let kept: Tx | undefined;
      await inside(store, async (tx) => {
        kept = tx;
      });
      await expect(kept?.write(change('s1', 1))).rejects.toMatchObject({ retryable: false });
      expect((await inside(store, (tx) => tx.peek('s1')))?.version).toBe(1);
    }),
  );

  test(
    'two workers that lock each other out: one runs again, and both end',
    withStore(make, async (store) => {
      await crosswise(store, async (tx, _first, second) => {
        const row = await tx.stream(second);
        await tx.write(change(second, row?.version ?? 0));
      });
      const rows = await inside(store, async (tx) => [await tx.peek('s1'), await tx.peek('s2')]);
      expect(rows.map((row) => row?.version)).toEqual([2, 2]);
    }),
  );

  test(
    'an opening that fails gives its number to the one that waited for it',
    withStore(make, async (store) => {
      let second: Promise<{ readonly n: number }> | undefined;
      const first = inside(store, async (tx) => {
        await tx.openStream('incident', 'real', 'a', 'book');
        second = opened(store, 'b');
        throw new Error('power cut');
      });
      await expect(first).rejects.toThrow('power cut');
      expect((await second)?.n).toBe(1);
    }),
  );

  test(
    'what was written stays as it was, and reads back with its keys in the order of the database',
    withStore(make, async (store) => {
      const state = { longest: 1, b: { é: 1, zz: 2 }, a: undefined, aa: [{ y: 1, x: 2 }] };
      await opened(store, 's1', { state });
      state.b.zz = 3;
      const row = await inside(store, (tx) => tx.peek('s1'));
      expect(JSON.stringify(row?.state)).toBe('{"b":{"zz":2,"é":1},"aa":[{"x":2,"y":1}],"longest":1}');
    }),
  );

  test(
    'deliveries that one worker looks at are left out by the next',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await inside(store, async (tx) => {
        expect(await tx.queued(outlet, T, 10)).toHaveLength(1);
        expect(await inside(store, (other) => other.queued(outlet, T, 10))).toEqual([]);
      });
      expect(await inside(store, (tx) => tx.queued(outlet, T, 10))).toHaveLength(1);
    }),
  );

  test(
    'the same answer to one message is owed once',
    withStore(make, async (store) => {
      const { id } = await heard(store);
      await inside(store, (tx) => tx.reply(id, [delivery({ purpose: 'reply' })]));
      await inside(store, (tx) => tx.reply(id, [delivery({ purpose: 'reply', intent: { other: true } })]));
      const [outlet = ''] = await store.waiting('send', T, 10, null);
      expect((await inside(store, (tx) => tx.queued(outlet, T, 10))).map((d) => d.intent)).toEqual([{ asks: ['a1'] }]);
    }),
  );

  test(
    'an attempt that was made is not made again',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await inside(store, (tx) => tx.settle('d1', 1, { is: 'unknown', what: 'timeout', again: 'same' }, T));
      await expect(reserved(store, outlet)).rejects.toMatchObject({ retryable: false });
      await reserved(store, outlet, { attempt: 2 });
      await expect(reserved(store, outlet, { attempt: 3 })).rejects.toMatchObject({ retryable: false });
    }),
  );

  test(
    'the longer block of a tenant counts, and an answer to an earlier call does not lift it before its time',
    withStore(make, async (store) => {
      const [robot, hook] = [await owed(store), await owed(store, { routes: [WEBHOOK], topic: 'x', lane: 0 }, 's2')];
      await reserved(store, robot);
      await reserved(store, hook, { id: 'd2' });
      const settle = (id: string, how: Settlement, now = T) => inside(store, (tx) => tx.settle(id, 1, how, now));
      await settle('d1', { ...GATE, until: T + 5_000 });
      await settle('d2', { is: 'accepted', ref: null, handle: null });
      expect(await store.nextMoment(null)).toBe(T + 5_000);
      await reserved(store, robot, { id: 'd3', reservedAt: T + 5_000 });
      await settle('d3', { ...GATE, until: T + 3_000 });
      expect((await inside(store, (tx) => tx.outlet(hook))).blockedUntil).toBe(T + 5_000);
      await reserved(store, robot, { id: 'd4', reservedAt: T + 5_000 });
      await settle('d4', { is: 'accepted', ref: null, handle: null }, T + 5_000);
      expect((await inside(store, (tx) => tx.outlet(hook))).blockedUntil).toBeNull();
    }),
  );
}
