/** From intents to rows: addressee, leg and the ways to try, without any text. */
import type { Instant } from '../core/instant';
import type { Addressee, Intent } from '../core/notices/intent';
import { route } from '../core/notices/route';
import type { RoomId } from '../core/roster/roster';
import type { InboxItem } from '../ports/inbox';
import type { Route } from '../ports/platform';
import type { Reach } from '../ports/reach';
import type { NewDelivery, SendingWay } from '../ports/sending';

/** Stands for a group chat that no configured room is bound to: no roster knows it, so it sees pointers only. */
const UNBOUND = 'unbound';

/** The conversation a command came from: where its answer goes. */
export interface Origin {
  readonly conversation: string;
  /** Null for private chats; `UNBOUND` for a group that is no room of the bureau. */
  readonly room: RoomId | null;
  readonly inbox: string;
  readonly routes: readonly Route[];
  /** A machine reads what became of its call from the inbox row; nothing is sent to it. */
  readonly machine: boolean;
}

export function originOf(reach: Reach, item: InboxItem): Origin {
  const room = item.room ?? (item.chat.kind === 'group' ? UNBOUND : null);
  const routes = reach.toChat(item.tenant, item.chat, item.account);
  return { conversation: item.conversation, room, inbox: item.id, routes, machine: item.chat.kind === 'api' };
}

/** Is anybody owed it? Words for the conversation itself are not, where a machine asked. */
export function isOwed({ to }: Intent, origin: Origin | null): boolean {
  return !('conversation' in to && origin?.machine === true && to.conversation === origin.conversation);
}

/** One row for one intent. Without any way to go it is stored all the same, and ends visibly as unreachable. */
export function deliveriesOf(reach: Reach, intent: Intent, at: Instant, origin: Origin | null): NewDelivery {
  const ways = route(intent.leg, waysTo(reach, intent, origin));
  return {
    purpose: intent.purpose,
    addressee: addresseeText(intent.to),
    leg: intent.leg,
    topic: intent.topic,
    lane: intent.lane,
    intent: { ...intent, room: roomOf(intent.to, origin) },
    notBefore: at,
    relevantUntil: intent.relevantUntil,
    routes: waysOut(reach, ways),
    ticketOf: intent.answers ? (origin?.inbox ?? null) : null,
  };
}

/** Ways as they are stored: each names the long connection it needs. */
export function waysOut(reach: Reach, ways: readonly Route[]): readonly SendingWay[] {
  return ways.map(({ tenant, channel, address }) => ({ tenant, channel, address, connection: reach.connectionOf(tenant, channel) }));
}

function waysTo(reach: Reach, { to, by }: Intent, origin: Origin | null): readonly Route[] {
  if (by !== undefined) return 'person' in to ? reach.toPhone(by, to.person) : [];
  if ('room' in to) return reach.toRoom(to.room);
  if ('person' in to) return reach.toPerson(to.person);
  return origin?.routes ?? [];
}

function addresseeText(to: Addressee): string {
  if ('room' in to) return `room:${to.room}`;
  return 'person' in to ? `person:${to.person}` : `conversation:${to.conversation}`;
}

/** The room whose exposure counts; null for private chats. */
function roomOf(to: Addressee, origin: Origin | null): RoomId | null {
  if ('room' in to) return to.room;
  return 'person' in to ? null : (origin?.room ?? null);
}
