/** Events of levels and of who holds the power: incident level, response level, warning level; stand-ins, oral approvals, command. */
import type { Instant } from '../../instant';
import type { PersonId, RoomId } from '../../roster/roster';
import type { Announced, Asked, Audience, Done, LevelStatus, TextRef } from './common';

interface Recalled {
  readonly asked: readonly Asked[];
  /** Asks withdrawn because the new level no longer calls these people. */
  readonly stoodDown: readonly string[];
  /** Rooms of those asks: there the people are told by an @. */
  readonly stoodDownIn: readonly RoomId[];
}

export type LevelEvent =
  /** 研判: category and level proposed to whoever decides; in a level-free plan the activation's term starts here. */
  | ({
      readonly type: 'AssessmentProposed';
      readonly category: string | null;
      readonly rank: number | null;
      /** Which of the plan's triggers it names; null where the plan asks for none. */
      readonly trigger: string | null;
      readonly text: TextRef | null;
      /** Who decides next. */
      readonly mayDecide: readonly PersonId[];
      /** Rooms in which they are @-ed, where the decision asked for is that on activation. */
      readonly askedIn?: readonly RoomId[];
      readonly told: Audience;
    } & Done)
  | (Omit<Done, 'v'> & {
      readonly type: 'LevelSet';
      readonly v: 2;
      readonly rank: number;
      readonly status: LevelStatus;
      readonly reason: TextRef | null;
      readonly suggested: number | null;
      readonly told: Audience;
      /** Who may activate now. */
      readonly mayActivate: readonly PersonId[];
      /** Rooms in which they are @-ed. */
      readonly askedIn?: readonly RoomId[];
    })
  /** 调级: incident level and response level together. */
  | (Omit<Done, 'v'> & {
      readonly type: 'LevelChanged';
      readonly v: 2;
      readonly from: number;
      readonly to: number;
      readonly status: LevelStatus;
      readonly reason: TextRef;
    } & Recalled &
      Announced)
  /** 响应级别: how strongly we act, alone. */
  | ({ readonly type: 'ResponseLevelChanged'; readonly from: number; readonly to: number; readonly reason: TextRef } & Recalled &
      Announced &
      Done)
  | ({
      readonly type: 'LevelConfirmed';
      readonly rank: number;
      readonly who: TextRef;
      readonly confirmedAt: Instant;
      readonly told: Audience;
    } & Done)
  | ({ readonly type: 'WarningIssued'; readonly rank: number | null; readonly text: TextRef; readonly told: Audience } & Done)
  | ({ readonly type: 'WarningLifted'; readonly text: TextRef; readonly told: Audience } & Done)
  /** 指挥权上移: a higher organ commands. */
  | ({ readonly type: 'CommandTransferred'; readonly organ: TextRef; readonly at: Instant } & Announced & Done)
  /** 代行: the stand-in holds the powers of `standsFor` until `until`. */
  | ({
      readonly type: 'StandInNamed';
      readonly person: PersonId;
      readonly standsFor: PersonId;
      readonly reason: TextRef;
      readonly until: Instant;
      readonly told: Audience;
    } & Done)
  | ({ readonly type: 'StandInEnded'; readonly person: PersonId; readonly told: Audience } & Done)
  | ({
      readonly type: 'OralApprovalRecorded';
      readonly id: string;
      readonly act: string;
      readonly who: PersonId;
      readonly approvedAt: Instant;
      readonly words: TextRef;
      readonly heardBy: readonly PersonId[];
    } & Done)
  | ({ readonly type: 'OralApprovalConfirmed'; readonly id: string; readonly text: TextRef | null } & Done);
