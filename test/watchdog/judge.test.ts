/** What the watchdog holds to be wrong, and what not. */
import { expect, test } from '@jest/globals';
import { judge } from '../../src/watchdog/judge';
import { dead, instance, NOW, ring, sight } from './sight';

const LIMITS = { lateMs: 45_000, deafMs: 120_000 };
const ids = (some: Parameters<typeof sight>[0]): readonly string[] => judge(sight(some), LIMITS).map(({ id }) => id);

test('nothing is wrong while somebody works, somebody serves, and nothing is late', () => {
  expect(ids({})).toEqual([]);
  expect(ids({ instances: [instance({ role: 'web' }), instance({ id: 'two', role: 'worker' }), dead({ id: 'old' })] })).toEqual([]);
  expect(ids({ rings: { count: 1, first: [ring({ ringAt: NOW - 45_000 })] } })).toEqual([]);
});

test('the silence of all who work is told from the last sign of life, and an orderly end from that end', () => {
  expect(judge(sight({ instances: [dead()] }), LIMITS)).toEqual([
    { id: 'silent:work', since: NOW - 90_000 },
    { id: 'silent:web', since: NOW - 90_000 },
  ]);
  const stopped = instance({ stoppedAt: NOW - 60_000 });
  expect(judge(sight({ instances: [stopped] }), LIMITS)[0]?.since).toBe(NOW - 60_000);
});

test('each part is missed by itself, and a part that nobody ever did is not', () => {
  expect(ids({ instances: [instance({ role: 'web' }), dead({ id: 'two', role: 'worker' })] })).toEqual(['silent:work']);
  expect(ids({ instances: [instance({ role: 'worker' }), dead({ id: 'two', role: 'web' })] })).toEqual(['silent:web']);
  expect(ids({ instances: [instance({ role: 'worker' })] })).toEqual([]);
  expect(ids({ instances: [] })).toEqual([]);
});

test('a program that lives but does not ring, handle or send is told of', () => {
  expect(ids({ rings: { count: 1, first: [ring({ ringAt: NOW - 46_000 })] } })).toEqual(['rings']);
  expect(ids({ inbox: { count: 2, oldest: NOW - 50_000 } })).toEqual(['inbox']);
  expect(ids({ unsent: { count: 2, oldest: NOW - 50_000 } })).toEqual(['unsent']);
});

test('lateness is measured on the clock people see, and told in real time', () => {
  const [alarm] = judge(sight({ now: NOW + 7_200_000, rings: { count: 1, first: [ring({ ringAt: NOW + 7_100_000 })] } }), LIMITS);
  expect(alarm).toEqual({ id: 'rings', since: NOW - 100_000 });
});

test('a connection that hears nothing is deaf after two minutes, but has its time anew after a start', () => {
  const connections = [{ id: 'line', heardAt: NOW - 121_000 }];
  expect(ids({ connections })).toEqual(['deaf:line']);
  expect(ids({ connections, instances: [instance({ startedAt: NOW - 60_000 })] })).toEqual([]);
  expect(ids({ connections, instances: [dead()] })).toEqual(['silent:work', 'silent:web']);
});

test('after a start everything that lies about has its time anew', () => {
  const some = { rings: { count: 1, first: [ring({ ringAt: NOW - 3_600_000 })] }, inbox: { count: 1, oldest: NOW - 3_600_000 } };
  expect(ids({ ...some, instances: [instance({ startedAt: NOW - 40_000 })] })).toEqual([]);
  expect(ids({ ...some, instances: [instance({ startedAt: NOW - 50_000 })] })).toEqual(['rings', 'inbox']);
});
