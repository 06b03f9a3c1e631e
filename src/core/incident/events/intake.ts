/** Events of hearing of an incident and of learning more about it. */
import type { Suggestion } from '../../grading/suggest';
import type { Instant } from '../../instant';
import type { MeasuredFact, ReportFields } from '../../report/fields';
import type { PersonId, RoomId } from '../../roster/roster';
import type { Asked, Audience, Done, SiteStep, TextRef } from './common';

/** A system outside that reports, as the office calls it: who, over which of its channels, and its own number of the matter. */
export interface Via {
  readonly system: string;
  /** What people are told, e.g. the name of a hotline. */
  readonly source: string;
  readonly ref: string | null;
}

export type IntakeEvent =
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
      /** Number of the incident it was split from. */
      readonly splitFrom?: number;
      /** The system that reported it; missing where a person did. */
      readonly via?: Via;
      /** Numbers of open incidents that may be the same matter, the likest first; 并案 is offered. */
      readonly like?: readonly number[];
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
      /** Asks of a county that turned out to be the wrong one. */
      readonly released?: readonly string[];
    }
  /** What was read from the report is what it says. */
  | ({ readonly type: 'ReadingChecked' } & Done)
  | ({
      readonly type: 'ProgressReported';
      readonly text: TextRef;
      readonly step?: SiteStep;
      readonly group: string | null;
      readonly told: Audience;
    } & Done)
  /** 核实: somebody goes about finding out what is true. */
  | ({ readonly type: 'VerificationStarted'; readonly told: Audience } & Done)
  | ({
      readonly type: 'FactsVerified';
      readonly outcome: 'confirmed' | 'refuted';
      readonly text: TextRef;
      /** The county, once the report of a stranger is known to be true; the leader beside it where the matter is sensitive. */
      readonly asked: readonly Asked[];
      readonly paged: readonly PersonId[];
      readonly told: Audience;
    } & Done)
  /** Sensitivity beats grade: clocks then run at least as for the column named in the settings (procedure section 1.7). */
  | ({
      readonly type: 'SensitivityFlagged';
      readonly on: boolean;
      readonly reason: TextRef;
      readonly paged: readonly PersonId[];
      readonly told: Audience;
    } & Done)
  /** A figure entered or put right by a person; what was before stays in the history. */
  | ({
      readonly type: 'FiguresRecorded';
      readonly facts: readonly MeasuredFact[];
      readonly verified: boolean;
      readonly source: TextRef | null;
      readonly suggestion: Suggestion;
      readonly told: Audience;
    } & Done);
