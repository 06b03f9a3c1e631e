/** What this tenant's platform can do (dossier section 6). */
import * as wire from '../wire/features';
import type { Log } from '../wire/log';
import type { Capability, WecomBinding } from './settings';

export type Features = wire.Features<Capability>;

/** Dossier section 6: HTTP 404, no right to this call, unknown type, an answer that is no JSON. */
const MISSING: ReadonlySet<string> = new Set(['http_404', '48001', '48002', '48005', '40008', '600039', '43012', 'answer_not_json']);

/** Of one binding. */
export function createFeatures(binding: WecomBinding, log: Log): Features {
  return wire.createFeatures(binding.capabilities, MISSING, log);
}
