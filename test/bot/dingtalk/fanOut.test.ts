/** Everybody at once: five thousand people are told the same, in the shortest time the platform allows, and never faster. */
import { describe, expect, test } from '@jest/globals';
import { createBudget } from '../../../src/bot/dingtalk/budget';
import type { Ask } from '../../../src/bot/dingtalk/call';
import { createChannels } from '../../../src/bot/dingtalk/channels';
import { createPaced } from '../../../src/bot/dingtalk/paced';
import { createParts } from '../../../src/bot/dingtalk/parts';
import { roadWait } from '../../../src/jobs/send/roadWait';
import { message, NOW, testDeps } from '../wire/support';
import { binding } from './support';
import { type VirtualPace, virtualPace } from './virtual';

const PEOPLE = 5_000;
const AT_ONCE = 20;
const A_SECOND = 10;
const ROUND_TRIP_MS = 80;
const SECOND = 1_000;
/** The calls that this many people take, at the speed the pacing allows (dossier 3.3, 4.3). */
const LEAST_CALLS = PEOPLE / AT_ONCE;
const LEAST_MS = (LEAST_CALLS / A_SECOND) * SECOND;

interface Made {
  readonly at: number;
  readonly people: number;
}

/** A platform that answers yes after a while and writes down when it was called; `refuses` says no to some calls. */
function platform(pace: VirtualPace, refuses: (made: readonly Made[]) => boolean = () => false) {
  const made: Made[] = [];
  const answer = async (_path: string, { body }: Ask) => {
    const userIds = body !== undefined && 'userIds' in body ? (body.userIds as readonly string[]) : [];
    const no = refuses(made);
    made.push({ at: pace.mono(), people: userIds.length });
    await pace.sleep(ROUND_TRIP_MS);
    const fault = { code: 'Forbidden.AccessDenied.QpsLimitForApi', message: '', status: 403, requestId: null, scopes: [] };
    return no ? ({ is: 'fault', fault } as const) : ({ is: 'answer', body: { processQueryKey: `k${made.length}` } } as const);
  };
  const deps = { ...testDeps(), clock: { now: () => NOW + pace.mono() }, pace };
  const parts = createParts(binding({ monthlyCalls: 0 }), deps);
  const api = { now: answer, old: answer };
  const budget = createBudget({ name: 'b', allowed: 0, clock: deps.clock, log: deps.log });
  const channel = createChannels({ ...parts, api, paced: createPaced(api, budget, pace) }).find(({ id }) => id === 'dingtalk.single');
  if (channel === undefined) throw new Error('no channel');
  return { made, channel };
}

/** One address as the sender treats it: again after every road error, later each time. Answers when it was taken. */
async function deliver({ channel }: ReturnType<typeof platform>, pace: VirtualPace, address: string, body: string, urgent = false) {
  for (let failures = 0; ; failures += 1) {
    const end = await channel.send({ body }, { address, ticket: null, urgent }, 'k', new AbortController().signal);
    if (end.is === 'accepted') return pace.mono();
    if (end.is !== 'road') throw new Error(JSON.stringify(end));
    await pace.sleep(roadWait(end.waitMs, failures));
  }
}

function bodyOf({ channel }: ReturnType<typeof platform>, heading: string): string {
  return channel.split(message({ heading }), { address: '', ticket: null })[0]?.body ?? '';
}

const people = Array.from({ length: PEOPLE }, (_, nth) => `user${nth}`);
/** The most calls in any second. */
const busiest = (made: readonly Made[]) =>
  Math.max(...made.map(({ at }) => made.filter((one) => one.at >= at && one.at < at + SECOND).length));

describe('five thousand people', () => {
  test('are told within 1.1 times the shortest time and the fewest calls, and no second has more than ten', async () => {
    const pace = virtualPace();
    const one = platform(pace);
    const body = bodyOf(one, '#12 全员集结');
    const ends = await pace.until(Promise.all(people.map((address) => deliver(one, pace, address, body))));
    expect(ends).toHaveLength(PEOPLE);
    expect(one.made.reduce((sum, { people: told }) => sum + told, 0)).toBe(PEOPLE);
    expect(one.made.length).toBeLessThanOrEqual(LEAST_CALLS * 1.1);
    expect(Math.max(...ends)).toBeLessThanOrEqual(LEAST_MS * 1.1);
    expect(busiest(one.made)).toBeLessThanOrEqual(A_SECOND);
    expect(Math.max(...one.made.map(({ people: told }) => told))).toBeLessThanOrEqual(AT_ONCE);
  });

  test('do not keep one who is needed: each urgent message in between goes within a second', async () => {
    const pace = virtualPace();
    const one = platform(pace);
    const body = bodyOf(one, '#12 全员集结');
    const crowd = Promise.all(people.map((address) => deliver(one, pace, address, body)));
    const urgent = async (nth: number) => {
      await pace.sleep(nth * 1_700);
      const asked = pace.mono();
      return (await deliver(one, pace, 'leader', bodyOf(one, `#${nth} 请到岗`), true)) - asked;
    };
    const waits = await pace.until(Promise.all(Array.from({ length: 12 }, (_, nth) => urgent(nth + 1))));
    await pace.until(crowd);
    expect(Math.max(...waits)).toBeLessThanOrEqual(SECOND);
    expect(busiest(one.made)).toBeLessThanOrEqual(A_SECOND);
  });

  test('are all told though the platform says too fast now and then: slower after it, never twice to anybody it has taken', async () => {
    const pace = virtualPace();
    const one = platform(pace, (made) => [30, 31, 90].includes(made.length));
    const body = bodyOf(one, '#12 全员集结');
    const ends = await pace.until(Promise.all(people.map((address) => deliver(one, pace, address, body))));
    expect(ends).toHaveLength(PEOPLE);
    const told = one.made.filter((_, nth) => ![30, 31, 90].includes(nth)).reduce((sum, { people: some }) => sum + some, 0);
    expect(told).toBe(PEOPLE);
    const after = one.made
      .slice(33, 40)
      .map(({ at }, nth, all) => at - (all[nth - 1]?.at ?? at))
      .slice(1);
    expect(Math.min(...after)).toBeGreaterThanOrEqual(200);
  });
});
