/** Rules of the intake family. */
import type { IntakeCommand } from '../commands';
import { reportProgress } from './reportProgress';
import type { Rules } from './rules';
import { supplementIncident } from './supplementIncident';

export const intakeRules: Rules<Exclude<IntakeCommand, { type: 'ReportIncident' }>> = {
  SupplementIncident: supplementIncident,
  ReportProgress: reportProgress,
};
