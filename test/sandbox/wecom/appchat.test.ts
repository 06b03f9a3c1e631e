import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom } from '../dutyRoom';

let room: DutyRoom;
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(() => room.close());

const MEMBERS = ['SdDuty1', 'SdLeader1', 'SdOffice1'];
const create = (more: object = {}) =>
  room.api('appchat/create', { name: '#12 处置群', owner: 'SdLeader1', userlist: MEMBERS, chatid: 'incident12', ...more });
const update = (more: object) => room.api('appchat/update', { chatid: 'incident12', ...more });
const send = (body: object) => room.api('appchat/send', { chatid: 'incident12', ...body });
const text = (content: string, more: object = {}) => ({ msgtype: 'text', text: { content, ...more } });
const shown = () => room.messages('appchat:incident12');
const asSecondApp = async (path: string, body?: object) => {
  const { secondApp } = await room.keys();
  const { access_token } = await room.wire(`gettoken?corpid=${room.sandbox.binding().corpId}&corpsecret=${secondApp.corpSecret}`);
  return room.wire(`${path}${path.includes('?') ? '&' : '?'}access_token=${access_token}`, body);
};

describe('an app makes a group of its own', () => {
  test('it is invisible until its first message', async () => {
    expect(await create()).toMatchObject({ errcode: 0, chatid: 'incident12' });
    expect(await room.get('api/messages?room=appchat:incident12')).toMatchObject({ status: 404 });
    expect((await send(text('组建处置群'))).errcode).toBe(0);
    const { rooms } = await room.get<{ rooms: object[] }>('api/state');
    expect(rooms).toContainEqual({
      id: 'appchat:incident12',
      name: '#12 处置群',
      kind: 'appchat',
      members: ['duty1', 'leader1', 'office1'],
    });
    expect(await shown()).toMatchObject([{ via: 'appchat', text: '组建处置群', pinged: [] }]);
  });

  test('it can be looked up and changed', async () => {
    await create();
    expect(await update({ name: '#12 善后', add_user_list: ['SdCoord1'], del_user_list: ['SdLeader1'], owner: 'SdDuty1' })).toMatchObject({
      errcode: 0,
    });
    expect(await room.api('appchat/get?chatid=incident12')).toMatchObject({
      chat_info: { chatid: 'incident12', name: '#12 善后', owner: 'SdDuty1', userlist: ['SdDuty1', 'SdOffice1', 'SdCoord1'], chat_type: 0 },
    });
  });

  test('without an id the platform makes one', async () => {
    expect(String((await create({ chatid: undefined })).chatid)).toMatch(/^[0-9A-Za-z]{1,32}$/);
  });

  test.each([
    ['signs in the id', { chatid: 'incident-12' }, 86001],
    ['a name of 51 characters', { name: '群'.repeat(51) }, 86004],
    ['an unknown owner', { owner: 'nobody' }, 86005],
    ['one member', { userlist: ['SdLeader1'] }, 86006],
    ['an unknown member', { userlist: ['SdDuty1', 'nobody'] }, 86007],
    ['no member list', { userlist: undefined }, 86204],
    ['an id of 33 characters', { chatid: 'a'.repeat(33) }, 86205],
    ['a numeric id that is too big', { chatid: '9'.repeat(20) }, 86206],
    ['an owner outside the list', { owner: 'SdCoord1' }, 86207],
  ])('%s is refused', async (_title, more, errcode) => {
    expect((await create(more)).errcode).toBe(errcode);
  });

  test('an id is taken once', async () => {
    await create();
    expect((await create()).errcode).toBe(86215);
  });

  test.each([
    ['an unknown group', { chatid: 'nothing' }, 86003],
    ['no group', { chatid: undefined }, 86201],
    ['an unknown newcomer', { add_user_list: ['nobody'] }, 86007],
    ['all but one leaving', { del_user_list: ['SdDuty1', 'SdOffice1'] }, 86006],
    ['the owner leaving without a successor', { del_user_list: ['SdLeader1'] }, 86005],
    ['an owner who is no member', { owner: 'SdCoord1' }, 86207],
    ['a long name', { name: '群'.repeat(51) }, 86004],
  ])('a change with %s is refused', async (_title, more, errcode) => {
    await create();
    expect((await update(more)).errcode).toBe(errcode);
  });

  test('an app that does not see the root department has no groups', async () => {
    await room.post('api/switches', { rootVisible: false });
    expect((await create()).errcode).toBe(48002);
    expect((await room.api('appchat/get?chatid=x')).errcode).toBe(48002);
  });

  test('another app cannot touch the group', async () => {
    await create();
    expect((await asSecondApp('appchat/get?chatid=incident12')).errcode).toBe(86008);
    expect((await asSecondApp('appchat/send', { chatid: 'incident12', ...text('x') })).errcode).toBe(86008);
    expect((await asSecondApp('appchat/update', { chatid: 'incident12', name: 'x' })).errcode).toBe(86008);
  });

  test('a dissolved group is told so', async () => {
    await create();
    expect(await room.post('api/dissolve', { room: 'appchat:incident12' })).toMatchObject({ dissolved: true });
    expect((await send(text('x'))).errcode).toBe(49008);
  });
});

describe('an app group really pages', () => {
  test.each([
    ['a listed member', text('请处置', { mentioned_list: ['SdLeader1'] }), ['leader1'], '请处置 @带班甲'],
    ['all', text('请处置', { mentioned_list: ['@all'] }), ['duty1', 'leader1', 'office1'], '请处置 @所有人'],
    ['a member named in the text', text('<@SdDuty1> 请处置'), ['duty1'], '@常值一 请处置'],
    ['a member named in markdown', { msgtype: 'markdown', markdown: { content: '<@SdOffice1>' } }, ['office1'], '@应办乙'],
    ['somebody outside', text('请处置', { mentioned_list: ['SdCoord1'] }), [], '请处置'],
    ['nobody by a text card', { msgtype: 'textcard', textcard: { title: '<@SdDuty1>', description: 'd', url: 'http://x' } }, [], undefined],
  ])('%s', async (_title, body, pinged, words) => {
    await create();
    expect((await send(body)).errcode).toBe(0);
    const [message] = await shown();
    expect(message?.pinged).toEqual(pinged);
    if (words !== undefined) expect(message?.text).toBe(words);
  });

  test.each([
    ['a card with buttons', { msgtype: 'template_card', template_card: {} }, 40008],
    ['an unknown kind', { msgtype: 'song' }, 40008],
    ['nothing', text(''), 44004],
    ['markdown over 2048 bytes', { msgtype: 'markdown', markdown: { content: 'a'.repeat(2049) } }, 40058],
    ['a file nobody uploaded', { msgtype: 'file', file: { media_id: 'x' } }, 40007],
  ])('%s is refused', async (_title, body, errcode) => {
    await create();
    expect((await send(body)).errcode).toBe(errcode);
  });

  test('a text card is cut by bytes here', async () => {
    await create();
    await send({ msgtype: 'textcard', textcard: { title: '急'.repeat(60), description: 'd', url: 'http://x' } });
    expect((await shown())[0]?.card?.title).toBe('急'.repeat(42));
  });

  test('the 201st message of a minute to one member vanishes without a word', async () => {
    await create();
    for (let n = 0; n < 201; n += 1) expect((await send(text(`第${n}条`))).errcode).toBe(0);
    expect(await shown()).toHaveLength(200);
    expect(await room.get('api/drops')).toMatchObject({
      drops: [{ via: 'appchat', why: 'member_rate', people: ['duty1', 'leader1', 'office1'] }],
    });
  });

  test('a newcomer still gets what the others miss, and only the reached are paged', async () => {
    await create();
    for (let n = 0; n < 200; n += 1) await send(text(`第${n}条`));
    await update({ add_user_list: ['SdCoord1'] });
    await send(text('请看', { mentioned_list: ['@all'] }));
    expect((await shown()).at(-1)).toMatchObject({ pinged: ['coord1'], missed: ['duty1', 'leader1', 'office1'] });
  });
});
