/** The truth: inbox, streams, deadlines, prompts, deliveries. A dozen verbs, each one statement or one short transaction. */
import type { Deadline } from '../core/deadlines/deadline';
import type { Instant } from '../core/instant';
import type { PersonId, Shift } from '../core/roster/roster';
import type { Heard, InboxItem, InboxOutcome, Incoming, Prompt } from './inbox';
import type {
  Dispatch,
  FrozenDispatch,
  NewDelivery,
  Outlet,
  Overdue,
  Place,
  QueuedDelivery,
  ReceiptDue,
  Receipted,
  Sendable,
  Settlement,
  Unheeded,
} from './sending';
import type { Erased, IncidentAct, Lately, Mode, StoredEvent, StreamKind, StreamRow, StreamWrite } from './streams';
import type { Lane } from './wake';

export interface Locks {
  readonly conversation?: string;
  readonly streams?: readonly string[];
  readonly outlets?: readonly string[];
  /** `skip`: answer `busy` at once when somebody else holds one of the rows. */
  readonly busy: 'wait' | 'skip';
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
  /** Moments of the messages shown at these addresses after `since`, or perhaps shown; one each, oldest first. Locks nothing. */
  posts(at: readonly Place[], since: Instant): Promise<readonly Instant[]>;
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

  /** People this stream has called privately, by messages of these purposes, none of which has gone out yet. */
  undelivered(stream: string, purposes: readonly string[]): Promise<readonly PersonId[]>;
  /** Refusals of this stream that nobody has heeded yet; lock the stream first. */
  unheeded(stream: string): Promise<readonly Unheeded[]>;
  /** Ends what was read in this transaction; a way that has refused since waits to be heeded in its turn. */
  heed(read: readonly Pick<Unheeded, 'id' | 'codes'>[]): Promise<void>;
  /** What the carrier told of an accepted call, once: `ended` ends its deliveries, else it is asked again at `askAt`, or never when null. */
  told(dispatch: string, what: { readonly ended: Receipted | null; readonly askAt: Instant | null }, now: Instant): Promise<void>;

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
  /** What `waiting` names for `send`, each outlet with the lane of what is most urgent there, that lane first, in it calls in rooms before the rest. */
  sendable(now: Instant, limit: number, mine: Mine): Promise<readonly Sendable[]>;
  /** Earliest moment after which `due` or `send` will have work (next ring, not_before, end of a block); null when nothing waits. */
  nextMoment(mine: Mine): Promise<Instant | null>;
  /** `moving` while anything is heard, rung, sent or made known at `now`; else the moment after it at which something will be, null for never. Both in one look. */
  rest(now: Instant): Promise<Instant | 'moving' | null>;
  /** Counts one more attempt of an inbox row in a transaction of its own, before it is handled; answers the count. */
  countAttempt(conversation: string): Promise<{ readonly id: string; readonly attempts: number } | null>;
  /** Incidents whose personal data are to be erased by now and are still there, earliest first; texts of the `kept` kinds do not count. */
  purgesDue(kept: readonly string[], now: Instant, limit: number): Promise<readonly string[]>;
  /** Longest overdue first. */
  overdueDispatches(limit: number): Promise<readonly Overdue[]>;
  /** Streams with refusals that nobody has heeded. */
  unheededStreams(limit: number): Promise<readonly string[]>;
  /** Accepted calls whose carrier is to be asked now, longest waiting first. */
  receiptsDue(now: Instant, limit: number): Promise<readonly ReceiptDue[]>;
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
