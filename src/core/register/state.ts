/** What an entry of the registers is now, folded from its events. One stream is one entry. */
import type { TextRef } from '../incident/events';
import type { Instant } from '../instant';
import type { PersonId } from '../roster/roster';
import type { Amount } from './events';

/** Raised when what is folded changes its shape: older snapshots are then folded anew from the events. */
export const REGISTER_V = 1;

/** One review: until when it was owed, and how it ended. */
export interface Review {
  /** Version of the event it began with: the entry, the check before, a change. */
  readonly version: number;
  /** When it began. */
  readonly since: Instant;
  readonly dueAt: Instant;
  readonly doneAt: Instant | null;
  /** Moved before it was done. */
  readonly moved: boolean;
}

/** One entry from the day it was entered to its closing. */
export interface RegisterState {
  readonly n: number;
  readonly status: 'open' | 'closed';
  readonly kind: string;
  readonly about: string | null;
  readonly title: TextRef;
  readonly owner: PersonId;
  readonly county: string | null;
  readonly amount: Amount | null;
  readonly incident: number | null;
  /** The last check; null before the first. */
  readonly checked: {
    readonly at: Instant;
    readonly by: PersonId;
    readonly inOrder: boolean;
    readonly short: boolean;
    readonly text: TextRef | null;
  } | null;
  /** The last few reviews, the one owed now at the end. */
  readonly reviews: readonly Review[];
  readonly rings: Readonly<Record<string, number>>;
  readonly closed: { readonly at: Instant; readonly by: PersonId; readonly reason: TextRef } | null;
}

/** Is less of it there than there should be? */
export function isShort(amount: Amount | null, value: number | null): boolean {
  return amount !== null && amount.minimum !== null && (value ?? amount.value) < amount.minimum;
}
