/** The whole sender in front of a platform that takes twenty people a call and ten calls a second: queue, windows, road errors and all, in virtual time. */
import { createDingtalk } from '../../../src/bot/dingtalk';
import { createBudget } from '../../../src/bot/dingtalk/budget';
import type { Ask } from '../../../src/bot/dingtalk/call';
import { createChannels } from '../../../src/bot/dingtalk/channels';
import { createPaced } from '../../../src/bot/dingtalk/paced';
import { createParts } from '../../../src/bot/dingtalk/parts';
import type { Deps } from '../../../src/handlers/deps';
import { runLanes } from '../../../src/jobs/lanes';
import { createReach } from '../../../src/ports/reach';
import type { Wake } from '../../../src/ports/wake';
import { createMemoryStore, createProcess, createWorld } from '../../../src/store/memory';
import { binding } from '../../bot/dingtalk/support';
import { type VirtualPace, virtualPace } from '../../bot/dingtalk/virtual';
import { testDeps } from '../../bot/wire/support';
import { openOffice } from '../../handlers/office';
import { delivery, incoming, inside, T } from '../../store/contract/builders';

/** People one call takes, and the pause between two calls of a kind that the limit leaves. */
const A_CALL = 20;
const PAUSE_MS = 100;
export const ROUND_TRIP_MS = 80;

/** States of what may still be accepted. */
const ON_THE_WAY: readonly string[] = ['queued', 'held', 'sending'];

/** The least that the platform's limits allow for so many people. */
export const leastCalls = (people: number): number => people / A_CALL;
export const leastMs = (people: number): number => leastCalls(people) * PAUSE_MS;

/** One call: of which kind, when, and to how many; asking who has read is to nobody. */
export interface Made {
  readonly api: string;
  readonly at: number;
  readonly people: number;
}

/** Tells so many; answers the calls that were made and the virtual milliseconds until the last was accepted. Throws where one ends otherwise. */
export async function tellEverybody(people: number): Promise<{ readonly made: readonly Made[]; readonly took: number }> {
  const pace = virtualPace();
  const made: Made[] = [];
  const answer = async (api: string, { body }: Ask) => {
    made.push({ api, at: pace.mono(), people: body !== undefined && 'userIds' in body ? (body.userIds as readonly string[]).length : 0 });
    await pace.sleep(ROUND_TRIP_MS);
    return { is: 'answer', body: { processQueryKey: `k${made.length}` } } as const;
  };
  const clock = { now: () => T + pace.mono() };
  const adapter = { ...testDeps(), clock, pace };
  const bound = binding({ monthlyCalls: 0 });
  const api = { now: answer, old: answer };
  const paced = createPaced(api, createBudget({ name: 'b', allowed: 0, clock, log: adapter.log }), pace);
  const ding = { ...createDingtalk(bound, adapter), channels: createChannels({ ...createParts(bound, adapter), api, paced }) };

  const world = createWorld();
  const store = createMemoryStore(world, createProcess({ turn: async () => undefined, real: pace.mono }));
  const deps: Deps = { ...openOffice(store).deps, clock, reach: createReach([ding]) };
  const [row] = await store.takeIn([incoming()]);
  if (row !== 'new') throw new Error('the row was there already');
  const inbox = [...world.rows.inbox.keys()][0] ?? '';
  const way = (nth: number) => ({ tenant: 'city', channel: 'dingtalk.single', address: `user${nth}`, connection: null });
  const told = Array.from({ length: people }, (_, nth) =>
    delivery({
      ...{
        purpose: 'reply',
        addressee: `conversation:c${nth}`,
        leg: 'show',
        topic: `reply-${nth}`,
        lane: 2,
        relevantUntil: null,
        ticketOf: null,
      },
      intent: { purpose: 'reply', reply: { is: 'greeting' }, to: { conversation: `c${nth}` } },
      notBefore: T,
      routes: [way(nth)],
    }),
  );
  await inside(store, (tx) => tx.reply(inbox, told));

  const states = () => [...world.rows.deliveries.values()].map(({ state }) => state);
  const wake = wakeOn(pace);
  const stop = runLanes(deps, wake, pace);
  wake.poke('send');
  const all = async (): Promise<number> => {
    while (states().some((state) => state !== 'accepted')) {
      if (!states().some((state) => ON_THE_WAY.includes(state)))
        throw new Error(`not everybody was told: ${[...new Set(states())].join(', ')}`);
      await pace.sleep(50);
    }
    return pace.mono();
  };
  const took = await pace.until(all());
  await pace.until(stop());
  return { made, took };
}

/** Runs a lane when it is poked or its moment comes, one run at a time. */
function wakeOn(pace: VirtualPace): Wake {
  const lanes = new Map<string, { run: () => Promise<void>; busy: boolean; again: boolean }>();
  let alarm = new AbortController();
  const poke = (name: string): void => {
    const lane = lanes.get(name);
    if (lane === undefined) return;
    lane.again = true;
    if (lane.busy) return;
    lane.busy = true;
    void (async () => {
      while (lane.again) {
        lane.again = false;
        await lane.run();
      }
      lane.busy = false;
    })();
  };
  return {
    poke,
    armAt(at) {
      alarm.abort();
      alarm = new AbortController();
      const mine = alarm;
      if (at !== null) void pace.sleep(at - T - pace.mono(), mine.signal).then(() => !mine.signal.aborted && poke('send'));
    },
    on: (name, run) => void lanes.set(name, { run, busy: false, again: false }),
    healthy: () => true,
    stop: async () => alarm.abort(),
  };
}
