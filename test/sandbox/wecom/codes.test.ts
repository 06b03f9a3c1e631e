import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { REASONS } from '../../../src/sandbox/wecom/reasons';
import { ApiLimits } from '../../../src/sandbox/wecom/wire';
import { type DutyRoom, openDutyRoom, type RawRobot } from '../dutyRoom';

let room: DutyRoom;
let robot: RawRobot;
beforeAll(async () => {
  room = await openDutyRoom();
  robot = await room.robot();
  await robot.subscribe(room.sandbox.binding().robot);
});
afterAll(() => room.close());

const CODES = Object.keys(REASONS).map(Number);
/** One call of each family gets every code, the others one. */
const FAMILIES = [
  'gettoken',
  'message/send',
  'message/update_template_card',
  'appchat/send',
  'media/upload',
  'webhook/send',
  'user/getuserid',
  'auth/getuserinfo',
  'aibot/response',
];
const OTHERS = [
  ...[
    'message/recall',
    'appchat/create',
    'appchat/update',
    'appchat/get',
    'media/get',
    'webhook/upload_media',
    'user/get',
    'user/simplelist',
  ],
  ...['user/list_id', 'department/get', 'department/simplelist', 'tag/get', 'batch/openuserid_to_userid', 'user/getuserinfo'],
  ...['getcallbackip', 'get_api_domain_ip', 'user/get_userid_by_email'],
];
const FRAMES = ['aibot_send_msg', 'aibot_respond_msg', 'aibot_upload_media_chunk'];
const OTHER_FRAMES = [
  'ping',
  'aibot_respond_welcome_msg',
  'aibot_respond_update_msg',
  'aibot_upload_media_init',
  'aibot_upload_media_finish',
];

describe('every code of the platform can be planted on every call', () => {
  test.each(FAMILIES)('%s', async (api) => {
    for (const errcode of CODES) {
      await room.post('api/faults', { api, errcode, times: 1 });
      const answer = await room.wire(api);
      expect(answer).toMatchObject({ status: 200, errcode });
      expect(String(answer.errmsg).startsWith(`${REASONS[errcode]}, hint: [`)).toBe(true);
      expect(answer.errmsg).toContain(`from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`);
    }
    expect(await room.post('api/faults', { clear: true })).toMatchObject({ armed: 0 });
  });

  test.each(FRAMES)('%s', async (cmd) => {
    for (const errcode of CODES) {
      await room.post('api/faults', { api: cmd, errcode, times: 1 });
      expect(await robot.ask(cmd, {})).toBe(errcode);
    }
  });

  test('and one on every other', async () => {
    for (const api of OTHERS) {
      await room.post('api/faults', { api, errcode: 45033, times: 1 });
      expect(await room.wire(api)).toMatchObject({ status: 200, errcode: 45033 });
    }
    for (const cmd of OTHER_FRAMES) {
      await room.post('api/faults', { api: cmd, errcode: 846601, times: 1 });
      expect(await robot.ask(cmd, {})).toBe(846601);
    }
  });

  test('a code of no list is planted as well, and an unknown API stays a plain 404', async () => {
    await room.post('api/faults', { api: 'gettoken', errcode: 987654, times: 1 });
    expect((await room.wire('gettoken')).errcode).toBe(987654);
    const answer = await fetch(`${room.sandbox.binding().apiBase}/cgi-bin/nothing`);
    expect(answer.status).toBe(404);
  });
});

describe('every call holds to its method, its token and a JSON body', () => {
  const GETS = [
    'gettoken',
    'appchat/get',
    'media/get',
    'user/get',
    'user/simplelist',
    'department/get',
    'tag/get',
    'auth/getuserinfo',
    'getcallbackip',
  ];
  const POSTS = [
    'message/send',
    'message/recall',
    'appchat/create',
    'user/getuserid',
    'batch/openuserid_to_userid',
    'message/update_template_card',
  ];
  test.each(GETS)('%s is a GET', async (api) => expect((await room.wire(api, {})).errcode).toBe(43001));
  test.each(POSTS)('%s is a POST with a token and a body', async (api) => {
    expect((await room.wire(api)).errcode).toBe(43002);
    expect((await room.wire(api, {})).errcode).toBe(41001);
    const url = `${room.sandbox.binding().apiBase}/cgi-bin/${api}?access_token=${await room.token()}`;
    const answer = await fetch(url, { method: 'POST', body: 'no json' });
    expect(await answer.json()).toMatchObject({ errcode: 40035 });
    const long = await fetch(url, { method: 'POST', body: `"${'a'.repeat(4 << 20)}"` });
    expect(await long.json()).toMatchObject({ errcode: 40206 });
  });

  test('one API takes 10000 calls a minute, then none', () => {
    const limits = new ApiLimits();
    for (let n = 0; n < 10_000; n += 1) expect(limits.take('user/get', 1000)).toBe(true);
    expect([limits.take('user/get', 1000), limits.take('tag/get', 1000), limits.take('message/send', 1000)]).toEqual([false, true, true]);
    expect(limits.take('user/get', 61_001)).toBe(true);
  });
});
