/** How rooms, people and conversations are reached over all connected platforms. */
import { LADDER_PORTS, type LadderPort } from '../core/plans/profileSchema';
import type { PersonId, RoomId } from '../core/roster/roster';
import type { Carrier } from './carrier';
import type { Channel, Platform, Route } from './platform';

type Serving = Pick<Platform, 'tenant' | 'serves'>;

export interface Chat {
  readonly id: string;
  readonly kind: 'group' | 'single' | 'api';
}

export interface Reach {
  personOf(tenant: string, account: string): PersonId | null;
  roomOf(tenant: string, chat: string): RoomId | null;
  toRoom(room: RoomId): readonly Route[];
  toPerson(person: PersonId): readonly Route[];
  /** Ways to remind a person beside the chat: by this port first, a telephone then by the ports above it on the ladder. */
  toPhone(port: LadderPort, person: PersonId): readonly Route[];
  /** Ports of the ladder that are there. */
  readonly ports: readonly LadderPort[];
  toChat(tenant: string, chat: Chat, account: string): readonly Route[];
  channel(tenant: string, id: string): Channel | null;
  /** The long connection without which a channel cannot send; null needs none. */
  connectionOf(tenant: string, channel: string): string | null;
}

/** All platforms and carriers as one, in the order given: the first is preferred. */
export function createReach(platforms: readonly Platform[], carriers: readonly Carrier[] = []): Reach {
  const of = (tenant: string): Platform | undefined => platforms.find((p) => p.tenant === tenant);
  const channelOf = (tenant: string, id: string): Channel | null =>
    [...platforms, ...carriers].find((one) => one.tenant === tenant)?.channels.find((c) => c.id === id) ?? null;
  /** A carrier rings every telephone; a platform comes after it, is paid by a quota of its own and knows only its own people. */
  const serving = (person: PersonId): readonly Serving[] => [...carriers, ...platforms.filter((p) => p.routesToPerson(person).length > 0)];
  /** A strong reminder stands beside the short message of the same rung and does not turn into a second one. */
  const above = (port: LadderPort): readonly LadderPort[] =>
    port === 'strong_reminder' ? [port] : LADDER_PORTS.slice(LADDER_PORTS.indexOf(port));
  return {
    personOf: (tenant, account) => of(tenant)?.personOf(account) ?? null,
    roomOf: (tenant, chat) => of(tenant)?.roomOf(chat) ?? null,
    toRoom: (room) => platforms.flatMap((p) => p.routesToRoom(room)),
    toPerson: (person) => platforms.flatMap((p) => p.routesToPerson(person)),
    toPhone: (port, person) =>
      above(port).flatMap((one) =>
        serving(person).flatMap(({ tenant, serves: { [one]: channel } = {} }) =>
          channel === undefined ? [] : [{ tenant, channel, address: person, pages: true }],
        ),
      ),
    ports: LADDER_PORTS.filter((port) => [...carriers, ...platforms].some(({ serves }) => serves?.[port] !== undefined)),
    toChat: (tenant, chat, account) =>
      chat.kind === 'api' ? [] : (of(tenant)?.routesToChat({ id: chat.id, kind: chat.kind }, account) ?? []),
    channel: channelOf,
    connectionOf: (tenant, channel) => (channelOf(tenant, channel)?.via === 'connection' ? (of(tenant)?.connection?.id ?? null) : null),
  };
}
