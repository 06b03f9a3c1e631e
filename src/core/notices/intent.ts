/** An intent: somebody is owed a message for one named reason. No text: that is made from the state at the moment of sending. */
import type { DutyEvent } from '../duty/events';
import type { EventOf, IncidentEvent } from '../incident/events';
import type { Unreached } from '../incident/events/work';
import type { IncidentState } from '../incident/state';
import type { Instant } from '../instant';
import type { Urgency } from '../plans/packSchema';
import type { LadderPort } from '../plans/profileSchema';
import type { RegisterEvent } from '../register/events';
import type { PersonId, RoomId } from '../roster/roster';

export type Addressee = { readonly room: RoomId } | { readonly person: PersonId } | { readonly conversation: string };

export type Purpose =
  | 'echo'
  | 'report_known'
  | 'first_mention'
  | 'leader_told'
  | 'prior_handling'
  | 'level_noted'
  | 'activation_asked'
  | 'decision_asked'
  | 'call_out'
  | 'task_given'
  | 'directive_given'
  | 'record_asked'
  | 'activation_notice'
  | 'ack_noted'
  | 'act_noted'
  | 'reminder'
  | 'sms'
  | 'voice'
  | 'not_reached'
  | 'escalation'
  | 'stand_in_offered'
  | 'progress_noted'
  | 'level_change_notice'
  | 'termination_notice'
  | 'summary'
  | 'owed_list'
  | 'roll_call_board'
  | 'record_list';

/** Events whose notices have a purpose of their own. */
type WithOwnWords =
  | 'IncidentReported'
  | 'IncidentSupplemented'
  | 'ProgressReported'
  | 'LevelSet'
  | 'LevelChanged'
  | 'ResponseLevelChanged'
  | 'ResponseActivated'
  | 'ResponseTerminated'
  | 'Acknowledged'
  | 'DeadlinesRang'
  | 'NotReached';

/** Everything else: somebody did something, and rooms are told. */
export type ActType = Exclude<IncidentEvent['type'], WithOwnWords>;
export type Acted = EventOf<ActType>;

/** Sending order: 0 pages people in need, 1 answers a person who waits, 2 tells rooms and leaders, 3 is for later reading. */
export const LANE = { urgent: 0, answer: 1, notice: 2, digest: 3 } as const;

export interface Intent {
  readonly purpose: Purpose;
  readonly to: Addressee;
  /** `page` goes by a channel that really @-mentions, `show` by the richest one. */
  readonly leg: 'page' | 'show';
  readonly topic: string;
  readonly lane: number;
  readonly relevantUntil: Instant | null;
  /** Version of the event it is about. */
  readonly version: number;
  /** Deadline keys a reminder or escalation is about; the kind of which records are listed. */
  readonly keys: readonly string[];
  /** The people it is about, where the state alone does not tell. */
  readonly people: readonly PersonId[];
  /** What could not be done at this rung because no port is configured. */
  readonly skipped: readonly string[];
  /** May use the ticket of the message that caused the event. */
  readonly answers: boolean;
  /** The act it tells of, as it happened; people's own words only by their reference. */
  readonly act?: Acted;
  /** The same of a stream that is no incident. */
  readonly standing?: DutyEvent | RegisterEvent;
  /** The progress it tells of: a state carries the last ones only, and what waits may be older. Absent in older rows. */
  readonly progress?: IncidentState['progress'][number];
  /** How much it may bother people, by the level in force when it was owed; absent: as usual. */
  readonly urgency?: Urgency;
  /** Goes to the person's telephone by this port of the ladder, not by chat. */
  readonly by?: LadderPort;
  /** Late people whose call had not gone out. */
  readonly undelivered?: readonly PersonId[];
  /** What did not arrive, by which way. */
  readonly tried?: readonly Unreached[];
  /** Id of the oral approval by which it was decided. */
  readonly oral?: string;
  /** Late people in whose place nobody is recorded. */
  readonly unfilled?: readonly PersonId[];
}

/** An intent with everything but the essentials at rest. */
export function intent(some: Pick<Intent, 'purpose' | 'to' | 'leg' | 'lane' | 'version'> & Partial<Intent>): Intent {
  return { topic: some.purpose, relevantUntil: null, keys: [], people: [], skipped: [], answers: false, ...some };
}
