/** What this organisation can use. */
import * as wire from '../wire/features';
import type { Log } from '../wire/log';
import type { Capability, DingtalkBinding } from './settings';

export type Features = wire.Features<Capability>;

/** No such call here, or no right to it (dossier 4.2). */
const MISSING: ReadonlySet<string> = new Set(['http_404', 'Forbidden.AccessDenied.AccessTokenPermissionDenied', '60011', '88.60011']);

/** Of one binding. */
export function createFeatures(binding: DingtalkBinding, log: Log): Features {
  return wire.createFeatures(binding.capabilities, MISSING, log);
}
