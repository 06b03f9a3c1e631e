/** What an adapter is given from outside. */
import type { LadderPort } from '../../core/plans/profileSchema';
import type { Clock, Pace } from '../../ports/clock';
import type { Meter, PaperSource, TokenShelf } from '../../ports/platform';
import type { Log } from './log';

/** What of a month's allowance is used, of which platform, and which share in percent was passed; of calls of its interface where no `port` is told. */
export interface Passed {
  readonly platform: string;
  readonly port?: LadderPort;
  readonly percent: number;
  readonly used: number;
  readonly allowed: number;
}

/** `clock` for token lives and the age of callbacks, `pace` for time limits, heartbeats and pauses. */
export interface AdapterDeps {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Log;
  /** Bytes of papers to be sent; without it a paper is named in words instead. */
  readonly papers?: PaperSource;
  /** Where instances share an access token; without it each fetches its own, which the platform answers with the same one. */
  readonly shelf?: TokenShelf;
  /** Where instances share the count of calls that are charged by the month; without it each process counts its own. */
  readonly meter?: Meter;
  /** Heard once for each share of the month's allowance that is passed, over all instances. */
  readonly allowance?: (passed: Passed) => void;
}
