import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, type DingRoom, openDingRoom, RawStream } from './dingRoom';

let room: DingRoom;
beforeEach(async () => {
  room = await openDingRoom();
});
afterEach(() => room.close());

const group = () => ({
  robotCode: room.binding.robotCode,
  openConversationId: room.binding.rooms.duty?.openConversationId,
  msgKey: 'sampleText',
  msgParam: '{"content":"x"}',
});
const send = () => room.api('robot/groupMessages/send', group());

describe('access tokens', () => {
  test('are the same for two hours on both hosts, then another', async () => {
    const { apiBase, oapiBase, clientId, clientSecret, corpId } = room.binding;
    const first = await call(`${apiBase}/v1.0/oauth2/accessToken`, { appKey: clientId, appSecret: clientSecret });
    expect(first).toMatchObject({ status: 200, expireIn: 7200 });
    room.advance(3_600_000);
    const old = await call(`${oapiBase}/gettoken?appkey=${clientId}&appsecret=${clientSecret}`);
    expect(old).toMatchObject({ errcode: 0, access_token: first.accessToken, expires_in: 3600 });
    room.advance(3_600_000);
    const newer = await call(`${apiBase}/v1.0/oauth2/${corpId}/token`, {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
    });
    expect(newer.access_token).not.toBe(first.accessToken);
    const header = { 'x-acs-dingtalk-access-token': String(first.accessToken) };
    expect(await call(`${apiBase}/v1.0/robot/groupMessages/send`, group(), header)).toMatchObject({
      status: 400,
      code: 'InvalidAuthentication',
    });
    expect(await call(`${oapiBase}/chat/get?access_token=${first.accessToken}&chatid=x`)).toMatchObject({ errcode: 42001 });
    expect(await call(`${oapiBase}/topapi/v2/user/get?access_token=${first.accessToken}`, {})).toMatchObject({
      errcode: 88,
      sub_code: '40014',
    });
  });

  test('are not given for a wrong secret', async () => {
    const { apiBase, oapiBase, clientId } = room.binding;
    expect(await call(`${apiBase}/v1.0/oauth2/accessToken`, { appKey: clientId, appSecret: 'x' })).toMatchObject({
      status: 400,
      code: 'invalidClientIdOrSecret',
    });
    expect(await call(`${oapiBase}/gettoken?appkey=${clientId}&appsecret=x`)).toMatchObject({ status: 200, errcode: 40089 });
    expect(await call(`${oapiBase}/chat/get?chatid=x`)).toMatchObject({ errcode: 41001 });
  });

  test('one that is planted as invalid stays invalid', async () => {
    await send();
    await room.post('api/faults', { api: 'robot/groupMessages/send', code: 'InvalidAuthentication', times: 1 });
    expect(await send()).toMatchObject({ status: 400, code: 'InvalidAuthentication' });
    expect(await send()).toMatchObject({ status: 400, code: 'InvalidAuthentication' });
  });
});

describe('403 means four things on the new host, and the old host says them by code', () => {
  test('a missing permission names its scope', async () => {
    await room.post('api/switches', { missingScopes: ['qyapi_robot_sendmsg', 'qyapi_chat_manage'] });
    expect(await send()).toMatchObject({
      status: 403,
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
    });
    expect(await room.oapi('chat/get?chatid=x')).toMatchObject({ status: 200, errcode: 60011 });
    expect(await room.oapi('topapi/im/chat/scenegroup/get', {})).toMatchObject({ errcode: 88, sub_code: '60011' });
  });

  test('too many calls of one API in a second; the next second is open again', async () => {
    await room.post('api/switches', { qps: 3 });
    const first = await Promise.all([send(), send(), send()]);
    expect(first.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await send()).toMatchObject({ status: 403, code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' });
    room.advance(1000);
    expect(await send()).toMatchObject({ status: 200 });
    for (let n = 0; n < 3; n += 1) await room.oapi('chat/get?chatid=x');
    expect(await room.oapi('chat/get?chatid=x')).toMatchObject({ status: 200, errcode: 90018 });
  });

  test('the quota of the month, which custom robots and answers by session do not touch', async () => {
    await room.post('api/switches', { monthlyCalls: 1 });
    expect(await send()).toMatchObject({ status: 200 });
    expect(await send()).toMatchObject({ status: 403, code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' });
    expect(await room.oapi('chat/get?chatid=x')).toMatchObject({ errcode: 90020 });
    expect(await room.hook('duty', { msgtype: 'text', text: { content: 'x' } })).toMatchObject({ errcode: 0 });
    expect(await room.get('api/keys')).toMatchObject({ budget: { used: 1, allowed: 1 } });
    room.advance(31 * 86_400_000);
    expect(await send()).toMatchObject({ status: 200 });
  });

  test('an address that is not listed', async () => {
    await send();
    await room.post('api/switches', { trustedIp: false });
    expect(await send()).toMatchObject({ status: 403, code: 'Forbidden.AccessDenied.IpNotInWhiteList' });
    expect(await room.oapi('chat/get?chatid=x')).toMatchObject({ status: 200, errcode: 60020 });
    expect(await RawStream.ticket(room.binding)).toMatchObject({ status: 403, code: 'Forbidden.AccessDenied.IpNotInWhiteList' });
  });
});

describe('planted faults', () => {
  const plant = (fault: object) => room.post('api/faults', { api: 'robot/groupMessages/send', times: 1, ...fault });

  test.each([
    ['a code with its usual status', { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' }, 403],
    ['a code with another status', { code: 'whatever.new', status: 429 }, 429],
    ['a bare status', { status: 502 }, 502],
  ])('%s', async (_title, fault, status) => {
    await plant(fault);
    expect(await send()).toMatchObject({ status });
    expect(await room.messages('duty')).toEqual([]);
  });

  test('an answer that is lost after the message was shown', async () => {
    await plant({ drop: true, afterAccept: true });
    await expect(send()).rejects.toThrow();
    expect(await room.messages('duty')).toHaveLength(1);
  });

  test('a late answer is an answer', async () => {
    await plant({ delayMs: 20 });
    expect(await send()).toMatchObject({ status: 200 });
  });

  test('the old host: a code, a wrapped code, and the page for those who call too often', async () => {
    const look = () => room.oapi('topapi/v2/user/get', { userid: 'DtDuty1' });
    await room.post('api/faults', { api: 'topapi/v2/user/get', errcode: -1, times: 1 });
    expect(await look()).toMatchObject({ status: 200, errcode: -1 });
    await room.post('api/faults', { api: 'topapi/v2/user/get', errcode: 88, code: '60011', times: 1 });
    expect(await look()).toMatchObject({ errcode: 88, sub_code: '60011' });
    await room.post('api/faults', { api: 'topapi/v2/user/get', code: 'punish', times: 1 });
    expect(await look()).toMatchObject({ wait: 5, punish: 'deny', source: 'x5' });
    expect(await look()).toMatchObject({ errcode: 0 });
  });

  test('a body that is none', async () => {
    const { apiBase } = room.binding;
    await send();
    const token = (await room.calls('oauth2/accessToken'))[0]?.answer as { accessToken: string };
    const headers = { 'x-acs-dingtalk-access-token': token.accessToken };
    const answer = await room.raw(`${apiBase}/v1.0/robot/groupMessages/send`, { method: 'POST', body: 'x', headers });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'Missingbody' })]);
  });
});

test('every call of the bot is kept with its answer, its room and its fault', async () => {
  await send();
  await room.post('api/faults', { api: 'robot/groupMessages/send', status: 503, times: 1 });
  await send();
  expect(await room.calls('robot/groupMessages/send')).toMatchObject([
    {
      direction: 'fromBot',
      room: 'duty',
      request: { host: 'api', method: 'POST', body: group() },
      answer: { processQueryKey: expect.any(String) },
    },
    { answer: { status: 503 }, fault: { status: 503 } },
  ]);
});

test('a reset empties rooms, quotas and switches, and old keys are unknown', async () => {
  await room.post('api/switches', { monthlyCalls: 1 });
  const { processQueryKey } = await send();
  await room.post('api/reset', {});
  expect(await room.messages('duty')).toEqual([]);
  const { robotCode } = room.binding;
  room.advance(10_000_000);
  expect(
    await room.api(`robot/oToMessages/readStatus?robotCode=${robotCode}&processQueryKey=${encodeURIComponent(String(processQueryKey))}`),
  ).toMatchObject({ code: 'invalid.processQueryKey' });
  expect(await send()).toMatchObject({ status: 200 });
});
