/** The roster as of a moment. */
import type { Instant } from '../core/instant';
import type { Roster } from '../core/roster/roster';

export interface Directory {
  at(now: Instant): Promise<Roster>;
}
