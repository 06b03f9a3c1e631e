/** What a shift is now, folded from its events. One stream is one shift: a day of log at most, closed by the one who takes over. */

import type { TextRef } from '../incident/events';
import type { Instant } from '../instant';
import type { PersonId } from '../roster/roster';
import type { Carried, DutyAsked, DutyDone, HandoverSheet, Seat, Special, Swap } from './events';

/** Raised when what is folded changes its shape: older snapshots are then folded anew from the events. */
export const DUTY_V = 2;

/** An ask with its answer; in the shape of an incident's, so that the same rows are kept of it. */
export interface DutyAsk extends DutyAsked {
  readonly askedAt: Instant;
  readonly version: number;
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
  /** When it lapsed: somebody else took the seat, the swap was withdrawn. */
  readonly stoodDownAt: Instant | null;
}

/** One line of the day's log by hand. What happened in incidents stands in their own events and is joined to it when the log is read. */
export interface LogEntry {
  readonly version: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly text: TextRef;
  /** Number of the incident it is about. */
  readonly incident: number | null;
  /** Version of the entry it puts right, which stays as it is. */
  readonly corrects: number | null;
}

/** One shift from its opening to the take-over. */
export interface DutyState {
  readonly n: number;
  /** `unopened`: the desk before its first shift; `handed_over`: confirmed by the leaving side alone, the shift stays theirs until it is taken over. */
  readonly status: 'unopened' | 'open' | 'handed_over' | 'closed';
  readonly openedAt: Instant;
  /** End of the shift as rostered; null where the roster names none. */
  readonly until: Instant | null;
  readonly seats: readonly Seat[];
  /** Number of the shift before. */
  readonly after: number | null;
  readonly signedIn: Readonly<Record<PersonId, Instant>>;
  readonly asks: Readonly<Record<string, DutyAsk>>;
  readonly log: readonly LogEntry[];
  readonly swaps: Readonly<Record<string, Swap>>;
  /** Oldest first; several only where one was ended and another begun within the shift. */
  readonly specials: readonly Special[];
  readonly carried: readonly Carried[];
  /** Duties of fixed moments that were done, by deadline key. */
  readonly done: Readonly<Record<string, DutyDone>>;
  /** Rings heard, by deadline key. */
  readonly rings: Readonly<Record<string, number>>;
  readonly sheet: HandoverSheet | null;
  readonly handedOver: { readonly by: PersonId; readonly at: Instant } | null;
  readonly closed: { readonly by: PersonId; readonly at: Instant } | null;
  /** When each note of the calendar was made last. */
  readonly noted: Readonly<Record<string, Instant>>;
}

/** People of one role, the first to be named first. */
export function seated(seats: readonly Seat[], role: Seat['role']): readonly PersonId[] {
  return seats.filter((seat) => seat.role === role).map((seat) => seat.person);
}

/** The special period that runs now, or null. */
export function specialNow({ specials }: DutyState, at: Instant): Special | null {
  const last = specials.at(-1);
  return last === undefined || last.endedAt !== null || (last.until !== null && at > last.until) ? null : last;
}

/** Asks that still wait for an answer. */
export function waiting({ asks }: DutyState): readonly DutyAsk[] {
  return Object.values(asks)
    .filter((ask) => ask.answer === null && ask.stoodDownAt === null)
    .sort((a, b) => a.askedAt - b.askedAt || a.version - b.version);
}

/** When the digest before those of these keys was made, on this shift; else when it began. */
export function digestBefore({ done, openedAt }: DutyState, keys: readonly string[]): Instant {
  const now = new Set(keys);
  const earlier = Object.entries(done).flatMap(([key, { at }]) => (key.startsWith('digest:') && !now.has(key) ? [at] : []));
  return Math.max(openedAt, ...earlier);
}
