/** The roster as of a moment. */
import type { Instant } from '../core/instant';
import type { Roster } from '../core/roster/roster';

export interface Directory {
  /** Roles that have not begun or have ended by then are not in it; shifts of all times are. */
  at(now: Instant): Promise<Roster>;
}
