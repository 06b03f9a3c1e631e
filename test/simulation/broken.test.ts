/** The simulation can fail: a store that breaks one of its rules is found out. */
import { expect, test } from '@jest/globals';
import type { Locks, Store, Tx } from '../../src/ports/store';
import type { World } from '../../src/store/memory';
import { simulate } from './run';

type Break = (store: Store, world: World) => Store;

/** Runs that a broken rule may stay hidden in; the first is one that is known to show it. */
const MOST_RUNS = 12;

let count = 0;
const BROKEN: readonly (readonly [string, Break, RegExp, number])[] = [
  [
    'that takes a redelivered message for a new one',
    (store) => ({
      ...store,
      takeIn: (rows) => store.takeIn(rows.map((row) => ({ ...row, source: `${row.source}${count++}` }))),
    }),
    /was taken, and is \d times in the inbox/,
    1,
  ],
  ['that lets two workers at one conversation', unlocked(({ conversation: _, ...locks }) => locks), /caused events twice|caused/, 1],
  ['that lets two senders at one outlet', unlocked(({ outlets: _, ...locks }) => locks), /busy|not a new one|wait/, 3],
  [
    'that takes an answer to an older attempt for one to the newest',
    inside((tx, world) => ({
      settle: (id, attempt, how, now) => tx.settle(id, world.rows.dispatches.get(id)?.attempt ?? attempt, how, now),
    })),
    /is calling|in flight|shown/,
    33,
  ],
  [
    'that forgets that a call has an unknown end',
    inside((tx) => ({
      queued: async (id, now, limit) => (await tx.queued(id, now, limit)).map((d) => ({ ...d, attempts: 0, repeats: null })),
    })),
    /shown \d times/,
    1,
  ],
  [
    'that forgets its sending windows',
    inside((tx) => ({ outlet: async (id) => ({ ...(await tx.outlet(id)), recent: [] }) })),
    /calls in one minute/,
    1,
  ],
  [
    'that does not ask whose connection it is',
    (store, world) =>
      inside((tx) => ({
        outlet: async (id) => ({ ...(await tx.outlet(id)), connection: null }),
      }))({ ...store, sendable: (now, limit) => store.sendable(now, limit, null) }, world),
    /over the connection/,
    1,
  ],
  ['that lets a code count for ever', inside(() => ({ closePrompt: async () => undefined })), /counted, and its prompt is open/, 1],
  [
    'that loses a deadline that has moved',
    inside((tx) => ({ write: (write) => tx.write(write.fromVersion === 0 ? write : { ...write, deadlines: write.deadlines.slice(1) }) })),
    /deadline rows and state differ/,
    1,
  ],
  ['that forgets the end of a message', inside(() => ({ settleInbox: async () => undefined })), /caused events twice|still received/, 1],
];

test.each(BROKEN)(
  'a store %s is found out',
  async (_, broken, sentence, known) => {
    const found: string[] = [];
    for (let run = 0; run < MOST_RUNS && !sentence.test(found.join('\n')); run++)
      found.push(...(await simulate(known + run, { wrap: broken, untilViolated: true })).violations);
    expect(found.join('\n')).toMatch(sentence);
  },
  120_000,
);

function unlocked(without: (locks: Locks) => Locks): Break {
  return (store) => ({ ...store, transact: (locks, work) => store.transact(without(locks), work) });
}

function inside(over: (tx: Tx, world: World) => Partial<Tx>): Break {
  return (store, world) => ({
    ...store,
    transact: (locks, work) => store.transact(locks, (tx) => work({ ...tx, ...over(tx, world) })),
  });
}
