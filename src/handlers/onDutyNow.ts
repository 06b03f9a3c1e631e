/** Who keeps duty now, for whoever only looks: from the shift that stands, else from the roster. */
import { type DutyNow, dutyNow } from '../core/duty/shown';
import type { Tx } from '../ports/store';
import type { Deps } from './deps';
import { openedShift } from './duty';

/** In a transaction of its own; locks nothing. */
export async function onDutyNow(deps: Deps): Promise<DutyNow> {
  const now = await deps.store.transact({ busy: 'wait' }, (tx) => onDutyIn(tx, deps));
  if (now === 'busy') throw new Error('the shift could not be read');
  return now;
}

/** The same inside a transaction. */
export async function onDutyIn(tx: Tx, { clock, directory }: Pick<Deps, 'clock' | 'directory'>): Promise<DutyNow> {
  const at = clock.now();
  const shift = await openedShift(tx);
  return dutyNow(await directory.at(at), shift?.state ?? null, at);
}
