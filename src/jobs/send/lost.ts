/** Calls whose end nobody has told: a crash between call and settlement. */
import type { Deps } from '../../handlers/deps';
import type { Settlement } from '../../ports/sending';
import { againAfter } from './repeat';

/** At one look. */
const BATCH = 50;

/**
 * Ends calls past their limit as unknown, visibly; sent once more where that is allowed (`repeat.ts`). `more` is told when an outlet is
 * free because of it. May run twice, also in several processes.
 */
export async function settleLost(deps: Deps, more: () => void): Promise<void> {
  const overdue = await deps.store.overdueDispatches(BATCH);
  for (const lost of overdue) {
    const now = deps.clock.now();
    const channel = deps.reach.channel(lost.tenant, lost.channel);
    const how: Settlement = { is: 'unknown', what: 'no settlement before the limit', again: againAfter(channel, lost, now) };
    await deps.store.transact({ outlets: [lost.outlet], busy: 'wait' }, (tx) => tx.settle(lost.id, lost.attempt, how, now));
    deps.log.warn({ dispatch: lost.id }, 'a sending has an unknown end');
  }
  if (overdue.length > 0) more();
}
