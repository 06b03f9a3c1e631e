/** Everybody at once, in virtual time: so many people are told the same by one channel of DingTalk in front of a platform that counts. */
import { createBudget } from '../../../src/bot/dingtalk/budget';
import type { Ask } from '../../../src/bot/dingtalk/call';
import { createChannels } from '../../../src/bot/dingtalk/channels';
import { createPaced } from '../../../src/bot/dingtalk/paced';
import { createParts } from '../../../src/bot/dingtalk/parts';
import { roadWait } from '../../../src/jobs/send/roadWait';
import { message, NOW, testDeps } from '../wire/support';
import { binding } from './support';
import type { VirtualPace } from './virtual';

export const PEOPLE = 5_000;
export const AT_ONCE = 20;
export const A_SECOND = 10;
const ROUND_TRIP_MS = 80;
export const SECOND = 1_000;
/** The calls that this many people take, at the speed the pacing allows (dossier 3.3, 4.3). */
export const LEAST_CALLS = PEOPLE / AT_ONCE;
/** And the time they take. */
export const LEAST_MS = (LEAST_CALLS / A_SECOND) * SECOND;

export interface Made {
  readonly at: number;
  readonly people: number;
}

/** A platform that answers yes after a while and writes down when it was called; `refuses` says no to some calls. */
export function platform(pace: VirtualPace, refuses: (made: readonly Made[]) => boolean = () => false) {
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
export async function deliver({ channel }: ReturnType<typeof platform>, pace: VirtualPace, address: string, body: string, urgent = false) {
  for (let failures = 0; ; failures += 1) {
    const end = await channel.send({ body }, { address, ticket: null, urgent }, 'k', new AbortController().signal);
    if (end.is === 'accepted') return pace.mono();
    if (end.is !== 'road') throw new Error(JSON.stringify(end));
    await pace.sleep(roadWait(end.waitMs, failures));
  }
}

/** The bytes of one message. */
export function bodyOf({ channel }: ReturnType<typeof platform>, heading: string): string {
  return channel.split(message({ heading }), { address: '', ticket: null })[0]?.body ?? '';
}

/** Their accounts. */
export const people = Array.from({ length: PEOPLE }, (_, nth) => `user${nth}`);
/** The most calls in any second. */
export const busiest = (made: readonly Made[]) =>
  Math.max(...made.map(({ at }) => made.filter((one) => one.at >= at && one.at < at + SECOND).length));
