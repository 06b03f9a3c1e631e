/** Joins the lanes to the alarm clock: a lane runs until nothing waits, wakes the lanes it feeds, and re-arms the alarm. */
import type { Deps } from '../handlers/deps';
import type { Pace } from '../ports/clock';
import type { Wake } from '../ports/wake';
import { workDue } from './due';
import { workInbox } from './inbox';
import { workPurges } from './purge';
import { workReceipts, workRefusals } from './reached';
import { createSender } from './send';

/** A moment that is past although the lane has just run is work that could not be done now: not tried again sooner than this. */
const NOT_SOONER_MS = 1_000;

/** What may come after the messages begins so much later, so that many askings in a row become one: an alarm is set this late at most. */
const AFTER_MS = 40;

/** Registers all lanes of this process. The answer stops the senders. */
export function runLanes(deps: Deps, wake: Wake, pace: Pace): () => Promise<void> {
  const sender = createSender(deps, pace, () => wake.poke('send'));
  const feedSend = (): void => wake.poke('send');
  const rearm = async (): Promise<void> => {
    const next = await deps.store.nextMoment([...deps.held().keys()]);
    const now = deps.clock.now();
    wake.armAt(next !== null && next <= now ? now + NOT_SOONER_MS : next);
  };
  const review = afterwards(pace, async () => {
    try {
      await sender.settleLost();
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
    // A refusal is made known before its next way is tried, which ends it: one look at an index that is nearly always empty.
    await workRefusals(deps, feedSend);
    await sender.work();
    review.ask();
  });
  return async () => {
    await Promise.all([review.stop(), sender.stop()]);
  };
}

/** Runs the work a little after it is asked for, once for all who ask meanwhile. `work` must not throw. */
function afterwards(pace: Pace, work: () => Promise<void>): { ask(): void; stop(): Promise<void> } {
  let nap = new AbortController();
  let isStopped = false;
  let isAsked = false;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (isAsked) {
      nap = new AbortController();
      await pace.sleep(AFTER_MS, nap.signal);
      isAsked = false;
      if (!isStopped) await work();
    }
    running = null;
  };
  return {
    ask: () => {
      isAsked = !isStopped;
      if (isAsked) running ??= run();
    },
    stop: async () => {
      isStopped = true;
      nap.abort('stopped');
      await running;
    },
  };
}
