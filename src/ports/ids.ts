/** The two sources of chance that the core is given from outside. */

export interface Ids {
  /** A new unique id, sortable by time. */
  next(): string;
  /** Four digits for a confirmation, never beginning with 20 (decisions.md section 1). */
  code4(): string;
}

export interface Digest {
  readonly name: string;
  /** Lower-case hex; of any but the first algorithm with its name and a colon ahead, so that a chain may go on under another. */
  of(text: string): string;
  /** Is this the digest of the text, by whichever known algorithm it was made? */
  holds(text: string, digest: string): boolean;
}
