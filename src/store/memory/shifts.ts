/** The twin's shifts of the roster. */
import type { Shift } from '../../core/roster/roster';
import type { On } from './transaction';

/** The one row all of them are kept in. */
const ROSTER = 'roster';

/** All rows, locked until the end of the transaction. */
export async function lockedShifts(on: On): Promise<readonly Shift[]> {
  await on.lock('shifts', ROSTER);
  return on.get('shifts', ROSTER) ?? [];
}

/** Other rows in their place. */
export async function replaceShifts(on: On, shifts: readonly Shift[]): Promise<void> {
  await on.lock('shifts', ROSTER);
  on.put('shifts', ROSTER, shifts);
}
