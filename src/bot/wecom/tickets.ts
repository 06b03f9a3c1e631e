/** Which inbound frames can still be answered: single use, only on the connection that brought them, only in time. */
import type { Pace } from '../../ports/clock';
import type { Ticket } from '../../ports/platform';

export interface Tickets {
  readonly epoch: string;
  /** A frame came in; `lifeMs` is how long the platform takes an answer to it. */
  issue(reqId: string, lifeMs: number): void;
  /** Spends the ticket; false when it was spent, is too old, or belongs to another connection. */
  claim(ticket: Ticket): boolean;
}

/** Oldest frames are forgotten beyond this many; their answers are pushed instead. */
const MAX_OPEN = 20_000;

export function createTickets(epoch: string, pace: Pace): Tickets {
  const open = new Map<string, number>();
  return {
    epoch,
    issue(reqId, lifeMs) {
      open.set(reqId, pace.mono() + lifeMs);
      const oldest = open.size > MAX_OPEN ? open.keys().next().value : undefined;
      if (oldest !== undefined) open.delete(oldest);
    },
    claim(ticket) {
      const until = ticket.epoch === epoch ? open.get(ticket.reqId ?? '') : undefined;
      return until !== undefined && open.delete(ticket.reqId ?? '') && pace.mono() < until;
    },
  };
}
