/** Rules of the work records. */
import type { RecordCommand } from '../commands';
import { enterRecord } from './enterRecord';
import { openRecord } from './openRecord';
import type { Rules } from './rules';

/** Two for all kinds: opening one, and the next step of one. */
export const recordRules: Rules<RecordCommand> = { OpenRecord: openRecord, EnterRecord: enterRecord };
