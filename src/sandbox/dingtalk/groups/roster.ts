/** Making groups and changing their members, whichever call asks for it (dossier 3.9). */
import { randomBytes } from 'node:crypto';
import type { Room } from '../../world';
import type { Book, Conversation } from '../book';
import type { Events } from '../events';
import type { DingParts } from '../parts';

/** A group has at most so many members. */
export const MAX_MEMBERS = 1000;

/** What a new group is made of; ids are userids. `key` makes a second order of it harmless. */
export interface GroupOrder {
  readonly name: string;
  readonly owner: string;
  readonly userids: readonly string[];
  readonly scene: boolean;
  readonly key?: string | undefined;
}

/** The groups made at run time, and the members of all. */
export class GroupRoster {
  private readonly byKey = new Map<string, string>();
  private made = 0;

  constructor(
    private readonly parts: DingParts,
    private readonly events: Events,
  ) {}

  /** Makes a group, or answers the one that was made under the same key; a number is the code of the refusal. */
  make({ name, owner, userids, scene, key }: GroupOrder): Conversation | number {
    const before = this.parts.world.room(this.byKey.get(key ?? '') ?? '');
    if (before) return this.parts.book.conversation(before);
    const ids = [...new Set(userids)];
    const members = ids.map((userid) => this.parts.book.userid(userid)?.person.id);
    if (ids.length === 0) return 49006;
    if (ids.length > MAX_MEMBERS) return 49005;
    if (!ids.includes(owner)) return 49004;
    if (members.includes(undefined)) return 49007;
    this.made += 1;
    const id = `group:${this.made}`;
    const room: Room = {
      ...{ id, name, kind: 'group', members: members as string[], opened: scene, owner: null },
      ...{ chatId: randomBytes(8).toString('hex'), webhookKey: null },
    };
    if (key) this.byKey.set(key, id);
    return this.parts.book.put(room, { botIn: scene, scene, hook: null, ownerId: this.parts.book.userid(owner)?.person.id ?? '' });
  }

  /** Adds and removes members and tells it as an event; unknown userids make it 49007. The owner stays. */
  change(group: Conversation, add: readonly string[], remove: readonly string[]): 0 | number {
    const [come, go] = [add, remove].map((list) => list.map((userid) => this.parts.book.userid(userid)?.person.id));
    if (come?.includes(undefined) || go?.includes(undefined)) return 49007;
    const stay = group.room.members.filter((member) => !go?.includes(member) || member === group.ownerId);
    const members = [...new Set([...stay, ...(come as string[])])];
    if (members.length > MAX_MEMBERS) return 49005;
    this.parts.book.put({ ...group.room, members }, {});
    if (add.length > 0) this.tell('chat_add_member', group, add);
    if (remove.length > 0) this.tell('chat_remove_member', group, remove);
    return 0;
  }

  rename(group: Conversation, name: string): void {
    this.parts.book.put({ ...group.room, name }, {});
    this.events.tell({ type: 'chat_update_title', fields: { ...about(this.parts.book, group), title: name } });
  }

  setRobot(group: Conversation, botIn: boolean): void {
    this.parts.book.put(group.room, { botIn });
  }

  setOwner(group: Conversation, owner: string): 0 | number {
    const person = this.parts.book.userid(owner)?.person.id;
    if (!person || !group.room.members.includes(person)) return 49004;
    this.parts.book.put(group.room, { ownerId: person });
    this.events.tell({ type: 'chat_update_owner', fields: { ...about(this.parts.book, group), owner } });
    return 0;
  }

  wipe(): void {
    this.byKey.clear();
    this.parts.book.dropMade();
  }

  private tell(type: string, group: Conversation, userId: readonly string[]): void {
    this.events.tell({ type, fields: { ...about(this.parts.book, group), userId } });
  }
}

function about(book: Book, group: Conversation): Record<string, unknown> {
  return { chatId: group.chatId, openConversationId: group.openConversationId, operator: book.account(group.ownerId).userid };
}
