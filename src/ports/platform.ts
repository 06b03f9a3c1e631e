/** The edge of Fenghuo towards a chat platform: what comes in, what goes out, and how a sending can end. */
import type { Instant } from '../core/instant';
import type { LadderPort } from '../core/plans/profileSchema';
import type { Cleared } from '../core/privacy/clear';
import type { PersonId, RoomId } from '../core/roster/roster';

/** A way to answer one inbound message directly; opaque to everyone but its platform. Single use. */
export type Ticket = Readonly<Record<string, string>>;

/** One message, click or event from a platform, already verified, decrypted and parsed. Not yet screened or stored. */
export interface Inbound {
  readonly tenant: string;
  /** Which identity heard it, e.g. `robot` or `app`; part of the dedupe key. */
  readonly source: string;
  /** The platform's own identity of this delivery; the same for a redelivery. */
  readonly dedupeKey: string;
  readonly chat: { readonly id: string; readonly kind: 'group' | 'single' | 'api' };
  /** The platform's user id, normalised as the platform compares it. */
  readonly account: string;
  readonly sentAt: Instant | null;
  readonly content: /** `about`: what a machine told beside the words; no free text of people. */
    | { readonly is: 'text'; readonly text: string; readonly quote: string | null; readonly about?: Readonly<Record<string, unknown>> }
    /** `choices`: per question of the card the options chosen; absent for a plain button. */
    | { readonly is: 'click'; readonly key: string; readonly choices?: Readonly<Record<string, readonly string[]>> }
    | { readonly is: 'entered' }
    | { readonly is: 'other'; readonly what: string };
  readonly ticket: Ticket | null;
}

export interface CallbackRequest {
  readonly method: 'GET' | 'POST';
  readonly kind: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name; none where the platform proves itself by the query. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type CallbackReading =
  /** URL verification: answer exactly this body. */
  | { readonly is: 'verified'; readonly body: string }
  /** Store these, then answer 200 with `answer`, which is JSON, or an empty body. An empty list is a known but uninteresting event. */
  | { readonly is: 'taken'; readonly messages: readonly Inbound[]; readonly answer?: string }
  /** 401 wrong signature, 400 undecodable. `code` is stable, `why` is for the log and holds no secret. */
  | { readonly is: 'refused'; readonly status: 400 | 401; readonly code: string; readonly why: string };

/** HTTP callbacks of a platform. Pure decoding: verifies before it decrypts, never answers by itself. */
export interface Intake {
  readonly kinds: readonly string[];
  /** How long the platform waits for an answer, in milliseconds, where that is less than usual. */
  readonly answerMs?: number;
  read(request: CallbackRequest): CallbackReading;
  /** Puts the plain account in place of an encrypted one, before the message is stored. At most 1 s; never rejects. May run twice. */
  identify?(message: Inbound): Promise<Inbound>;
}

/** Where a dispatch goes. `ticket`, if given, is tried first and may be spent or dead: the channel then pushes instead. */
export interface Address {
  readonly address: string;
  readonly ticket: Ticket | null;
  /** May use what a channel keeps back for people in need; absent: no. */
  readonly urgent?: boolean;
}

/** The bytes of one API call, fixed before the call so that a repeat is byte for byte the same. */
export interface Frozen {
  readonly body: string;
}

/** At most `max` calls in any window of `perMs`; `reserve` of them are kept for urgent lanes (decisions.md section 7). */
export interface Limit {
  readonly perMs: number;
  readonly max: number;
  readonly reserve: number;
}

export type SendResult =
  /** `except`: accounts the platform said it did not reach. */
  | { readonly is: 'accepted'; readonly ref?: string; readonly handle?: string; readonly except?: readonly string[] }
  | { readonly is: 'refused'; readonly code: string; readonly fault: 'content' | 'receiver' | 'capability' | 'permission' }
  | { readonly is: 'road'; readonly code: string; readonly blocks: 'outlet' | 'tenant'; readonly waitMs: number }
  | { readonly is: 'unknown'; readonly what: string };

/**
 * What a carrier or a platform tells of a call it has accepted. `answered` and `no_answer` are for voice, `read` for those who opened it:
 * none of them is a 收到; a refusal did not reach the person.
 */
export type Receipt =
  /** `againMs`: it is of no use to ask sooner. */
  | { readonly is: 'pending'; readonly againMs?: number }
  | { readonly is: 'delivered'; readonly how: 'delivered' | 'answered' | 'no_answer' | 'read' }
  | { readonly is: 'refused'; readonly code: string };

/**
 * A paper to be sent as it is: its bytes stand elsewhere under their SHA-256 in lower-case hex. `name` as people see it, with its ending.
 * Nothing here clears it: whoever sends it answers for what the room may see.
 */
export interface Paper {
  readonly sha256: string;
  readonly name: string;
}

/** Bytes that were kept under their hash; null when they are gone. Never changes what it once answered. */
export interface PaperSource {
  bytes(sha256: string): Promise<Uint8Array | null>;
}

/**
 * What the platform lends for a while and instances share: access tokens, ids of uploaded files. Secret: values come to the shelf sealed,
 * and are never logged. Each call may fail; the caller then asks the platform.
 */
export interface TokenShelf {
  read(key: string): Promise<SharedToken | null>;
  /** Keeps it in place of an older one. */
  write(key: string, token: SharedToken): Promise<void>;
  /** Forgets the token if it is still this one. */
  drop(key: string, value: string): Promise<void>;
}
/** A token as it lies on the shelf. */
export interface SharedToken {
  readonly value: string;
  /** When it should be fetched anew, some time before its end. */
  readonly until: Instant;
}

/** Counts what a platform charges by the month, over all instances and restarts. Each call may fail; the caller then goes by its own count. */
export interface Meter {
  /** Adds `calls` to the count of this name, which is forgotten at `until`; answers the count of all. */
  add(name: string, calls: number, until: Instant): Promise<number>;
}

/** What a message can be shown as besides words and buttons; a channel that has no such form shows words instead. */
export type Face =
  /** Leads to a page. `label` at most 4 characters. */
  | { readonly is: 'link'; readonly url: string; readonly label: string }
  /** Leads to a page and shows a picture from an address the platform can reach. */
  | { readonly is: 'picture'; readonly url: string; readonly image: string }
  /** One question, one or several answers; comes back as a click with `choices`. */
  | { readonly is: 'vote'; readonly question: Question; readonly several: boolean; readonly submit: Submit }
  /** Up to three questions with one answer each. */
  | { readonly is: 'questions'; readonly questions: readonly Question[]; readonly submit: Submit };
/** One question of a form; its `key` comes back with the answer. */
export interface Question {
  readonly key: string;
  readonly title: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
}
/** The button that sends a form; its `key` comes back in the click. */
export interface Submit {
  readonly key: string;
  readonly text: string;
}

/** A message under work: each showing replaces the one before. */
export interface Progress {
  /** Shown at most once a second, the newest wins. Never rejects. */
  show(message: Cleared): void;
  /** The last words; sent as a message of their own when they cannot replace any more. Single use. */
  finish(message: Cleared, stop: AbortSignal): Promise<SendResult>;
}

/** One way of sending on one platform (a robot conversation, a group webhook, an app's private message). */
export interface Channel {
  readonly id: string;
  /** `connection`: only the process that owns the platform's long connection can send here. */
  readonly via: 'http' | 'connection';
  /** Does an address of this channel page people by real @-mention? */
  readonly pages: boolean;
  /** By what the platform recognises a repeat of the same call, so that it cannot show the message twice, and for how long. */
  readonly idempotent: { readonly by: 'key' | 'body'; readonly forMs: number } | null;
  readonly limits: readonly Limit[];
  /** Encodes within the channel's byte limits; several parts where one is not enough. Never throws on any text. */
  split(message: Cleared, to: Address): readonly Frozen[];
  /** One call. Never throws: every end is a result. `stop` aborts it (then unknown). `key` identifies the dispatch. */
  send(frozen: Frozen, to: Address, key: string, stop: AbortSignal): Promise<SendResult>;
  /** Freezes a paper for `send`; where files cannot go this way, words that name it. */
  attach?(paper: Paper, to: Address): Frozen;
  /** As `split`, in the given form where the channel has it. */
  dress?(message: Cleared, face: Face, to: Address): readonly Frozen[];
  /** Takes back a message by the `ref` of its acceptance. Refused as `capability` when it is too late. May run twice. */
  recall?(ref: string, stop: AbortSignal): Promise<SendResult>;
  /** What became of an accepted call, by its `ref`. Null when the carrier does not answer now. Never throws; may run any number of times. */
  receipt?(ref: string, stop: AbortSignal): Promise<Receipt | null>;
  /** Answers with a message that changes while the work goes on; null without a living ticket, which it spends. */
  progress?(to: Address, key: string): Progress | null;
}

/** One sending address of a room or a person, in order of preference. */
export interface Route {
  readonly tenant: string;
  readonly channel: string;
  readonly address: string;
  readonly pages: boolean;
}

/** A long connection. One owner among all instances: `app` opens it only while this instance holds its lease. */
export interface Connection {
  readonly id: string;
  /**
   * Connects and stays connected, reconnecting with growing pauses, until `stop`; resolves after the socket is closed.
   * `take` must have stored the message when it resolves. `state` reports every change, `heard` that anything at all came in, an
   * answer to the connection's own heartbeat too.
   */
  run(on: { take(message: Inbound): Promise<void>; state(is: ConnectionState): void; heard?(): void }, stop: AbortSignal): Promise<void>;
}
export type ConnectionState = { readonly is: 'open' | 'closed' | 'kicked' | 'refused'; readonly why: string };

/** How a question to the platform ended, other than with an answer. `nobody`: it knows no such thing. */
export type Asked<T> = { readonly is: 'found'; readonly value: T } | { readonly is: 'nobody' } | Exclude<SendResult, { is: 'accepted' }>;

/** A group to be made. */
export interface GroupSpec {
  /** The caller's own name for the group, e.g. the incident's id: the same key gives the same group. A dissolved one needs a new key. */
  readonly key: string;
  readonly name: string;
  readonly owner: PersonId | null;
  readonly members: readonly PersonId[];
}
/** What is to become different; what is absent stays. */
export interface GroupChange {
  readonly name?: string;
  readonly owner?: PersonId;
  readonly add?: readonly PersonId[];
  readonly remove?: readonly PersonId[];
}
/** `except`: people the platform would not take in. `route`: how the group is written to; nobody sees it before its first message. */
export interface Group {
  readonly route: Route;
  readonly except: readonly PersonId[];
}
/** Groups that the platform makes for us, e.g. one for an incident. They cannot be heard. */
export interface Groups {
  /** May run twice: the second time finds the first one's group. */
  create(spec: GroupSpec, stop: AbortSignal): Promise<Asked<Group>>;
  change(address: string, change: GroupChange, stop: AbortSignal): Promise<Asked<Group>>;
  /** Who is in it; `strangers` are accounts of nobody we know. */
  look(
    address: string,
    stop: AbortSignal,
  ): Promise<Asked<{ readonly name: string; readonly people: readonly PersonId[]; readonly strangers: readonly string[] }>>;
}

/** A person as the platform's own directory shows them. */
export interface Entry {
  readonly account: string;
  readonly name: string;
  readonly post: string;
  readonly departments: readonly number[];
  /** False for one who is disabled, has left or never signed in; null where the platform does not say. */
  readonly active: boolean | null;
}
/** The platform's directory, as far as our rights reach. */
export interface Contacts {
  entry(account: string, stop: AbortSignal): Promise<Asked<Entry>>;
  /** People of the department itself. */
  department(id: number, stop: AbortSignal): Promise<Asked<readonly Entry[]>>;
  /** Ids of the department and of all below it, the root is 1. */
  departments(root: number, stop: AbortSignal): Promise<Asked<readonly number[]>>;
  /** Hits and misses are remembered; too many unknown numbers in a day are not asked any more (`road`, code `lookup_budget`). */
  accountOfMobile(mobile: string, stop: AbortSignal): Promise<Asked<string>>;
}

/** Signing in on a page through the platform. */
export interface SignIn {
  /** Where the browser is sent; `state` of 1 to 128 letters and digits comes back unchanged and binds it to a session. */
  page(back: string, state: string): string;
  /** Who came back with this code; single use, 5 minutes. `nobody` for an outsider or a spent code. */
  who(code: string, stop: AbortSignal): Promise<Asked<{ readonly account: string; readonly person: PersonId | null }>>;
}

export interface Platform {
  readonly id: string;
  readonly tenant: string;
  readonly intake: Intake;
  readonly channels: readonly Channel[];
  /** Which of its channels serves a port of the ladder; addresses are person ids. Absent: the platform cannot remind more strongly. */
  readonly serves?: Readonly<Partial<Record<LadderPort, string>>>;
  readonly connection: Connection | null;
  readonly groups?: Groups;
  readonly contacts?: Contacts;
  readonly signIn?: SignIn;
  /** Says in the log whether the platform takes our calls, and what an operator must do where not. Changes nothing, never rejects. */
  checkUp?(stop: AbortSignal): Promise<void>;
  /** Address at which a program that knows no adapter can say plain words in the room, for the watchdog; secret, null where there is none. */
  alarmUrl?(room: RoomId): string | null;
  /** Person behind an account, or null for a stranger. */
  personOf(account: string): PersonId | null;
  /** The room a group chat belongs to, or null. */
  roomOf(chat: string): RoomId | null;
  routesToRoom(room: RoomId): readonly Route[];
  routesToPerson(person: PersonId): readonly Route[];
  /** Routes back into the conversation that an inbound message came from. */
  routesToChat(chat: { readonly id: string; readonly kind: 'group' | 'single' }, account: string): readonly Route[];
}
