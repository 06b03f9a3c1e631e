/** How the running of it all stands in the rows: the database, long connections, sending addresses, what a month has used. No word of any message. */
export interface DatabaseFacts {
  /** As PostgreSQL tells it, e.g. 18.4. */
  readonly version: string;
  readonly bytes: number;
  /** Its clock in milliseconds since 1970, and how long the question took. */
  readonly nowMs: number;
  readonly tookMs: number;
}

/** A long connection that somebody has held. Moments are real, as milliseconds ago by the clock of the database. */
export interface LineFacts {
  readonly id: string;
  readonly isHeld: boolean;
  /** Null: nothing was heard yet, or by a process that does not tell. */
  readonly heardAgoMs: number | null;
}

export interface OutletFacts {
  readonly tenant: string;
  readonly channel: string;
  readonly address: string;
  /** Calls that still count in its window. */
  readonly recent: readonly number[];
  readonly waiting: number;
  readonly isBusy: boolean;
  readonly blockedUntil: number | null;
  readonly blockedWhy: string | null;
  readonly failures: number;
}

export interface MeterFacts {
  readonly name: string;
  readonly calls: number;
  readonly until: number;
}

export interface Running {
  database(): Promise<DatabaseFacts>;
  lines(): Promise<readonly LineFacts[]>;
  /** Those that are blocked, hold something back or were used within the hour before `now`, at most 100, the troubled first. */
  outlets(now: number): Promise<readonly OutletFacts[]>;
  meters(): Promise<readonly MeterFacts[]>;
}
