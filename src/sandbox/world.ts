/** The invented bureau as the platform knows it: people get accounts, rooms get chat ids and webhooks, robot and app get secrets. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type FurtherKeys, type Keys, randomChatId, randomFurtherKeys, randomKeys, randomOpenUserid } from './keys';

const ROOT_DEPARTMENT = { id: 1, name: '全局', parentid: 0 };

const personSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/),
  name: z.string().min(1),
  post: z.string(),
  roles: z.array(z.string()),
  phone: z.string(),
  departments: z.array(z.number().int()).min(1).default([ROOT_DEPARTMENT.id]),
});

const roomSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  name: z.string().min(1),
  kind: z.string().min(1),
  members: z.array(z.string()),
  opened: z.boolean().default(true),
});

const departmentSchema = z.strictObject({ id: z.number().int().min(1), name: z.string().min(1), parentid: z.number().int().min(0) });

/**
 * What the caller knows: people and group rooms. `opened: false` means that nobody has greeted the robot in that group yet.
 * Private rooms `dm:<person>` must not be listed, they are made for every person. Department 1 is the root and needs no entry.
 */
export const worldSchema = z
  .strictObject({
    platform: z.enum(['wecom', 'dingtalk', 'govding']).default('wecom'),
    tenant: z
      .string()
      .regex(/^[a-z0-9-]{1,32}$/)
      .default('sandbox'),
    people: z.array(personSchema).min(1),
    rooms: z.array(roomSchema),
    departments: z.array(departmentSchema).default([]),
  })
  .superRefine((world, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message });
    const people = new Set(world.people.map((person) => person.id));
    const departments = new Set([ROOT_DEPARTMENT.id, ...world.departments.map((department) => department.id)]);
    if (new Set(world.people.map((person) => person.id.toLowerCase())).size !== world.people.length) fault('two people share an id');
    if (new Set(world.rooms.map((room) => room.id)).size !== world.rooms.length) fault('two rooms share an id');
    for (const room of world.rooms)
      for (const member of room.members) if (!people.has(member)) fault(`room ${room.id}: unknown member ${member}`);
    for (const id of [...world.people.flatMap((person) => person.departments), ...world.departments.map((entry) => entry.parentid)])
      if (id !== 0 && !departments.has(id)) fault(`unknown department ${id}`);
  });

/** The input of `createWorld`, before defaults. */
export type WorldInput = z.input<typeof worldSchema>;

/** A person with the platform account that belongs to it; `userid` never equals `id`, `openUserid` is its encrypted twin. */
export interface Person extends Readonly<z.output<typeof personSchema>> {
  readonly userid: string;
  readonly openUserid: string;
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

/** A tag of the contact book, made of everybody with one role. */
export interface Tag {
  readonly id: number;
  readonly name: string;
  readonly members: readonly Person[];
}

/** The bureau on the platform, with the look-ups the simulator needs. Userids are matched without case (dossier 2.4), chat ids with case. */
export interface World {
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
  readonly departments: readonly Readonly<z.output<typeof departmentSchema>>[];
  readonly tags: readonly Tag[];
  readonly platform: 'wecom' | 'dingtalk' | 'govding';
  readonly keys: Keys;
  readonly further: FurtherKeys;
  person(id: string): Person | undefined;
  personByUserid(userid: string): Person | undefined;
  personByOpenUserid(openUserid: string): Person | undefined;
  room(id: string): Room | undefined;
  roomByChatId(chatId: string): Room | undefined;
  roomByWebhookKey(key: string): Room | undefined;
  privateRoom(person: Person): Room;
  /** Adds a room made at run time, or stands in for the one of the same id. */
  putRoom(room: Room): void;
  /** Forgets the rooms made or changed at run time. */
  dropMadeRooms(): void;
}

/** Derives the platform side of a bureau. Throws a ZodError on a faulty input; two calls give different secrets. */
export function createWorld(input: WorldInput): World {
  const given = worldSchema.parse(input);
  const people = given.people.map(accountOf);
  const groups: Room[] = given.rooms.map((room) => ({ ...room, owner: null, chatId: randomChatId(), webhookKey: randomUUID() }));
  const privates = new Map(people.map((person) => [person.id, privateRoomOf(person)]));
  const made = new Map<string, Room>();
  const fixed = new Map([...groups, ...privates.values()].map((room) => [room.id, room]));
  const byUserid = new Map(people.map((person) => [person.userid.toLowerCase(), person]));
  return {
    people,
    get rooms() {
      return [...new Map([...fixed, ...made]).values()];
    },
    departments: [ROOT_DEPARTMENT, ...given.departments],
    tags: tagsOf(people),
    platform: given.platform,
    keys: randomKeys(given.tenant),
    further: randomFurtherKeys(),
    person: (id) => people.find((person) => person.id === id),
    personByUserid: (userid) => byUserid.get(userid.toLowerCase()),
    personByOpenUserid: (openUserid) => people.find((person) => person.openUserid === openUserid),
    room: (id) => made.get(id) ?? fixed.get(id),
    roomByChatId: (chatId) => groups.find((room) => room.chatId === chatId),
    roomByWebhookKey: (key) => groups.find((room) => room.webhookKey === key),
    privateRoom: (person) => privates.get(person.id) ?? privateRoomOf(person),
    putRoom: (room) => void made.set(room.id, room),
    dropMadeRooms: () => made.clear(),
  };
}

function accountOf(person: z.output<typeof personSchema>): Person {
  return { ...person, userid: `Sd${person.id.charAt(0).toUpperCase()}${person.id.slice(1)}`, openUserid: randomOpenUserid() };
}

function tagsOf(people: readonly Person[]): Tag[] {
  const roles = [...new Set(people.flatMap((person) => person.roles))];
  return roles.map((role, index) => ({ id: index + 1, name: role, members: people.filter((person) => person.roles.includes(role)) }));
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
