/** The platform slow, dead and back, and its long connection open to the eye and carrying nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../ask';
import { type Fault, judge, seconds } from '../fault';
import { peopleIn } from '../people';
import { ROAD, walk } from '../road';
import { openWorld, until, type World } from '../world';

/** Calls over HTTP and frames of the robot. */
const APIS = [
  'webhook/send',
  'message/send',
  'appchat/send',
  'gettoken',
  'aibot_send_msg',
  'aibot_respond_msg',
  'aibot_respond_update_msg',
];
const SLOW_MS = 1_500;
/** From the first report until everybody called has answered. */
const SLOW_UNTIL = 10;

/** Every answer takes a second and a half: everything goes its way, only later, and nothing twice. */
const slowFault: Fault = {
  name: 'platform_slow',
  run: ({ undisturbed }) =>
    inWorld(async (world) => {
      const people = peopleIn(world);
      for (const api of APIS) await order(world, 'faults', { api, delayMs: SLOW_MS, times: 10_000 });
      await walk(people, async (step) => {
        if (step === SLOW_UNTIL) await order(world, 'faults', { clear: true });
      });
      return judge(world, people, undisturbed, [`every call takes ${seconds(SLOW_MS)} until step ${SLOW_UNTIL}`]);
    }),
};

/** Longer than a call may take, and than the other side may be silent on the long connection. */
const DEAD_MS = 25_000;
const DEATHS = 2;

/** The platform's process stands still: connections stay open, new ones are taken by the kernel, nobody says a word. */
const deadFault: Fault = {
  name: 'platform_dead',
  run: ({ undisturbed, chance }) =>
    inWorld(async (world) => {
      const steps = new Set<number>();
      while (steps.size < DEATHS) steps.add(1 + Math.floor(chance() * (ROAD.length - 2)));
      const people = peopleIn(world);
      const notes: string[] = [];
      await walk(people, (step) => {
        if (!steps.has(step)) return;
        const ms = Math.round(chance() * 250);
        notes.push(`silent for ${seconds(DEAD_MS)}, ${ms} ms into step ${step}`);
        void pause(ms)
          .then(() => world.signalSimulator('SIGSTOP'))
          .then(() => pause(DEAD_MS))
          .then(() => world.signalSimulator('SIGCONT'));
      });
      return judge(world, people, undisturbed, notes);
    }),
};

/** The clock is moved here: reminders go out over the long connection. */
const REMINDING = 10;
/** Two unanswered heartbeats and the way back. */
const NOTICED_MS = 120_000;

/** The long connection looks alive and carries nothing either way; it is noticed, replaced, and what was said into it is not lost. */
const halfOpenFault: Fault = {
  name: 'half_open',
  run: ({ undisturbed }) =>
    inWorld(async (world) => {
      const people = peopleIn(world);
      let opened = 0;
      let begun = 0;
      const notes: string[] = [];
      await walk(people, async (step) => {
        if (step === REMINDING) {
          opened = await subscriptions(world);
          begun = performance.now();
          await order(world, 'line', { halfOpen: true });
        }
        if (step !== REMINDING + 1) return;
        await until('the connection is made anew', async () => (await subscriptions(world)) > opened, NOTICED_MS);
        notes.push(`half open before step ${REMINDING}, made anew after ${seconds(performance.now() - begun)}`);
        await people.rest();
      });
      return judge(world, people, undisturbed, notes);
    }),
};

export const platformFaults: readonly Fault[] = [slowFault, deadFault, halfOpenFault];

async function inWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const world = await openWorld();
  try {
    return await work(world);
  } catch (cause) {
    throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
  } finally {
    world.signalSimulator('SIGCONT');
    await world.close();
  }
}

async function order({ simulator }: World, path: string, body: object): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await ask(`${simulator}/sandbox/api/${path}`, init);
  if (!answer.ok) throw new Error(`the simulator refuses ${path}: ${await answer.text()}`);
}

/** How often a robot has subscribed. */
async function subscriptions({ simulator }: World): Promise<number> {
  const answer = await ask(`${simulator}/sandbox/api/calls?api=aibot_subscribe`);
  return ((await answer.json()) as { calls: readonly unknown[] }).calls.length;
}
