/** Said once at the start: does the platform take our calls, and what is missing where not? */
import type { Platform } from '../../ports/platform';
import { resultOfFault } from './codes';
import type { DingParts } from './parts';

/**
 * Asks for the robot of the first bound group with the app's own token: that tries host, proxy, secret, address and permissions at once.
 * One line of the log says how it went; nothing is held back by a bad end.
 */
export function createCheckUp({ api, deps, binding }: DingParts): NonNullable<Platform['checkUp']> {
  return async (stop) => {
    const openConversationId = Object.values(binding.rooms)[0]?.openConversationId;
    if (openConversationId === undefined) return;
    const reading = await api.now('v1.0/robot/groups/robots/query', { body: { openConversationId } }, stop);
    if (reading.is === 'end') return deps.log.warn({ end: reading.result }, 'dingtalk check-up: no answer, messages will wait');
    if (reading.is === 'answer') return deps.log.info({}, 'dingtalk check-up: calls are taken');
    resultOfFault(reading.fault, { channel: 'dingtalk.checkUp', log: deps.log });
  };
}
