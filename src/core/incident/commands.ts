/** What people and clocks can want of an incident: imperative, with the moment and all ids it may need. */
import type { Suggestion } from '../grading/suggest';
import type { Instant } from '../instant';
import type { MeasuredFact, ReportFields } from '../report/fields';
import type { PersonId, RoomId } from '../roster/roster';
import type { TextRef } from './events';

/** Who wants it and where it was said. `person` is null only for reports by strangers and for the clock. */
export interface Actor {
  readonly person: PersonId | null;
  readonly room: RoomId | null;
  readonly conversation: string;
}

/** What a message told: its words by reference, and what was read from them. */
export interface Told {
  readonly text: TextRef;
  readonly fields: ReportFields;
  readonly facts: readonly MeasuredFact[];
}

/** Decisions that need a confirmation code carry whether it was given. */
interface Confirmable {
  readonly confirmed: boolean;
}

export type IncidentCommand =
  | ({ readonly type: 'ReportIncident'; readonly n: number; readonly receivedAt: Instant; readonly suggestion: Suggestion } & Told)
  | ({ readonly type: 'SupplementIncident'; readonly how: 'supplement' | 'correction' } & Told)
  | ({ readonly type: 'SetLevel'; readonly rank: number; readonly reason: TextRef | null } & Confirmable)
  | ({ readonly type: 'ActivateResponse' } & Confirmable)
  | { readonly type: 'Acknowledge'; readonly call: number | null; readonly via: 'text' | 'click' }
  | { readonly type: 'RingDeadlines'; readonly keys: readonly string[] }
  | { readonly type: 'ReportProgress'; readonly text: TextRef }
  | ({ readonly type: 'ChangeLevel'; readonly rank: number; readonly reason: TextRef | null } & Confirmable)
  | ({ readonly type: 'TerminateResponse'; readonly reason: TextRef | null } & Confirmable);

/** One command with everything the core may not fetch itself. */
export interface Envelope<C = IncidentCommand> {
  readonly command: C;
  readonly actor: Actor;
  readonly at: Instant;
  /** Prefix for ids made while deciding: unique per command, the same when it is repeated. */
  readonly seed: string;
}
