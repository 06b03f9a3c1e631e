/** Rules of the privacy family. */
import type { PrivacyCommand } from '../commands';
import { assessRetention, recordPurge } from './assessRetention';
import { revealWords } from './revealWords';
import type { Rules } from './rules';
import { widenExposure } from './widenExposure';

export const privacyRules: Rules<PrivacyCommand> = {
  WidenExposure: widenExposure,
  AssessRetention: assessRetention,
  RecordPurge: recordPurge,
  RevealWords: revealWords,
};
