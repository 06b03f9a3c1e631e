/** What this tenant's platform can do: as configured, less what it has refused as missing since the start (dossier section 6). */
import type { Log } from '../wire/log';
import type { Capability, WecomBinding } from './settings';

/** What can be used now; asked before every attempt. */
export interface Features {
  /** Is the feature used now? */
  may(capability: Capability): boolean;
  /**
   * The platform refused it with this code. Says whether the code means that it has no such feature; one marked `probe` is then
   * left out until the next start. May run twice.
   */
  lacks(capability: Capability, code: string): boolean;
}

/** Dossier section 6: HTTP 404, no right to this call, unknown type, an answer that is no JSON. */
const MISSING: ReadonlySet<string> = new Set(['http_404', '48001', '48002', '48005', '40008', '600039', '43012', 'answer_not_json']);

/** Starts from the settings, forgets nothing until the process ends. Names each loss once in the log. */
export function createFeatures(binding: WecomBinding, log: Log): Features {
  const gone = new Set<Capability>();
  return {
    may: (capability) => binding.capabilities?.[capability] !== 'off' && !gone.has(capability),
    lacks(capability, code) {
      if (!MISSING.has(code)) return false;
      if (binding.capabilities?.[capability] === 'probe' && !gone.has(capability)) {
        gone.add(capability);
        log.error({ capability, code }, 'wecom: this deployment lacks a feature, left out from now on');
      }
      return true;
    },
  };
}
