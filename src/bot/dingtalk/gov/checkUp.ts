/** Said once at the start: does the platform take our calls, and is everybody bound who should be? */
import type { Platform } from '../../../ports/platform';
import { scrub } from '../../wire/ends';
import { meaningOf } from './codes';
import type { GovParts } from './parts';
import { CAPABILITIES, isUsed, KNOWN } from './settings';

/**
 * Asks for the root unit with the application's own token, which tries host, proxy, clock, key and token at once, and then for the accounts
 * that the settings leave out. Two lines of the log say how it went and what is switched off; nothing is held back by a bad end.
 */
export function createCheckUp({ binding, api, accounts, deps }: GovParts): NonNullable<Platform['checkUp']> {
  const known: readonly string[] = KNOWN;
  return async (stop) => {
    const off = CAPABILITIES.filter((one) => !isUsed(binding.capabilities, one) && known.includes(one));
    const hears = isUsed(binding.capabilities, 'robot.hears');
    deps.log.info({ off, hears }, 'govding check-up: mentions and cards are shown as words here');
    const reading = await api({ path: '/mozi/organization/getRootOrganization', fields: [['tenantId', binding.tenantId]] }, stop);
    if (reading.is === 'end' && reading.result.is === 'refused')
      return deps.log.error({ end: reading.result }, 'govding check-up: calls are refused');
    if (reading.is === 'end') return deps.log.warn({ end: reading.result }, 'govding check-up: no answer, messages will wait');
    if (reading.is === 'denied') {
      const { code, words, requestId } = reading;
      return deps.log.error({ code, words: scrub(words), requestId, meaning: meaningOf(reading) }, 'govding check-up: calls are refused');
    }
    const lost: string[] = [];
    for (const person of Object.keys(binding.people)) if ((await accounts.accountIdOf(person, stop)).is === 'nobody') lost.push(person);
    if (lost.length > 0) deps.log.error({ people: lost }, 'govding check-up: these people have no account on the platform');
    else deps.log.info({}, 'govding check-up: calls are taken');
  };
}
