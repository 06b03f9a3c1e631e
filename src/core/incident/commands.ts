/** What people and clocks can want of an incident: imperative, with the moment and all ids it may need. */
import type { Suggestion } from '../grading/suggest';
import type { Instant } from '../instant';
import type { PaperKind } from '../plans/schema/papers';
import type { RecordKind } from '../plans/schema/records';
import type { MeasuredFact, ReportFields } from '../report/fields';
import type { PersonId, RoomId } from '../roster/roster';
import type { SiteStep, TextRef } from './events';
import type { Via } from './events/intake';
import type { Revealed } from './events/privacy';
import type { Unreached } from './events/work';
import type { Frozen, Passing, SendingWay, Unfit } from './papers/paper';
import type { MoveId } from './records/kinds';
import type { Amount, RecordDetails, RecordTo } from './records/record';

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

/** A reason may be missing: then it is asked for by a refusal that says what to type. */
interface Reasoned {
  readonly reason: TextRef | null;
}

export type IntakeCommand =
  | ({
      readonly type: 'ReportIncident';
      readonly n: number;
      readonly receivedAt: Instant;
      readonly suggestion: Suggestion;
      readonly splitFrom?: number;
      readonly via?: Via;
      readonly like?: readonly number[];
    } & Told)
  | ({ readonly type: 'SupplementIncident'; readonly how: 'supplement' | 'correction' } & Told)
  | { readonly type: 'ReportProgress'; readonly text: TextRef; readonly step?: SiteStep }
  /** 核对无误 */
  | { readonly type: 'CheckReading' }
  | { readonly type: 'StartVerification' }
  | { readonly type: 'VerifyFacts'; readonly outcome: 'confirmed' | 'refuted'; readonly text: TextRef | null }
  | ({ readonly type: 'FlagSensitivity'; readonly on: boolean } & Reasoned)
  | {
      readonly type: 'RecordFigures';
      readonly facts: readonly MeasuredFact[];
      readonly verified: boolean;
      readonly source: TextRef | null;
    };

export type LevelCommand =
  | {
      readonly type: 'ProposeAssessment';
      readonly category: string | null;
      readonly rank: number | null;
      readonly trigger: string | null;
      readonly text: TextRef | null;
    }
  | ({ readonly type: 'SetLevel'; readonly rank: number } & Reasoned & Confirmable)
  | ({ readonly type: 'ChangeLevel'; readonly rank: number } & Reasoned & Confirmable)
  | ({ readonly type: 'ChangeResponseLevel'; readonly rank: number } & Reasoned & Confirmable)
  /** 上级确认: `who` said it, at `confirmedAt`. */
  | ({ readonly type: 'ConfirmLevel'; readonly rank: number; readonly who: TextRef | null; readonly confirmedAt: Instant } & Confirmable)
  | { readonly type: 'IssueWarning'; readonly rank: number | null; readonly text: TextRef | null }
  | { readonly type: 'LiftWarning'; readonly text: TextRef | null }
  /** 上级接管 */
  | { readonly type: 'TransferCommand'; readonly organ: TextRef | null; readonly takenAt: Instant }
  /** 代行 */
  | ({ readonly type: 'NameStandIn'; readonly person: PersonId; readonly standsFor: PersonId | null } & Reasoned & Confirmable)
  | { readonly type: 'EndStandIn'; readonly person: PersonId }
  /** 口头批准: the act happens at once in the approver's name. */
  | {
      readonly type: 'RecordOralApproval';
      readonly act: Approvable;
      readonly who: PersonId;
      readonly approvedAt: Instant;
      readonly words: TextRef | null;
      readonly heardBy: readonly PersonId[];
    }
  | { readonly type: 'ConfirmOralApproval'; readonly id: string; readonly text: TextRef | null };

export type CourseCommand =
  | ({ readonly type: 'ActivateResponse'; readonly trigger?: string } & Confirmable)
  | ({ readonly type: 'StartMonitoring' } & Reasoned)
  | ({ readonly type: 'TransferIncident'; readonly organ: string } & Reasoned & Confirmable)
  | { readonly type: 'RecordReceipt'; readonly who: TextRef | null; readonly receivedAt: Instant }
  | ({ readonly type: 'ReturnTransfer' } & Reasoned)
  | ({ readonly type: 'DismissIncident' } & Reasoned & Confirmable)
  /** 并案, decided on the incident that ends; the other one gets `AbsorbIncident` in the same transaction. */
  | ({ readonly type: 'MergeInto'; readonly n: number } & Reasoned & Confirmable)
  | { readonly type: 'AbsorbIncident'; readonly n: number; readonly receivedAt: Instant; readonly text: TextRef }
  /** 分案; the new incident is reported in the same transaction with `splitFrom`. */
  | ({ readonly type: 'SplitIncident'; readonly off: number } & Reasoned)
  | ({ readonly type: 'ProposeTermination'; readonly grounds: readonly string[] } & Reasoned)
  | ({ readonly type: 'RefuseTermination' } & Reasoned)
  /** `grounds`: which of the plan's criteria are met, where nobody proposed it before. */
  | ({ readonly type: 'TerminateResponse'; readonly grounds?: readonly string[] } & Reasoned & Confirmable)
  | ({ readonly type: 'ReopenIncident' } & Reasoned)
  | { readonly type: 'StartReview' }
  | { readonly type: 'ArchiveIncident' };

export type WorkCommand =
  | { readonly type: 'Acknowledge'; readonly call: number | null; readonly via: 'text' | 'click' }
  | { readonly type: 'WithdrawAcknowledgement' }
  | ({ readonly type: 'CannotCome' } & Reasoned)
  /** `undelivered`: people whose call has not gone out yet, as the sender knows; absent: everybody's has. */
  | { readonly type: 'RingDeadlines'; readonly keys: readonly string[]; readonly undelivered?: readonly PersonId[] }
  /** What the sender found out: these people were not reached by these ways. */
  | { readonly type: 'ReportUnreached'; readonly tried: readonly Unreached[] }
  | { readonly type: 'GiveTask'; readonly owner: PersonId; readonly what: TextRef | null; readonly dueAt: Instant | null }
  | { readonly type: 'CompleteTask'; readonly task: string; readonly text: TextRef | null; readonly evidence: readonly string[] }
  | ({ readonly type: 'ReturnTask'; readonly task: string } & Reasoned)
  | {
      readonly type: 'ReceiveDirective';
      readonly leader: PersonId;
      readonly words: TextRef | null;
      readonly assignee: PersonId | null;
      readonly receivedAt: Instant;
      readonly dueAt: Instant | null;
    }
  | { readonly type: 'AnswerDirective'; readonly id: string; readonly text: TextRef | null }
  | {
      readonly type: 'LogPhone';
      readonly party: string | null;
      readonly spokeWith: TextRef | null;
      /** The same, where it was somebody of the roster. */
      readonly person?: PersonId;
      readonly calledAt: Instant;
      readonly words: TextRef | null;
    }
  | {
      readonly type: 'MeetObligation';
      readonly key: string;
      readonly lines: readonly string[];
      readonly doneAt: Instant;
      readonly text: TextRef | null;
      readonly lateReason: TextRef | null;
    }
  | ({ readonly type: 'WaiveObligation'; readonly key: string } & Reasoned);

export type PrivacyCommand =
  | { readonly type: 'WidenExposure' }
  /** `until` is needed for keeping; destroying is at once. */
  | ({ readonly type: 'AssessRetention'; readonly decision: 'hold' | 'purge'; readonly until: Instant | null } & Reasoned & Confirmable)
  /** By the purge itself, with what it has just erased in the same transaction. */
  | { readonly type: 'RecordPurge'; readonly texts: number; readonly messages: number; readonly payloads: number }
  | ({ readonly type: 'RevealWords'; readonly what: Revealed } & Reasoned);

export type RecordCommand =
  | ({
      readonly type: 'OpenRecord';
      readonly kind: RecordKind;
      readonly words: TextRef | null;
      readonly to: RecordTo | null;
    } & RecordDetails)
  | {
      readonly type: 'EnterRecord';
      readonly record: string;
      readonly move: MoveId;
      readonly words: TextRef | null;
      readonly parts: Readonly<Record<string, TextRef>>;
      readonly amount: Amount | null;
      /** The minute that was told. */
      readonly doneAt: Instant | null;
      readonly about: string | null;
      readonly lateReason: TextRef | null;
    };

/** `paper` is the id of one; a text that may not go on (`unfit`) was looked at by whoever could read it. */
export type PaperCommand =
  /** 首报, 续报稿, 终报 …; `content` is missing while nobody has drafted it, e.g. when help asks. */
  | ({
      readonly type: 'DraftPaper';
      readonly kind: PaperKind;
      readonly path: string | null;
      readonly corrects: string | null;
      readonly about: string | null;
      /** Number in its kind; null: the next. */
      readonly serial: number | null;
    } & Texted)
  /** 改稿; `changed`: it differs from the version before. */
  | ({ readonly type: 'RevisePaper'; readonly paper: string; readonly changed: boolean } & Texted)
  /** 审核, 核稿 */
  | { readonly type: 'PassPaper'; readonly paper: string; readonly act: Passing; readonly text: TextRef | null }
  | ({ readonly type: 'SignPaper'; readonly paper: string; readonly text: TextRef | null; readonly unfit: Unfit | null } & Confirmable)
  | ({ readonly type: 'SendBackPaper'; readonly paper: string } & Reasoned)
  | { readonly type: 'CommentPaper'; readonly paper: string; readonly text: TextRef | null }
  /** 编号: as the office gave it; '' for none, null where none was told. */
  | { readonly type: 'NumberPaper'; readonly paper: string; readonly number: string | null }
  /** 报送; `frozen`: what is fixed with the first one. */
  | ({
      readonly type: 'SendPaper';
      readonly paper: string;
      readonly to: RecordTo | null;
      readonly as: 'main' | 'copy';
      readonly way: SendingWay | null;
      readonly sentAt: Instant;
      readonly frozen: Frozen | null;
      readonly unfit: Unfit | null;
    } & Confirmable)
  | {
      readonly type: 'RecordPaperReceipt';
      readonly paper: string;
      /** To whom it was sent. */
      readonly to: RecordTo | null;
      readonly who: TextRef | null;
      readonly receivedAt: Instant;
    }
  | ({ readonly type: 'VoidPaper'; readonly paper: string } & Reasoned & Confirmable);

interface Texted {
  readonly content: TextRef | null;
  readonly unfit: Unfit | null;
}

export type PeopleCommand =
  /** 转派 */
  | ({ readonly type: 'ReassignTask'; readonly task: string; readonly owner: PersonId } & Reasoned)
  /** 验收 */
  | { readonly type: 'CheckTask'; readonly task: string; readonly text: TextRef | null }
  /** 成员 加, 成员 减 */
  | { readonly type: 'AddMember'; readonly person: PersonId; readonly group: string | null }
  | ({ readonly type: 'RemoveMember'; readonly person: PersonId } & Reasoned);

export type IncidentCommand =
  | IntakeCommand
  | LevelCommand
  | CourseCommand
  | WorkCommand
  | PeopleCommand
  | RecordCommand
  | PaperCommand
  | PrivacyCommand;
export type CommandOf<T extends IncidentCommand['type']> = Extract<IncidentCommand, { type: T }>;

/** Acts that may be approved by word of mouth, as they would be decided. */
export type Approvable = Extract<
  IncidentCommand,
  {
    type:
      | 'SetLevel'
      | 'ChangeLevel'
      | 'ChangeResponseLevel'
      | 'ActivateResponse'
      | 'TerminateResponse'
      | 'ReopenIncident'
      | 'DismissIncident'
      | 'TransferIncident'
      | 'SignPaper';
  }
>;

/** One command with everything the core may not fetch itself. */
export interface Envelope<C = IncidentCommand> {
  readonly command: C;
  readonly actor: Actor;
  readonly at: Instant;
  /** Prefix for ids made while deciding: unique per command, the same when it is repeated. */
  readonly seed: string;
}
