/** Rows of sending: deliveries, the calls that carry them, the addresses they go to, and how calls end. */
import type { Instant } from '../core/instant';
import type { Ticket } from './platform';

/** One sending address. */
export interface Place {
  readonly tenant: string;
  readonly channel: string;
  readonly address: string;
}

/** A way out: `connection` names the long connection without which nothing can be sent there, null needs none. */
export interface SendingWay extends Place {
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
  /** How long the outlet remembers calls: the longest window of the channel, which may be a day. */
  readonly rememberMs: number;
  /** Real time after which an unsettled dispatch is unknown. */
  readonly limitMs: number;
  /** Epoch of the long connection it goes over; null where none is needed. */
  readonly epoch: number | null;
}

/** A call as it was made, to be made once more. */
export type FrozenDispatch = Pick<Dispatch, 'attempt' | 'payload' | 'deliveries' | 'reservedAt'>;

/** An outlet with something to send now, and the lane of what is most urgent there. */
export interface Sendable {
  readonly outlet: string;
  readonly lane: number;
}

/** A dispatch past its limit in real time that nobody settled (crash, lost answer), and the road it took. */
export interface Overdue extends Pick<Dispatch, 'id' | 'outlet' | 'attempt' | 'lane' | 'reservedAt'> {
  readonly tenant: string;
  readonly channel: string;
}

export type DeliveryState = 'queued' | 'held' | 'sending' | 'accepted' | 'delivered' | 'read' | 'refused' | 'unknown' | 'cancelled';

/** An attempt of a dispatch that has ended, and how. */
export interface Ended {
  readonly dispatch: string;
  readonly attempt: number;
  readonly how: Settlement;
}

/** How a dispatch ended, for its deliveries and its outlet. */
export type Settlement =
  /** `askAt`: when to ask what became of it; null or absent where nothing more will be told. */
  | { readonly is: 'accepted'; readonly ref: string | null; readonly handle: string | null; readonly askAt?: Instant | null }
  /** To the next rung where there is one, else refused for good with this code. */
  | { readonly is: 'refused'; readonly code: string }
  /** Back to the queue; the outlet (or all outlets of the tenant) is blocked until then. Costs no attempt. */
  | { readonly is: 'road'; readonly code: string; readonly blocks: 'outlet' | 'tenant'; readonly until: Instant }
  /** `same`: the very same bytes go once more, the platform knows the repeat; `anew`: worded anew and marked as a repeat; `no`: stays visible. */
  | { readonly is: 'unknown'; readonly what: string; readonly again: Again };
export type Again = 'same' | 'anew' | 'no';

/** How an accepted call went on: it arrived, or was refused after all. */
export type Receipted = { readonly is: 'delivered'; readonly how: string } | { readonly is: 'refused'; readonly code: string };

/** A call whose carrier may have more to tell now. */
export interface ReceiptDue {
  readonly dispatch: string;
  readonly tenant: string;
  readonly channel: string;
  readonly ref: string;
  readonly reservedAt: Instant;
}

/** A delivery of a stream that ways refused, not yet heeded. */
export interface Unheeded {
  readonly id: string;
  readonly purpose: string;
  readonly addressee: string;
  readonly leg: 'page' | 'show';
  readonly intent: Readonly<Record<string, unknown>>;
  /** `refused`: no way is left; anything else: the next way is tried, or somebody has what he needs. */
  readonly state: DeliveryState;
  /** Of the ways that refused it since somebody last heeded it, in their order, at least one. */
  readonly codes: readonly string[];
}
