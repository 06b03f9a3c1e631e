/** What may go wrong in one night: every seed has a random half of it, so that no mishap hides behind another. */
import type { Random } from './random';

export const MISHAPS = [
  'crash',
  'standstill',
  'line drops',
  'clock jumps',
  'database away',
  'rings lost',
  'network down',
  'rate limit',
  'token void',
  'receiver refused',
  'silence',
  'late effect',
  'frozen call',
  'accepted unheard',
  'slow answer',
  'frame repeated',
  'answer lost',
  'slow intake',
] as const;
export type Mishap = (typeof MISHAPS)[number];

/** Of this seed: half of all there are. */
export function weatherOf(random: Random): ReadonlySet<Mishap> {
  const left: Mishap[] = [...MISHAPS];
  const on = new Set<Mishap>();
  while (on.size < MISHAPS.length / 2) {
    const one = random.pick(left);
    on.add(one);
    left.splice(left.indexOf(one), 1);
  }
  return on;
}
