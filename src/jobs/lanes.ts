/** Joins the lanes to the alarm clock: a lane runs until nothing waits, wakes the lanes it feeds, and re-arms the alarm. */
import type { Deps } from '../handlers/deps';
import type { Pace } from '../ports/clock';
import type { Wake } from '../ports/wake';
import { workDue } from './due';
import { workInbox } from './inbox';
import { workPurges } from './purge';
import { workReached } from './reached';
import { createSender } from './send';

/** A moment that is past although the lane has just run is work that could not be done now: not tried again sooner than this. */
const NOT_SOONER_MS = 1_000;

/** Registers all lanes of this process. The answer stops the senders. */
export function runLanes(deps: Deps, wake: Wake, pace: Pace): () => Promise<void> {
  const sender = createSender(deps, pace, () => wake.poke('send'));
  const feedSend = (): void => wake.poke('send');
  const rearm = async (): Promise<void> => {
    const next = await deps.store.nextMoment([...deps.held().keys()]);
    const now = deps.clock.now();
    wake.armAt(next !== null && next <= now ? now + NOT_SOONER_MS : next);
  };
  wake.on('inbox', async () => {
    await workInbox(deps, feedSend);
    await rearm();
  });
  wake.on('due', async () => {
    await workDue(deps, feedSend);
    await workPurges(deps, feedSend);
    await rearm();
  });
  wake.on('send', async () => {
    // Whoever waits to be called comes before what has been said.
    await sender.work();
    await workReached(deps, pace, feedSend);
    await rearm();
  });
  return () => sender.stop();
}
