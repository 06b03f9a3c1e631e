/** What a tenant's platform can do: as configured, less what it has refused as missing since the start. */
import type { Log } from './log';

/** `probe`: used until the platform refuses it as something it does not have, then left out until the next start; `on`: always; `off`: never. */
export type Wanted = 'on' | 'off' | 'probe';

/** What can be used now; asked before every attempt. */
export interface Features<Capability extends string> {
  /** Is the feature used now? */
  may(capability: Capability): boolean;
  /**
   * The platform refused it with this code. Says whether the code means that it has no such feature; one marked `probe` is then
   * left out until the next start. May run twice.
   */
  lacks(capability: Capability, code: string): boolean;
}

/** Starts from the settings (what is not named is `on`), forgets nothing until the process ends. Names each loss once in the log. */
export function createFeatures<Capability extends string>(
  wanted: Readonly<Partial<Record<Capability, Wanted>>> | undefined,
  missing: ReadonlySet<string>,
  log: Log,
): Features<Capability> {
  const gone = new Set<Capability>();
  return {
    may: (capability) => wanted?.[capability] !== 'off' && !gone.has(capability),
    lacks(capability, code) {
      if (!missing.has(code)) return false;
      if (wanted?.[capability] === 'probe' && !gone.has(capability)) {
        gone.add(capability);
        log.error({ capability, code }, 'platform: this deployment lacks a feature, left out from now on');
      }
      return true;
    },
  };
}
