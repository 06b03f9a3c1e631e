/** The read side: what lists, pages and the API show. */
import type { Deadline } from '../core/deadlines/deadline';
import type { Instant } from '../core/instant';
import type { Ask, DeliveryState, IncidentRow, StoredEvent } from './store';

export interface DeliveryView {
  readonly id: string;
  readonly purpose: string;
  readonly addressee: string;
  readonly leg: string;
  readonly lane: number;
  readonly channel: string;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly at: Instant;
  readonly rung: number;
}

export interface IncidentView {
  readonly id: string;
  readonly row: IncidentRow;
  readonly version: number;
  /** Hash of the pinned rulebook. */
  readonly rulebook: string;
  readonly state: unknown;
  readonly deadlines: readonly Deadline[];
  readonly asks: readonly Ask[];
  readonly deliveries: readonly DeliveryView[];
}

export interface Backlog {
  readonly inboxReceived: number;
  readonly inboxDead: number;
  readonly dueNow: number;
  readonly deliveriesQueued: number;
  readonly deliveriesHeld: number;
  readonly deliveriesSending: number;
  readonly deliveriesUnknown: number;
  readonly outletsBlocked: number;
}

export interface Views {
  /** Newest first; `after` is the number of the last row of the page before. */
  incidents(page: { readonly limit: number; readonly before: number | null }): Promise<readonly IncidentRow[]>;
  incident(n: number): Promise<IncidentView | null>;
  /** Oldest first, versions > after. */
  events(n: number, after: number, limit: number): Promise<readonly StoredEvent[] | null>;
  texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** For metrics, readiness and the sandbox's wait for rest. */
  backlog(now: Instant): Promise<Backlog>;
}
