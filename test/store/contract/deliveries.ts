/** Contract: who is owed what, until a call is made. */
import { expect, test } from '@jest/globals';
import { change, delivery, inside, type Make, opened, owed, ROBOT, T, WEBHOOK, withStore } from './builders';

export function describeDeliveries(make: Make): void {
  test(
    'a delivery waits at its first address and reads back as it was owed',
    withStore(make, async (store) => {
      const outlet = await owed(store, { relevantUntil: T + 60_000 });
      expect(await inside(store, (tx) => tx.outlet(outlet))).toEqual({
        id: outlet,
        ...ROBOT,
        recent: [],
        busyDispatch: null,
        blockedUntil: null,
        blockedWhy: null,
        failures: 0,
      });
      const [first] = await inside(store, (tx) => tx.queued(outlet, T, 10));
      const rest = { stream: 's1', version: 1, rung: 0, attempts: 0, state: 'queued', ticket: null, repeats: null };
      expect(first).toEqual({ id: first?.id, ...delivery({ relevantUntil: T + 60_000 }), ...rest });
    }),
  );

  test(
    'urgent deliveries come first, then the older ones, and none before its moment',
    withStore(make, async (store) => {
      const outlet = await owed(store, { purpose: 'old', topic: 'old', lane: 2 });
      const more = [
        delivery({ purpose: 'urgent', topic: 'urgent', lane: 0 }),
        delivery({ purpose: 'young', topic: 'young', lane: 2 }),
        delivery({ purpose: 'later', topic: 'later', lane: 0, notBefore: T + 1 }),
      ];
      await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: more.map((one) => ({ ...one, version: 2 })) })));
      const purposes = async (now: number, limit: number) =>
        (await inside(store, (tx) => tx.queued(outlet, now, limit))).map((d) => d.purpose);
      expect(await purposes(T, 10)).toEqual(['urgent', 'old', 'young']);
      expect(await purposes(T + 1, 2)).toEqual(['urgent', 'later']);
    }),
  );

  test(
    'news of the same topic for the same addressee replaces what still waits',
    withStore(make, async (store) => {
      const outlet = await owed(store, { intent: { is: 'old' } });
      const news = { ...delivery({ intent: { is: 'new' } }), version: 2 };
      const others = [
        { ...news, leg: 'show' as const },
        { ...news, addressee: 'room:hq' },
      ];
      await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: [news, ...others] })));
      const waiting = await inside(store, (tx) => tx.queued(outlet, T, 10));
      expect(waiting.map((d) => [d.version, d.addressee, d.leg])).toEqual([
        [2, 'room:duty', 'page'],
        [2, 'room:duty', 'show'],
        [2, 'room:hq', 'page'],
      ]);
    }),
  );

  test(
    'of two news of one topic in one writing only the later is sent',
    withStore(make, async (store) => {
      const both = [delivery({ purpose: 'first' }), delivery({ purpose: 'second' })].map((one) => ({ ...one, version: 1 }));
      await opened(store, 's1', { deliveries: both });
      const [outlet = ''] = await store.waiting('send', T, 10, null);
      expect((await inside(store, (tx) => tx.queued(outlet, T, 10))).map((d) => d.purpose)).toEqual(['second']);
    }),
  );

  test(
    'the same intent owed twice is one delivery',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: [{ ...delivery({ intent: { again: 1 } }), version: 1 }] })));
      const waiting = await inside(store, (tx) => tx.queued(outlet, T, 10));
      expect(waiting.map((d) => d.intent)).toEqual([{ asks: ['a1'] }]);
    }),
  );

  test(
    'a person without any address is not waited for',
    withStore(make, async (store) => {
      await opened(store, 's1', { deliveries: [{ ...delivery({ routes: [] }), version: 1 }] });
      expect(await store.waiting('send', T + 1000, 10, null)).toEqual([]);
      expect(await store.nextMoment(null)).toBeNull();
    }),
  );

  test(
    'what is held waits until its moment; what nobody is owed any more is gone',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      const [first] = await inside(store, (tx) => tx.queued(outlet, T, 10));
      await inside(store, (tx) => tx.hold([first?.id ?? ''], T + 500, 'quiet'));
      expect(await store.waiting('send', T + 499, 10, null)).toEqual([]);
      expect(await store.nextMoment(null)).toBe(T + 500);
      expect(await inside(store, (tx) => tx.queued(outlet, T + 500, 10))).toMatchObject([
        { id: first?.id, state: 'held', notBefore: T + 500 },
      ]);
      await inside(store, (tx) => tx.cancel([first?.id ?? ''], 'answered'));
      await inside(store, (tx) => tx.hold([first?.id ?? ''], T + 900, 'too late'));
      expect(await store.waiting('send', T + 1000, 10, null)).toEqual([]);
      expect(await store.nextMoment(null)).toBeNull();
    }),
  );

  test(
    'outlets with urgent work are named first',
    withStore(make, async (store) => {
      const slow = await owed(store, { lane: 3 });
      await opened(store, 's2', { deliveries: [{ ...delivery({ lane: 0, notBefore: T + 5, routes: [WEBHOOK] }), version: 1 }] });
      const [fast] = (await store.waiting('send', T + 5, 10, null)).filter((id) => id !== slow);
      expect(await store.waiting('send', T + 4, 10, null)).toEqual([slow]);
      expect(await store.waiting('send', T + 5, 10, null)).toEqual([fast, slow]);
      expect(await store.waiting('send', T + 5, 1, null)).toEqual([fast]);
      expect(await store.sendable(T + 5, 10, null)).toMatchObject([
        { outlet: fast, lane: 0 },
        { outlet: slow, lane: 3 },
      ]);
    }),
  );

  test(
    'of what is as urgent the call in a room comes before a private message that has waited longer',
    withStore(make, async (store) => {
      const shown = await owed(store, { lane: 0, leg: 'show' });
      await opened(store, 's2', { deliveries: [{ ...delivery({ lane: 0, notBefore: T + 5, routes: [WEBHOOK] }), version: 1 }] });
      const [called] = (await store.waiting('send', T + 5, 10, null)).filter((id) => id !== shown);
      expect(await store.waiting('send', T + 5, 10, null)).toEqual([called, shown]);
    }),
  );
}
