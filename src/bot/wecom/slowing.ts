/** Too often, again and again: each refusal in a row makes the address wait longer, until something gets through. */
import type { Channel, SendResult } from '../../ports/platform';
import type { WecomDeps } from './deps';
import { road } from './results';

const TOO_OFTEN = '45009';
const FIRST_MS = 60_000;
/** The longest window of the platform but for a day's (dossier 5.11). */
const LONGEST_MS = 3_600_000;

interface Slowed {
  readonly times: number;
  readonly until: number;
}

/**
 * The channel, with the wait after 45009 doubled from 60 s up to 60 min while the same address gets nothing else; the minute's window is
 * over by the first wait, the hour's by the last. A refusal inside a wait that was already given does not lengthen it.
 */
export function slowing(channel: Channel, { clock }: Pick<WecomDeps, 'clock'>): Channel {
  const slowed = new Map<string, Slowed>();
  const after = (address: string, result: SendResult): SendResult => {
    if (result.is === 'accepted') slowed.delete(address);
    if (result.is !== 'road' || result.code !== TOO_OFTEN) return result;
    const now = clock.now();
    const had = slowed.get(address);
    if (had !== undefined && now < had.until) return road(TOO_OFTEN, had.until - now);
    const times = had?.times ?? 0;
    const waitMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** times);
    slowed.set(address, { times: times + 1, until: now + waitMs });
    return road(TOO_OFTEN, waitMs);
  };
  return { ...channel, send: async (frozen, to, key, stop) => after(to.address, await channel.send(frozen, to, key, stop)) };
}
