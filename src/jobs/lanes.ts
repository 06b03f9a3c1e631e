/** Joins the lanes to the alarm clock: a lane runs until nothing waits, wakes the lanes it feeds, and re-arms the alarm. */
import type { Deps } from '../handlers/deps';
import type { Pace } from '../ports/clock';
import type { Wake } from '../ports/wake';
import { createAfterwards } from './afterwards';
import { workDue } from './due';
import { workInbox } from './inbox';
import { workPurges } from './purge';
import { workReceipts, workRefusals } from './reached';
import { createSender } from './send';
import { settleLost } from './send/lost';

/** A moment that is past although the lane has just run is work that could not be done now: not tried again sooner than this, and on its full steps, so that the alarm stays. */
const NOT_SOONER_MS = 1_000;

/** Registers all lanes of this process. The answer stops the senders. */
export function runLanes(deps: Deps, wake: Wake, pace: Pace): () => Promise<void> {
  const feedSend = (): void => wake.poke('send');
  const sender = createSender(deps, pace, feedSend);
  const rearm = async (): Promise<void> => {
    const next = await deps.store.nextMoment([...deps.held().keys()]);
    const now = deps.clock.now();
    wake.armAt(next !== null && next <= now ? Math.ceil(now / NOT_SOONER_MS + 1) * NOT_SOONER_MS : next);
  };
  const review = createAfterwards(pace, async () => {
    try {
      await settleLost(deps, feedSend);
      await workRefusals(deps, feedSend);
      await workReceipts(deps, pace, feedSend);
      await rearm();
    } catch (fault) {
      deps.log.error({ err: fault }, 'what follows the messages could not be looked at');
    }
  });
  wake.on('inbox', async () => {
    await workInbox(deps, feedSend);
    review.ask();
  });
  wake.on('due', async () => {
    await workDue(deps, feedSend);
    await workPurges(deps, feedSend);
    await rearm();
  });
  wake.on('send', async () => {
    await sender.work();
    review.ask();
  });
  return async () => {
    await Promise.all([review.stop(), sender.stop()]);
  };
}
