/** The organisation as DingTalk knows it: userids and union ids for people, conversation ids, robots and owners for rooms. */
import { randomBytes } from 'node:crypto';
import type { Person, Room, World } from '../world';
import { randomConversationId, randomSenderId, randomText } from './keys';

/** The ids of one person; messages take the userid alone (dossier 5). */
export interface Account {
  readonly person: Person;
  readonly userid: string;
  readonly unionid: string;
  readonly openid: string;
  readonly senderId: string;
}

/** A conversation. `hook` is its custom robot (groups only), `botIn` whether the app's robot stands in it, `scene` whether a template made it. */
export interface Conversation {
  readonly room: Room;
  readonly openConversationId: string;
  readonly chatId: string;
  readonly hook: { readonly accessToken: string; readonly secret: string } | null;
  readonly botIn: boolean;
  readonly ownerId: string;
  readonly scene: boolean;
}

/** Look-ups both ways. Ids are matched exactly. */
export class Book {
  readonly accounts: readonly Account[];
  private readonly byPerson: Map<string, Account>;
  private readonly byUserid: Map<string, Account>;
  private readonly fixed: Map<string, Conversation>;
  private readonly made = new Map<string, Conversation>();

  constructor(private readonly world: World) {
    this.accounts = world.people.map(accountOf);
    this.byPerson = new Map(this.accounts.map((account) => [account.person.id, account]));
    this.byUserid = new Map(this.accounts.map((account) => [account.userid, account]));
    this.fixed = new Map(world.rooms.map((room) => [room.id, conversationOf(room)]));
  }

  /** The account of a person of this world. Throws for a stranger: callers look people up in the world first. */
  account(personId: string): Account {
    const account = this.byPerson.get(personId);
    if (!account) throw new Error(`no account for ${personId}`);
    return account;
  }

  userid(userid: string): Account | undefined {
    return this.byUserid.get(userid);
  }

  unionid(unionid: string): Account | undefined {
    return this.accounts.find((account) => account.unionid === unionid);
  }

  mobile(mobile: string): Account | undefined {
    return mobile === '' ? undefined : this.accounts.find((account) => account.person.phone === mobile);
  }

  /** The conversation of a room as it stands now; a made room's members may have changed. */
  conversation(room: Room): Conversation {
    const entry = this.made.get(room.id) ?? this.fixed.get(room.id);
    if (!entry) throw new Error(`no conversation for ${room.id}`);
    return { ...entry, room: this.world.room(room.id) ?? room };
  }

  /** All group conversations. */
  get groups(): readonly Conversation[] {
    const entries = [...this.fixed.values(), ...this.made.values()].filter((entry) => entry.room.owner === null);
    return entries.map((entry) => this.conversation(entry.room));
  }

  group(openConversationId: string | undefined): Conversation | undefined {
    return this.groups.find((entry) => entry.openConversationId === openConversationId);
  }

  groupByChatId(chatId: string | undefined): Conversation | undefined {
    return this.groups.find((entry) => entry.chatId === chatId);
  }

  groupByHook(accessToken: string): Conversation | undefined {
    return this.groups.find((entry) => entry.hook?.accessToken === accessToken);
  }

  /** Adds a group made at run time, or changes any group; the change of a fixed one is undone by `dropMade`. */
  put(room: Room, change: Partial<Omit<Conversation, 'room'>>): Conversation {
    this.world.putRoom(room);
    const before = this.made.get(room.id) ?? this.fixed.get(room.id) ?? conversationOf(room);
    const entry = { ...before, room, ...change };
    this.made.set(room.id, entry);
    return entry;
  }

  dropMade(): void {
    this.made.clear();
    this.world.dropMadeRooms();
  }
}

function accountOf(person: Person): Account {
  return {
    person,
    userid: `Dt${person.id.charAt(0).toUpperCase()}${person.id.slice(1)}`,
    unionid: `${randomBytes(16).toString('base64url')}iEiE`,
    openid: randomText(28),
    senderId: randomSenderId(),
  };
}

function conversationOf(room: Room): Conversation {
  const group = room.owner === null;
  return {
    room,
    openConversationId: randomConversationId(),
    chatId: `chat${randomBytes(16).toString('hex')}`,
    hook: group ? { accessToken: randomBytes(32).toString('hex'), secret: `SEC${randomBytes(32).toString('hex')}` } : null,
    botIn: group ? room.opened : true,
    ownerId: room.members[0] ?? '',
    scene: false,
  };
}
