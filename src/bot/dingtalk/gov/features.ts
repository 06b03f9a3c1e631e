/** What this tenant's deployment can do. */
import * as wire from '../../wire/features';
import type { Log } from '../../wire/log';
import { CAPABILITIES, type Capability, type GovdingBinding, wantedOf } from './settings';

export type Features = wire.Features<Capability>;

/** The one thing that a deployment can say which means that it has no such call; in words only, so its meaning stands for the code. */
export const MISSING = 'missing';

/** Of one binding; what its documents leave open is off where the office has not said otherwise. */
export function createFeatures({ capabilities }: GovdingBinding, log: Log): Features {
  const wanted = Object.fromEntries(CAPABILITIES.map((one) => [one, wantedOf(capabilities, one)]));
  return wire.createFeatures<Capability>(wanted, new Set([MISSING]), log);
}
