import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Koa from 'koa';
import type { GovBinding } from '../../../src/sandbox/dingtalk/gov/keys';
import { signatureOf, stringToSign } from '../../../src/sandbox/dingtalk/gov/sign';
import type { Message } from '../../../src/sandbox/messages';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox';
import fixture from '../../fixtures/dingtalk-vectors.json';
import { listening, WORLD } from '../dutyRoom';
import { call as json, type Wire } from './dingRoom';

let now: number;
let sandbox: Sandbox;
let server: Server;
let base: string;
let gov: GovBinding;
let nonce: number;
beforeEach(async () => {
  now = Date.parse('2026-08-01T09:00:00+08:00');
  nonce = 0;
  const advanceTo = async (target: number) => {
    now = target;
    return now;
  };
  const control = { now: () => now, advanceTo, reset: async () => undefined };
  sandbox = await startSandbox({ world: { ...WORLD, platform: 'govding' }, port: 0, control });
  server = createServer(new Koa().use(sandbox.router.routes()).callback());
  base = `http://127.0.0.1:${await listening(server)}/sandbox`;
  gov = sandbox.govBinding();
});
afterEach(async () => {
  await sandbox.stop();
  server.close();
  server.closeAllConnections();
});

interface How {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly secret?: string;
  readonly at?: number;
  readonly algorithm?: 'md5';
}

/** A signed request as a client of the platform makes it. */
async function request(path: string, params: readonly (readonly [string, string])[], how: How = {}): Promise<Wire> {
  const { method = 'POST', headers = {}, secret = gov.appSecret, at = now, algorithm } = how;
  nonce += 1;
  const signed = { method, timestamp: new Date(at).toISOString(), nonce: String(nonce), path, params };
  const all = {
    apiKey: gov.appKey,
    'X-Hmac-Auth-Timestamp': signed.timestamp,
    'X-Hmac-Auth-Nonce': signed.nonce,
    'X-Hmac-Auth-Version': '1.0',
    'X-Hmac-Auth-Signature': signatureOf(stringToSign(signed), secret, algorithm ?? 'sha256'),
    ...(algorithm ? { 'X-Hmac-Auth-Algorithm': algorithm } : {}),
    ...headers,
  };
  const form = new URLSearchParams(params.map(([name, value]) => [name, value] as [string, string]));
  const url = `${gov.base}${path}`;
  const answer = await (method === 'GET' ? fetch(`${url}?${form}`, { headers: all }) : fetch(url, { method, headers: all, body: form }));
  return { ...((await answer.json()) as object), status: answer.status };
}

const content = (answer: Wire) => answer.content as Record<string, unknown>;
const token = async () => {
  const answer = await request(
    '/gettoken.json',
    [
      ['appkey', gov.appKey],
      ['appsecret', gov.appSecret],
    ],
    { method: 'GET' },
  );
  return (content(answer).data as { accessToken: string }).accessToken;
};
const call = async (path: string, fields: Record<string, string | string[]>) => {
  const params = Object.entries({ access_token: await token(), ...fields }).flatMap(([name, value]) =>
    [value].flat().map((v) => [name, v] as const),
  );
  return request(path, params);
};
const messages = async (room: string) => ((await json(`${base}/api/messages?room=${room}`)) as unknown as { messages: Message[] }).messages;
const say = (room: string, from: string, text: string) => json(`${base}/api/say`, { room, from, text });
const account = (person: string) => gov.people[person]?.accountId ?? '';

describe('requests are signed as the government SDK signs them', () => {
  test.each(fixture.govHmac)('$name', (vector) => {
    const text = stringToSign({ ...vector, params: vector.params as [string, string][] });
    expect(text).toBe(vector.stringToSign);
    expect(signatureOf(text, vector.secret, 'sha256')).toBe(vector.signatureHmacSha256);
    expect(signatureOf(text, vector.secret, 'md5')).toBe(vector.signatureMd5);
  });

  test('names are sorted without regard to letter case, empty values are left out', () => {
    const params = [
      ['b', '1'],
      ['A', '2'],
      ['c', ''],
    ] as const;
    expect(stringToSign({ method: 'GET', timestamp: 't', nonce: 'n', path: '/p', params })).toBe('GET\nt\nn\n/p\nA=2&b=1');
  });
});

describe('the gateway', () => {
  const ask = (how: How) =>
    request(
      '/gettoken.json',
      [
        ['appkey', gov.appKey],
        ['appsecret', gov.appSecret],
      ],
      { method: 'GET', ...how },
    );

  test.each<[string, () => How, string]>([
    ['an unknown key', () => ({ headers: { apiKey: 'x' } }), 'InvalidApiKey'],
    ['another secret', () => ({ secret: 'x' }), 'SignatureMismatch'],
    ['a request of six minutes ago', () => ({ at: now - 360_000 }), 'InvalidTimestamp'],
    ['a time in no known form', () => ({ headers: { 'X-Hmac-Auth-Timestamp': String(now) } }), 'InvalidTimestamp'],
    ['another version', () => ({ headers: { 'X-Hmac-Auth-Version': '2.0' } }), 'InvalidHmacHeader'],
  ])('turns away %s', async (_title, how, code) => {
    expect(await ask(how())).toMatchObject({ success: false, Code: code, _RequestId: expect.any(String) });
  });

  test('turns away a nonce that was used, and a call that nobody knows', async () => {
    expect(await ask({ headers: { 'X-Hmac-Auth-Nonce': '1' } })).toMatchObject({ success: true });
    nonce = 0;
    expect(await ask({})).toMatchObject({ success: false, Code: 'NonceUsed' });
    expect(await call('/openplatform/card/send', {})).toMatchObject({ success: false, Code: 'ApiNotFound' });
  });

  test('takes the other digest, and gives the same token for two hours', async () => {
    const first = await ask({ algorithm: 'md5' });
    expect(first).toMatchObject({
      success: true,
      content: { success: true, data: { accessToken: expect.stringMatching(/^app_/), expiresIn: 7200 } },
    });
    now += 7_199_000;
    expect(content(await ask({})).data).toMatchObject({
      accessToken: (content(first).data as { accessToken: string }).accessToken,
      expiresIn: 1,
    });
    now += 1000;
    expect(content(await ask({})).data).not.toMatchObject(content(first).data as object);
  });

  test('a stale or planted-away token is refused inside, under an outer success', async () => {
    const refused = { success: true, content: { success: false, responseCode: 'InvalidAccessToken' } };
    expect(
      await request(
        '/gettoken.json',
        [
          ['appkey', gov.appKey],
          ['appsecret', 'x'],
        ],
        { method: 'GET' },
      ),
    ).toMatchObject({ content: { success: false } });
    expect(await request('/mozi/organization/getRootOrganization', [['access_token', 'x']])).toMatchObject(refused);
    await json(`${base}/api/faults`, { api: 'mozi/organization/getRootOrganization', code: 'InvalidAccessToken' });
    const held = await token();
    for (let n = 0; n < 2; n += 1)
      expect(await request('/mozi/organization/getRootOrganization', [['access_token', held]])).toMatchObject(refused);
  });
});

describe('work notifications', () => {
  const notice = (bizMsgId: string, text: string, fields: Record<string, string> = {}) =>
    call('/message/workNotification', {
      tenantId: gov.tenantId,
      receiverIds: `${account('duty1')},${account('leader1')}`,
      bizMsgId,
      msg: JSON.stringify({ msgtype: 'text', text: { content: text } }),
      ...fields,
    });

  test('are answered by JSON inside a text, and refused under the same business id', async () => {
    const answer = await notice('inc-7-v1', '请到岗 A&B=1+2');
    expect(JSON.parse(String(answer.content))).toMatchObject({ success: true, content: { msgId: expect.any(String) } });
    expect(await messages('dm:duty1')).toMatchObject([{ via: 'app', text: '请到岗 A&B=1+2' }]);
    expect(await notice('inc-7-v1', '请到岗')).toMatchObject({
      success: true,
      content: { success: false, responseCode: 'DuplicateBizMsgId' },
    });
  });

  test('of the same words reach a person once a day', async () => {
    await notice('a', '请到岗');
    await notice('b', '请到岗');
    expect(await messages('dm:duty1')).toHaveLength(1);
    expect(await json(`${base}/api/drops`)).toMatchObject({ drops: [{ why: 'duplicate' }, { why: 'duplicate' }] });
  });

  test.each([
    ['another tenant', { tenantId: '1' }],
    ['nobody', { receiverIds: '' }],
    ['too many', { receiverIds: Array.from({ length: 1001 }, (_, n) => String(n)).join(',') }],
    ['more than 2048 bytes', { msg: JSON.stringify({ msgtype: 'text', text: { content: '急'.repeat(700) } }) }],
    ['a form nobody knows', { msg: JSON.stringify({ msgtype: 'file', file: { media_id: 'x' } }) }],
  ])('to or with %s are refused', async (_title, fields) => {
    expect(await notice('c', 'x', fields)).toMatchObject({ content: { success: false } });
  });

  test('are changed and taken back by the business id', async () => {
    await notice('d', '旧');
    await call('/message/changeMessageInfo', { bizMsgId: 'd', msg: JSON.stringify({ msgtype: 'text', text: { content: '新' } }) });
    expect(await messages('dm:duty1')).toMatchObject([{ text: '新' }]);
    await call('/message/revoke', { bizMsgId: 'd' });
    expect(await messages('dm:leader1')).toMatchObject([{ recalled: true }]);
  });
});

describe('chats and the robot', () => {
  const text = (words: string) => JSON.stringify({ content: words });

  test('the robot speaks in a group and to a person, and takes it back', async () => {
    const { chatId = '', robotToken = '' } = gov.rooms.duty ?? {};
    const answer = await call('/robot/message/sendgroup', { chatId, token: robotToken, msgType: 'text', msgBody: text('集合') });
    expect(await messages('duty')).toMatchObject([{ via: 'robot', text: '集合' }]);
    await call('/robot/message/sendoto', {
      accountId: account('duty1'),
      msgType: 'markdown',
      msgBody: JSON.stringify({ title: '急', text: '**急**' }),
    });
    expect(await messages('dm:duty1')).toMatchObject([{ kind: 'markdown', text: '**急**' }]);
    await call('/robot/message/batchrecallgroup', { msgIdList: String((content(answer).data as { msgId: string }).msgId) });
    expect(await messages('duty')).toMatchObject([{ recalled: true }]);
    expect(await call('/robot/message/sendgroup', { chatId, token: 'x', msgType: 'text', msgBody: text('x') })).toMatchObject({
      content: { success: false },
    });
  });

  test('a group is made, filled, written to, and tells who has read', async () => {
    const made = await call('/chat/group/V2/create', {
      accountId: account('duty1'),
      tenantId: gov.tenantId,
      name: '处置群',
      useridlist: account('leader1'),
    });
    const { chatId } = content(made).data as { chatId: string };
    await call('/chat/group/update', {
      chatId,
      accountId: account('duty1'),
      addUserIdList: account('office1'),
      delUserIdList: account('leader1'),
    });
    const users = content(await call('/chat/group/getUsers', { chatId })).data;
    expect(users).toEqual([{ accountId: account('duty1') }, { accountId: account('office1') }]);
    const msg = JSON.stringify({ msgtype: 'text', text: { content: '请签收' } });
    const sent = await call('/chat/sendMsg', { chatId, chatType: '2', senderId: account('duty1'), tenantId: gov.tenantId, msg });
    await say('group:1', 'office1', '收到');
    const { msgId } = content(sent).data as { msgId: string };
    expect(content(await call('/chat/group/messageReadUsers', { messageId: msgId, cursor: '0', pageSize: '20' })).data).toMatchObject({
      list: [{ accountId: account('office1') }],
      hasMore: false,
    });
    await call('/chat/sendMsg', { receiverId: account('leader1'), chatType: '1', senderId: account('duty1'), msg });
    expect(await messages('dm:leader1')).toMatchObject([{ text: '请签收' }]);
  });

  test('what people say reaches the address of the robot, unsigned, and is answered by session', async () => {
    const heard: Record<string, never>[] = [];
    const bot = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      heard.push(JSON.parse(body));
      response.end('{"errmsg":"ok"}');
    });
    await call('/app/robot/update', { outgoingUrl: `http://127.0.0.1:${await listening(bot)}/`, outgoingToken: 't' });
    await say('duty', 'duty1', '报告');
    await json(`${base}/api/say`, { room: 'duty', from: 'duty1', text: '闲聊', mentionBot: false });
    for (let tries = 0; heard.length < 1 && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toMatchObject([
      {
        msgtype: 'text',
        text: { content: ' 报告' },
        senderId: account('duty1'),
        conversationId: gov.rooms.duty?.chatId,
        conversationType: '2',
      },
    ]);
    const webhook = String(heard[0]?.sessionWebhook);
    expect(await json(webhook, { msgtype: 'text', text: { content: '已登记' } })).toMatchObject({ errcode: 0 });
    expect((await messages('duty')).at(-1)).toMatchObject({ fromBot: true, text: '已登记' });
    now += 5_400_000;
    expect((await json(webhook, { msgtype: 'text', text: { content: '晚了' } })).status).toBe(500);
    bot.close();
    bot.closeAllConnections();
  });
});

describe('DING', () => {
  const ding = (notifyType: string, to = [account('leader1')]) =>
    call('/gov/ding/isv/send.json', {
      creator: JSON.stringify({ accountId: account('duty1') }),
      receivers: JSON.stringify(to.map((accountId) => ({ accountId }))),
      notifyType,
      bodyType: 'text',
      textType: 'plaintext',
      body: JSON.stringify({ text: '立即到岗' }),
      tenantId: gov.tenantId,
    });

  test.each([
    ['app', '应用内'],
    ['sms', '短信'],
  ])('by %s pages the receiver, who is asked after', async (way, name) => {
    const answer = await ding(way);
    expect(await messages('dm:leader1')).toMatchObject([{ via: 'ding', text: `[DING·${name}] 立即到岗`, pinged: ['leader1'] }]);
    await say('dm:leader1', 'leader1', '到了');
    const { dingId } = content(answer).data as { dingId: string };
    expect(content(await call('/ding/query/userDetail', { dingId })).data).toEqual([{ accountId: account('leader1'), status: 'READ' }]);
  });

  test('by phone is not known, nor to strangers', async () => {
    expect(await ding('phone')).toMatchObject({ content: { success: false } });
    expect(await ding('app', ['x'])).toMatchObject({ content: { success: false } });
    expect(await messages('dm:leader1')).toEqual([]);
  });
});

describe('people', () => {
  test('by mobile to a code, by codes to accounts', async () => {
    const { data } = content(
      await call('/mozi/employee/get_by_mobile', { areaCode: '86', tenantId: gov.tenantId, namespace: 'local', mobile: '10000000002' }),
    );
    const { employeeCode } = data as { employeeCode: string };
    expect(employeeCode).toBe(gov.people.leader1?.employeeCode);
    const codes = [gov.people.duty1?.employeeCode ?? '', employeeCode];
    expect(
      content(await call('/mozi/employee/listEmployeeAccountIds', { employeeCodes: codes, tenantId: gov.tenantId })).data,
    ).toMatchObject([{ accountId: account('duty1') }, { accountId: account('leader1'), employeeCode }]);
    expect(content(await call('/mozi/employee/getEmployeeByCode', { employeeCode })).data).toMatchObject({ employeeName: '带班甲' });
    expect(await call('/mozi/employee/get_by_mobile', { mobile: '1' })).toMatchObject({ content: { success: false } });
  });

  test('units and who is in them', async () => {
    const root = content(await call('/mozi/organization/getRootOrganization', {})).data as { organizationCode: string };
    expect(root.organizationCode).toMatch(/^GO_/);
    const page = await call('/mozi/organization/pageOrganizationEmployeePositions', {
      organizationCode: root.organizationCode,
      pageNo: '2',
      pageSize: '3',
    });
    expect(content(page).data).toMatchObject({ totalSize: 5, data: [{ employeeName: '协调丙' }, { employeeName: '来客丁' }] });
    expect(
      content(await call('/mozi/organization/pageSubOrganizationCodes', { organizationCode: root.organizationCode })).data,
    ).toMatchObject({ data: [] });
  });

  test('a code from the client tells once who holds the phone', async () => {
    const { code } = (await json(`${base}/api/auth-code`, { person: 'leader1' })) as unknown as { code: string };
    const first = await call('/rpc/oauth2/dingtalk_app_user.json', { auth_code: code });
    expect(content(first).data).toMatchObject({
      accountId: account('leader1'),
      employeeCode: gov.people.leader1?.employeeCode,
      namespace: 'local',
    });
    expect(await call('/rpc/oauth2/dingtalk_app_user.json', { auth_code: code })).toMatchObject({ content: { success: false } });
  });

  test('a file is put up, the parameters in the query, and fetched', async () => {
    const params = [
      ['access_token', await token()],
      ['type', 'file'],
    ] as const;
    nonce += 1;
    const signed = { method: 'POST', timestamp: new Date(now).toISOString(), nonce: String(nonce), path: '/media/upload', params };
    const form = new FormData();
    form.append('media', new Blob(['docx']), '简报.docx');
    const headers = {
      apiKey: gov.appKey,
      'X-Hmac-Auth-Timestamp': signed.timestamp,
      'X-Hmac-Auth-Nonce': signed.nonce,
      'X-Hmac-Auth-Version': '1.0',
      'X-Hmac-Auth-Signature': signatureOf(stringToSign(signed), gov.appSecret, 'sha256'),
    };
    const query = new URLSearchParams(params.map(([name, value]) => [name, value] as [string, string]));
    const answer = (await (await fetch(`${gov.base}/media/upload?${query}`, { method: 'POST', headers, body: form })).json()) as Wire;
    expect(content(answer).data).toMatchObject({ mediaId: expect.stringMatching(/^@/) });
  });
});

test('the state names the platform; nothing of DingTalk is answered here', async () => {
  expect(await json(`${base}/api/state`)).toMatchObject({ platform: 'govding', robot: { connected: false, callback: false } });
  expect(await json(`${gov.base}/v1.0/oauth2/accessToken`, {})).toMatchObject({ success: false });
  expect(() => sandbox.dingBinding()).toThrow('no enterprise on dingtalk');
});
