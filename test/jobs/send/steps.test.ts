/** Steps of several addresses in one transaction, and what becomes of the others when one of them cannot be taken. */
import { expect, test } from '@jest/globals';
import type { Deps } from '../../../src/handlers/deps';
import { realPace } from '../../../src/jobs/pace';
import { createSteps, type Step } from '../../../src/jobs/send/steps';
import type { Channel, Platform } from '../../../src/ports/platform';
import { createReach } from '../../../src/ports/reach';
import { createMemoryStore, createProcess, createWorld } from '../../../src/store/memory';
import { openOffice } from '../../handlers/office';
import { delivery, incoming, inside, T } from '../../store/contract/builders';

/** An office that owes each of these addresses two answers. `spoiled`: there nothing can be made any more. */
async function openSender(addresses: readonly string[]) {
  const world = createWorld();
  const memory = createMemoryStore(world, createProcess({ turn: async () => undefined, real: realPace.mono }));
  const spoiled = new Set<string>();
  const channel: Channel = {
    ...{ id: 'robot', via: 'http', pages: true, idempotent: null, limits: [] },
    split: (_, { address }) => {
      if (spoiled.has(address)) throw new Error('cannot be made');
      return [{ body: address }];
    },
    send: async () => ({ is: 'accepted' }),
  };
  let transactions = 0;
  const store: Deps['store'] = {
    ...memory,
    transact: (locks, work) => {
      transactions += 1;
      return memory.transact(locks, work);
    },
  };
  const platform = { ...{ id: 'town', tenant: 'city' }, channels: [channel] } as unknown as Platform;
  const deps: Deps = { ...openOffice(store).deps, store, clock: { now: () => T }, reach: createReach([platform]) };
  await memory.takeIn([incoming()]);
  const inbox = [...world.rows.inbox.keys()][0] ?? '';
  const owed = addresses.flatMap((address) =>
    ['first', 'second'].map((topic) =>
      delivery({
        ...{ purpose: 'reply', addressee: `conversation:${address}/${topic}`, leg: 'show', topic: `${topic}-${address}`, ticketOf: null },
        intent: { purpose: 'reply', reply: { is: 'greeting' }, to: { conversation: address } },
        routes: [{ tenant: 'city', channel: 'robot', address, connection: null }],
      }),
    ),
  );
  await inside(memory, (tx) => tx.reply(inbox, owed));
  const outletAt = (address: string): string => [...world.rows.outlets.values()].find((row) => row.address === address)?.id ?? '';
  const first = (address: string): Step => ({ outlet: outletAt(address), isUrgent: true, ended: null, goesOn: true });
  const take = createSteps(deps, realPace);
  return { world, spoiled, take, first, spent: () => transactions };
}

test('addresses that ask in one breath are worked in one transaction, and the answers of their calls with what goes next', async () => {
  const { world, take, first, spent } = await openSender(['a', 'b', 'c']);
  const begun = await Promise.all(['a', 'b', 'c'].map((address) => take(first(address))));
  expect(spent()).toBe(1);
  const calls = begun.map(({ next }) => (typeof next === 'object' ? next.dispatch : null));
  expect(calls.map((call) => call?.payload)).toEqual([['a'], ['b'], ['c']]);
  const ended = (nth: number) => ({
    dispatch: calls[nth]?.id ?? '',
    attempt: 1,
    how: { is: 'accepted', ref: null, handle: null } as const,
  });
  const gone = await Promise.all(['a', 'b', 'c'].map((address, nth) => take({ ...first(address), ended: ended(nth) })));
  expect(spent()).toBe(2);
  expect(calls.map((call) => world.rows.dispatches.get(call?.id ?? '')?.state)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(gone.every(({ next }) => typeof next === 'object')).toBe(true);
});

test('a message that cannot be made keeps neither the others from going nor the answer before it from being written', async () => {
  const { world, spoiled, take, first } = await openSender(['a', 'b']);
  const { next } = await take(first('a'));
  const call = typeof next === 'object' ? next.dispatch.id : '';
  spoiled.add('a');
  const [faulty, other] = await Promise.allSettled([
    take({ ...first('a'), ended: { dispatch: call, attempt: 1, how: { is: 'accepted', ref: null, handle: null } } }),
    take(first('b')),
  ]);
  expect(faulty).toMatchObject({ status: 'rejected', reason: new Error('cannot be made') });
  expect(other).toMatchObject({ status: 'fulfilled', value: { next: { dispatch: { payload: ['b'] } } } });
  expect(world.rows.dispatches.get(call)?.state).toBe('accepted');
});
