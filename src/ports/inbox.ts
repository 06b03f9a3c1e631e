/** Rows of the inbox: what is heard, how it ended, and what the bot waits to hear. */
import type { Instant } from '../core/instant';
import type { PersonId, RoomId } from '../core/roster/roster';
import type { Ticket } from './platform';

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
