/** How each event changes an incident: `evolve(state, event) -> state`, pure and total. */
import type { IncidentEvent, Recorded } from '../events';
import type { CourseEvent } from '../events/course';
import type { IntakeEvent } from '../events/intake';
import type { LevelEvent } from '../events/levels';
import type { PaperEvent } from '../events/papers';
import type { PeopleEvent } from '../events/people';
import type { PrivacyEvent } from '../events/privacy';
import type { RecordEvent } from '../events/records';
import type { WorkEvent } from '../events/work';
import type { IncidentState } from '../state';
import { evolveCourse } from './course';
import { evolveIntake, reported } from './intake';
import { evolveLevels } from './levels';
import { evolvePapers } from './papers';
import { evolvePeople } from './people';
import { evolvePrivacy } from './privacy';
import { evolveRecords } from './records';
import { evolveWork } from './work';

/** Folds one recorded event. The first event of a stream makes the state; every other needs one. */
export function evolve(state: IncidentState | null, recorded: Recorded<IncidentEvent>): IncidentState {
  const { event } = recorded;
  if (event.type === 'IncidentReported') return reported(event, recorded);
  if (state === null) throw new Error(`event ${event.type} before IncidentReported`);
  switch (FAMILY[event.type]) {
    case 'intake':
      return evolveIntake(state, event as Exclude<IntakeEvent, { type: 'IncidentReported' }>, recorded);
    case 'levels':
      return evolveLevels(state, event as LevelEvent, recorded);
    case 'course':
      return evolveCourse(state, event as CourseEvent, recorded);
    case 'records':
      return evolveRecords(state, event as RecordEvent, recorded);
    case 'papers':
      return evolvePapers(state, event as PaperEvent, recorded);
    case 'work':
      return evolveWork(state, event as WorkEvent, recorded);
    case 'privacy':
      return evolvePrivacy(state, event as PrivacyEvent, recorded);
    case 'people':
      return evolvePeople(state, event as PeopleEvent, recorded);
  }
}

/** Is this the name of something that can happen to an incident? */
export function isIncidentEvent(type: string): type is IncidentEvent['type'] {
  return Object.hasOwn(FAMILY, type);
}

/** Which file knows an event; exactly its own family's, by type. */
const FAMILY: {
  readonly [T in IncidentEvent['type']]: T extends IntakeEvent['type']
    ? 'intake'
    : T extends LevelEvent['type']
      ? 'levels'
      : T extends CourseEvent['type']
        ? 'course'
        : T extends PrivacyEvent['type']
          ? 'privacy'
          : T extends RecordEvent['type']
            ? 'records'
            : T extends WorkEvent['type']
              ? 'work'
              : T extends PaperEvent['type']
                ? 'papers'
                : 'people';
} = {
  IncidentReported: 'intake',
  IncidentSupplemented: 'intake',
  ReadingChecked: 'intake',
  ProgressReported: 'intake',
  VerificationStarted: 'intake',
  FactsVerified: 'intake',
  SensitivityFlagged: 'intake',
  FiguresRecorded: 'intake',
  AssessmentProposed: 'levels',
  LevelSet: 'levels',
  LevelChanged: 'levels',
  ResponseLevelChanged: 'levels',
  LevelConfirmed: 'levels',
  WarningIssued: 'levels',
  WarningLifted: 'levels',
  CommandTransferred: 'levels',
  StandInNamed: 'levels',
  StandInEnded: 'levels',
  OralApprovalRecorded: 'levels',
  OralApprovalConfirmed: 'levels',
  ResponseActivated: 'course',
  MonitoringStarted: 'course',
  IncidentTransferred: 'course',
  TransferReceived: 'course',
  TransferReturned: 'course',
  IncidentDismissed: 'course',
  IncidentMerged: 'course',
  IncidentAbsorbed: 'course',
  IncidentSplit: 'course',
  TerminationProposed: 'course',
  TerminationRefused: 'course',
  ResponseTerminated: 'course',
  IncidentReopened: 'course',
  ReviewStarted: 'course',
  IncidentArchived: 'course',
  Acknowledged: 'work',
  AcknowledgementWithdrawn: 'work',
  CannotCome: 'work',
  NotReached: 'work',
  DeadlinesRang: 'work',
  TasksGiven: 'work',
  TaskCompleted: 'work',
  TaskReturned: 'work',
  DirectiveReceived: 'work',
  DirectiveAnswered: 'work',
  PhoneLogged: 'work',
  ObligationMet: 'work',
  ObligationWaived: 'work',
  ExposureWidened: 'privacy',
  RetentionAssessed: 'privacy',
  DataPurged: 'privacy',
  WordsRevealed: 'privacy',
  TaskReassigned: 'people',
  TaskChecked: 'people',
  MemberAdded: 'people',
  MemberRemoved: 'people',
  RecordOpened: 'records',
  RecordEntered: 'records',
  PaperDrafted: 'papers',
  PaperRevised: 'papers',
  PaperPassed: 'papers',
  PaperSigned: 'papers',
  PaperSentBack: 'papers',
  PaperReassigned: 'papers',
  PaperCommented: 'papers',
  PaperNumbered: 'papers',
  PaperSent: 'papers',
  PaperReceipted: 'papers',
  PaperVoided: 'papers',
};
