/** Said once at the start: does the platform take our calls, and from where do its own come (dossier 5.9)? */
import { z } from 'zod';
import type { Platform } from '../../ports/platform';
import type { AppParts } from './channels/app';
import { reactionTo } from './codes';

const Addresses = z.looseObject({ ip_list: z.array(z.string()) });
const NOT_TRUSTED = 60020;

/**
 * Asks for the addresses of callbacks with the app's own token: that tries host, proxy, secret and trusted address at once. One line of
 * the log says how it went; nothing is held back by a bad end, because a firewall rule or a list may be mended while the bot runs.
 */
export function createCheckUp({ api, deps }: Pick<AppParts, 'api' | 'deps'>): NonNullable<Platform['checkUp']> {
  return async (stop) => {
    const reading = await api.call('getcallbackip', { body: null }, stop);
    if (reading.is === 'end') return deps.log.warn({ end: reading.result }, 'wecom check-up: no answer, messages of the app will wait');
    const { errcode } = reading.answer;
    const addresses = errcode === 0 ? Addresses.safeParse(reading.answer) : null;
    if (addresses?.success) return deps.log.info({ callbacksFrom: addresses.data.ip_list }, 'wecom check-up: calls are taken');
    if (errcode === NOT_TRUSTED) {
      return deps.log.error({ code: errcode }, 'wecom check-up: the address of this machine is not among the trusted ones of the app');
    }
    const reaction = reactionTo(errcode);
    deps.log.error({ code: errcode, why: reaction.is === 'refused' ? reaction.why : reaction.is }, 'wecom check-up: calls are refused');
  };
}
