/** What the adapter is given from outside. */
import type { Clock, Pace } from '../../ports/clock';
import type { Log } from './log';

/** `clock` for token lives and the age of callbacks, `pace` for time limits, heartbeats and pauses. */
export interface WecomDeps {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Log;
}
