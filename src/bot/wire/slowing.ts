/** Too often, again and again: each refusal in a row makes the address wait longer, until something gets through. */
import type { Channel, SendResult } from '../../ports/platform';
import type { AdapterDeps } from './deps';
import { road } from './ends';

/** Which codes mean too often, and how long the first and the longest wait are, in milliseconds. */
export interface Slowing {
  readonly codes: ReadonlySet<string>;
  readonly firstMs: number;
  readonly longestMs: number;
}

interface Slowed {
  readonly times: number;
  readonly until: number;
}

/**
 * The channel, with the wait after such a code doubled from the first to the longest while the same address gets nothing else. A refusal
 * inside a wait that was already given does not lengthen it.
 */
export function slowing(channel: Channel, { clock }: Pick<AdapterDeps, 'clock'>, { codes, firstMs, longestMs }: Slowing): Channel {
  const slowed = new Map<string, Slowed>();
  const after = (address: string, result: SendResult): SendResult => {
    if (result.is === 'accepted') slowed.delete(address);
    if (result.is !== 'road' || !codes.has(result.code)) return result;
    const now = clock.now();
    const had = slowed.get(address);
    if (had !== undefined && now < had.until) return road(result.code, had.until - now);
    const times = had?.times ?? 0;
    const waitMs = Math.min(longestMs, firstMs * 2 ** times);
    slowed.set(address, { times: times + 1, until: now + waitMs });
    return road(result.code, waitMs);
  };
  return { ...channel, send: async (frozen, to, key, stop) => after(to.address, await channel.send(frozen, to, key, stop)) };
}
