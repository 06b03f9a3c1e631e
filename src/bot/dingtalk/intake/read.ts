/** HTTP callbacks of robot and events. */
import type { Intake } from '../../../ports/platform';
import type { DingParts } from '../parts';

/** No callback address where the long connection is used. */
export function createIntake(_parts: DingParts): Intake {
  return { kinds: [], read: () => ({ is: 'refused', status: 400, code: 'unknown_kind', why: 'no callback of this kind' }) };
}
