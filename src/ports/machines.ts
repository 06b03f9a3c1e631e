/** Systems outside that may speak to Fenghuo, as an office has named them. */
import type { Scope } from '../core/rights/act';
import type { PersonId } from '../core/roster/roster';

/** A system that reports, reads or gives words for a person; its secrets are values here and references in the file. */
export interface Machine {
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Channels it may report as, e.g. the names of hotlines; the first where it says none. */
  readonly sources: readonly string[];
  /** Signs its reports; null for a system that reports nothing. */
  readonly key: string | null;
  /** Its bearer token for reading and commands; null for a system that does neither. */
  readonly token: string | null;
  /** Whose rights bound its commands, and in whose name they stand; null for a system without commands. */
  readonly person: PersonId | null;
}

/** Signatures that were used: each counts once in its time. */
export interface UsedSignatures {
  /** True the first time. Forgets what is older than `forMs`, counted in real time. */
  first(signature: string, forMs: number): Promise<boolean>;
}
