/** Rules of the level family. */
import type { LevelCommand } from '../commands';
import { changeLevel } from './changeLevel';
import { changeResponseLevel } from './changeResponseLevel';
import { confirmLevel } from './confirmLevel';
import { confirmOralApproval } from './confirmOralApproval';
import { endStandIn } from './endStandIn';
import { issueWarning } from './issueWarning';
import { liftWarning } from './liftWarning';
import { nameStandIn } from './nameStandIn';
import { proposeAssessment } from './proposeAssessment';
import { recordOralApproval } from './recordOralApproval';
import type { Rules } from './rules';
import { setLevel } from './setLevel';
import { transferCommand } from './transferCommand';

export const levelRules: Rules<LevelCommand> = {
  ProposeAssessment: proposeAssessment,
  SetLevel: setLevel,
  ChangeLevel: changeLevel,
  ChangeResponseLevel: changeResponseLevel,
  ConfirmLevel: confirmLevel,
  IssueWarning: issueWarning,
  LiftWarning: liftWarning,
  TransferCommand: transferCommand,
  NameStandIn: nameStandIn,
  EndStandIn: endStandIn,
  RecordOralApproval: recordOralApproval,
  ConfirmOralApproval: confirmOralApproval,
};
