/** Ways to rooms, people and conversations, in the order of the fallback chain. */
import type { RoomId } from '../../core/roster/roster';
import type { Platform } from '../../ports/platform';
import type { DingParts } from './parts';

type Routes = Pick<Platform, 'roomOf' | 'routesToRoom' | 'routesToPerson' | 'routesToChat'>;

/** Ways by the settings, less what the platform turned out to lack. Pure but for that. */
export function createRoutes({ binding }: DingParts): Routes {
  const roomOf = (chat: string): RoomId | null =>
    Object.entries(binding.rooms).find(([, room]) => room.openConversationId === chat)?.[0] ?? null;
  return { roomOf, routesToRoom: () => [], routesToPerson: () => [], routesToChat: () => [] };
}
