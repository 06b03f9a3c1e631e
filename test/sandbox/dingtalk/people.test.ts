import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, type DingRoom, openDingRoom } from './dingRoom';

let room: DingRoom;
beforeEach(async () => {
  room = await openDingRoom();
});
afterEach(() => room.close());

describe('groups for an incident', () => {
  const scene = (more: object = {}) =>
    room.api('im/sceneGroups', {
      groupName: '液氨泄漏处置群',
      groupOwnerId: 'DtDuty1',
      userIdList: ['DtLeader1'],
      templateId: room.binding.sceneTemplateId,
      uuid: 'inc-7',
      ...more,
    });
  const send = (openConversationId: unknown) =>
    room.api('robot/groupMessages/send', {
      robotCode: room.binding.robotCode,
      openConversationId,
      msgKey: 'sampleText',
      msgParam: '{"content":"集合"}',
    });

  test('a scene group carries the robot, is made once, and takes and loses members', async () => {
    const { openConversationId } = await scene();
    expect(await scene()).toMatchObject({ openConversationId });
    expect(await send(openConversationId)).toMatchObject({ status: 200 });
    const stream = await room.stream();
    const add = { open_conversation_id: openConversationId, user_ids: 'DtOffice1,DtCoord1' };
    expect(await room.oapi('topapi/im/chat/scenegroup/member/add', add)).toMatchObject({ errcode: 0 });
    const told = await stream.frame('*');
    expect([told.headers.eventType, JSON.parse(told.data).userId]).toEqual(['chat_add_member', ['DtOffice1', 'DtCoord1']]);
    await room.oapi('topapi/im/chat/scenegroup/member/delete', { open_conversation_id: openConversationId, user_ids: 'DtCoord1,DtDuty1' });
    expect(await room.api('im/sceneGroups/members/batchQuery', { openConversationId, maxResults: 2 })).toMatchObject({
      memberUserIds: ['DtDuty1', 'DtLeader1'],
      hasMore: true,
      nextToken: '2',
    });
    await room.oapi('topapi/im/chat/scenegroup/update', { open_conversation_id: openConversationId, title: '[已结束]' });
    expect(await room.oapi('topapi/im/chat/scenegroup/get', { open_conversation_id: openConversationId })).toMatchObject({
      result: { title: '[已结束]' },
    });
    expect(await room.api('im/sceneGroups/query', { openConversationId })).toMatchObject({ title: '[已结束]', ownerUserId: 'DtDuty1' });
    const state = await room.get<{ rooms: { id: string; name: string; members: string[] }[] }>('api/state');
    expect(state.rooms.at(-1)).toEqual({ id: 'group:1', name: '[已结束]', kind: 'group', members: ['duty1', 'leader1', 'office1'] });
    expect(await room.say('group:1', 'office1', '报告')).toEqual(expect.any(String));
    expect(await stream.heard()).toMatchObject({ conversationId: openConversationId });
  });

  test('the same by the old call', async () => {
    const body = { title: '处置群', template_id: room.binding.sceneTemplateId, owner_user_id: 'DtDuty1', user_ids: 'DtLeader1' };
    const made = await room.oapi('topapi/im/chat/scenegroup/create', body);
    const { open_conversation_id: id, chat_id: chatId } = made.result as Record<string, string>;
    expect(await room.api(`im/chat/${chatId}/convertToOpenConversationId`, {})).toMatchObject({ openConversationId: id });
    expect(await room.oapi('topapi/im/chat/scenegroup/create', { ...body, template_id: 'x' })).toMatchObject({ errcode: 665036 });
    expect(await scene({ templateId: 'x' })).toMatchObject({ code: 'template.not.existed' });
    expect(await room.oapi('topapi/im/chat/scenegroup/get', { open_conversation_id: 'x' })).toMatchObject({ errcode: 660023 });
  });

  test('a plain group has no robot until one is put there', async () => {
    const made = await room.oapi('chat/create', { name: '处置群', owner: 'DtDuty1', useridlist: ['DtDuty1', 'DtLeader1'] });
    expect(made).toMatchObject({ errcode: 0, chatid: expect.stringMatching(/^chat/) });
    const { openConversationId, chatid } = made;
    expect(await send(openConversationId)).toMatchObject({ code: 'invalidParameter.robotCode.auth' });
    const robot = { openConversationId, robotCode: room.binding.robotCode };
    expect(await room.api('im/conversations/robots', robot)).toMatchObject({ chatBotUserId: room.binding.chatbotUserId });
    expect(await room.api('robot/groups/robots/query', { openConversationId })).toMatchObject({
      chatbotInstanceVOList: [{ robotCode: robot.robotCode }],
    });
    expect(await send(openConversationId)).toMatchObject({ status: 200 });
    await room.oapi('chat/update', {
      chatid,
      name: '改名',
      owner: 'DtLeader1',
      add_useridlist: ['DtOffice1'],
      del_useridlist: ['DtDuty1'],
    });
    expect(await room.oapi(`chat/get?chatid=${chatid}`)).toMatchObject({
      chat_info: { name: '改名', owner: 'DtLeader1', useridlist: ['DtDuty1', 'DtLeader1', 'DtOffice1'] },
    });
    await room.api('im/conversations/robots/remove', robot);
    expect(await send(openConversationId)).toMatchObject({ status: 400 });
  });

  test('the groups that were there from the first are changed too, and a reset undoes it', async () => {
    const { chatId: chatid } = room.binding.rooms.duty ?? {};
    expect(await room.oapi('chat/update', { chatid, name: '值班室', add_useridlist: ['DtCoord1'] })).toMatchObject({ errcode: 0 });
    await room.post('api/robot-in-room', { room: 'hq', stands: false });
    const rooms = async () => (await room.get<{ rooms: { id: string; name: string; members: string[] }[] }>('api/state')).rooms;
    expect((await rooms()).filter(({ id }) => id === 'duty' || id === 'hq')).toMatchObject([
      { id: 'duty', name: '值班室', members: ['duty1', 'leader1', 'office1', 'guest1', 'coord1'] },
      { id: 'hq' },
    ]);
    await room.post('api/reset', {});
    expect((await rooms())[0]).toMatchObject({ id: 'duty', name: '值班群' });
  });

  test.each([
    ['an owner who is no member', { owner: 'DtOffice1' }, 49004],
    ['nobody', { useridlist: [] }, 49006],
    ['a stranger', { useridlist: ['DtDuty1', 'x'] }, 49007],
    ['more than 40 at once', { useridlist: Array.from({ length: 41 }, (_, n) => `u${n}`) }, 49005],
    ['a name of 21 characters', { name: '群'.repeat(21) }, 40035],
  ])('a group with %s is refused', async (_title, more, errcode) => {
    expect(await room.oapi('chat/create', { name: '群', owner: 'DtDuty1', useridlist: ['DtDuty1'], ...more })).toMatchObject({
      status: 200,
      errcode,
    });
  });

  test('by the new call', async () => {
    const order = { name: '群', owner: 'DtDuty1', useridlist: ['DtDuty1'], uuid: 'g' };
    const made = await room.api('im/group/create', order);
    expect(await room.api('im/group/create', order)).toEqual(made);
    expect(await room.api('im/group/create', { ...order, uuid: 'h', owner: 'x' })).toMatchObject({ status: 400, code: '49004' });
    expect(await room.oapi('chat/get?chatid=x')).toMatchObject({ errcode: 60124 });
  });
});

describe('the contact book', () => {
  test('people by userid, mobile and union id', async () => {
    const { unionIds } = await room.get<{ unionIds: Record<string, string> }>('api/keys');
    expect(await room.oapi('topapi/v2/user/get', { userid: 'DtDuty1' })).toMatchObject({
      errcode: 0,
      result: {
        userid: 'DtDuty1',
        name: '常值一',
        mobile: '10000000001',
        title: '值班员',
        dept_id_list: [1],
        role_list: [{ name: 'duty_officer' }],
      },
    });
    expect(await room.oapi('topapi/v2/user/getbymobile', { mobile: '10000000002' })).toMatchObject({ result: { userid: 'DtLeader1' } });
    expect(await room.oapi('topapi/user/getbyunionid', { unionid: unionIds.leader1 })).toMatchObject({ result: { userid: 'DtLeader1' } });
    expect(await room.oapi('topapi/v2/user/getbymobile', { mobile: 'x' })).toMatchObject({ errcode: 60103 });
    expect(await room.oapi('topapi/v2/user/getbymobile', { mobile: '10000009999' })).toMatchObject({ errcode: 60121 });
    const stream = await room.stream();
    await room.post('api/standing', { person: 'duty1', left: true });
    const told = await stream.frame('*');
    expect([told.headers.eventType, JSON.parse(told.data).userId]).toEqual(['user_leave_org', ['DtDuty1']]);
    expect(await room.oapi('topapi/v2/user/get', { userid: 'DtDuty1' })).toMatchObject({ status: 200, errcode: 60121 });
  });

  test('departments, pages and roles', async () => {
    expect(await room.oapi('topapi/v2/user/list', { dept_id: 1, cursor: 0, size: 3 })).toMatchObject({
      result: { list: [{ userid: 'DtDuty1' }, {}, {}], has_more: true, next_cursor: 3 },
    });
    expect(await room.oapi('topapi/v2/user/list', { dept_id: 1, cursor: 3, size: 3 })).toMatchObject({ result: { has_more: false } });
    expect(await room.oapi('topapi/user/listid', { dept_id: 1 })).toMatchObject({
      result: { userid_list: expect.arrayContaining(['DtGuest1']) },
    });
    expect(await room.oapi('topapi/v2/department/listsub', { dept_id: 1 })).toMatchObject({ result: [] });
    expect(await room.oapi('topapi/v2/department/listsubid', { dept_id: 0 })).toMatchObject({ result: { dept_id_list: [1] } });
    const roles = (await room.oapi('topapi/role/list', {})).result as { list: { roles: { id: number; name: string }[] }[] };
    const leader = roles.list[0]?.roles.find(({ name }) => name === 'leader');
    expect(await room.oapi('topapi/role/simplelist', { role_id: leader?.id })).toMatchObject({
      result: { list: [{ userid: 'DtLeader1' }] },
    });
    expect(await room.api('contact/users/search', { queryWord: '甲', offset: 0, size: 10 })).toMatchObject({
      list: ['DtLeader1'],
      totalCount: 1,
    });
    expect(await room.api('contact/departments/search', { queryWord: '全', offset: 0, size: 10 })).toMatchObject({ list: [1] });
  });
});

describe('signing in', () => {
  test('inside the client by a code that is good once, for five minutes', async () => {
    const code = async () => (await room.post<{ code: string }>('api/auth-code', { person: 'leader1' })).code;
    const first = await code();
    expect(await room.oapi('topapi/v2/user/getuserinfo', { code: first })).toMatchObject({
      result: { userid: 'DtLeader1', name: '带班甲', sys_level: 0 },
    });
    expect(await room.oapi('topapi/v2/user/getuserinfo', { code: first })).toMatchObject({ errcode: 40078 });
    const second = await code();
    room.advance(300_000);
    expect(await room.oapi('topapi/v2/user/getuserinfo', { code: second })).toMatchObject({ errcode: 40078 });
  });

  test('in a browser through the login page, the state kept, to a token of the person', async () => {
    const { loginBase, apiBase, clientId, clientSecret } = room.binding;
    const query = new URLSearchParams({
      redirect_uri: 'http://127.0.0.1:1/back',
      response_type: 'code',
      client_id: clientId,
      scope: 'openid',
      state: 'S1',
      prompt: 'consent',
    });
    const page = await room.raw(`${loginBase}/oauth2/auth?${query}`);
    expect(await page.text()).toContain('sandbox_person=leader1');
    const chosen = await room.raw(`${loginBase}/oauth2/auth?${query}&sandbox_person=leader1`, { redirect: 'manual' });
    const back = new URL(chosen.headers.get('location') ?? '');
    expect([chosen.status, back.searchParams.get('state')]).toEqual([302, 'S1']);
    const order = { clientId, clientSecret, code: back.searchParams.get('authCode'), grantType: 'authorization_code' };
    const token = await call(`${apiBase}/v1.0/oauth2/userAccessToken`, order);
    expect(token).toMatchObject({ status: 200, expireIn: 7200, corpId: room.binding.corpId });
    const header = { 'x-acs-dingtalk-access-token': String(token.accessToken) };
    expect(await call(`${apiBase}/v1.0/contact/users/me`, undefined, header)).toMatchObject({ nick: '带班甲', mobile: '10000000002' });
    expect((await call(`${apiBase}/v1.0/oauth2/userAccessToken`, order)).status).toBe(400);
    const again = { clientId, clientSecret, refreshToken: token.refreshToken, grantType: 'refresh_token' };
    expect(await call(`${apiBase}/v1.0/oauth2/userAccessToken`, again)).toMatchObject({ status: 200 });
    expect(await call(`${apiBase}/v1.0/oauth2/userAccessToken`, { ...again, clientSecret: 'x' })).toMatchObject({
      code: 'invalidClientIdOrSecret',
    });
    expect(await room.api('contact/users/me')).toMatchObject({ code: 'InvalidAuthentication' });
  });

  test('never to another machine', async () => {
    const { loginBase, clientId } = room.binding;
    const query = `redirect_uri=${encodeURIComponent('https://example.org/')}&response_type=code&client_id=${clientId}&scope=openid`;
    expect((await room.raw(`${loginBase}/oauth2/auth?${query}&sandbox_person=duty1`, { redirect: 'manual' })).status).toBe(400);
  });
});
