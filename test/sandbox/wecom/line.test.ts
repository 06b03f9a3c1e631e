import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, type RawRobot } from '../dutyRoom';
import { QUICK } from '../receiver';

let room: DutyRoom;
let robot: RawRobot;
beforeEach(async () => {
  room = await openDutyRoom();
  robot = await room.robot();
  await robot.subscribe(room.sandbox.binding().robot);
});
afterEach(() => room.close());

const line = (order: object) => room.post('api/line', order);
const push = (chatid: string) => robot.ask('aibot_send_msg', { chatid, msgtype: 'markdown', markdown: { content: 'x' } });
const chat = () => room.sandbox.binding().rooms.duty?.chatId ?? '';

describe('a line that breaks', () => {
  test('a half-open connection is silent in both directions, and a newer one works', async () => {
    await line({ halfOpen: true });
    let acked = false;
    void robot.ask('ping').then(() => {
      acked = true;
    });
    void push(chat());
    await room.say('duty', 'duty1', '有人吗');
    const newer = await room.robot();
    expect(await newer.subscribe(room.sandbox.binding().robot)).toBe(0);
    await room.say('duty', 'duty1', '现在呢');
    expect((await newer.callback('aibot_msg_callback')).body).toMatchObject({ text: { content: '@烽火值班机器人 现在呢' } });
    expect([acked, robot.closed]).toEqual([false, false]);
    expect((await room.messages('duty')).some((message) => message.fromBot)).toBe(false);
    expect((await room.calls('aibot_msg_callback')).map((call) => call.answer)).toEqual(['lost', 'sent']);
  });

  test('a half-open connection does not even answer the socket’s own ping', async () => {
    expect(await robot.pong(300)).toBe(true);
    await line({ halfOpen: true });
    expect(await robot.pong(60)).toBe(false);
  });

  test('a half-open connection is not closed for being idle', async () => {
    await room.close();
    room = await openDutyRoom({ ...QUICK, idleCloseMs: 500 });
    robot = await room.robot();
    await line({ halfOpen: true });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(robot.closed).toBe(false);
  });

  test('drops at an interval hit every connection until they are ended', async () => {
    await line({ dropEveryMs: 20 });
    expect(await robot.untilClosed()).toBe(true);
    robot = await room.robot();
    await robot.subscribe(room.sandbox.binding().robot);
    expect(await robot.untilClosed()).toBe(true);
    await line({ dropEveryMs: 0 });
    robot = await room.robot();
    expect(await robot.subscribe(room.sandbox.binding().robot)).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(robot.closed).toBe(false);
  });

  test('a connection that lost its subscription is told 846609 and can subscribe again', async () => {
    await line({ unsubscribe: true });
    expect(await push(chat())).toBe(846609);
    expect(await robot.subscribe(room.sandbox.binding().robot)).toBe(0);
    expect(await push(chat())).toBe(0);
  });

  test('a connection deaf to groups still hears private chats', async () => {
    await line({ deafInGroups: true });
    await room.say('duty', 'duty1', '群里');
    await room.say('dm:duty1', 'duty1', '私下');
    expect((await robot.callback('aibot_msg_callback')).body).toMatchObject({ chattype: 'single' });
    expect((await room.calls('aibot_msg_callback')).map((call) => call.answer)).toEqual(['lost', 'sent']);
  });

  test('kinds of tomorrow can be sent', async () => {
    await room.post('api/event', { to: 'robot', room: 'duty', from: 'duty1', event: 'auth_change_event', fields: { x: 1 } });
    expect((await robot.callback('aibot_event_callback')).body).toMatchObject({
      event: { eventtype: 'auth_change_event', auth_change_event: { x: 1 } },
    });
    await room.post('api/event', { to: 'robot', room: 'duty', from: 'duty1', raw: { msgtype: 'hologram', hologram: {} } });
    expect((await robot.callback('aibot_msg_callback')).body).toMatchObject({ msgtype: 'hologram', from: { userid: 'SdDuty1' } });
  });
});

describe('tenants differ', () => {
  test('where groups cannot be pushed to, private chats still can', async () => {
    await room.say('dm:duty1', 'duty1', '你好');
    await room.post('api/switches', { groupPush: false });
    expect([await push(chat()), await push('SdDuty1')]).toEqual([600039, 0]);
  });

  test('where ids are encrypted the robot sees and uses them', async () => {
    await room.post('api/switches', { encryptedUserids: true });
    await room.say('dm:duty1', 'duty1', '你好');
    const { openUserids } = await room.keys();
    expect((await robot.callback('aibot_msg_callback')).body).toMatchObject({ from: { userid: openUserids.duty1 } });
    expect([await push(openUserids.duty1 ?? ''), await push((openUserids.duty1 ?? '').toLowerCase())]).toEqual([0, 93006]);
  });

  test('a reset sets every switch back', async () => {
    await room.post('api/switches', { groupPush: false, trustedIp: false });
    await room.post('api/standing', { person: 'duty1', visible: false });
    await room.post('api/reset', {});
    expect(await push(chat())).toBe(0);
    expect((await room.api('user/get?userid=SdDuty1')).errcode).toBe(0);
  });
});

describe('several enterprises on one wire', () => {
  const other = {
    tenant: 'district',
    people: [{ id: 'chief', name: '区值守', post: '', roles: [], phone: '1' }],
    rooms: [{ id: 'duty', name: '区值班群', kind: 'duty', members: ['chief'] }],
  };

  test('each has its own secrets, people, rooms, faults and robot', async () => {
    await room.close();
    room = await openDutyRoom(undefined, [other]);
    expect(await room.get('api/tenants')).toMatchObject({ tenants: ['sandbox', 'district'] });
    const theirs = room.sandbox.binding('district');
    expect(theirs).toMatchObject({ tenant: 'district', people: { chief: 'SdChief' } });
    expect(await room.get('tenants/district/binding')).toMatchObject({ corpId: theirs.corpId });
    const [ours, district] = [await room.robot(), await room.robot()];
    expect([await ours.subscribe(room.sandbox.binding().robot), await district.subscribe(theirs.robot)]).toEqual([0, 0]);
    await room.post('tenants/district/api/say', { room: 'duty', from: 'chief', text: '区里' });
    await room.say('duty', 'duty1', '市里');
    expect((await district.callback('aibot_msg_callback')).body).toMatchObject({
      aibotid: theirs.robot.botId,
      from: { userid: 'SdChief' },
    });
    expect((await ours.callback('aibot_msg_callback')).body).toMatchObject({ from: { userid: 'SdDuty1' } });
    await room.post('tenants/district/api/faults', { api: 'webhook/send', errcode: 45009, times: 1 });
    const notice = { msgtype: 'text', text: { content: '通知' } };
    expect((await room.webhook('duty', notice)).errcode).toBe(0);
    expect((await room.wire(`webhook/send?key=${theirs.rooms.duty?.webhookKey}`, notice)).errcode).toBe(45009);
  });

  test('a token of one is nothing to the other', async () => {
    await room.close();
    room = await openDutyRoom(undefined, [other]);
    const theirs = room.sandbox.binding('district');
    const { access_token } = await room.wire(`gettoken?corpid=${theirs.corpId}&corpsecret=${theirs.corpSecret}`);
    expect(await room.wire(`user/get?userid=SdChief&access_token=${access_token}`)).toMatchObject({ errcode: 0, name: '区值守' });
    expect((await room.wire(`user/get?userid=SdDuty1&access_token=${access_token}`)).errcode).toBe(60111);
    expect((await room.wire(`gettoken?corpid=${theirs.corpId}&corpsecret=${room.sandbox.binding().corpSecret}`)).errcode).toBe(40001);
  });

  test('two of one name are refused', async () => {
    await expect(openDutyRoom(undefined, [{ ...other, tenant: 'sandbox' }])).rejects.toThrow('two tenants share a name');
  });
});
