/** Rules of the work family. */
import type { WorkCommand } from '../commands';
import { acknowledge } from './acknowledge';
import type { Rules } from './rules';

export const workRules: Rules<Exclude<WorkCommand, { type: 'RingDeadlines' }>> = {
  Acknowledge: acknowledge,
};
