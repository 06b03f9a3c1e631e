/** What an inbound message leaves behind for its answer: the session webhook it came with, or the card that was pressed (dossier 2.1, 3.7). */
import type { Ticket } from '../../ports/platform';

/** An address at which the conversation can be answered until then. */
export interface Session {
  readonly url: string;
  readonly until: number;
}

/** A card and who pressed it. */
export interface Pressed {
  readonly outTrackId: string;
  readonly userid: string;
}

/** Written where a message with a session webhook comes in. */
export function sessionTicket({ url, until }: Session): Ticket {
  return { kind: 'session', url, until: String(until) };
}

/** Written where a press comes in. */
export function pressedTicket({ outTrackId, userid }: Pressed): Ticket {
  return { kind: 'card', outTrackId, userid };
}

/** Null for a ticket of another kind. */
export function sessionOf(ticket: Ticket | null): Session | null {
  if (ticket?.kind !== 'session' || ticket.url === undefined) return null;
  return { url: ticket.url, until: Number(ticket.until) };
}

/** Null for a ticket of another kind. */
export function pressedOf(ticket: Ticket | null): Pressed | null {
  if (ticket?.kind !== 'card' || ticket.outTrackId === undefined || ticket.userid === undefined) return null;
  return { outTrackId: ticket.outTrackId, userid: ticket.userid };
}
