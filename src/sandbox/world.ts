/** The invented bureau as the platform knows it: people get accounts, rooms get chat ids and webhooks, robot and app get secrets. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';

const ROBOT_NAME = '烽火值班机器人';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS_DIGITS = `${LETTERS}${LETTERS.toLowerCase()}0123456789`;

const personSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/),
  name: z.string().min(1),
  post: z.string(),
  roles: z.array(z.string()),
  phone: z.string(),
});

const roomSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  name: z.string().min(1),
  kind: z.string().min(1),
  members: z.array(z.string()),
  opened: z.boolean().default(true),
});

/**
 * What the caller knows: people and group rooms. `opened: false` means that nobody has greeted the robot in that group yet.
 * Private rooms `dm:<person>` must not be listed, they are made for every person.
 */
export const worldSchema = z
  .strictObject({
    tenant: z
      .string()
      .regex(/^[a-z0-9-]{1,32}$/)
      .default('sandbox'),
    people: z.array(personSchema).min(1),
    rooms: z.array(roomSchema),
  })
  .superRefine((world, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message });
    const people = new Set(world.people.map((person) => person.id));
    if (new Set(world.people.map((person) => person.id.toLowerCase())).size !== world.people.length) fault('two people share an id');
    if (new Set(world.rooms.map((room) => room.id)).size !== world.rooms.length) fault('two rooms share an id');
    for (const room of world.rooms)
      for (const member of room.members) if (!people.has(member)) fault(`room ${room.id}: unknown member ${member}`);
  });

/** The input of `createWorld`, before defaults. */
export type WorldInput = z.input<typeof worldSchema>;

/** A person with the platform account that belongs to it; `userid` never equals `id`. */
export interface Person extends Readonly<z.output<typeof personSchema>> {
  readonly userid: string;
}

/** A conversation. `owner` is set for private rooms only; those have no webhook and are addressed by userid. */
export interface Room {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly members: readonly string[];
  readonly opened: boolean;
  readonly owner: string | null;
  readonly chatId: string;
  readonly webhookKey: string | null;
}

/** Everything a bot needs to connect (GET /sandbox/binding). Secrets are random at every start. */
export interface Binding {
  readonly tenant: string;
  readonly apiBase: string;
  readonly wsUrl: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly corpSecret: string;
  readonly callbackToken: string;
  readonly callbackAesKey: string;
  readonly robot: { readonly botId: string; readonly secret: string; readonly name: string };
  readonly rooms: Readonly<Record<string, { readonly chatId: string; readonly webhookKey: string }>>;
  readonly people: Readonly<Record<string, string>>;
}

/** The bureau on the platform, with the look-ups the simulator needs. Userids are matched without case (dossier 2.4), chat ids with case. */
export interface World {
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
  readonly keys: Omit<Binding, 'apiBase' | 'wsUrl' | 'rooms' | 'people'>;
  person(id: string): Person | undefined;
  personByUserid(userid: string): Person | undefined;
  room(id: string): Room | undefined;
  roomByChatId(chatId: string): Room | undefined;
  roomByWebhookKey(key: string): Room | undefined;
  privateRoom(person: Person): Room;
}

/** Derives the platform side of a bureau. Throws a ZodError on a faulty input; two calls give different secrets. */
export function createWorld(input: WorldInput): World {
  const given = worldSchema.parse(input);
  const people = given.people.map((person) => ({ ...person, userid: `Sd${person.id.charAt(0).toUpperCase()}${person.id.slice(1)}` }));
  const groups: Room[] = given.rooms.map((room) => ({ ...room, owner: null, chatId: randomChatId(), webhookKey: randomUUID() }));
  const privates = new Map(people.map((person) => [person.id, privateRoomOf(person)]));
  const byUserid = new Map(people.map((person) => [person.userid.toLowerCase(), person]));
  const rooms = [...groups, ...privates.values()];
  const roomById = new Map(rooms.map((room) => [room.id, room]));
  return {
    people,
    rooms,
    keys: randomKeys(given.tenant),
    person: (id) => people.find((person) => person.id === id),
    personByUserid: (userid) => byUserid.get(userid.toLowerCase()),
    room: (id) => roomById.get(id),
    roomByChatId: (chatId) => groups.find((room) => room.chatId === chatId),
    roomByWebhookKey: (key) => groups.find((room) => room.webhookKey === key),
    privateRoom: (person) => privates.get(person.id) ?? privateRoomOf(person),
  };
}

/** The connection data of a world whose wire listens on `port` of the loopback interface. */
export function bindingOf(world: World, port: number): Binding {
  const rooms = world.rooms.flatMap((room) =>
    room.webhookKey === null ? [] : [[room.id, { chatId: room.chatId, webhookKey: room.webhookKey }] as const],
  );
  return {
    ...world.keys,
    apiBase: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}/openws`,
    rooms: Object.fromEntries(rooms),
    people: Object.fromEntries(world.people.map((person) => [person.id, person.userid])),
  };
}

function privateRoomOf(person: Person): Room {
  return {
    id: `dm:${person.id}`,
    name: `${person.name}与机器人`,
    kind: 'private',
    members: [person.id],
    opened: false,
    owner: person.id,
    chatId: person.userid,
    webhookKey: null,
  };
}

function randomKeys(tenant: string): World['keys'] {
  return {
    tenant,
    corpId: `ww${randomBytes(8).toString('hex')}`,
    agentId: randomInt(1000002, 1000999),
    corpSecret: randomText(43),
    callbackToken: randomText(32),
    callbackAesKey: randomText(43),
    robot: { botId: `aib${randomText(32)}`, secret: randomText(43), name: ROBOT_NAME },
  };
}

/** Mixed case for certain, so that a lower-cased copy is always a different id. */
function randomChatId(): string {
  return `wr${LETTERS.charAt(randomInt(LETTERS.length))}${randomText(29)}`;
}

function randomText(length: number): string {
  return Array.from({ length }, () => LETTERS_DIGITS.charAt(randomInt(LETTERS_DIGITS.length))).join('');
}
