import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, WORLD } from '../dutyRoom';

let room: DutyRoom;
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(() => room.close());

const asContacts = async (path: string, body?: object) => {
  const { contactsSecret } = await room.keys();
  const { access_token } = await room.wire(`gettoken?corpid=${room.sandbox.binding().corpId}&corpsecret=${contactsSecret}`);
  return room.wire(`${path}${path.includes('?') ? '&' : '?'}access_token=${access_token}`, body);
};

describe('the contact book within the app’s sight', () => {
  test('a member is described without phone and address', async () => {
    const member = await room.api('user/get?userid=sdduty1');
    expect(member).toMatchObject({ userid: 'SdDuty1', name: '常值一', department: [1], position: '值班员', main_department: 1, status: 1 });
    for (const secret of ['mobile', 'email', 'avatar', 'gender']) expect(member).not.toHaveProperty(secret);
  });

  test('lists name everybody in sight', async () => {
    await room.post('api/standing', { person: 'guest1', visible: false });
    const { userlist } = (await room.api('user/simplelist?department_id=1')) as unknown as { userlist: object[] };
    expect(userlist).toHaveLength(WORLD.people.length - 1);
    expect(userlist[0]).toMatchObject({ userid: 'SdDuty1', name: '常值一', department: [1] });
    expect(await room.api('tag/get?tagid=1')).toMatchObject({
      tagname: 'duty_officer',
      userlist: [{ userid: 'SdDuty1', name: '常值一' }],
      partylist: [],
    });
    expect(await room.api('department/simplelist')).toMatchObject({ department_id: [{ id: 1, parentid: 0, order: 0 }] });
    expect(await room.api('department/get?id=1')).toMatchObject({ department: { id: 1, name: '全局', parentid: 0 } });
  });

  test.each([
    ['user/get?userid=nobody', 60111],
    ['user/get', 41009],
    ['user/simplelist?department_id=9', 60003],
    ['user/simplelist?department_id=x', 60123],
    ['department/get?id=9', 60003],
    ['department/simplelist?id=9', 60003],
    ['tag/get?tagid=99', 40068],
  ])('%s is refused', async (path, errcode) => {
    expect((await room.api(path)).errcode).toBe(errcode);
  });

  test('a member out of sight cannot be read', async () => {
    await room.post('api/standing', { person: 'duty1', visible: false });
    expect((await room.api('user/get?userid=SdDuty1')).errcode).toBe(60011);
  });

  test('the contact-sync secret lists ids in pages but reads no details, the app the other way round', async () => {
    expect(await asContacts('user/list_id', { limit: 2 })).toMatchObject({
      dept_user: [{ userid: 'SdDuty1', department: 1 }, {}],
      next_cursor: '2',
    });
    expect(await asContacts('user/list_id', { cursor: '4', limit: 2 })).toMatchObject({
      dept_user: [{ userid: 'SdGuest1' }],
      next_cursor: '',
    });
    expect((await asContacts('user/get?userid=SdDuty1')).errcode).toBe(48009);
    expect((await room.api('user/list_id', { limit: 2 })).errcode).toBe(48002);
  });
});

describe('from number, address or encrypted id to a member', () => {
  test('a known number and a known address are found', async () => {
    const { emails } = await room.keys();
    expect(await room.api('user/getuserid', { mobile: '10000000002' })).toMatchObject({ errcode: 0, userid: 'SdLeader1' });
    expect(await room.api('user/get_userid_by_email', { email: emails.leader1 })).toMatchObject({ errcode: 0, userid: 'SdLeader1' });
    expect((await room.api('user/getuserid', {})).errcode).toBe(40058);
  });

  test('wrong numbers beyond a fifth of the staff block the call for a day', async () => {
    const ask = async (mobile: string) => (await room.api('user/getuserid', { mobile })).errcode;
    expect([await ask('1'), await ask('2'), await ask('10000000002')]).toEqual([46004, 46004, 45009]);
    room.advance(86_400_000);
    expect(await ask('10000000002')).toBe(0);
  });

  test('encrypted ids are converted with case, plain and invisible ones come back', async () => {
    const { openUserids } = await room.keys();
    await room.post('api/standing', { person: 'guest1', visible: false });
    const list = [openUserids.duty1, openUserids.duty1?.toLowerCase(), 'SdLeader1', openUserids.guest1];
    expect(await room.api('batch/openuserid_to_userid', { open_userid_list: list })).toMatchObject({
      userid_list: [{ open_userid: openUserids.duty1, userid: 'SdDuty1' }],
      invalid_open_userid_list: list.slice(1),
    });
    const many = Array.from({ length: 1001 }, (_, n) => `wo${n}`);
    expect((await room.api('batch/openuserid_to_userid', { open_userid_list: many })).errcode).toBe(40032);
  });
});

describe('who may call at all', () => {
  test('from an address that is not trusted nothing with a token works, the webhook still does', async () => {
    const token = await room.token();
    await room.post('api/switches', { trustedIp: false });
    expect((await room.wire(`user/get?userid=SdDuty1&access_token=${token}`)).errcode).toBe(60020);
    expect((await room.wire('gettoken?corpid=x&corpsecret=y')).errcode).toBe(60020);
    expect((await room.webhook('duty', { msgtype: 'text', text: { content: 'x' } })).errcode).toBe(0);
  });

  test('the platform tells its own addresses', async () => {
    for (const path of ['getcallbackip', 'get_api_domain_ip']) expect(await room.api(path)).toMatchObject({ ip_list: ['127.0.0.*'] });
  });
});
