/** What every part of the simulated enterprise has around it. */
import type { MessageBoard } from '../board';
import type { CallLog } from '../calls';
import type { DropLog } from '../drops';
import type { FaultBoard } from '../faults';
import type { FileShelf } from '../files';
import type { World } from '../world';
import type { ShownCards } from './cards/shownCards';
import type { MediaStore } from './media';
import type { SwitchBoard } from './switches';

/** Real-time limits of a delivery: one attempt, the pause before a repeat, how many repeats, the URL verification, the pause between polls. */
export interface CallbackTimes {
  readonly limitMs: number;
  readonly pauseMs: number;
  readonly repeats: number;
  readonly verifyMs: number;
  readonly pollMs: number;
}

/** Real-time settings that tests shorten. */
export interface WeComTimes {
  readonly idleCloseMs: number;
  readonly callback: CallbackTimes;
}

/** The platform's own values, as far as they are known; pause, poll and idle time are not documented. */
export const WECOM_TIMES: WeComTimes = {
  idleCloseMs: 90_000,
  callback: { limitMs: 5000, pauseMs: 5000, repeats: 3, verifyMs: 1000, pollMs: 1000 },
};

/** Shared by all parts of one enterprise. `now` is the sandbox clock, `base` where the wire listens. */
export interface CorpParts {
  readonly world: World;
  readonly board: MessageBoard;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly files: FileShelf;
  readonly drops: DropLog;
  readonly media: MediaStore;
  readonly cards: ShownCards;
  readonly switches: SwitchBoard;
  readonly times: WeComTimes;
  readonly now: () => number;
  readonly base: () => string;
}
