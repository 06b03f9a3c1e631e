/** Ways to answer one inbound message directly: the address that came with it, or the card that was pressed. */
import type { Instant } from '../../core/instant';
import type { Ticket } from '../../ports/platform';
import { type DingtalkBinding, sessionUrl } from './settings';

/** Of the life that the platform names, so much is left for the way (dossier 3.1). */
const SPARE_MS = 60_000;
/** All lives seen are 90 minutes; the body that names one may not be the platform's own (2.3). */
const LONGEST_MS = 2 * 3_600_000;

/** The address for answers to a message; null when it is none of the platform's hosts, or there is none. */
export function sessionTicket(binding: DingtalkBinding, address: string | undefined, expires: number | null, now: Instant): Ticket | null {
  if (address === undefined || expires === null || sessionUrl(binding, address) === null) return null;
  return { kind: 'session', url: address, until: String(Math.min(expires - SPARE_MS, now + LONGEST_MS)) };
}

/** The address in a ticket while it lives; null when it is over, or the ticket is of another kind. */
export function sessionOf(binding: DingtalkBinding, ticket: Ticket | null, now: Instant): URL | null {
  if (ticket?.kind !== 'session' || now >= Number(ticket.until)) return null;
  return sessionUrl(binding, ticket.url ?? '');
}

/** The card that somebody pressed, and by which userid; it can be changed in place for this person (dossier 3.7). */
export function cardTicket(outTrackId: string, userid: string): Ticket {
  return { kind: 'card', outTrackId, userid };
}

/** The pressed card and who pressed it; null for other tickets. */
export function pressedCard(ticket: Ticket | null): { readonly outTrackId: string; readonly userid: string } | null {
  if (ticket?.kind !== 'card' || ticket.outTrackId === undefined || ticket.userid === undefined) return null;
  return { outTrackId: ticket.outTrackId, userid: ticket.userid };
}
