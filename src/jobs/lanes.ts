/** Joins the lanes to the alarm clock: a lane runs until nothing waits, wakes the lanes it may have fed, and re-arms the alarm. */
import type { Deps } from '../handlers/deps';
import type { Wake } from '../ports/wake';
import { workDue } from './due';
import { workInbox } from './inbox';
import { workSend } from './send';

/** Registers all lanes of this process. `stopping` ends sending between two messages. */
export function runLanes(deps: Deps, wake: Wake, stopping: AbortSignal): void {
  const rearm = async (): Promise<void> => wake.armAt(await deps.store.nextMoment());
  wake.on('inbox', async () => {
    if ((await workInbox(deps)) > 0) wake.poke('send');
    await rearm();
  });
  wake.on('due', async () => {
    if ((await workDue(deps)) > 0) wake.poke('send');
    await rearm();
  });
  wake.on('send', async () => {
    await workSend(deps, stopping);
    await rearm();
  });
}
