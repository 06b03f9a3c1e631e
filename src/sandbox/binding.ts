/** Turns a world whose wire is open into what a bot needs to connect. */
import type { Binding } from './keys';
import type { World } from './world';

/** The connection data of a world whose wire listens on `port` of the loopback interface. */
export function bindingOf(world: World, port: number): Binding {
  const rooms = world.rooms.flatMap((room) =>
    room.webhookKey === null ? [] : [[room.id, { chatId: room.chatId, webhookKey: room.webhookKey }] as const],
  );
  return {
    ...world.keys,
    apiBase: `http://127.0.0.1:${port}`,
    oauthBase: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}/openws`,
    rooms: Object.fromEntries(rooms),
    people: Object.fromEntries(world.people.map((person) => [person.id, person.userid])),
  };
}
