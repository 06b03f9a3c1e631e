/** The truth: inbox, streams, deadlines, prompts, deliveries. A dozen verbs, each one statement or one short transaction. */
import type { Deadline } from '../core/deadlines/deadline';
import type { Instant } from '../core/instant';
import type { PersonId, RoomId, Shift } from '../core/roster/roster';
import type { Ticket } from './platform';
import type { Lane } from './wake';

export type StreamKind = 'incident' | 'duty' | 'register' | 'admin';
export type Mode = 'real' | 'drill' | 'test';

// ---------------------------------------------------------------- intake

/** A row to be taken in. Its text goes to the vault; `seen` means that the same delivery was taken in before. */
export interface Incoming {
  readonly tenant: string;
  readonly source: string;
  readonly dedupeKey: string;
  readonly chat: { readonly id: string; readonly kind: 'group' | 'single' | 'api' };
  readonly room: RoomId | null;
  readonly account: string;
  readonly sentAt: Instant | null;
  readonly receivedAt: Instant;
  /** Free text of the message and of what it quotes, for the vault; null when the message was stopped or has none. */
  readonly words: { readonly text: string; readonly quote: string | null } | null;
  /** What is not free text: `{"is":"click","key":...}`, `{"is":"text"}`, `{"is":"stopped","why":...}`. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly ticket: Ticket | null;
}

export interface InboxItem {
  readonly id: string;
  readonly tenant: string;
  readonly source: string;
  readonly conversation: string;
  readonly chat: { readonly id: string; readonly kind: 'group' | 'single' | 'api' };
  readonly room: RoomId | null;
  readonly account: string;
  readonly receivedAt: Instant;
  readonly words: { readonly text: string; readonly quote: string | null } | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly ticket: Ticket | null;
  readonly attempts: number;
}

export interface InboxOutcome {
  readonly state: 'handled' | 'stopped' | 'dead';
  /** Short stable word for logs and audit, e.g. `executed`, `refused:not_authorised`. */
  readonly outcome: string;
  readonly stream?: string;
  readonly version?: number;
  /** What was answered to a machine, as data; what people are answered is a delivery. */
  readonly reply?: unknown;
}

/** Messages heard within a time, and whether somebody was told in it that they are too many (outcome `limited:told`). */
export interface Heard {
  readonly fromAccount: number;
  readonly inConversation: number;
  readonly toldAccount: boolean;
  readonly toldConversation: boolean;
}

// ---------------------------------------------------------------- streams

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

/** How many rows of each sort were erased. */
export interface Erased {
  /** Words of people that events refer to. */
  readonly texts: number;
  /** Messages as they were heard. */
  readonly messages: number;
  /** Bytes that were sent. */
  readonly payloads: number;
}

/** One sending address; `connection` names the long connection without which nothing can be sent there, null needs none. */
export interface SendingWay {
  readonly tenant: string;
  readonly channel: string;
  readonly address: string;
  readonly connection: string | null;
}

/** An intent, without text: one addressee, one purpose. */
export interface NewDelivery {
  readonly purpose: string;
  /** `room:<id>`, `person:<id>` or `conversation:<id>`. */
  readonly addressee: string;
  readonly leg: 'page' | 'show';
  /** A newer delivery of the same stream, topic, addressee and leg replaces a waiting one. */
  readonly topic: string;
  /** 0 urgent … 4 lowest. */
  readonly lane: number;
  /** What compose needs beside the state, e.g. asks or a reply's code; no free text of people. */
  readonly intent: Readonly<Record<string, unknown>>;
  readonly notBefore: Instant;
  /** After this moment nobody needs it any more. */
  readonly relevantUntil: Instant | null;
  /** Sending addresses in order of preference; the first is used first, a refusal takes the next. Empty: nobody can be reached, the delivery ends at once as refused, `unreachable`. */
  readonly routes: readonly SendingWay[];
  /** The inbox row whose ticket may be used. */
  readonly ticketOf: string | null;
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
  readonly deliveries: readonly (NewDelivery & { readonly version: number })[];
  readonly texts: readonly VaultText[];
  readonly incident: IncidentRow | null;
  readonly at: Instant;
}

// ---------------------------------------------------------------- prompts

/** What the bot waits to hear from one person in one conversation. */
export interface Prompt {
  readonly id: string;
  readonly conversation: string;
  readonly person: PersonId;
  readonly kind: 'code' | 'choice' | 'dialogue';
  readonly code: string | null;
  /** The command that waits, as data. */
  readonly command: unknown;
  readonly expiresAt: Instant;
}

// ---------------------------------------------------------------- sending

export interface Outlet {
  readonly id: string;
  readonly tenant: string;
  readonly channel: string;
  readonly address: string;
  /** The long connection it needs, with the epoch of whoever holds its lease now (null: nobody); null needs none. */
  readonly connection: { readonly id: string; readonly epoch: number | null } | null;
  /** Moments of the calls of the last hour, oldest first. */
  readonly recent: readonly Instant[];
  readonly busyDispatch: string | null;
  readonly blockedUntil: Instant | null;
  readonly blockedWhy: string | null;
  /** Consecutive road errors. */
  readonly failures: number;
}

export interface QueuedDelivery extends NewDelivery {
  readonly id: string;
  readonly stream: string | null;
  readonly version: number | null;
  readonly rung: number;
  readonly attempts: number;
  readonly state: 'queued' | 'held';
  readonly ticket: Ticket | null;
  /** The dispatch with an unknown end whose very bytes are to go once more; null: worded anew. */
  readonly repeats: string | null;
}

export interface Dispatch {
  readonly id: string;
  readonly outlet: string;
  readonly deliveries: readonly string[];
  readonly lane: number;
  readonly attempt: number;
  /** Exact bytes of the calls, in order. */
  readonly payload: readonly string[];
  readonly payloadHash: string;
  readonly ticket: Ticket | null;
  readonly reservedAt: Instant;
  /** Real time after which an unsettled dispatch is unknown. */
  readonly limitMs: number;
  /** Epoch of the long connection it goes over; null where none is needed. */
  readonly epoch: number | null;
}

/** A call as it was made, to be made once more. */
export type FrozenDispatch = Pick<Dispatch, 'attempt' | 'payload' | 'deliveries' | 'reservedAt'>;

/** A dispatch past its limit in real time that nobody settled (crash, lost answer), and the road it took. */
export interface Overdue extends Pick<Dispatch, 'id' | 'outlet' | 'attempt' | 'lane' | 'reservedAt'> {
  readonly tenant: string;
  readonly channel: string;
}

export type DeliveryState = 'queued' | 'held' | 'sending' | 'accepted' | 'delivered' | 'read' | 'refused' | 'unknown' | 'cancelled';

/** How a dispatch ended, for its deliveries and its outlet. */
export type Settlement =
  | { readonly is: 'accepted'; readonly ref: string | null; readonly handle: string | null }
  /** To the next rung where there is one, else refused for good with this code. */
  | { readonly is: 'refused'; readonly code: string }
  /** Back to the queue; the outlet (or all outlets of the tenant) is blocked until then. Costs no attempt. */
  | { readonly is: 'road'; readonly code: string; readonly blocks: 'outlet' | 'tenant'; readonly until: Instant }
  /** `same`: the very same bytes go once more, the platform knows the repeat; `anew`: worded anew and marked as a repeat; `no`: stays visible. */
  | { readonly is: 'unknown'; readonly what: string; readonly again: Again };
export type Again = 'same' | 'anew' | 'no';

// ---------------------------------------------------------------- the port

export interface Locks {
  readonly conversation?: string;
  readonly streams?: readonly string[];
  readonly outlet?: string;
  /** `skip`: answer `busy` at once when somebody else holds one of the rows. */
  readonly busy: 'wait' | 'skip';
}

/** Incidents of a mode received at or after a moment, of a status other than these, and of this county or none; null takes every county. */
export interface Lately {
  readonly mode: Mode;
  readonly since: Instant;
  readonly statuses: readonly string[];
  readonly county: string | null;
}

export interface Tx {
  /** Oldest row of this conversation that still waits, or null. */
  received(conversation: string): Promise<InboxItem | null>;
  settleInbox(id: string, outcome: InboxOutcome): Promise<void>;
  /** How much was heard from the account and in the conversation of a row since a moment, that row included; looks back a thousand rows at most. */
  heardSince(id: string, since: Instant): Promise<Heard>;

  openPrompt(conversation: string, person: PersonId): Promise<Prompt | null>;
  /** Replaces an open prompt of the same conversation and person. */
  askPrompt(prompt: Prompt): Promise<void>;
  closePrompt(id: string, state: 'used' | 'expired'): Promise<void>;

  /** A new stream with the next number of its kind and mode (dense from 1), version 0, locked. `state` starts as null. */
  openStream(kind: StreamKind, mode: Mode, id: string, rulebook: string): Promise<StreamRow>;
  /** Locks and reads a stream row; null when there is none. */
  stream(id: string): Promise<StreamRow | null>;
  /** Reads without a lock: state for composing, or the choice of an incident. */
  peek(id: string): Promise<StreamRow | null>;
  /** Events of this stream after a version, oldest first, at most `limit`; each body is the exact text that was hashed. */
  events(stream: string, after: number, limit: number): Promise<readonly StoredEvent[]>;
  streamByN(kind: StreamKind, n: number, mode: Mode): Promise<string | null>;
  /** The one with the highest number, locked by nobody; null before the first. */
  newestStream(kind: StreamKind, mode: Mode): Promise<string | null>;
  /** Streams of a kind not in one of these statuses, oldest first, each with the shape its state was saved in. */
  streamsNotIn(kind: StreamKind, statuses: readonly string[]): Promise<readonly Pick<StreamRow, 'id' | 'n' | 'stateV'>[]>;
  /** The newest first, at most `limit`. Locks nothing. */
  incidentsSince(which: Lately, limit: number): Promise<readonly string[]>;
  /** Acts of people in incidents of a mode with `from` <= at < `until`, oldest first, at most `limit`; each with its incident's number. */
  incidentActs(mode: Mode, span: { readonly from: Instant; readonly until: Instant }, limit: number): Promise<readonly IncidentAct[]>;
  write(write: StreamWrite): Promise<void>;
  /** Deliveries that belong to no stream event: answers to one inbox row. */
  reply(inboxId: string, deliveries: readonly NewDelivery[]): Promise<void>;
  /** Due rings of this stream: open deadlines with next_at <= now. */
  ringing(stream: string, now: Instant): Promise<readonly Deadline[]>;

  outlet(id: string): Promise<Outlet>;
  /** Sendable deliveries of this outlet (not_before <= now), by lane, then age. */
  queued(outlet: string, now: Instant, limit: number): Promise<readonly QueuedDelivery[]>;
  /** Exact bytes, attempt and deliveries of a dispatch that has ended; null when its bytes are purged or it is under way again. */
  frozen(dispatch: string): Promise<FrozenDispatch | null>;
  /** Ends deliveries nobody is owed any more. */
  cancel(deliveries: readonly string[], why: string): Promise<void>;
  /** Makes deliveries wait, visibly. */
  hold(deliveries: readonly string[], until: Instant, why: string): Promise<void>;
  /** Fixes the bytes: dispatch row, deliveries `sending`, outlet busy, one window stamp a payload part. */
  reserve(dispatch: Dispatch): Promise<void>;
  /** Fenced by dispatch id and attempt: a settlement of an older attempt changes nothing. A late answer may lift unknown to accepted. */
  settle(dispatch: string, attempt: number, how: Settlement, now: Instant): Promise<void>;

  texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Erases text and salt of at most `limit` rows of this stream: its texts but those of the `kept` kinds, the messages that were about
   * it, the bytes sent for it and not under way. The rows and their commitments stay, so that the chain still verifies. May run twice.
   */
  erase(stream: string, kept: readonly string[], now: Instant, limit: number): Promise<Erased>;
  rulebook(hash: string): Promise<{ readonly pack: string; readonly profile: string } | null>;
  /** Rows of the roster's shifts, in order, locked until the end: nobody else changes the roster meanwhile. */
  shifts(): Promise<readonly Shift[]>;
  /** Replaces them; every process reads the roster anew within a second. Only after `shifts` in the same transaction. */
  replaceShifts(shifts: readonly Shift[]): Promise<void>;
}

/** Ids of the long connections this process may send over; null: all of them, for looking only. */
export type Mine = readonly string[] | null;

export interface Store {
  /** Rows in one statement; returns after commit, in order. A conversation row is made when missing. */
  takeIn(rows: readonly Incoming[]): Promise<readonly ('new' | 'seen')[]>;
  /**
   * inbox: conversations with waiting rows; due: streams with rings due; send: outlets with something to send now that are neither
   * busy nor blocked, and need no connection or one of `mine` (null: whosesoever).
   */
  waiting(lane: Lane, now: Instant, limit: number, mine: Mine): Promise<readonly string[]>;
  /** Earliest moment after which `due` or `send` will have work (next ring, not_before, end of a block); null when nothing waits. */
  nextMoment(mine: Mine): Promise<Instant | null>;
  /** Counts one more attempt of an inbox row in a transaction of its own, before it is handled; answers the count. */
  countAttempt(conversation: string): Promise<{ readonly id: string; readonly attempts: number } | null>;
  /** Incidents whose personal data are to be erased by now and are still there, earliest first; texts of the `kept` kinds do not count. */
  purgesDue(kept: readonly string[], now: Instant, limit: number): Promise<readonly string[]>;
  /** Longest overdue first. */
  overdueDispatches(limit: number): Promise<readonly Overdue[]>;
  /** One transaction. 40001 and 40P01 repeat `work` with the same input; any other fault rolls back and is thrown. */
  transact<T>(locks: Locks, work: (tx: Tx) => Promise<T>): Promise<T | 'busy'>;
  /** Content-addressed; a second save of the same hash changes nothing. */
  saveRulebook(rulebook: {
    readonly hash: string;
    readonly packId: string;
    readonly version: string;
    readonly pack: string;
    readonly profile: string;
    readonly at: Instant;
  }): Promise<void>;
}
