/** A carrier of short messages and voice calls to telephones: channels like any other, but reached by number and told of later. */
import type { LadderPort } from '../core/plans/profileSchema';
import type { Channel } from './platform';

export interface Carrier {
  readonly tenant: string;
  readonly channels: readonly Channel[];
  /** Which of its channels serves a port of the ladder; a port that is missing is not there. Addresses are person ids, never numbers. */
  readonly serves: Readonly<Partial<Record<LadderPort, string>>>;
}
