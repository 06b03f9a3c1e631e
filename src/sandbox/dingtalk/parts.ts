/** What every part of the simulated organisation has around it. */
import type { MessageBoard } from '../board';
import type { CallLog } from '../calls';
import type { DropLog } from '../drops';
import type { FaultBoard } from '../faults';
import type { FileShelf } from '../files';
import type { World } from '../world';
import type { Book } from './book';
import type { DingKeys } from './keys';
import type { DingMedia } from './media';
import type { Readers } from './readers';
import type { DingSwitchBoard } from './switches';

/** Real-time limits that tests shorten, in milliseconds. */
export interface DingTimes {
  /** An unanswered push is repeated after so long (dossier 1.8), so often. */
  readonly answerMs: number;
  readonly repeats: number;
  readonly pingMs: number;
  readonly pongMs: number;
  /** From the disconnect frame to the end of the connection (dossier 1.5). */
  readonly closeAfterMs: number;
  readonly lifeMs: number;
  readonly cardAnswerMs: number;
  readonly callbackMs: number;
  readonly eventAnswerMs: number;
}

/** The platform's own values as far as they are known; repeats, ping and card limits are not documented. */
export const DING_TIMES: DingTimes = {
  answerMs: 60_000,
  repeats: 3,
  pingMs: 60_000,
  pongMs: 30_000,
  closeAfterMs: 10_000,
  lifeMs: 6 * 3_600_000,
  cardAnswerMs: 5000,
  callbackMs: 5000,
  eventAnswerMs: 1500,
};

/** Shared by all parts of one organisation. `now` is the sandbox clock, `base` the address of the wire for this tenant. */
export interface DingParts {
  readonly world: World;
  readonly book: Book;
  readonly keys: DingKeys;
  readonly board: MessageBoard;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly files: FileShelf;
  readonly drops: DropLog;
  readonly media: DingMedia;
  readonly readers: Readers;
  readonly switches: DingSwitchBoard;
  readonly times: DingTimes;
  readonly now: () => number;
  readonly base: () => string;
}
