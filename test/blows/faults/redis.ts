/** The queue on Redis: emptied in mid-run, then killed and brought back empty. */
import { setTimeout as pause } from 'node:timers/promises';
import { startRedis } from '../../support/redis';
import { type Fault, judge, seconds } from '../fault';
import { CAUGHT_UP_MS, peopleIn } from '../people';
import { walk } from '../road';
import { openWorld, until, type World } from '../world';

const EMPTIED_BEFORE = [0, 3, 12, 14];
const KILLED_BEFORE = 4;
const BACK_BEFORE = 11;
/** A ring that is on its way when the blow falls. */
const WITHIN_MS = 200;

export const redisFault: Fault = {
  name: 'redis',
  run: async ({ undisturbed, chance }) => {
    const redis = await startRedis();
    const world = await openWorld({ env: { REDIS_URL: redis.url } });
    try {
      const people = peopleIn(world);
      await walk(people, async (step) => {
        if (EMPTIED_BEFORE.includes(step)) void pause(chance() * WITHIN_MS).then(() => redis.command('FLUSHALL'));
        if (step === KILLED_BEFORE) void pause(chance() * WITHIN_MS).then(() => redis.kill());
        if (step === BACK_BEFORE) await redis.start();
      });
      const begun = performance.now();
      await until('the queue is up again', () => hasQueue(world), CAUGHT_UP_MS);
      const back = seconds(performance.now() - begun);
      return await judge(world, people, undisturbed, [
        `emptied ${EMPTIED_BEFORE.length} times, killed once; the queue is back ${back} after the end of the road`,
      ]);
    } catch (cause) {
      throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
    } finally {
      await world.close();
      await redis.stop();
    }
  },
};

async function hasQueue(world: World): Promise<boolean> {
  const answer = await fetch(`${world.bots[0]?.url}/readyz`);
  return ((await answer.json()) as { queue: string }).queue === 'up';
}
