/** Accounts by mobile number, asked sparingly: platforms block a caller who guesses numbers. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../ports/clock';
import type { Asked, Contacts } from '../../ports/platform';
import { road } from './ends';

interface Known {
  readonly account: string | null;
  readonly until: number;
}

const DAY_MS = 86_400_000;
/** Above a fifth of the staff in wrong numbers a platform blocks the call for a day; we stop at a tenth, but allow a few. */
const MISSES_SHARE = 0.1;
const MISSES_LEAST = 3;

/** Numbers are remembered by their hash for a day, found or not; `staff` is how many people are bound. `ask` never throws. */
export function createMobiles(
  ask: (mobile: string, stop: AbortSignal) => Promise<Asked<string>>,
  staff: number,
  clock: Clock,
): Contacts['accountOfMobile'] {
  const known = new Map<string, Known>();
  const budget = Math.max(MISSES_LEAST, Math.floor(staff * MISSES_SHARE));
  let misses: readonly number[] = [];
  return async (mobile, stop) => {
    const now = clock.now();
    const key = createHash('sha256').update(mobile).digest('hex');
    const had = known.get(key);
    if (had !== undefined && now < had.until) return had.account === null ? { is: 'nobody' } : { is: 'found', value: had.account };
    misses = misses.filter((at) => at > now - DAY_MS);
    if (misses.length >= budget) return road('lookup_budget', (misses[0] ?? now) + DAY_MS - now);
    const end = await ask(mobile, stop);
    if (end.is === 'nobody') misses = [...misses, now];
    if (end.is === 'found' || end.is === 'nobody') known.set(key, { account: end.is === 'found' ? end.value : null, until: now + DAY_MS });
    return end;
  };
}
