/** Rules of the course family. */
import type { CourseCommand } from '../commands';
import { absorbIncident } from './absorbIncident';
import { activateResponse } from './activateResponse';
import { archiveIncident } from './archiveIncident';
import { dismissIncident } from './dismissIncident';
import { mergeInto } from './mergeInto';
import { proposeTermination } from './proposeTermination';
import { recordReceipt } from './recordReceipt';
import { refuseTermination } from './refuseTermination';
import { reopenIncident } from './reopenIncident';
import { returnTransfer } from './returnTransfer';
import type { Rules } from './rules';
import { splitIncident } from './splitIncident';
import { startMonitoring } from './startMonitoring';
import { startReview } from './startReview';
import { terminateResponse } from './terminateResponse';
import { transferIncident } from './transferIncident';

export const courseRules: Rules<CourseCommand> = {
  ActivateResponse: activateResponse,
  StartMonitoring: startMonitoring,
  TransferIncident: transferIncident,
  RecordReceipt: recordReceipt,
  ReturnTransfer: returnTransfer,
  DismissIncident: dismissIncident,
  MergeInto: mergeInto,
  AbsorbIncident: absorbIncident,
  SplitIncident: splitIncident,
  ProposeTermination: proposeTermination,
  RefuseTermination: refuseTermination,
  TerminateResponse: terminateResponse,
  ReopenIncident: reopenIncident,
  StartReview: startReview,
  ArchiveIncident: archiveIncident,
};
