/** Messages as they were heard, for whoever looks at them afterwards. */
import type { Instant } from '../core/instant';
import type { RoomId } from '../core/roster/roster';
import type { InboxOutcome } from './inbox';

/** `dead`: set aside after repeated failures, for somebody to look at. */
export type HeardState = 'received' | InboxOutcome['state'];

/** A message as it was heard and what became of it, without its words. */
export interface HeardRow {
  readonly id: string;
  readonly tenant: string;
  /** Which identity heard it, e.g. `robot` or `app`. */
  readonly source: string;
  /** Null for a private chat and for a group that is no room of ours. */
  readonly room: RoomId | null;
  readonly account: string;
  readonly receivedAt: Instant;
  readonly state: HeardState;
  readonly attempts: number;
  /** Short stable word, e.g. `executed`, `refused:not_authorised`, `dead`; null while it waits. */
  readonly outcome: string | null;
}

/** A message that was about the incident, with its words while they are kept. */
export interface HeardMessage {
  readonly id: string;
  readonly source: string;
  /** Null for a private chat. */
  readonly room: RoomId | null;
  readonly account: string;
  readonly receivedAt: Instant;
  readonly state: HeardState;
  readonly outcome: string | null;
  /** Null once erased. */
  readonly words: string | null;
}
