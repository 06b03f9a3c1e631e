/** The event loop blocked for ten seconds, longer than the lease of the connection: what waits is done afterwards, nothing is done twice. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, judge } from '../fault';
import { peopleIn } from '../people';
import { ROAD, walk } from '../road';
import { openWorld } from '../world';

const TIMES = 3;
/** A step takes 70 to 450 ms where nothing disturbs it. */
const WITHIN_MS = 250;

export const standstillFault: Fault = {
  name: 'blocked',
  run: async ({ undisturbed, chance }) => {
    const steps = new Set<number>();
    while (steps.size < TIMES) steps.add(Math.floor(chance() * (ROAD.length - 1)));
    const world = await openWorld();
    try {
      const people = peopleIn(world);
      const notes: string[] = [];
      await walk(people, (step) => {
        if (!steps.has(step)) return;
        const ms = Math.round(chance() * WITHIN_MS);
        notes.push(`blocked for 10 s, ${ms} ms into step ${step}`);
        void pause(ms).then(() => world.bots[0]?.signal('SIGUSR2'));
      });
      return await judge(world, people, undisturbed, notes);
    } catch (cause) {
      throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
    } finally {
      await world.close();
    }
  },
};
