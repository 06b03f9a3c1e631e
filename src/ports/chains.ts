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

/** A version of a paper as it is stored; what went out has its whole text and the digests of text and file. */
export interface StoredPaper {
  readonly id: string;
  readonly kind: string;
  readonly serial: number;
  readonly version: number;
  readonly facts: string | null;
  readonly fileHash: string | null;
  readonly frozenHash: string | null;
  /** SHA-256 of the file's bytes as they are kept now; null where there are none. */
  readonly keptHash: string | null;
}

/** Everything of one stream as of one moment. */
export interface StoredRecord {
  readonly chain: StoredChain;
  readonly texts: readonly KeptText[];
  readonly papers: readonly StoredPaper[];
}

export interface Chains {
  /** Streams in the order of their making; of one incident only where its number is given. */
  streams(incident: number | null): Promise<readonly string[]>;
  /** A stream with its events, texts and papers as of one moment; null when there is none. */
  read(stream: string): Promise<StoredRecord | null>;
}
