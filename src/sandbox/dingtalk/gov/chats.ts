/** Chats, groups and the robot's messages of the government edition (dossier 6.4). */
import { randomInt } from 'node:crypto';
import type { Look } from '../../messages';
import { parsedJson } from '../http';
import type { Reply } from '../replies';
import type { GovChat } from './book';
import { chatLook, robotLook } from './looks';
import { listOf } from './notices';
import type { GovCall, GovParts, GovTable } from './parts';
import { failed, granted } from './replies';

const BAD = (what: string) => failed('InvalidParameter', `${what}不正确`);

/** Groups and what is said in them. Message ids are the simulator's numbers. */
export class GovChats {
  private readonly messages = new Map<string, string>();

  constructor(private readonly parts: GovParts) {}

  table(): GovTable {
    const run = (act: (call: GovCall) => Reply) => ({ run: act });
    return {
      'chat/sendMsg': run((call) => this.sendMsg(call)),
      'chat/group/V2/create': run((call) => this.create(call)),
      'chat/group/update': run((call) => this.update(call)),
      'chat/group/getUsers': run((call) => this.users(call)),
      'chat/group/messageReadUsers': run((call) => this.readers(call)),
      'robot/message/sendgroup': run((call) => this.robotToGroup(call)),
      'robot/message/sendoto': run((call) => this.robotToOne(call)),
      'robot/message/batchrecallgroup': run(({ params }) => this.recall(listOf(params, 'msgIdList'))),
      'robot/message/batchrecalloto': run(({ params }) => this.recall(listOf(params, 'msgIds'))),
    };
  }

  wipe(): void {
    this.messages.clear();
  }

  private sendMsg({ params }: GovCall): Reply {
    const { book } = this.parts;
    const look = chatLook(parsedJson(params.get('msg') ?? ''));
    if (!look) return BAD('msg');
    if (!book.byAccountId(params.get('senderId') ?? '')) return BAD('senderId');
    const group = params.get('chatType') === '2' ? book.group(params.get('chatId') ?? undefined) : undefined;
    const receiver = params.get('chatType') === '1' ? book.byAccountId(params.get('receiverId') ?? undefined) : undefined;
    if (!group && !receiver) return BAD('接收者');
    return this.show(group?.room.id ?? `dm:${receiver?.person.id}`, look, params, 'app');
  }

  private robotToGroup({ params }: GovCall): Reply {
    const group = this.parts.book.group(params.get('chatId') ?? undefined);
    if (!group || params.get('token') !== group.robotToken) return BAD('chatId或token');
    const look = robotLook(params.get('msgType'), params.get('msgBody'));
    return look ? this.show(group.room.id, look, params, 'robot') : BAD('msgBody');
  }

  private robotToOne({ params }: GovCall): Reply {
    const account = this.parts.book.byAccountId(params.get('accountId') ?? undefined);
    const look = robotLook(params.get('msgType'), params.get('msgBody'));
    if (!account || !look) return BAD(account ? 'msgBody' : 'accountId');
    return this.show(`dm:${account.person.id}`, look, params, 'robot');
  }

  private create({ params }: GovCall): Reply {
    const { book } = this.parts;
    const owner = book.byAccountId(params.get('accountId') ?? undefined);
    const ids = [...new Set(listOf(params, 'useridlist'))];
    const members = ids.map((id) => book.byAccountId(id)?.person.id);
    const name = params.get('name') ?? '';
    if (!owner || name === '' || members.includes(undefined)) return BAD('群参数');
    const people = [...new Set([owner.person.id, ...(members as string[])])];
    const { chatId, robotToken } = book.put({
      name,
      kind: 'group',
      members: people,
      opened: true,
      owner: null,
      chatId: '',
      webhookKey: null,
    });
    return granted({ chatId, robotToken });
  }

  private update({ params }: GovCall): Reply {
    const { book } = this.parts;
    const group = book.group(params.get('chatId') ?? undefined);
    if (!group) return BAD('chatId');
    const people = (name: string) => listOf(params, name).map((id) => book.byAccountId(id)?.person.id);
    const [come, go] = [people('addUserIdList'), people('delUserIdList')];
    if (come.includes(undefined)) return BAD('addUserIdList');
    const members = [...new Set([...group.room.members.filter((member) => !go.includes(member)), ...(come as string[])])];
    book.put({ ...group.room, members, name: params.get('name') || group.room.name });
    return granted(true);
  }

  private users({ params }: GovCall): Reply {
    const group = this.parts.book.group(params.get('chatId') ?? undefined);
    return group ? granted(this.accountsOf(group.room.members)) : BAD('chatId');
  }

  private readers({ params }: GovCall): Reply {
    const message = this.messages.get(params.get('messageId') ?? '');
    if (message === undefined) return BAD('messageId');
    const all = this.accountsOf(this.parts.readers.of(message).map(({ person }) => person));
    const [from, size] = [Number(params.get('cursor') ?? 0), Math.min(Number(params.get('pageSize') ?? 20), 100)];
    return granted({ list: all.slice(from, from + size), hasMore: from + size < all.length, nextCursor: from + size });
  }

  private recall(ids: readonly string[]): Reply {
    const known = ids.flatMap((id) => this.messages.get(id) ?? []);
    if (known.length === 0 || known.length < ids.length) return BAD('消息编号');
    for (const id of known) this.parts.board.recall(id);
    return granted(true);
  }

  private show(room: GovChat['room']['id'], look: Look, params: URLSearchParams, via: 'app' | 'robot'): Reply {
    const raw = Object.fromEntries(params);
    const { id } = this.parts.board.post({ room, from: null, fromBot: true, via, pinged: [], raw, ...look });
    const msgId = String(randomInt(1e9, 9e9));
    this.messages.set(msgId, id);
    return granted({ msgId });
  }

  private accountsOf(people: readonly string[]): readonly { accountId: string }[] {
    return people.map((person) => ({ accountId: this.parts.book.account(person).accountId }));
  }
}
