/** kill -9 from outside at moments that nobody chose. */
import { type Fault, judge } from '../fault';
import { peopleIn } from '../people';
import { ROAD, walk } from '../road';
import { openWorld } from '../world';

const RUNS = 5;
const BLOWS = 4;
/** A step takes 70 to 450 ms where nothing disturbs it. */
const WITHIN_MS = 350;

/** Twenty blows in all: in each run four different steps, each hit at a moment of its own. */
export const momentFaults: readonly Fault[] = Array.from({ length: RUNS }, (_, run) => ({
  name: `moments_${run + 1}`,
  run: async ({ undisturbed, chance }) => {
    const steps = new Set<number>();
    while (steps.size < BLOWS) steps.add(Math.floor(chance() * ROAD.length));
    const world = await openWorld();
    try {
      const people = peopleIn(world);
      const said: string[] = [];
      await walk(people, (step) => {
        if (!steps.has(step)) return;
        const ms = Math.round(chance() * WITHIN_MS);
        said.push(`step ${step} after ${ms} ms`);
        setTimeout(() => world.bots[0]?.signal('SIGKILL'), ms);
      });
      return await judge(world, people, undisturbed, [`killed in ${said.join(', ')}`]);
    } catch (cause) {
      throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
    } finally {
      await world.close();
    }
  },
}));
