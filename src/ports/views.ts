/** The read side: what lists, pages and the API show. */
import type { Deadline } from '../core/deadlines/deadline';
import type { PaperStage } from '../core/incident/papers/paper';
import type { Instant } from '../core/instant';
import type { PaperKind } from '../core/plans/schema/papers';
import type { Sight } from '../core/rights/sight';
import type { PersonId } from '../core/roster/roster';
import type { OwedCount } from '../core/stats/units';
import type { HeardMessage, HeardRow, HeardState } from './heard';
import type { DeliveryState } from './sending';
import type { Ask, IncidentRow, Mode, StoredEvent, StreamKind } from './streams';

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
  /** Of the event it is about; 0 for none. */
  readonly version: number;
}

/** One message to one addressee, with where it stands, as lists show it. */
export interface DeliveryRowView extends DeliveryView {
  /** Number of its incident; null for what belongs to none. */
  readonly n: number | null;
  /** While it is held: until when. */
  readonly until: Instant | null;
  readonly attempts: number;
}

export interface IncidentView {
  readonly id: string;
  readonly row: IncidentRow;
  readonly version: number;
  /** Hash of the pinned rulebook. */
  readonly rulebook: string;
  readonly state: unknown;
  /** Shape in which the state was saved. */
  readonly stateV: number;
  readonly deadlines: readonly Deadline[];
  readonly asks: readonly Ask[];
  readonly deliveries: readonly DeliveryView[];
}

/** What became of a machine's call, by the key it gave. */
export interface CallRow {
  readonly id: string;
  readonly state: HeardState;
  readonly outcome: string | null;
  /** What it changed; null where nothing was. */
  readonly kind: StreamKind | null;
  readonly n: number | null;
  readonly version: number | null;
  /** What was answered, as data. */
  readonly reply: unknown;
  /** Digest of the call's body; null for a stopped one, of which nothing is kept. */
  readonly digest: string | null;
}

/** A deadline of an incident, for lists. */
export type ListedDeadline = Deadline & { readonly n: number };
/** By what the figures are divided; each divides all incidents of the span, `all` not at all. */
export const FIGURE_DIVISIONS = ['all', 'month', 'plan', 'level', 'category', 'county', 'status'] as const;
export type FigureDivision = (typeof FIGURE_DIVISIONS)[number];

/** Minutes between two moments of each incident: the middle one and the one that nine of ten keep within. Null where none has both. */
export interface Minutes {
  readonly median: number;
  readonly p90: number;
}

/** One division, counted. */
export interface FigureGroup {
  readonly by: FigureDivision;
  /** As the incidents bear it; empty for what has none, e.g. no level yet. */
  readonly key: string;
  readonly incidents: number;
  readonly open: number;
  /** From receipt to the first mention that a platform took, to the first paper sent, to activation, to the end. */
  readonly toMention: Minutes | null;
  readonly toReport: Minutes | null;
  readonly toActivation: Minutes | null;
  readonly toEnd: Minutes | null;
  /** From call to answer, the middle one of each incident's calls; calls that nobody answered are not in it. */
  readonly toAck: Minutes | null;
  /** Deadlines by how they ended; `overdue` are open past their moment. */
  readonly met: number;
  readonly missed: number;
  readonly overdue: number;
}

/** Incidents of one mode received in a span, counted: drills and tests are figures of their own. */
export interface Figures {
  readonly incidents: number;
  readonly open: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byPlan: Readonly<Record<string, number>>;
  readonly byCategory: Readonly<Record<string, number>>;
  readonly byLevel: Readonly<Record<string, number>>;
  readonly byCounty: Readonly<Record<string, number>>;
  /** Of these incidents' deadlines, by how they stand. */
  readonly deadlines: Readonly<Record<string, number>>;
  /** Minutes from report to activation, the median; null while none was activated. */
  readonly minutesToActivation: number | null;
  readonly groups: readonly FigureGroup[];
  /** Deadlines by who owes them. */
  readonly owed: readonly OwedCount[];
}

export interface Backlog {
  readonly inboxReceived: number;
  readonly inboxDead: number;
  /** Messages beyond the limits of a minute, in the last hour. */
  readonly inboxLimited: number;
  readonly dueNow: number;
  readonly deliveriesQueued: number;
  readonly deliveriesHeld: number;
  readonly deliveriesSending: number;
  readonly deliveriesUnknown: number;
  /** Refusals that the rooms have not been told of yet, and accepted calls whose carrier is to be asked now. */
  readonly refusalsUnheeded: number;
  readonly receiptsDue: number;
  readonly outletsBlocked: number;
}

/** Personal data: how much was erased, of how many incidents the moment has come, how many are kept by a decision. */
export interface VaultCounts {
  readonly erased: number;
  readonly incidentsOver: number;
  readonly incidentsHeld: number;
}

/** What is null does not narrow the list. */
export interface PapersPage {
  readonly stage: PaperStage | null;
  readonly kind: PaperKind | null;
  readonly n: number | null;
  readonly limit: number;
  readonly before: number | null;
}

export interface DeliveriesPage {
  readonly state: DeliveryState | null;
  readonly n: number | null;
  readonly person: PersonId | null;
  readonly limit: number;
  readonly before: string | null;
  /** Of incidents only those that are seen; what belongs to none comes in any case. */
  readonly sight: Sight;
}

export interface IncidentsPage {
  readonly sight: Sight;
  readonly among: readonly string[] | null;
  readonly limit: number;
  readonly before: number | null;
}

export interface Views {
  /** Of real incidents in one of the states: number to version. For pages that are kept up to date. */
  positions(among: readonly string[]): Promise<ReadonlyMap<number, number>>;
  /** Those that are seen, newest first, of these states or of any; `before` is the number of the last row of the page before. */
  incidents(page: IncidentsPage): Promise<readonly IncidentRow[]>;
  /** Of these numbers the ones that are seen. */
  seen(numbers: readonly number[], sight: Sight): Promise<ReadonlySet<number>>;
  /** Hashes of all rules that incidents may run under. */
  rulebooks(): Promise<readonly string[]>;
  incident(n: number): Promise<IncidentView | null>;
  /** Oldest first, versions > after. */
  events(n: number, after: number, limit: number): Promise<readonly StoredEvent[] | null>;
  texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Newest first; `before` is the id of the last row of the page before. */
  inbox(page: { readonly state: HeardState; readonly limit: number; readonly before: string | null }): Promise<readonly HeardRow[]>;
  /** Messages that were about a stream, oldest first, at most 500, with their words as intake keeps them. */
  messages(stream: string): Promise<readonly HeardMessage[]>;
  /** A machine's call of tenant `api`; null when it was never stored. */
  call(source: string, key: string): Promise<CallRow | null>;
  /** Of real incidents that are seen, the earliest due first; `after` is the last row of the page before. */
  deadlines(page: {
    readonly sight: Sight;
    readonly status: Deadline['status'];
    readonly n: number | null;
    readonly limit: number;
    readonly after: { readonly dueAt: Instant; readonly n: number; readonly key: string } | null;
  }): Promise<readonly ListedDeadline[]>;
  /** Newest first; `before` is the id of the last row of the page before. What is null does not narrow the list. */
  deliveries(page: DeliveriesPage): Promise<readonly DeliveryRowView[]>;
  /** Numbers of real incidents that have such papers, the newest first; `before` is the last number of the page before. */
  withPapers(page: PapersPage): Promise<readonly number[]>;
  /** Received in [from, until); `now` says what is overdue. */
  figures(wanted: { readonly from: Instant; readonly until: Instant; readonly mode: Mode; readonly now: Instant }): Promise<Figures>;
  /** Deliveries that moved in the hour before `now`, by state and channel. */
  lastHour(now: Instant): Promise<readonly { readonly state: DeliveryState; readonly channel: string; readonly count: number }[]>;
  /** For metrics and readiness. */
  backlog(now: Instant): Promise<Backlog>;
  /** For metrics. */
  vault(now: Instant): Promise<VaultCounts>;
}
