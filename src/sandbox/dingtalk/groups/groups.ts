/** Groups through both hosts (dossier 3.9): plain internal ones, and scene groups that a template equips with the robot. */
import { z } from 'zod';
import type { Conversation } from '../book';
import type { DingParts } from '../parts';
import { accepted, denied, granted, type Reply, refused } from '../replies';
import { foreignRobot } from '../robot/speaker';
import type { WireCall, WireTable } from '../wireApi';
import type { GroupRoster } from './roster';

const SCOPE = 'qyapi_chat_manage';
const MAX_A_CALL = 40;
const list = z.array(z.string());
const newName = z.string().min(1).max(20);

const newGroup = z.looseObject({ name: newName, owner: z.string(), useridlist: list, uuid: z.string().optional() });
const oldGroup = z.looseObject({ name: newName, owner: z.string(), useridlist: list });
const oldChange = z.looseObject({
  chatid: z.string(),
  name: newName.optional(),
  owner: z.string().optional(),
  add_useridlist: list.max(MAX_A_CALL).default([]),
  del_useridlist: list.max(MAX_A_CALL).default([]),
});
const newScene = z.looseObject({
  groupName: z.string().min(1),
  groupOwnerId: z.string(),
  userIdList: list.default([]),
  templateId: z.string(),
  uuid: z.string().optional(),
});
const oldScene = z.looseObject({
  title: z.string().min(1),
  owner_user_id: z.string(),
  user_ids: z.string().default(''),
  template_id: z.string(),
  uuid: z.string().optional(),
});
const named = z.looseObject({ open_conversation_id: z.string(), user_ids: z.string().default(''), title: z.string().optional() });
const page = z.looseObject({
  openConversationId: z.string(),
  maxResults: z.number().int().min(1).max(1000).default(100),
  nextToken: z.string().default('0'),
});

/** All calls on groups. */
export class Groups {
  constructor(
    private readonly parts: DingParts,
    private readonly roster: GroupRoster,
  ) {}

  apis(): { readonly api: WireTable; readonly oapi: WireTable } {
    const fresh = (name: string, run: (call: WireCall) => Reply) => ({ token: 'app' as const, scope: SCOPE, name, run });
    const old = (run: (call: WireCall) => Reply) => ({ token: 'app' as const, scope: SCOPE, run });
    return {
      api: {
        'POST v1.0/im/group/create': fresh('im/group/create', ({ json }) => this.makeNew(json)),
        'POST v1.0/im/sceneGroups': fresh('im/sceneGroups', ({ json }) => this.makeScene(json)),
        'POST v1.0/im/sceneGroups/query': fresh('im/sceneGroups/query', ({ json }) => this.query(json)),
        'POST v1.0/im/sceneGroups/members/batchQuery': fresh('im/sceneGroups/members/batchQuery', ({ json }) => this.members(json)),
        'POST v1.0/im/conversations/robots': fresh('im/conversations/robots', ({ json }) => this.robot(json, true)),
        'POST v1.0/im/conversations/robots/remove': fresh('im/conversations/robots/remove', ({ json }) => this.robot(json, false)),
        'POST v1.0/robot/groups/robots/query': fresh('robot/groups/robots/query', ({ json }) => this.robots(json)),
        'POST v1.0/im/chat/*/convertToOpenConversationId': fresh('im/chat/convertToOpenConversationId', ({ tail }) => this.convert(tail)),
      },
      oapi: {
        'POST chat/create': old(({ json }) => this.makeOld(json)),
        'POST chat/update': old(({ json }) => this.change(json)),
        'GET chat/get': old(({ query }) => this.get(query.get('chatid'))),
        'POST topapi/im/chat/scenegroup/create': old(({ json }) => this.makeSceneOld(json)),
        'POST topapi/im/chat/scenegroup/member/add': old(({ json }) => this.changeScene(json, 'add')),
        'POST topapi/im/chat/scenegroup/member/delete': old(({ json }) => this.changeScene(json, 'delete')),
        'POST topapi/im/chat/scenegroup/update': old(({ json }) => this.renameScene(json)),
        'POST topapi/im/chat/scenegroup/get': old(({ json }) => this.getScene(json)),
      },
    };
  }

  private makeNew(json: unknown): Reply {
    const body = newGroup.safeParse(json);
    if (!body.success) return denied('invalidParameter', { message: body.error.issues[0]?.path.join('.') ?? '' });
    const { name, owner, useridlist, uuid } = body.data;
    const group = this.roster.make({ name, owner, userids: useridlist, scene: false, key: uuid });
    return typeof group === 'number'
      ? denied(String(group))
      : granted({ openConversationId: group.openConversationId, chatId: group.chatId });
  }

  private makeOld(json: unknown): Reply {
    const body = oldGroup.safeParse(json);
    if (!body.success) return refused(40035);
    const { name, owner, useridlist } = body.data;
    if (useridlist.length > MAX_A_CALL) return refused(49005);
    const group = this.roster.make({ name, owner, userids: useridlist, scene: false });
    if (typeof group === 'number') return refused(group);
    return accepted({ chatid: group.chatId, openConversationId: group.openConversationId, conversationTag: 2 });
  }

  private makeScene(json: unknown): Reply {
    const body = newScene.safeParse(json);
    if (!body.success) return denied('invalidParameter', { message: body.error.issues[0]?.path.join('.') ?? '' });
    const { groupName, groupOwnerId, userIdList, templateId, uuid } = body.data;
    if (templateId !== this.parts.keys.sceneTemplateId) return denied('template.not.existed');
    const userids = [groupOwnerId, ...userIdList];
    const group = this.roster.make({ name: groupName, owner: groupOwnerId, userids, scene: true, key: uuid });
    return typeof group === 'number' ? denied(String(group)) : granted({ openConversationId: group.openConversationId });
  }

  private makeSceneOld(json: unknown): Reply {
    const body = oldScene.safeParse(json);
    if (!body.success) return refused(40035);
    const { title, owner_user_id: owner, user_ids: others, template_id: template, uuid } = body.data;
    if (template !== this.parts.keys.sceneTemplateId) return refused(665036);
    const group = this.roster.make({ name: title, owner, userids: [owner, ...idsOf(others)], scene: true, key: uuid });
    if (typeof group === 'number') return refused(group);
    return accepted({ result: { open_conversation_id: group.openConversationId, chat_id: group.chatId } });
  }

  private change(json: unknown): Reply {
    const body = oldChange.safeParse(json);
    if (!body.success) return refused(40035);
    const group = this.parts.book.groupByChatId(body.data.chatid);
    if (!group) return refused(60124);
    const { name, owner, add_useridlist: add, del_useridlist: remove } = body.data;
    const errcode = add.length + remove.length > 0 ? this.roster.change(group, add, remove) : 0;
    if (errcode !== 0) return refused(errcode);
    if (name !== undefined) this.roster.rename(this.again(group), name);
    const owned = owner === undefined ? 0 : this.roster.setOwner(this.again(group), owner);
    return owned === 0 ? accepted() : refused(owned);
  }

  private changeScene(json: unknown, what: 'add' | 'delete'): Reply {
    const body = named.safeParse(json);
    const group = body.success ? this.scene(body.data.open_conversation_id) : undefined;
    if (!body.success || !group) return refused(660023);
    const ids = idsOf(body.data.user_ids);
    const errcode = what === 'add' ? this.roster.change(group, ids, []) : this.roster.change(group, [], ids);
    return errcode === 0 ? accepted() : refused(errcode);
  }

  private renameScene(json: unknown): Reply {
    const body = named.safeParse(json);
    const group = body.success ? this.scene(body.data.open_conversation_id) : undefined;
    if (!body.success || !group) return refused(660023);
    if (body.data.title !== undefined) this.roster.rename(group, body.data.title);
    return accepted();
  }

  private getScene(json: unknown): Reply {
    const body = named.safeParse(json);
    const group = body.success ? this.scene(body.data.open_conversation_id) : undefined;
    if (!group) return refused(660023);
    const result = { open_conversation_id: group.openConversationId, title: group.room.name, owner_user_id: this.userid(group.ownerId) };
    return accepted({ result: { ...result, template_id: this.parts.keys.sceneTemplateId } });
  }

  private get(chatId: string | null): Reply {
    const group = this.parts.book.groupByChatId(chatId ?? '');
    if (!group) return refused(60124);
    const info = { name: group.room.name, owner: this.userid(group.ownerId), useridlist: group.room.members.map((id) => this.userid(id)) };
    return accepted({ chat_info: { ...info, chatid: group.chatId } });
  }

  private query(json: unknown): Reply {
    const group = this.parts.book.group((json as { openConversationId?: string }).openConversationId);
    if (!group) return denied('openConversationId.notExisted');
    const { openConversationId, room } = group;
    return granted({ success: true, openConversationId, title: room.name, ownerUserId: this.userid(group.ownerId), status: 1 });
  }

  private members(json: unknown): Reply {
    const body = page.safeParse(json);
    const group = body.success ? this.parts.book.group(body.data.openConversationId) : undefined;
    if (!body.success || !group) return denied('openConversationId.notExisted');
    const from = Number(body.data.nextToken) || 0;
    const next = from + body.data.maxResults;
    const hasMore = next < group.room.members.length;
    const memberUserIds = group.room.members.slice(from, next).map((id) => this.userid(id));
    return granted({ memberUserIds, hasMore, ...(hasMore ? { nextToken: String(next) } : {}) });
  }

  private robot(json: unknown, stands: boolean): Reply {
    const foreign = foreignRobot(this.parts, json);
    const group = this.parts.book.group((json as { openConversationId?: string }).openConversationId);
    if (foreign || !group) return foreign ?? denied('openConversationId.notExisted');
    this.roster.setRobot(group, stands);
    return granted(stands ? { chatBotUserId: this.parts.keys.chatbotUserId } : { success: true });
  }

  private robots(json: unknown): Reply {
    const group = this.parts.book.group((json as { openConversationId?: string }).openConversationId);
    if (!group) return denied('openConversationId.notExisted');
    const { robotCode, robotName } = this.parts.keys;
    return granted({
      chatbotInstanceVOList: group.botIn ? [{ robotCode, name: robotName, openConversationId: group.openConversationId }] : [],
    });
  }

  private convert(chatId: string): Reply {
    const group = this.parts.book.groupByChatId(chatId);
    return group ? granted({ openConversationId: group.openConversationId }) : denied('resource.not.found');
  }

  private scene(id: string): Conversation | undefined {
    const group = this.parts.book.group(id);
    return group?.scene ? group : undefined;
  }

  /** The group after an earlier part of the same call has changed it. */
  private again(group: Conversation): Conversation {
    return this.parts.book.conversation(group.room);
  }

  private userid(person: string): string {
    return this.parts.book.account(person).userid;
  }
}

function idsOf(list: string): string[] {
  return list.split(',').filter((id) => id !== '');
}
