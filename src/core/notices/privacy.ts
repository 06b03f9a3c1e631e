/** Who is told of exposure, retention and revealing. */
import type { PrivacyEvent } from '../incident/events/privacy';
import { LANE } from './intent';
import { acted, type Owed, privately } from './legs';

export const OWED_BY_PRIVACY: Owed<PrivacyEvent> = {
  ExposureWidened: acted,
  RetentionAssessed: acted,
  DataPurged: (event, when) => [privately('act_noted', event.by, when, LANE.digest, { act: event })],
  // To the one who asked, and to nobody else.
  WordsRevealed: (event, when) => [privately('act_noted', event.by, when, LANE.answer, { act: event })],
};
