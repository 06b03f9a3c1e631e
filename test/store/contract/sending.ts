/** Contract: calls, their ends, and what they do to deliveries and outlets. */
import { expect, test } from '@jest/globals';
import { HOUR } from '../../../src/core/instant';
import type { Receipted, Settlement } from '../../../src/ports/sending';
import type { Store } from '../../../src/ports/store';
import { change, deadline, delivery, incoming, inside, type Make, opened, owed, ROBOT, reserved, T, WEBHOOK, withStore } from './builders';

const ACCEPTED = { is: 'accepted', ref: 'msg1', handle: null } satisfies Settlement;
const ROAD = { is: 'road', code: '45009', blocks: 'outlet', until: T + 60_000 } satisfies Settlement;
const UNKNOWN: Settlement = { is: 'unknown', what: 'timeout', again: 'no' };
const AGAIN: Settlement = { is: 'unknown', what: 'timeout', again: 'anew' };
const SAME: Settlement = { is: 'unknown', what: 'timeout', again: 'same' };

const settle = (store: Store, how: Settlement, { id = 'd1', attempt = 1, now = T } = {}) =>
  inside(store, (tx) => tx.settle(id, attempt, how, now));
const at = (store: Store, outlet: string) => inside(store, (tx) => tx.outlet(outlet));
const unheeded = (store: Store) => inside(store, (tx) => tx.unheeded('s1'));
const heeded = (store: Store, meanwhile = async () => {}) =>
  inside(store, async (tx) => {
    const read = await tx.unheeded('s1');
    await meanwhile();
    await tx.heed(read);
  });
const queued = (store: Store, outlet: string, now = T) => inside(store, (tx) => tx.queued(outlet, now, 100));

export function describeSending(make: Make): void {
  test(
    'one call at a time: an outlet in a call is not offered again, and its window is stamped',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet, { payload: ['a', 'b'] });
      expect(await at(store, outlet)).toMatchObject({ busyDispatch: 'd1', recent: [T, T] });
      await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: [{ ...delivery({ topic: 'x' }), version: 2 }] })));
      expect(await store.waiting('send', T, 10, null)).toEqual([]);
      expect(await store.nextMoment(null)).toBeNull();
      await expect(reserved(store, outlet, { id: 'd2' })).rejects.toMatchObject({ retryable: false });
    }),
  );

  test(
    'a call stands in the window from its answer on, since the platform counts it when it arrives; one that never arrived from its making',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet, { payload: ['a', 'b'] });
      await settle(store, { ...ROAD, until: T }, { now: T + 900 });
      expect((await at(store, outlet)).recent).toEqual([T, T]);
      await reserved(store, outlet, { id: 'd2', reservedAt: T + 1000 });
      await settle(store, SAME, { id: 'd2', now: T + 4000 });
      await reserved(store, outlet, { id: 'd3', reservedAt: T + 5000, payload: ['a', 'b'] });
      await settle(store, ACCEPTED, { id: 'd3', now: T + 8000 });
      expect((await at(store, outlet)).recent).toEqual([T, T, T + 4000, T + 8000, T + 8000]);
    }),
  );

  test(
    'the window remembers as long as its channel counts',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      for (const [i, now] of [T, T + 1000, T + HOUR + 500].entries()) {
        await reserved(store, outlet, { id: `d${i}`, reservedAt: now });
        await settle(store, { ...ROAD, until: now }, { id: `d${i}`, now });
      }
      expect((await at(store, outlet)).recent).toEqual([T + 1000, T + HOUR + 500]);
    }),
  );

  test(
    'what was shown at several addresses is counted together, message by message; a call that showed nothing is not',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      const shown = (since: number) => inside(store, (tx) => tx.posts([ROBOT, WEBHOOK, { ...ROBOT, address: 'never used' }], since));
      await reserved(store, outlet, { payload: ['a', 'b'] });
      expect(await shown(T - 1)).toEqual([T, T]);
      await settle(store, { is: 'refused', code: '93000' });
      expect(await shown(T - 1)).toEqual([]);
      const [second = ''] = await store.waiting('send', T, 10, null);
      await reserved(store, second, { id: 'd2', reservedAt: T + 1000 });
      await settle(store, { ...ROAD, until: T + 1000 }, { id: 'd2', now: T + 1000 });
      expect(await shown(T - 1)).toEqual([]);
      await reserved(store, second, { id: 'd3', reservedAt: T + 2000 });
      await settle(store, ACCEPTED, { id: 'd3', now: T + 2000 });
      expect(await shown(T - 1)).toEqual([T + 2000]);
      expect(await shown(T + 2000)).toEqual([]);
      expect(await inside(store, (tx) => tx.posts([ROBOT], T - 1))).toEqual([]);
    }),
  );

  test(
    'an accepted call frees the outlet and ends its deliveries',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, ACCEPTED);
      expect(await at(store, outlet)).toMatchObject({ busyDispatch: null, blockedUntil: null, failures: 0 });
      expect(await queued(store, outlet, T + HOUR)).toEqual([]);
    }),
  );

  test(
    'a refused message takes the next address, and is refused for good after the last',
    withStore(make, async (store) => {
      const first = await owed(store);
      await reserved(store, first);
      await settle(store, { is: 'refused', code: '93000' });
      const [second = ''] = await store.waiting('send', T, 10, null);
      expect(await at(store, second)).toMatchObject(WEBHOOK);
      expect(await queued(store, second)).toMatchObject([{ rung: 1, attempts: 0, routes: [ROBOT, WEBHOOK] }]);
      await reserved(store, second, { id: 'd2' });
      await settle(store, { is: 'refused', code: '93001' }, { id: 'd2' });
      expect(await store.waiting('send', T + HOUR, 10, null)).toEqual([]);
    }),
  );

  test(
    'a road error blocks the outlet, costs the message no attempt, and counts until the road is open again',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, ROAD);
      expect(await at(store, outlet)).toMatchObject({ busyDispatch: null, blockedUntil: T + 60_000, blockedWhy: '45009', failures: 1 });
      expect(await store.waiting('send', T + 59_999, 10, null)).toEqual([]);
      expect(await store.nextMoment(null)).toBe(T + 60_000);
      expect(await store.waiting('send', T + 60_000, 10, null)).toEqual([outlet]);
      expect(await queued(store, outlet)).toMatchObject([{ attempts: 0, rung: 0, state: 'queued' }]);
      await reserved(store, outlet, { id: 'd2', reservedAt: T + 60_000 });
      await settle(store, ACCEPTED, { id: 'd2', now: T + 60_001 });
      expect(await at(store, outlet)).toMatchObject({ blockedUntil: null, blockedWhy: null, failures: 0 });
    }),
  );

  test(
    'a road error of the tenant blocks all its outlets and no other tenant',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      const county = { ...WEBHOOK, tenant: 'county' };
      const more = [delivery({ purpose: 'x', topic: 'x', routes: [WEBHOOK] }), delivery({ purpose: 'y', topic: 'y', routes: [county] })];
      await opened(store, 's2', { deliveries: more.map((one) => ({ ...one, version: 1 })) });
      const both = await store.waiting('send', T, 10, null);
      await settle(store, { ...ROAD, blocks: 'tenant' });
      const [free = ''] = await store.waiting('send', T, 10, null);
      expect(await at(store, free)).toMatchObject(county);
      const [other = ''] = both.filter((id) => id !== free);
      expect(await at(store, other)).toMatchObject({ ...WEBHOOK, blockedUntil: T + 60_000, blockedWhy: '45009' });
      expect((await at(store, outlet)).failures).toBe(1);
      expect(await store.waiting('send', T + 60_000, 10, null)).toHaveLength(3);
    }),
  );

  test(
    'a call without an answer stays visible as unknown; a late acceptance lifts it, nothing else does',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, UNKNOWN);
      expect((await at(store, outlet)).busyDispatch).toBeNull();
      expect(await store.waiting('send', T + HOUR, 10, null)).toEqual([]);
      await settle(store, { is: 'refused', code: 'late' });
      await settle(store, ROAD);
      expect(await store.waiting('send', T + HOUR, 10, null)).toEqual([]);
      expect(await at(store, outlet)).toMatchObject({ blockedUntil: null, failures: 0 });
      await settle(store, ACCEPTED);
    }),
  );

  test(
    'an urgent call without an answer is made once more, marked as a repeat',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, AGAIN);
      expect(await queued(store, outlet)).toMatchObject([{ attempts: 1, intent: { asks: ['a1'], again: true } }]);
      await reserved(store, outlet, { id: 'd2' });
      await settle(store, ACCEPTED);
      expect((await at(store, outlet)).busyDispatch).toBe('d2');
      await settle(store, ACCEPTED, { id: 'd2' });
      expect((await at(store, outlet)).busyDispatch).toBeNull();
    }),
  );

  test(
    'a call that the platform would know again is made once more with the very same bytes',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet, { payload: ['a', 'b'] });
      const frozen = () => inside(store, (tx) => tx.frozen('d1'));
      expect(await frozen()).toBeNull();
      await settle(store, SAME);
      const [waiting] = await queued(store, outlet);
      expect(waiting).toMatchObject({ repeats: 'd1', attempts: 1, intent: { asks: ['a1'] } });
      expect(await frozen()).toEqual({ attempt: 1, payload: ['a', 'b'], deliveries: [waiting?.id], reservedAt: T });
      await reserved(store, outlet, { attempt: 2, payload: ['a', 'b'] });
      await settle(store, ACCEPTED, { attempt: 2 });
      expect(await queued(store, outlet)).toEqual([]);
    }),
  );

  test(
    'one that is to be worded anew, and one that never was called, have no bytes to repeat',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      expect((await queued(store, outlet))[0]?.repeats).toBeNull();
      await reserved(store, outlet);
      await settle(store, AGAIN);
      expect((await queued(store, outlet))[0]?.repeats).toBeNull();
      expect(await inside(store, (tx) => tx.frozen('never-made'))).toBeNull();
    }),
  );

  test(
    'what goes over a long connection is offered to the process that holds it, and to nobody else',
    withStore(make, async (store) => {
      const routes = [{ ...ROBOT, connection: 'line' }, WEBHOOK];
      const outlet = await owed(store, { routes });
      expect(await at(store, outlet)).toMatchObject({ connection: { id: 'line', epoch: null } });
      for (const stranger of [[], ['another']]) {
        expect(await store.waiting('send', T, 10, stranger)).toEqual([]);
        expect(await store.nextMoment(stranger)).toBeNull();
      }
      for (const owner of [['another', 'line'], null]) {
        expect(await store.waiting('send', T, 10, owner)).toEqual([outlet]);
        expect(await store.nextMoment(owner)).toBe(T);
      }
      await reserved(store, outlet, { epoch: 3 });
      await settle(store, { is: 'refused', code: '93000' });
      const [hook = ''] = await store.waiting('send', T, 10, []);
      expect(await at(store, hook)).toMatchObject({ channel: 'webhook', connection: null });
    }),
  );

  test(
    'a late acceptance makes the waiting repeat needless',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, AGAIN);
      await settle(store, ACCEPTED);
      expect(await queued(store, outlet)).toEqual([]);
    }),
  );

  test(
    'an answer to an older attempt, or to a settled call, changes nothing',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, AGAIN);
      await reserved(store, outlet, { attempt: 2 });
      await settle(store, ROAD);
      expect(await at(store, outlet)).toMatchObject({ busyDispatch: 'd1', failures: 0 });
      await settle(store, ACCEPTED, { attempt: 2 });
      await settle(store, ROAD, { attempt: 2 });
      expect(await at(store, outlet)).toMatchObject({ busyDispatch: null, blockedUntil: null });
      await settle(store, ACCEPTED, { id: 'never-made' });
    }),
  );

  test.each([ROAD, AGAIN, { is: 'refused', code: '93000' } as const])(
    'what comes back ($is) while newer news waits is replaced by it',
    (how) =>
      withStore(make, async (store) => {
        const outlet = await owed(store, { intent: { is: 'old' } });
        await reserved(store, outlet);
        await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: [{ ...delivery({ intent: { is: 'new' } }), version: 2 }] })));
        await settle(store, how);
        expect(await queued(store, outlet)).toMatchObject([{ intent: { is: 'new' } }]);
        expect(await store.waiting('send', T + HOUR, 10, null)).toEqual([outlet]);
      })(),
  );

  test(
    'a delivery that does not wait at this outlet cannot be sent from it',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      const [first] = await queued(store, outlet);
      await inside(store, (tx) => tx.cancel([first?.id ?? ''], 'answered'));
      const call = {
        lane: 1,
        attempt: 1,
        payload: ['x'],
        payloadHash: 'p',
        ticket: null,
        reservedAt: T,
        rememberMs: 0,
        limitMs: 1,
        epoch: null,
      };
      const sending = inside(store, (tx) => tx.reserve({ ...call, id: 'd1', outlet, deliveries: [first?.id ?? ''] }));
      await expect(sending).rejects.toMatchObject({ retryable: false });
      expect((await at(store, outlet)).busyDispatch).toBeNull();
    }),
  );

  test(
    'a call past its limit in real time is found until somebody settles it',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet, { limitMs: -1 });
      expect(await store.overdueDispatches(10)).toEqual([
        { id: 'd1', outlet, tenant: 'city', channel: 'robot', attempt: 1, lane: 1, reservedAt: T },
      ]);
      await settle(store, UNKNOWN);
      expect(await store.overdueDispatches(10)).toEqual([]);
    }),
  );

  test(
    'a refusal waits to be heeded, on its way to the next address and at the end, and is heeded once; one without any way at once',
    withStore(make, async (store) => {
      const first = await owed(store);
      expect(await store.unheededStreams(10)).toEqual([]);
      await reserved(store, first);
      await settle(store, { is: 'refused', code: '93000' });
      expect(await store.unheededStreams(10)).toEqual(['s1']);
      const [moved] = await unheeded(store);
      expect(moved).toMatchObject({ state: 'queued', codes: ['93000'] });
      await heeded(store);
      expect(await store.unheededStreams(10)).toEqual([]);
      const [second = ''] = await store.waiting('send', T, 10, null);
      await reserved(store, second, { id: 'd2' });
      await settle(store, { is: 'refused', code: '93001' }, { id: 'd2' });
      expect(await unheeded(store)).toMatchObject([{ id: moved?.id, state: 'refused', codes: ['93001'] }]);
      await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: [{ ...delivery({ topic: 'y', routes: [] }), version: 2 }] })));
      expect((await unheeded(store)).map(({ codes }) => codes)).toEqual([['93001'], ['unreachable']]);
    }),
  );

  test(
    'what was refused is told to whoever looks late, way by way in their order, though the next way has taken it meanwhile',
    withStore(make, async (store) => {
      const third = { ...WEBHOOK, address: 'county-hook' };
      await reserved(store, await owed(store, { routes: [ROBOT, WEBHOOK, third] }));
      await settle(store, { is: 'refused', code: 'carrier_down' });
      const [second = ''] = await store.waiting('send', T, 10, null);
      await reserved(store, second, { id: 'd2' });
      await settle(store, ROAD, { id: 'd2' });
      expect(await unheeded(store)).toMatchObject([{ state: 'queued', codes: ['carrier_down'] }]);
      await reserved(store, second, { id: 'd3', reservedAt: T + 60_000 });
      await settle(store, { is: 'refused', code: '93000' }, { id: 'd3' });
      const [last = ''] = await store.waiting('send', T, 10, null);
      await reserved(store, last, { id: 'd4' });
      await settle(store, { ...ACCEPTED, askAt: T }, { id: 'd4' });
      expect(await store.unheededStreams(10)).toEqual(['s1']);
      expect(await unheeded(store)).toMatchObject([{ state: 'accepted', codes: ['carrier_down', '93000'] }]);
      const told = (ended: Receipted) => inside(store, (tx) => tx.told('d4', { ended, askAt: null }, T));
      await told({ is: 'delivered', how: 'delivered' });
      expect(await unheeded(store)).toMatchObject([{ state: 'delivered', codes: ['carrier_down', '93000'] }]);
      await heeded(store);
      expect(await store.unheededStreams(10)).toEqual([]);
    }),
  );

  test(
    'what is refused while somebody heeds the refusals before it waits to be heeded in its turn',
    withStore(make, async (store) => {
      await reserved(store, await owed(store));
      await settle(store, { is: 'refused', code: '93000' });
      const [second = ''] = await store.waiting('send', T, 10, null);
      await reserved(store, second, { id: 'd2' });
      await heeded(store, () => settle(store, { is: 'refused', code: '93001' }, { id: 'd2' }));
      expect(await unheeded(store)).toMatchObject([{ state: 'refused', codes: ['93001'] }]);
      await heeded(store);
      expect(await unheeded(store)).toEqual([]);
    }),
  );

  test(
    'the bureau is at rest when nothing is heard, in a call, refused unheeded or due; then it is known when it will move again',
    withStore(make, async (store) => {
      expect(await store.rest(T)).toBeNull();
      const outlet = await owed(store, { notBefore: T + 1000 });
      expect(await store.rest(T)).toBe(T + 1000);
      expect(await store.rest(T + 1000)).toBe('moving');
      await reserved(store, outlet, { reservedAt: T + 1000 });
      expect(await store.rest(T + 1000)).toBe('moving');
      await settle(store, { ...ROAD, until: T + 9000 }, { now: T + 1000 });
      expect(await store.rest(T + 1000)).toBe(T + 9000);
      await reserved(store, outlet, { id: 'd2', reservedAt: T + 9000 });
      await settle(store, { is: 'refused', code: '93000' }, { id: 'd2', now: T + 9000 });
      const refused = await inside(store, (tx) => tx.unheeded('s1'));
      expect(await store.rest(T)).toBe('moving');
      await inside(store, async (tx) => tx.heed(refused));
      await inside(store, async (tx) =>
        tx.cancel(
          refused.map(({ id }) => id),
          'answered',
        ),
      );
      expect(await store.rest(T + HOUR)).toBeNull();
      await store.takeIn([incoming()]);
      expect(await store.rest(T)).toBe('moving');
    }),
  );

  test(
    'a ring or a question to a carrier that is due keeps the bureau moving until it was worked',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, { ...ACCEPTED, askAt: T + 10_000 });
      await inside(store, (tx) => tx.write(change('s1', 1, { deadlines: [deadline({ nextAt: T + 20_000 })] })));
      expect(await store.rest(T)).toBe(T + 10_000);
      expect(await store.rest(T + 10_000)).toBe('moving');
      await inside(store, (tx) => tx.told('d1', { ended: null, askAt: null }, T + 10_000));
      expect(await store.rest(T + 10_000)).toBe(T + 20_000);
      expect(await store.rest(T + 20_000)).toBe('moving');
    }),
  );

  test(
    'an accepted call is asked about at its moment, again when nothing is told, and ends once: delivered, or refused after all',
    withStore(make, async (store) => {
      const outlet = await owed(store);
      await reserved(store, outlet);
      await settle(store, { ...ACCEPTED, askAt: T + 10_000 });
      expect(await store.receiptsDue(T + 9_999, 10)).toEqual([]);
      expect(await store.nextMoment(null)).toBe(T + 10_000);
      const due = await store.receiptsDue(T + 10_000, 10);
      expect(due).toMatchObject([{ dispatch: 'd1', ref: 'msg1', reservedAt: T, channel: ROBOT.channel }]);
      await inside(store, (tx) => tx.told('d1', { ended: null, askAt: T + 20_000 }, T + 10_000));
      expect(await store.nextMoment(null)).toBe(T + 20_000);
      await inside(store, (tx) => tx.told('d1', { ended: { is: 'refused', code: 'phone_off' }, askAt: null }, T + 20_000));
      expect(await store.nextMoment(null)).toBeNull();
      expect(await unheeded(store)).toMatchObject([{ state: 'refused', codes: ['phone_off'] }]);
      await inside(store, (tx) => tx.told('d1', { ended: { is: 'delivered', how: 'answered' }, askAt: null }, T + 30_000));
      expect(await unheeded(store)).toMatchObject([{ state: 'refused', codes: ['phone_off'] }]);
    }),
  );

  test(
    'who was called and has been sent nothing yet is told apart, by what went out to him and by the pages that name him',
    withStore(make, async (store) => {
      const call = { purpose: 'call_out', addressee: 'person:a', leg: 'show' as const, intent: { people: [] } };
      const rows = [
        { ...delivery({ ...call, topic: 'a' }), version: 2 },
        { ...delivery({ ...call, topic: 'b', addressee: 'person:b' }), version: 2 },
      ];
      await owed(store);
      await inside(store, (tx) => tx.write(change('s1', 1, { deliveries: rows })));
      const waitingFor = () => inside(store, (tx) => tx.undelivered('s1', ['call_out']));
      expect(await waitingFor()).toEqual(['a', 'b']);
      expect(await inside(store, (tx) => tx.undelivered('s1', ['other']))).toEqual([]);
    }),
  );
}
