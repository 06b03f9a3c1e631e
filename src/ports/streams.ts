/** Rows of the streams: events, snapshots, asks, texts kept apart, and everything one accepted command changes. */
import type { Deadline } from '../core/deadlines/deadline';
import type { Instant } from '../core/instant';
import type { PersonId } from '../core/roster/roster';
import type { NewDelivery } from './sending';

export type StreamKind = 'incident' | 'duty' | 'register' | 'admin';

export type Mode = 'real' | 'drill' | 'test';

/** Anything a stream's core may put into an event; the body is stored as the exact text that is hashed. */
export interface StoredEvent {
  readonly version: number;
  readonly type: string;
  readonly v: number;
  readonly at: Instant;
  readonly actor: PersonId | null;
  readonly cause: { readonly kind: string; readonly id: string };
  readonly body: string;
  readonly prevHash: string;
  readonly hash: string;
}

export interface StreamRow {
  readonly id: string;
  readonly kind: StreamKind;
  readonly mode: Mode;
  readonly n: number;
  readonly version: number;
  readonly headHash: string;
  /** Snapshot of what its events make of it; only `recall` of the handlers knows whether this program can read it. */
  readonly state: unknown;
  /** Shape in which the snapshot was saved; 0 while there is none. */
  readonly stateV: number;
  readonly rulebook: string;
  readonly status: string;
}

/** What a person did in an incident, without its words. */
export interface IncidentAct extends Pick<StoredEvent, 'version' | 'type' | 'at'> {
  readonly n: number;
  readonly actor: PersonId;
}

/** A text of people kept apart from the events: events hold its id and commitment only. */
export interface VaultText {
  readonly id: string;
  readonly kind: string;
  readonly salt: string;
  readonly body: string;
  /** Digest of salt + body. */
  readonly commitment: string;
}

export interface Ask {
  readonly id: string;
  readonly person: PersonId;
  readonly kind: string;
  readonly askedAt: Instant;
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
}

/** One version of a paper. `facts`: everything that was fixed when it went out, as the exact text behind `frozenHash`; null before. */
export interface PaperRow {
  readonly id: string;
  readonly kind: string;
  readonly serial: number;
  readonly version: number;
  readonly state: 'returned' | 'in_hand' | 'signed' | 'sent' | 'void' | 'replaced';
  readonly facts: string | null;
  readonly fileHash: string | null;
  readonly frozenHash: string | null;
}

/** A file under its SHA-256. */
export interface KeptFile {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** Statistics and lists read one row an incident. */
export interface IncidentRow {
  readonly n: number;
  readonly mode: Mode;
  readonly status: string;
  readonly plan: string | null;
  readonly category: string | null;
  readonly level: number | null;
  readonly county: string | null;
  readonly title: string;
  readonly receivedAt: Instant;
  readonly activatedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** When its personal data are to be erased; null while nobody has decided. */
  readonly purgeAfter: Instant | null;
}

/** The row with what decides who may see it (`core/rights/sight`): a list is then asked of the rows in one question. */
export interface ListedIncident extends IncidentRow {
  readonly rulebook: string;
  readonly people: readonly PersonId[];
  readonly groups: readonly string[];
}

/** How many rows of each sort were erased. */
export interface Erased {
  /** Words of people that events refer to. */
  readonly texts: number;
  /** Messages as they were heard. */
  readonly messages: number;
  /** Bytes that were sent. */
  readonly payloads: number;
}

/** Everything one accepted command changes in one stream. */
export interface StreamWrite {
  readonly id: string;
  /** Version before these events; the row is locked, this is a guard only. */
  readonly fromVersion: number;
  readonly events: readonly StoredEvent[];
  readonly state: unknown;
  /** Shape of the state. */
  readonly stateV: number;
  readonly status: string;
  readonly headHash: string;
  /** Rows to insert or update; a deadline not named stays as it is. */
  readonly deadlines: readonly Deadline[];
  /** These are all deadlines there are: any other one still open is void. */
  readonly allDeadlines: boolean;
  readonly asks: readonly Ask[];
  /** An ask or a deadline of an incident began, ended or changed hands: what the figures count of it is counted anew from its rows. */
  readonly recount: boolean;
  /** Versions that are new or stand otherwise; what is frozen stays as it is. */
  readonly papers: readonly PaperRow[];
  /** Files that go out with this change; one that is there already stays. Absent: none. */
  readonly files?: readonly KeptFile[];
  readonly deliveries: readonly (NewDelivery & { readonly version: number })[];
  readonly texts: readonly VaultText[];
  readonly incident: ListedIncident | null;
  readonly at: Instant;
}

/** Incidents of a mode received at or after a moment, of a status other than these, and of this county or none; null takes every county. */
export interface Lately {
  readonly mode: Mode;
  readonly since: Instant;
  readonly statuses: readonly string[];
  readonly county: string | null;
}
