/** What this tenant's deployment can do: as configured, less what it has refused as missing since the start. */
import type { Log } from '../../wire/log';
import { type Capability, type GovdingBinding, isUsed } from './settings';

/** What can be used now; asked before every attempt. */
export interface Features {
  /** Is the feature used now? */
  may(capability: Capability): boolean;
  /** The platform has no such call. One marked `probe` is left out until the next start; its loss is named once in the log. May run twice. */
  lacks(capability: Capability): void;
}

/** Starts from the settings, forgets nothing until the process ends. */
export function createFeatures({ capabilities }: GovdingBinding, log: Log): Features {
  const gone = new Set<Capability>();
  return {
    may: (capability) => isUsed(capabilities, capability) && !gone.has(capability),
    lacks(capability) {
      if (capabilities?.[capability] !== 'probe' || gone.has(capability)) return;
      gone.add(capability);
      log.error({ capability }, 'govding: this deployment lacks a feature, left out from now on');
    },
  };
}
