/** Called too often, the bot does not knock on: it waits longer each time, and has fewer calls under way. */
import { expect, test } from '@jest/globals';
import { createGate } from '../../../src/bot/wire/gate';
import { slowing } from '../../../src/bot/wire/slowing';
import type { Channel, SendResult } from '../../../src/ports/platform';
import { FOREVER, testDeps } from './support';

const BUSY: SendResult = { is: 'road', code: '45009', blocks: 'outlet', waitMs: 60_000 };
const MINUTE = 60_000;

function channelOf(answer: () => SendResult) {
  const deps = testDeps();
  const channel: Channel = {
    id: 'c',
    via: 'http',
    pages: false,
    idempotent: null,
    limits: [],
    split: () => [],
    send: async () => answer(),
  };
  const slowed = slowing(channel, deps, { codes: new Set(['45009']), firstMs: MINUTE, longestMs: 60 * MINUTE });
  const wait = async (address = 'a') => {
    const end = await slowed.send({ body: '' }, { address, ticket: null }, 'k', FOREVER);
    return end.is === 'road' ? end.waitMs / MINUTE : end.is;
  };
  return { deps, wait };
}

test('45009 in a row makes the wait grow from one minute to an hour, and something that gets through ends that', async () => {
  let answer: SendResult = BUSY;
  const { deps, wait } = channelOf(() => answer);
  const waits: (number | string)[] = [];
  for (let times = 0; times < 9; times += 1) {
    const last = await wait();
    waits.push(last);
    deps.clock.time += Number(last) * MINUTE;
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  answer = { is: 'accepted' };
  expect(await wait()).toBe('accepted');
  answer = BUSY;
  expect(await wait()).toBe(1);
});

test('an end that says nothing about too often neither lengthens nor forgets the wait', async () => {
  let answer: SendResult = BUSY;
  const { deps, wait } = channelOf(() => answer);
  expect(await wait()).toBe(1);
  deps.clock.time += MINUTE;
  answer = { is: 'road', code: 'ECONNREFUSED', blocks: 'outlet', waitMs: 2_000 };
  await wait();
  answer = BUSY;
  expect(await wait()).toBe(2);
});

test('a refusal within a wait only repeats what is left of it, and other addresses have waits of their own', async () => {
  const { deps, wait } = channelOf(() => BUSY);
  expect(await wait()).toBe(1);
  deps.clock.time += MINUTE / 2;
  expect(await wait()).toBe(0.5);
  expect(await wait('b')).toBe(1);
  deps.clock.time += MINUTE / 2;
  expect(await wait()).toBe(2);
});

/** `n` calls that end when told. */
function crowd(gate: ReturnType<typeof createGate>, n: number) {
  const ends: (() => void)[] = [];
  const calls = Array.from({ length: n }, () => gate.run(() => new Promise<void>((resolve) => ends.push(resolve))));
  const finish = async () => {
    while (ends.length > 0) {
      for (const end of ends.splice(0)) end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(calls);
  };
  return { under: () => ends.length, finish };
}

test('45033 halves how many calls are under way at once, down to one; ten seconds of peace give one back', async () => {
  const deps = testDeps();
  const gate = createGate(deps.clock);
  const under = async (): Promise<number> => {
    const calls = crowd(gate, 50);
    const seen = calls.under();
    await calls.finish();
    return seen;
  };
  expect(await under()).toBe(32);
  gate.halve();
  gate.halve();
  expect(await under()).toBe(16);
  deps.clock.time += 9_999;
  gate.halve();
  expect(await under()).toBe(8);
  for (let times = 0; times < 9; times += 1) {
    deps.clock.time += 1_000;
    gate.halve();
  }
  expect(await under()).toBe(1);
  deps.clock.time += 50_000;
  expect(await under()).toBe(6);
  deps.clock.time += 3_600_000;
  expect(await under()).toBe(32);
});

test('a call that fails gives its room back', async () => {
  const gate = createGate(testDeps().clock);
  for (let times = 0; times < 40; times += 1) await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.run(async () => 'through')).toBe('through');
});
