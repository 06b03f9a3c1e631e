/** Daily anchors: one digest over the heads of all chains, kept in the database and outside it, so that no whole chain can be rewritten unseen. */
import type { Day } from '../core/calendar/calendar';
import type { Instant } from '../core/instant';

/** Where one chain stood. */
export interface Head {
  readonly stream: string;
  readonly version: number;
  readonly hash: string;
}

export interface Anchor {
  readonly day: Day;
  /** Over all heads as they stood at the end of that day, in the order in which the streams were made. */
  readonly root: string;
  readonly streams: number;
}

export interface Anchors {
  /** All of them, oldest first. */
  all(): Promise<readonly Anchor[]>;
  /** The newest day that has one; null before the first. */
  newest(): Promise<Day | null>;
  /** Last event before a moment of every stream that had begun by then, in the order in which the streams were made. */
  heads(before: Instant): Promise<readonly Head[]>;
  /** One a day: a second one of the same day changes nothing. */
  keep(anchor: Anchor): Promise<void>;
}

/** The same list in a place of its own: it only grows. */
export interface AnchorsOutside {
  read(): Promise<readonly Anchor[]>;
  append(anchors: readonly Anchor[]): Promise<void>;
}
