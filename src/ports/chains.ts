/** The record as it is stored, to be checked from outside: streams with their events, and the words that events refer to. */
import type { StoredEvent, StreamKind } from './streams';

export interface StoredChain {
  readonly id: string;
  readonly kind: StreamKind;
  readonly n: number;
  readonly version: number;
  readonly headHash: string;
  /** All events, oldest first. */
  readonly events: readonly StoredEvent[];
}

/** Salt and body are null once erased. */
export interface KeptText {
  readonly id: string;
  readonly salt: string | null;
  readonly body: string | null;
  readonly commitment: string;
}

export interface Chains {
  /** Streams in the order of their making; of one incident only where its number is given. */
  streams(incident: number | null): Promise<readonly string[]>;
  /** A stream with its events and texts as of one moment; null when there is none. */
  read(stream: string): Promise<{ readonly chain: StoredChain; readonly texts: readonly KeptText[] } | null>;
}
