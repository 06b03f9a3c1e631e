/** What can have happened to an incident. Every event names the people asked and told, so nothing has to be guessed later. */
import type { Suggestion } from '../grading/suggest';
import type { Instant } from '../instant';
import type { LadderAction } from '../plans/profileSchema';
import type { MeasuredFact, ReportFields } from '../report/fields';
import type { PersonId, RoomId } from '../roster/roster';

/** A person's own words kept in the vault: the event holds only the id and the commitment. */
export interface TextRef {
  readonly id: string;
  readonly commitment: string;
}

export type AskKind = 'duty_ack' | 'prior_handling' | 'call_out';

/** One person asked one thing, in one room. */
export interface Asked {
  readonly id: string;
  readonly kind: AskKind;
  readonly person: PersonId;
  readonly room: RoomId | null;
  readonly group: string | null;
  /** Called because this person did not answer or was not reached. */
  readonly standInFor: PersonId | null;
}

/** Who is told of an event: rooms see a notice, people get a private message. */
export interface Audience {
  readonly rooms: readonly RoomId[];
  readonly people: readonly PersonId[];
}

export type LevelStatus = 'proposed' | 'confirmed';

export interface Ring {
  readonly key: string;
  readonly kind: string;
  /** How many rings of this deadline have been heard with this one. */
  readonly stage: number;
  /** Share of the term elapsed: the ladder's own number, or 100 and more in overtime. */
  readonly percent: number;
  readonly ask: string | null;
  /** Who owes it now: the person asked, or all who may do what is due. */
  readonly people: readonly PersonId[];
  /** Where it is reminded of. */
  readonly rooms: readonly RoomId[];
  readonly actions: readonly LadderAction[];
}

export type IncidentEvent =
  | {
      readonly type: 'IncidentReported';
      readonly v: 1;
      readonly n: number;
      /** When the message came in; deadlines that start at 接报 count from here. */
      readonly receivedAt: Instant;
      readonly plan: string;
      readonly text: TextRef;
      readonly by: PersonId | null;
      readonly room: RoomId | null;
      readonly conversation: string;
      /** Reported by somebody without a role. */
      readonly unverified: boolean;
      readonly fields: ReportFields;
      readonly facts: readonly MeasuredFact[];
      readonly suggestion: Suggestion;
      readonly county: string | null;
      readonly asked: readonly Asked[];
      readonly told: Audience;
      /** On-duty leaders paged in the duty room because the category or the matter is sensitive. */
      readonly paged: readonly PersonId[];
    }
  | {
      readonly type: 'IncidentSupplemented';
      readonly v: 1;
      readonly how: 'supplement' | 'correction';
      readonly text: TextRef;
      readonly by: PersonId;
      readonly conversation: string;
      /** Only what this message told. */
      readonly fields: Partial<ReportFields>;
      readonly facts: readonly MeasuredFact[];
      readonly suggestion: Suggestion;
      readonly county: string | null;
      readonly asked: readonly Asked[];
      readonly told: Audience;
    }
  | {
      readonly type: 'LevelSet';
      readonly v: 1;
      readonly rank: number;
      readonly status: LevelStatus;
      readonly by: PersonId;
      readonly conversation: string;
      readonly reason: TextRef | null;
      readonly suggested: number | null;
      readonly told: Audience;
      /** Who may activate now. */
      readonly mayActivate: readonly PersonId[];
    }
  | {
      readonly type: 'ResponseActivated';
      readonly v: 1;
      readonly rank: number | null;
      readonly by: PersonId;
      readonly conversation: string;
      readonly asked: readonly Asked[];
      readonly told: Audience;
      readonly summaries: readonly PersonId[];
    }
  | {
      readonly type: 'Acknowledged';
      readonly v: 1;
      readonly asks: readonly string[];
      readonly by: PersonId;
      readonly conversation: string;
      readonly via: 'text' | 'click';
    }
  | {
      readonly type: 'DeadlinesRang';
      readonly v: 1;
      readonly rings: readonly Ring[];
      /** Stand-ins called by these rings. */
      readonly asked: readonly Asked[];
      readonly leaders: readonly PersonId[];
      readonly office: readonly PersonId[];
      readonly commanders: readonly PersonId[];
      readonly dutyRooms: readonly RoomId[];
    }
  | {
      readonly type: 'ProgressReported';
      readonly v: 1;
      readonly text: TextRef;
      readonly by: PersonId;
      readonly group: string | null;
      readonly conversation: string;
      readonly told: Audience;
    }
  | {
      readonly type: 'LevelChanged';
      readonly v: 1;
      readonly from: number;
      readonly to: number;
      readonly status: LevelStatus;
      readonly by: PersonId;
      readonly conversation: string;
      readonly reason: TextRef;
      readonly asked: readonly Asked[];
      /** Asks withdrawn because the new level no longer calls these people. */
      readonly stoodDown: readonly string[];
      /** Rooms of those asks: there the people are told by an @. */
      readonly stoodDownIn: readonly RoomId[];
      readonly told: Audience;
      readonly summaries: readonly PersonId[];
    }
  | {
      readonly type: 'ResponseTerminated';
      readonly v: 1;
      readonly by: PersonId;
      readonly conversation: string;
      readonly reason: TextRef;
      /** Keys of obligations still open at the end. */
      readonly open: readonly string[];
      readonly told: Audience;
      readonly summaries: readonly PersonId[];
    };

/** An event as it stands in its stream. */
export interface Recorded<E> {
  readonly version: number;
  readonly at: Instant;
  readonly event: E;
}
