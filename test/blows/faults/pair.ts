/** Two instances on one database: the same conversations, streams, outlets and one connection, of which either may be the owner. */
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../ask';
import { bindingOf, fanOut, postText } from '../callbacks';
import { type Fault, judge, seconds } from '../fault';
import { holds, otherThan, ownerOf, racing } from '../instances';
import { peopleIn } from '../people';
import { judgeReports, REPORTING, reportFrom } from '../reports';
import { walk } from '../road';
import { openWorld, until } from '../world';

/** Only before the clock is moved and after: moving it stops both. */
const STEPS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 15];

/** The road with every callback at both bots at once; both start into the same rings; the owner is killed and not waited for. */
const raceFault: Fault = {
  name: 'pair_race',
  run: async ({ undisturbed, chance }) => {
    const world = await openWorld();
    await world.addBot();
    const fan = await fanOut(world.simulator, world.bots);
    try {
      await fan.register();
      const people = racing(world, peopleIn(world), () => fan.register());
      const killedBefore = STEPS[Math.floor(chance() * STEPS.length)] ?? 0;
      let took = '';
      await walk(people, async (step) => {
        if (step !== killedBefore) return;
        const owner = await ownerOf(world);
        const begun = performance.now();
        await owner.killFor(() => until('the standby owns the connection', () => holds(otherThan(world, owner))));
        took = seconds(performance.now() - begun);
        await owner.up();
        await fan.register();
      });
      return await judge(world, people, undisturbed, [
        `owner killed before step ${killedBefore}, the standby has the connection after ${took}`,
      ]);
    } catch (cause) {
      throw new Error(`${String(cause)}\n${world.bots.map((bot) => bot.tail()).join('\n')}`);
    } finally {
      fan.stop();
      await world.close();
    }
  },
};

const REPORTS = 8;
const EVERY_MS = 700;

/** Reports by callback, half at both at the same moment, half at the standby alone: the owner must hear of work it did not commit. */
const standbyFault: Fault = {
  name: 'pair_standby',
  isAlone: true,
  run: async () => {
    const world = await openWorld();
    await world.addBot();
    try {
      const binding = await bindingOf(world.simulator);
      const owner = await ownerOf(world);
      const standby = otherThan(world, owner);
      const numbers = Array.from({ length: REPORTS }, (_, i) => 60 + i);
      const waits: number[] = [];
      for (const [i, number] of numbers.entries()) {
        const county = REPORTING[i % REPORTING.length] ?? 'hubin';
        const message = { id: String(number), from: `${county}1`, text: reportFrom(county, number) };
        const bots = i % 2 === 0 ? [standby.url, owner.url] : [standby.url];
        const begun = performance.now();
        await Promise.all(bots.map((url) => postText(url, binding, message)));
        await until('the duty room reads it from the robot', async () => (await robotSaid(world.simulator)).length > i * 2);
        if (bots.length === 1) waits.push(performance.now() - begun);
        await pause(EVERY_MS);
      }
      await peopleIn(world).rest();
      return await judgeReports(world, numbers, [
        `what the standby commits leaves by the owner's connection after ${waits.map((ms) => `${Math.round(ms)} ms`).join(', ')}`,
      ]);
    } finally {
      await world.close();
    }
  },
};

/** What the robot's own connection has shown in the duty room. */
async function robotSaid(simulator: string): Promise<readonly unknown[]> {
  const page = (await (await ask(`${simulator}/sandbox/api/messages?room=duty`)).json()) as { messages: { via?: string }[] };
  return page.messages.filter((m) => m.via === 'robot');
}

/** Longer than the lease. */
const FROZEN_MS = 20_000;

/** The owner stands still in the middle of its work, longer than its lease, and goes on as if nothing had been. */
const frozenFault: Fault = {
  name: 'owner_frozen',
  run: async ({ undisturbed, chance }) => {
    const world = await openWorld();
    const second = await world.addBot();
    try {
      const people = peopleIn(world);
      const notes: string[] = [];
      const frozenAt = Math.floor(chance() * 10);
      await walk(people, async (step) => {
        if (step !== frozenAt) return;
        const owner = await ownerOf(world);
        const ms = Math.round(chance() * 250);
        void pause(ms)
          .then(() => owner.signal('SIGSTOP'))
          .then(() => pause(FROZEN_MS))
          .then(() => owner.signal('SIGCONT'))
          .then(() => noticed(owner))
          .then(
            (took) => void notes.push(`frozen ${ms} ms into step ${step}; after waking it knew in ${took} that it is no longer the owner`),
          );
      });
      await until('the old owner has noticed', async () => notes.length > 0, 40_000);
      if (!(await holds(second))) return { lost: [], doubled: [], faults: ['the standby does not own the connection'], notes };
      return await judge(world, people, undisturbed, notes);
    } catch (cause) {
      throw new Error(`${String(cause)}\n${world.bots.map((bot) => bot.tail()).join('\n')}`);
    } finally {
      await world.close();
    }
  },
};

async function noticed(owner: Parameters<typeof holds>[0]): Promise<string> {
  const begun = performance.now();
  await until('the old owner notices', async () => !(await holds(owner)));
  return seconds(performance.now() - begun);
}

export const pairFaults: readonly Fault[] = [raceFault, frozenFault, standbyFault];
