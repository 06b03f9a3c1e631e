/** Rules of the course family. */
import type { CourseCommand } from '../commands';
import { activateResponse } from './activateResponse';
import type { Rules } from './rules';
import { terminateResponse } from './terminateResponse';

export const courseRules: Rules<CourseCommand> = {
  ActivateResponse: activateResponse,
  TerminateResponse: terminateResponse,
};
