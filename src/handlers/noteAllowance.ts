/** From a platform's own count to the duty room: recorded on the shift that stands, so that the notice is owed like any other. */
import type { Allowance } from '../core/duty/events';
import type { Deps } from './deps';
import { executeShift, lockShift } from './duty';

/** False where no desk stands yet. Whoever counts calls it once for each share; twice would tell twice. */
export async function noteAllowance(deps: Deps, allowance: Allowance): Promise<boolean> {
  const at = deps.clock.now();
  const seed = deps.ids.next();
  const noted = await deps.store.transact({ busy: 'wait' }, async (tx) => {
    const stream = await lockShift(tx);
    if (stream === null) return false;
    const envelope = {
      command: { type: 'NoteAllowance' as const, ...allowance },
      actor: { person: null, room: null, conversation: '' },
      at,
      seed,
    };
    await executeShift(tx, deps, { stream, envelope, cause: { kind: 'due', id: seed }, texts: [], origin: null });
    return true;
  });
  return noted === true;
}
