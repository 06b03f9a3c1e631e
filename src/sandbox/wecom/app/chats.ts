/** Group chats that an app makes and talks into (dossier 5.5): create, change, look up. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { RateWindow } from '../../rateWindow';
import type { Person, Room } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import type { CorpParts } from '../parts';
import type { WireApi, WireCall } from '../wire';
import { ChatSender } from './chatSend';

const DAY_MS = 86_400_000;
const MAX_MEMBERS = 2000;
const BIGGEST_NUMBER = 2n ** 63n - 1n;

const text = z.string().optional();
const names = z.array(z.string()).optional();
const createSchema = z.looseObject({ name: text, owner: text, userlist: names, chatid: text });
const updateSchema = z.looseObject({ chatid: text, name: text, owner: text, add_user_list: names, del_user_list: names });

/** A group made by an app; it is shown to its members with its first message. */
export interface AppChat {
  readonly chatid: string;
  readonly agentId: number;
  readonly name: string;
  readonly owner: Person;
  readonly members: readonly Person[];
  readonly dissolved: boolean;
  readonly shown: boolean;
}

/** All app groups of the enterprise. */
export class AppChats {
  private readonly chats = new Map<string, AppChat>();
  private readonly creations = new RateWindow([{ perMs: DAY_MS, max: 1000 }]);
  private readonly changes = new RateWindow([{ perMs: 3600_000, max: 1000 }]);
  private readonly sender: ChatSender;

  constructor(private readonly parts: CorpParts) {
    this.sender = new ChatSender(parts);
  }

  /** The four calls, refused with 48002 while the app does not see the root department. */
  apis(): Readonly<Record<string, WireApi>> {
    const behindScope = (run: (call: WireCall) => Answer) => (call: WireCall) =>
      this.parts.switches.on.rootVisible ? run(call) : refused(48002);
    return {
      'appchat/create': { method: 'POST', token: 'app', run: behindScope((call) => this.create(call)) },
      'appchat/update': { method: 'POST', token: 'app', run: behindScope((call) => this.update(call)) },
      'appchat/get': { method: 'GET', token: 'app', run: behindScope((call) => this.get(call)) },
      'appchat/send': { method: 'POST', token: 'app', run: behindScope((call) => this.send(call)) },
    };
  }

  /** A person dissolves the group: from now on 49008. False: no such group. */
  dissolve(roomId: string): boolean {
    const chat = this.chats.get(roomId.replace(/^appchat:/, ''));
    if (chat) this.chats.set(chat.chatid, { ...chat, dissolved: true });
    return chat !== undefined;
  }

  wipe(): void {
    this.chats.clear();
    this.creations.clear();
    this.changes.clear();
    this.sender.wipe();
  }

  private create(call: WireCall): Answer {
    const read = createSchema.safeParse(call.json);
    if (!read.success) return refused(40058);
    const { name = '', owner, userlist, chatid = newChatid() } = read.data;
    const errcode = chatidFault(chatid) || (this.chats.has(chatid) ? 86215 : 0) || nameFault(name) || (userlist ? 0 : 86204);
    if (errcode !== 0) return refused(errcode);
    const members = this.people(userlist ?? []);
    if (members === null) return refused(86007);
    if (members.length < 2 || members.length > MAX_MEMBERS) return refused(86006);
    const head = owner ? this.parts.world.personByUserid(owner) : members[0];
    if (!head) return refused(86005);
    if (!members.includes(head)) return refused(86207);
    if (!this.creations.take('corp', this.parts.now())) return refused(45009);
    this.keep({ chatid, agentId: call.caller.agentId, name: name || '群聊', owner: head, members, dissolved: false, shown: false });
    return accepted({ chatid });
  }

  private update(call: WireCall): Answer {
    const read = updateSchema.safeParse(call.json);
    if (!read.success) return refused(40058);
    const { name, owner, add_user_list: added = [], del_user_list: removed = [] } = read.data;
    const chat = this.find(read.data.chatid, call);
    if (typeof chat === 'number') return refused(chat);
    const [joining, leaving] = [this.people(added), this.people(removed)];
    if (!joining || !leaving) return refused(86007);
    const members = [...new Set([...chat.members, ...joining])].filter((person) => !leaving.includes(person));
    if (members.length < 2 || members.length > MAX_MEMBERS) return refused(86006);
    const head = owner === undefined ? chat.owner : this.parts.world.personByUserid(owner);
    if (!head || (owner === undefined && !members.includes(head))) return refused(86005);
    if (!members.includes(head)) return refused(86207);
    if (nameFault(name ?? '') !== 0) return refused(nameFault(name ?? ''));
    if (!this.changes.take('corp', this.parts.now())) return refused(45009);
    this.keep({ ...chat, name: name || chat.name, owner: head, members });
    return accepted();
  }

  private get(call: WireCall): Answer {
    const chat = this.find(call.query.get('chatid') ?? undefined, call);
    if (typeof chat === 'number') return refused(chat);
    const { chatid, name, owner, members } = chat;
    return accepted({ chat_info: { chatid, name, owner: owner.userid, userlist: members.map((person) => person.userid), chat_type: 0 } });
  }

  private send(call: WireCall): Answer {
    const given = z.looseObject({ chatid: text }).safeParse(call.json);
    if (!given.success) return refused(40058);
    const chat = this.find(given.data.chatid, call);
    if (typeof chat === 'number') return refused(chat);
    return this.sender.send(roomOf(chat), call.json, () => this.keep({ ...chat, shown: true }));
  }

  private find(chatid: string | undefined, call: WireCall): AppChat | number {
    if (!chatid) return 86201;
    const chat = this.chats.get(chatid);
    if (!chat) return 86003;
    if (chat.agentId !== call.caller.agentId) return 86008;
    return chat.dissolved ? 49008 : chat;
  }

  private keep(chat: AppChat): void {
    this.chats.set(chat.chatid, chat);
    if (chat.shown) this.parts.world.putRoom(roomOf(chat));
  }

  private people(userids: readonly string[]): Person[] | null {
    const people = userids.map((userid) => this.parts.world.personByUserid(userid));
    const known = people.filter((person): person is Person => person !== undefined && this.parts.switches.reachable(person.id));
    return known.length === people.length ? [...new Set(known)] : null;
  }
}

/** The conversation a group becomes once it is shown. */
function roomOf(chat: AppChat): Room {
  return {
    id: `appchat:${chat.chatid}`,
    name: chat.name,
    kind: 'appchat',
    members: chat.members.map((person) => person.id),
    opened: false,
    owner: null,
    chatId: chat.chatid,
    webhookKey: null,
  };
}

function chatidFault(chatid: string): number {
  if (chatid.length > 32) return 86205;
  if (!/^[0-9A-Za-z]+$/.test(chatid)) return 86001;
  return /^\d+$/.test(chatid) && BigInt(chatid) > BIGGEST_NUMBER ? 86206 : 0;
}

function nameFault(name: string): number {
  return [...name].length > 50 ? 86004 : 0;
}

function newChatid(): string {
  return randomBytes(16).toString('hex').slice(0, 32);
}
