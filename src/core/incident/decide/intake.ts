/** Rules of the intake family. */
import type { IntakeCommand } from '../commands';
import { checkReading } from './checkReading';
import { flagSensitivity } from './flagSensitivity';
import { recordFigures } from './recordFigures';
import { reportProgress } from './reportProgress';
import type { Rules } from './rules';
import { startVerification } from './startVerification';
import { supplementIncident } from './supplementIncident';
import { verifyFacts } from './verifyFacts';

export const intakeRules: Rules<Exclude<IntakeCommand, { type: 'ReportIncident' }>> = {
  SupplementIncident: supplementIncident,
  ReportProgress: reportProgress,
  CheckReading: checkReading,
  StartVerification: startVerification,
  VerifyFacts: verifyFacts,
  FlagSensitivity: flagSensitivity,
  RecordFigures: recordFigures,
};
