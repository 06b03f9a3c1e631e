/** The record across all streams, newest first: who did what, when, over which channel. */
import type { Instant } from '../core/instant';
import type { PersonId, RoomId } from '../core/roster/roster';
import type { StoredEvent, StreamKind } from './streams';

/** One event, with where it was said. */
export interface TrailRow extends Omit<StoredEvent, 'prevHash'> {
  readonly stream: string;
  readonly kind: StreamKind;
  /** Number of the incident, shift, entry or year of administration. */
  readonly n: number;
  /** The message it came from; null for what the clock or a page did. */
  readonly heard: { readonly tenant: string; readonly source: string; readonly room: RoomId | null } | null;
}

/** Where a page ended; the next one goes on before it. */
export type TrailPlace = Pick<TrailRow, 'at' | 'stream' | 'version'>;

/** What is null does not narrow the search. */
export interface TrailSearch {
  readonly kind: StreamKind | null;
  readonly person: PersonId | null;
  readonly type: string | null;
  /** A real incident. */
  readonly n: number | null;
  readonly from: Instant;
  readonly until: Instant;
  /** Stands so in what the event holds; the words of people lie elsewhere and are not searched. */
  readonly words: string | null;
  readonly before: TrailPlace | null;
  readonly limit: number;
}

/** A page costs the same whatever is searched: so many events are looked at, and `next` goes on where they ended; null at the end of the span. */
export interface TrailPage {
  readonly rows: readonly TrailRow[];
  readonly next: TrailPlace | null;
}

export interface Trail {
  search(asked: TrailSearch): Promise<TrailPage>;
  /** How much there is, for whoever sees to it that it is whole. */
  size(): Promise<{ readonly streams: number; readonly events: number }>;
  /** The newest event of a type of the record of administration; null before the first. */
  newest(type: string): Promise<TrailRow | null>;
}
