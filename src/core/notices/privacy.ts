/** Who is told of exposure, retention and revealing. */
import type { PrivacyEvent } from '../incident/events/privacy';
import { LANE } from './intent';
import { acted, answer, type Owed, privately } from './legs';

export const OWED_BY_PRIVACY: Owed<PrivacyEvent> = {
  ExposureWidened: acted,
  RetentionAssessed: acted,
  DataPurged: (event, when) => [privately('act_noted', event.by, when, LANE.digest, { act: event })],
  // In the private chat it was asked for in, and nowhere else.
  WordsRevealed: (event, when) => [answer('act_noted', event.conversation, when, { act: event })],
};
