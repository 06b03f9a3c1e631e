/** All statuses, events and commands there are: what is new and missing here does not compile. */
import type { IncidentCommand } from '../../../src/core/incident/commands';
import type { IncidentEvent } from '../../../src/core/incident/events';
import type { IncidentStatus } from '../../../src/core/incident/state';
import { WANTED } from './wanted';

const keys = <K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] => Object.keys(table) as K[];

export const STATUSES = keys<IncidentStatus>({
  ...{ intake: 1, verifying: 1, assessing: 1, monitoring: 1, transferred: 1, dismissed: 1, merged: 1 },
  ...{ responding: 1, terminating: 1, terminated: 1, reviewing: 1, archived: 1 },
});

export const EVENTS = keys<IncidentEvent['type']>({
  ...{ IncidentReported: 1, IncidentSupplemented: 1, ProgressReported: 1, VerificationStarted: 1, FactsVerified: 1 },
  ...{ SensitivityFlagged: 1, FiguresRecorded: 1, AssessmentProposed: 1, LevelSet: 1, LevelChanged: 1 },
  ...{ ResponseLevelChanged: 1, LevelConfirmed: 1, WarningIssued: 1, WarningLifted: 1, CommandTransferred: 1 },
  ...{ StandInNamed: 1, StandInEnded: 1, OralApprovalRecorded: 1, OralApprovalConfirmed: 1 },
  ...{ ResponseActivated: 1, MonitoringStarted: 1, IncidentTransferred: 1, TransferReceived: 1, TransferReturned: 1 },
  ...{ IncidentDismissed: 1, IncidentMerged: 1, IncidentAbsorbed: 1, IncidentSplit: 1, TerminationProposed: 1 },
  ...{ TerminationRefused: 1, ResponseTerminated: 1, IncidentReopened: 1, ReviewStarted: 1, IncidentArchived: 1 },
  ...{ Acknowledged: 1, AcknowledgementWithdrawn: 1, CannotCome: 1, NotReached: 1, DeadlinesRang: 1, TasksGiven: 1, TaskCompleted: 1 },
  ...{ TaskReturned: 1, DirectiveReceived: 1, DirectiveAnswered: 1, PhoneLogged: 1, ObligationMet: 1, ObligationWaived: 1 },
  ...{ ExposureWidened: 1, RetentionAssessed: 1, DataPurged: 1, WordsRevealed: 1 },
  ...{ TaskReassigned: 1, TaskChecked: 1, MemberAdded: 1, MemberRemoved: 1, ReadingChecked: 1 },
  ...{ RecordOpened: 1, RecordEntered: 1 },
  ...{ PaperDrafted: 1, PaperRevised: 1, PaperPassed: 1, PaperSigned: 1, PaperSentBack: 1, PaperCommented: 1, PaperNumbered: 1 },
  ...{ PaperReassigned: 1, PaperSent: 1, PaperReceipted: 1, PaperVoided: 1 },
});

/** Commands that must be seen to succeed. */
export const ACCEPTED: readonly IncidentCommand['type'][] = ['ReportIncident', ...keys(WANTED)];
