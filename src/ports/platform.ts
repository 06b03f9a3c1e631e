/** The edge of Fenghuo towards a chat platform: what comes in, what goes out, and how a sending can end. */
import type { Instant } from '../core/instant';
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
  readonly chat: { readonly id: string; readonly kind: 'group' | 'single' };
  /** The platform's user id, normalised as the platform compares it. */
  readonly account: string;
  readonly sentAt: Instant | null;
  readonly content:
    | { readonly is: 'text'; readonly text: string; readonly quote: string | null }
    | { readonly is: 'click'; readonly key: string }
    | { readonly is: 'entered' }
    | { readonly is: 'other'; readonly what: string };
  readonly ticket: Ticket | null;
}

export interface CallbackRequest {
  readonly method: 'GET' | 'POST';
  readonly kind: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type CallbackReading =
  /** URL verification: answer exactly this body. */
  | { readonly is: 'verified'; readonly body: string }
  /** Store these, then answer 200 with an empty body. An empty list is a known but uninteresting event. */
  | { readonly is: 'taken'; readonly messages: readonly Inbound[] }
  /** 401 wrong signature, 400 undecodable. `code` is stable, `why` is for the log and holds no secret. */
  | { readonly is: 'refused'; readonly status: 400 | 401; readonly code: string; readonly why: string };

/** HTTP callbacks of a platform. Pure decoding: verifies before it decrypts, never answers by itself. */
export interface Intake {
  readonly kinds: readonly string[];
  read(request: CallbackRequest): CallbackReading;
}

/** Where a dispatch goes. `ticket`, if given, is tried first and may be spent or dead: the channel then pushes instead. */
export interface Address {
  readonly address: string;
  readonly ticket: Ticket | null;
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
   * `take` must have stored the message when it resolves. `state` reports every change.
   */
  run(on: { take(message: Inbound): Promise<void>; state(is: ConnectionState): void }, stop: AbortSignal): Promise<void>;
}
export type ConnectionState = { readonly is: 'open' | 'closed' | 'kicked' | 'refused'; readonly why: string };

export interface Platform {
  readonly id: string;
  readonly tenant: string;
  readonly intake: Intake;
  readonly channels: readonly Channel[];
  readonly connection: Connection | null;
  /** Person behind an account, or null for a stranger. */
  personOf(account: string): PersonId | null;
  /** The room a group chat belongs to, or null. */
  roomOf(chat: string): RoomId | null;
  routesToRoom(room: RoomId): readonly Route[];
  routesToPerson(person: PersonId): readonly Route[];
  /** Routes back into the conversation that an inbound message came from. */
  routesToChat(chat: { readonly id: string; readonly kind: 'group' | 'single' }, account: string): readonly Route[];
}
