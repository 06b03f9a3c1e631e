/** What the rows of the twin's tables are. Names and columns are those of the migrations. */
import type { Deadline } from '../../core/deadlines/deadline';
import type { Instant } from '../../core/instant';
import type { Shift } from '../../core/roster/roster';
import type { InboxItem, InboxOutcome, Prompt } from '../../ports/inbox';
import type { DeliveryState, Dispatch, NewDelivery, Outlet, SendingWay } from '../../ports/sending';
import type { Ask, KeptFile, ListedIncident, PaperRow, StoredEvent, StreamRow } from '../../ports/streams';

export interface InboxRow extends Omit<InboxItem, 'ticket'> {
  readonly dedupeKey: string;
  readonly ticket: InboxItem['ticket'];
  readonly ticketUsedAt: Instant | null;
  readonly state: 'received' | InboxOutcome['state'];
  readonly outcome: string | null;
  readonly stream: string | null;
  readonly version: number | null;
  readonly reply: unknown;
}

export interface PromptRow extends Prompt {
  readonly state: 'open' | 'used' | 'expired' | 'replaced';
}

export interface OutletRow extends Omit<Outlet, 'connection'> {
  readonly connection: string | null;
}

/** A route with the id of its outlet, as it is stored. */
export type StoredWay = SendingWay & { readonly outlet: string };

export interface DeliveryRow extends Omit<NewDelivery, 'routes'> {
  readonly id: string;
  readonly stream: string | null;
  readonly version: number | null;
  /** The inbox row it answers; null for deliveries of a stream. */
  readonly inbox: string | null;
  readonly routes: readonly StoredWay[];
  readonly rung: number;
  readonly outlet: string | null;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly dispatch: string | null;
  readonly attempts: number;
  readonly at: Instant;
  /** Codes of the ways that refused it and of which nobody has heard. */
  readonly unheeded: readonly string[];
}

export interface DispatchRow extends Omit<Dispatch, 'payload' | 'ticket' | 'limitMs' | 'rememberMs'> {
  /** Id of the bytes in the vault. */
  readonly payload: string;
  readonly limitRealAt: number;
  /** Messages it consists of. */
  readonly posts: number;
  readonly state: 'sending' | 'accepted' | 'refused' | 'road' | 'unknown';
  readonly code: string | null;
  readonly ref: string | null;
  readonly handle: string | null;
  readonly settledAt: Instant | null;
  readonly receiptAt: Instant | null;
}

/** Every table by name, with what one of its rows is. Rows are never changed in place. */
export interface Rows {
  conversations: { readonly id: string; readonly tenant: string; readonly chat: InboxItem['chat'] };
  inbox: InboxRow;
  prompts: PromptRow;
  /** Words of a stream by kind, and bytes of calls; what is erased is gone. */
  vault: { readonly id: string; readonly body: string; readonly stream: string | null; readonly kind: string };
  rulebooks: { readonly hash: string; readonly pack: string; readonly profile: string };
  /** Last number given out, by kind and mode. */
  numbers: number;
  streams: StreamRow & { readonly seq: number };
  events: StoredEvent & { readonly stream: string };
  deadlines: Deadline & { readonly stream: string };
  asks: Ask & { readonly stream: string };
  incidents: ListedIncident;
  papers: PaperRow & { readonly stream: string };
  files: KeptFile;
  outlets: OutletRow;
  gates: { readonly tenant: string; readonly blockedUntil: Instant; readonly why: string };
  deliveries: DeliveryRow;
  dispatches: DispatchRow;
  connections: { readonly owner: string; readonly epoch: number; readonly leaseUntilReal: number };
  /** One row: the shifts of the roster, in order. */
  shifts: readonly Shift[];
}
export type Table = keyof Rows;
