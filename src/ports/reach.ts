/** How rooms, people and conversations are reached over all connected platforms. */
import type { PersonId, RoomId } from '../core/roster/roster';
import type { Channel, Platform, Route } from './platform';

export interface Chat {
  readonly id: string;
  readonly kind: 'group' | 'single' | 'api';
}

export interface Reach {
  personOf(tenant: string, account: string): PersonId | null;
  roomOf(tenant: string, chat: string): RoomId | null;
  toRoom(room: RoomId): readonly Route[];
  toPerson(person: PersonId): readonly Route[];
  toChat(tenant: string, chat: Chat, account: string): readonly Route[];
  channel(tenant: string, id: string): Channel | null;
  /** The long connection without which a channel cannot send; null needs none. */
  connectionOf(tenant: string, channel: string): string | null;
}

/** All platforms as one, in the order given: the first is preferred. */
export function createReach(platforms: readonly Platform[]): Reach {
  const of = (tenant: string): Platform | undefined => platforms.find((p) => p.tenant === tenant);
  const channelOf = (tenant: string, id: string): Channel | null => of(tenant)?.channels.find((c) => c.id === id) ?? null;
  return {
    personOf: (tenant, account) => of(tenant)?.personOf(account) ?? null,
    roomOf: (tenant, chat) => of(tenant)?.roomOf(chat) ?? null,
    toRoom: (room) => platforms.flatMap((p) => p.routesToRoom(room)),
    toPerson: (person) => platforms.flatMap((p) => p.routesToPerson(person)),
    toChat: (tenant, chat, account) =>
      chat.kind === 'api' ? [] : (of(tenant)?.routesToChat({ id: chat.id, kind: chat.kind }, account) ?? []),
    channel: channelOf,
    connectionOf: (tenant, channel) => (channelOf(tenant, channel)?.via === 'connection' ? (of(tenant)?.connection?.id ?? null) : null),
  };
}
