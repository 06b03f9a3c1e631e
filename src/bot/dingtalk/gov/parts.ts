/** What everything of one tenant shares. */
import type { Limit, SendResult } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import type { Http } from '../../wire/http';
import type { Accounts } from './accounts';
import type { Reading } from './answer';
import type { GovApi } from './api';
import { meaningOf, resultOf } from './codes';
import { type Features, MISSING } from './features';
import type { Capability, GovdingBinding } from './settings';

export interface GovParts {
  readonly binding: GovdingBinding;
  readonly accounts: Accounts;
  readonly deps: AdapterDeps;
  readonly features: Features;
  readonly api: GovApi;
  readonly http: Http;
}

/** How a sending by a call of this capability ended, when it was not taken; a missing call switches the capability off where it is on trial. */
export function endOf(
  { deps, features }: Pick<GovParts, 'deps' | 'features'>,
  channel: string,
  capability: Capability,
  reading: Exclude<Reading, { is: 'done' }>,
): Exclude<SendResult, { is: 'accepted' }> {
  const isMissing =
    reading.is === 'denied' ? meaningOf(reading) === 'missing' : 'fault' in reading.result && reading.result.fault === 'capability';
  if (isMissing) features.lacks(capability, MISSING);
  if (reading.is === 'end') return reading.result;
  return resultOf(reading, { channel, log: deps.log, waitsWhenOften: features.may('limits.wording') });
}

/** No limit is written anywhere, so the office says it; a quarter is kept for people in need. */
export function limitsOf({ robotPerMinute }: GovdingBinding): readonly Limit[] {
  return [{ perMs: 60_000, max: robotPerMinute, reserve: Math.ceil(robotPerMinute / 4) }];
}
