/** The tenant as the government edition knows it: three ids for each person, codes for units, chats for rooms (dossier 6.4). */
import { randomBytes, randomInt } from 'node:crypto';
import type { Person, Room, World } from '../../world';

/** The ids of one person. Messages take the account, contacts the code. */
export interface GovAccount {
  readonly person: Person;
  readonly employeeCode: string;
  readonly accountId: string;
}

/** A chat of a room. `robotToken` names the robot's place in it. */
export interface GovChat {
  readonly room: Room;
  readonly chatId: string;
  readonly robotToken: string;
}

/** A unit. */
export interface GovUnit {
  readonly code: string;
  readonly name: string;
  readonly id: number;
  readonly parentId: number;
}

/** Look-ups both ways. */
export class GovBook {
  readonly accounts: readonly GovAccount[];
  readonly units: readonly GovUnit[];
  private readonly chats = new Map<string, Omit<GovChat, 'room'>>();
  private made = 0;

  constructor(private readonly world: World) {
    const first = randomInt(10_000_000, 90_000_000);
    this.accounts = world.people.map((person, n) => ({ person, employeeCode: `GE_${hex(16)}`, accountId: String(first + n) }));
    this.units = world.departments.map(({ id, name, parentid }) => ({ code: `GO_${hex(16)}`, name, id, parentId: parentid }));
  }

  account(personId: string): GovAccount {
    const account = this.accounts.find(({ person }) => person.id === personId);
    if (!account) throw new Error(`no account for ${personId}`);
    return account;
  }

  byAccountId(accountId: string | undefined): GovAccount | undefined {
    return this.accounts.find((account) => account.accountId === accountId);
  }

  byCode(employeeCode: string | undefined): GovAccount | undefined {
    return this.accounts.find((account) => account.employeeCode === employeeCode);
  }

  byMobile(mobile: string | undefined): GovAccount | undefined {
    return mobile ? this.accounts.find(({ person }) => person.phone === mobile) : undefined;
  }

  /** The chat of a room; its ids are made at first asking. */
  chat(room: Room): GovChat {
    const ids = this.chats.get(room.id) ?? { chatId: String(randomInt(1e9, 9e9)), robotToken: hex(16) };
    this.chats.set(room.id, ids);
    return { ...ids, room: this.world.room(room.id) ?? room };
  }

  /** The group chat with that id. */
  group(chatId: string | undefined): GovChat | undefined {
    return this.groups.find((chat) => chat.chatId === chatId);
  }

  get groups(): readonly GovChat[] {
    return this.world.rooms.filter((room) => room.owner === null).map((room) => this.chat(room));
  }

  /** Makes a group at run time, or changes one. */
  put(room: Omit<Room, 'id'> & { readonly id?: string }): GovChat {
    if (room.id === undefined) this.made += 1;
    const whole = { ...room, id: room.id ?? `group:${this.made}` };
    this.world.putRoom(whole);
    return this.chat(whole);
  }

  dropMade(): void {
    this.world.dropMadeRooms();
  }
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
