/** What the watchdog sees of the running service, and what it remembers of its own alarms. */
import type { Instant } from '../core/instant';
import type { PersonId } from '../core/roster/roster';

/** What a process of the service does: takes callbacks in, works on them and on deadlines, or both. */
export type InstanceRole = 'all' | 'web' | 'worker';

/** One process of the service, as of its last beat; moments in real database time. */
export interface InstanceSeen {
  readonly id: string;
  readonly role: InstanceRole;
  readonly startedAt: Instant;
  readonly beatAt: Instant;
  /** Silent from here on, unless another beat comes. */
  readonly aliveUntil: Instant;
  /** Ended in order; null for one that lives, or died. */
  readonly stoppedAt: Instant | null;
}

/** A deadline whose ring is over and was not heard. */
export interface UnheardRing {
  /** Kind and number of its stream. */
  readonly stream: string;
  readonly n: number;
  readonly mode: string;
  readonly kind: string;
  /** Person or role that owes it. */
  readonly owner: string;
  readonly dueAt: Instant;
  readonly ringAt: Instant;
}

export interface Contact {
  readonly id: PersonId;
  readonly name: string;
  readonly post: string;
  /** Digits; masked before it is shown anywhere. */
  readonly phone: string | null;
  readonly roles: readonly string[];
  /** In which role the person is on duty now; empty for everybody else. */
  readonly onDuty: readonly string[];
}

/** One look at the whole service. */
export interface Sighting {
  /** The clock people see, and the database's own. */
  readonly now: Instant;
  readonly realNow: Instant;
  readonly instances: readonly InstanceSeen[];
  readonly rings: { readonly count: number; readonly first: readonly UnheardRing[] };
  /** Messages that nobody has handled; `oldest` on the clock people see. */
  readonly inbox: { readonly count: number; readonly oldest: Instant | null };
  /** Urgent messages that could go out and do not. */
  readonly unsent: { readonly count: number; readonly oldest: Instant | null };
  /** Long connections and when each last heard anything, in real database time. */
  readonly connections: readonly { readonly id: string; readonly heardAt: Instant }[];
  readonly contacts: readonly Contact[];
  /** What the steps of the plans in use are called, by id. */
  readonly labels: Readonly<Record<string, string>>;
  /** May the duty room read names and numbers without the secrecy line? */
  readonly isFullRoom: boolean;
}

/** An alarm that was told and has not ended. */
export interface ToldAlarm {
  readonly id: string;
  readonly since: Instant;
  readonly toldAt: Instant;
  readonly toldUpTo: Instant;
}

export interface WatchRecords {
  /** Everything at once. May fail: then the database is away. */
  look(): Promise<Sighting>;
  /** Is this process the one watchdog that speaks, for so long? May run twice. */
  lead(leaseMs: number): Promise<boolean>;
  /** Lets another watchdog speak. */
  leave(): Promise<void>;
  openAlarms(): Promise<readonly ToldAlarm[]>;
  /** Keeps these as all alarms that are open; any other one ends. May run twice. */
  keep(open: readonly ToldAlarm[]): Promise<void>;
}
