import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import { open } from '../../../src/core/notices/message';
import type { Groups, SendResult } from '../../../src/ports/platform';
import { type Call, FOREVER, type HttpPeer, httpPeer, message, type Reply, type TestDeps, testDeps } from '../wire/support';
import { binding } from './support';

let peer: HttpPeer;
let deps: TestDeps;
let answers: Record<string, (call: Call) => Reply>;
let wecom: ReturnType<typeof createWecom>;

beforeEach(async () => {
  deps = testDeps();
  answers = { gettoken: () => ({ errcode: 0, access_token: 'token', expires_in: 7200 }) };
  peer = await httpPeer((call) => answers[call.path.replace('/cgi-bin/', '')]?.(call) ?? { errcode: 0, errmsg: 'ok' });
  const people = { duty1: 'ZhangSan', leader1: 'lisi', coord1: 'wangwu' };
  wecom = createWecom(binding({ apiBase: peer.base, people, capabilities: { 'app.appchat': 'probe' } }), deps);
});
afterEach(() => peer.stop());

const bodies = (path: string) => peer.calls.filter((call) => call.path === `/cgi-bin/${path}`).map((call) => JSON.parse(call.body));
const groups = () => wecom.groups as Groups;
const SPEC = { key: 'incident-12', name: '#12 处置组', owner: 'leader1', members: ['duty1', 'coord1', 'leader1'] };

describe('an incident’s own group', () => {
  test('is made with its people; the same key is the same group', async () => {
    const made = await groups().create(SPEC, FOREVER);
    const [body] = bodies('appchat/create');
    expect(body).toEqual({ name: '#12 处置组', owner: 'lisi', userlist: ['lisi', 'zhangsan', 'wangwu'], chatid: body.chatid });
    expect(body.chatid).toMatch(/^[0-9a-f]{32}$/);
    expect(made).toEqual({
      is: 'found',
      value: { route: { tenant: 'city', channel: 'wecom.appchat', address: body.chatid, pages: true }, except: [] },
    });
    await groups().create(SPEC, FOREVER);
    await groups().create({ ...SPEC, key: 'incident-13' }, FOREVER);
    const ids = bodies('appchat/create').map((one) => one.chatid);
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  });

  test('made twice takes in whoever is missing', async () => {
    answers['appchat/create'] = () => ({ errcode: 86215, errmsg: 'chatid taken' });
    answers['appchat/get'] = () => ({ errcode: 0, chat_info: { chatid: 'x', name: 'n', owner: 'lisi', userlist: ['LiSi', 'zhangsan'] } });
    expect(await groups().create(SPEC, FOREVER)).toMatchObject({ is: 'found' });
    expect(bodies('appchat/update')).toMatchObject([{ add_user_list: ['wangwu'] }]);
    answers['appchat/get'] = () => ({ errcode: 86008, errmsg: 'of another app' });
    expect(await groups().create(SPEC, FOREVER)).toEqual({ is: 'refused', code: '86008', fault: 'receiver' });
  });

  test.each([86007, 86216])('with a member the platform does not take (%i) is made without that one, who is named', async (errcode) => {
    answers['appchat/create'] = (call) => ({ errcode: JSON.parse(call.body).userlist.includes('wangwu') ? errcode : 0 });
    answers['user/get'] = (call) => ({ errcode: call.query.userid === 'wangwu' ? 60111 : 0, userid: call.query.userid });
    expect(await groups().create({ ...SPEC, members: [...SPEC.members, 'guest1'] }, FOREVER)).toMatchObject({
      is: 'found',
      value: { except: ['guest1', 'coord1'] },
    });
    expect(bodies('appchat/create')).toHaveLength(2);
  });

  test('needs two people who have an account', async () => {
    expect(await groups().create({ ...SPEC, owner: null, members: ['duty1', 'guest1'] }, FOREVER)).toMatchObject({
      code: 'too_few_members',
    });
    expect(peer.calls).toEqual([]);
  });

  test('changes name, owner and members, and says whom it could not take in', async () => {
    const change = { name: '新名', owner: 'duty1', add: ['coord1', 'guest1'], remove: ['leader1'] };
    expect(await groups().change('G1', change, FOREVER)).toMatchObject({ is: 'found', value: { except: ['guest1'] } });
    expect(bodies('appchat/update')).toEqual([
      { chatid: 'G1', name: '新名', owner: 'zhangsan', add_user_list: ['wangwu'], del_user_list: ['lisi'] },
    ]);
  });

  test('can be looked at; accounts of nobody are named apart', async () => {
    answers['appchat/get'] = () => ({ errcode: 0, chat_info: { name: '组', userlist: ['LISI', 'someone'] } });
    expect(await groups().look('G1', FOREVER)).toEqual({ is: 'found', value: { name: '组', people: ['leader1'], strangers: ['someone'] } });
    expect(peer.calls.at(-1)).toMatchObject({ method: 'GET', query: { chatid: 'G1', access_token: 'token' } });
  });

  test('a person’s words in its name page nobody and stay short', async () => {
    await groups().create({ ...SPEC, name: `<@all>@所有人\u202e${'长'.repeat(80)}` }, FOREVER);
    const { name } = bodies('appchat/create')[0];
    expect([...name]).toHaveLength(50);
    expect(name).not.toMatch(/[<>@\u202e]/);
  });

  test('that this deployment cannot make is not tried as a way to rooms again', async () => {
    const rooms = { duty: { chatId: 'wrDuty', webhookKey: 'k', appChatId: 'G1' } };
    wecom = createWecom(binding({ apiBase: peer.base, rooms, capabilities: { 'app.appchat': 'probe' } }), deps);
    const chain = () => wecom.routesToRoom('duty').map((route) => route.channel);
    expect(chain()).toEqual(['wecom.robot', 'wecom.webhook', 'wecom.appchat']);
    answers['appchat/create'] = () => ({ errcode: 48002 });
    expect(await groups().create({ ...SPEC, members: ['duty1', 'leader1'] }, FOREVER)).toEqual({
      is: 'refused',
      code: '48002',
      fault: 'permission',
    });
    expect(chain()).toEqual(['wecom.robot', 'wecom.webhook']);
  });
});

describe('a message into such a group', () => {
  async function send(said = message({ mentions: ['leader1'] }, [open('请到岗')]), capabilities = {}): Promise<readonly SendResult[]> {
    wecom = createWecom(binding({ apiBase: peer.base, capabilities }), deps);
    const channel = wecom.channels.find((one) => one.id === 'wecom.appchat');
    const to = { address: 'G1', ticket: null };
    const results: SendResult[] = [];
    for (const part of channel?.split(said, to) ?? []) results.push((await channel?.send(part, to, 'd1', FOREVER)) as SendResult);
    return results;
  }

  test('really calls people', async () => {
    expect(await send()).toEqual([{ is: 'accepted' }]);
    expect(bodies('appchat/send')).toEqual([
      { chatid: 'G1', msgtype: 'text', text: { content: '#12 突发事件接报\n请到岗', mentioned_list: ['lisi'] }, safe: 0 },
    ]);
  });

  test('names nobody where the clients are too old for it, and then does not count as calling', async () => {
    await send(undefined, { 'app.mention': 'off' });
    expect(bodies('appchat/send')[0].text.mentioned_list).toBeUndefined();
    expect(wecom.channels.find((one) => one.id === 'wecom.appchat')?.pages).toBe(false);
  });

  test.each([40050, 49008, 86003, 86008])('that is gone (%i) says so: the incident needs a group with a new key', async (errcode) => {
    answers['appchat/send'] = () => ({ errcode });
    expect(await send()).toEqual([{ is: 'refused', code: String(errcode), fault: 'receiver' }]);
  });
});
