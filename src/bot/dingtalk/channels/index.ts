/** The ways of sending of one tenant, in the order of preference. */
import type { Channel } from '../../../ports/platform';
import type { DingParts } from '../parts';

/** None is built yet. */
export function createChannels(_parts: DingParts): readonly Channel[] {
  return [];
}
