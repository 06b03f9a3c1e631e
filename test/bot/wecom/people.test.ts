import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import type { Contacts, Inbound, SharedToken, SignIn } from '../../../src/ports/platform';
import { type Call, FOREVER, type HttpPeer, httpPeer, message, type Reply, type TestDeps, testDeps, until } from '../wire/support';
import { binding } from './support';

let peer: HttpPeer;
let deps: TestDeps;
let answers: Record<string, (call: Call) => Reply>;
let wecom: ReturnType<typeof createWecom>;

beforeEach(async () => {
  deps = testDeps();
  answers = { gettoken: () => ({ errcode: 0, access_token: `token-${calls('gettoken').length}`, expires_in: 7200 }) };
  peer = await httpPeer((call) => answers[call.path.replace('/cgi-bin/', '')]?.(call) ?? { errcode: 0, errmsg: 'ok' });
  wecom = createWecom(binding({ apiBase: peer.base }), deps);
});
afterEach(() => peer.stop());

const calls = (path: string) => peer.calls.filter((call) => call.path === `/cgi-bin/${path}`);
const contacts = () => wecom.contacts as Contacts;
const signIn = () => wecom.signIn as SignIn;

describe('the platform’s directory', () => {
  test('tells name, post and whether somebody is there', async () => {
    answers['user/get'] = () => ({ errcode: 0, userid: 'ZhangSan', name: '甲', position: '值班员', department: [1, 2], status: 1 });
    expect(await contacts().entry('zhangsan', FOREVER)).toEqual({
      is: 'found',
      value: { account: 'zhangsan', name: '甲', post: '值班员', departments: [1, 2], active: true },
    });
    answers['user/get'] = () => ({ errcode: 60111 });
    expect(await contacts().entry('nobody', FOREVER)).toEqual({ is: 'nobody' });
  });

  test('lists departments and who is in one', async () => {
    answers['department/simplelist'] = () => ({
      errcode: 0,
      department_id: [
        { id: 1, parentid: 0, order: 1 },
        { id: 7, parentid: 1, order: 2 },
      ],
    });
    answers['user/simplelist'] = () => ({ errcode: 0, userlist: [{ userid: 'LiSi', name: '乙', department: [7] }] });
    expect(await contacts().departments(1, FOREVER)).toEqual({ is: 'found', value: [1, 7] });
    expect(await contacts().department(7, FOREVER)).toEqual({
      is: 'found',
      value: [{ account: 'lisi', name: '乙', post: '', departments: [7], active: null }],
    });
  });

  test('finds accounts by mobile number, remembers hits and misses, and stops before the platform blocks the call', async () => {
    answers['user/getuserid'] = (call) =>
      JSON.parse(call.body).mobile === '10000000001' ? { errcode: 0, userid: 'ZhangSan' } : { errcode: 46004 };
    for (let times = 0; times < 2; times += 1) {
      expect(await contacts().accountOfMobile('10000000001', FOREVER)).toEqual({ is: 'found', value: 'zhangsan' });
      expect(await contacts().accountOfMobile('10000000002', FOREVER)).toEqual({ is: 'nobody' });
    }
    expect(calls('user/getuserid')).toHaveLength(2);
    await contacts().accountOfMobile('10000000003', FOREVER);
    await contacts().accountOfMobile('10000000004', FOREVER);
    expect(await contacts().accountOfMobile('10000000005', FOREVER)).toEqual({
      is: 'road',
      code: 'lookup_budget',
      blocks: 'outlet',
      waitMs: 86_400_000,
    });
    expect(await contacts().accountOfMobile('10000000001', FOREVER)).toMatchObject({ is: 'found' });
    expect(calls('user/getuserid')).toHaveLength(4);
    deps.clock.time += 86_400_000;
    expect(await contacts().accountOfMobile('10000000005', FOREVER)).toEqual({ is: 'nobody' });
    expect(deps.lines.join()).not.toContain('1000000000');
  });

  test.each([
    [{ status: 404 }, 'http_404'],
    [{ page: '<html>没有这个页面</html>' }, 'answer_not_json'],
    [{ errcode: 48001 }, '48001'],
  ])('is not asked again where there is none: %j', async (answer, code) => {
    wecom = createWecom(binding({ apiBase: peer.base, capabilities: { contacts: 'probe' } }), deps);
    answers['user/simplelist'] = () => answer;
    expect(await contacts().department(1, FOREVER)).toMatchObject({ is: 'refused', code });
    expect(await contacts().department(1, FOREVER)).toMatchObject({ is: 'refused', code: 'no_contacts' });
    expect(calls('user/simplelist')).toHaveLength(1);
    expect(createWecom(binding({ capabilities: { contacts: 'off' } }), deps).contacts).toBeUndefined();
  });
});

describe('signing in on a page', () => {
  test('sends the browser to the platform, with everything in its order', () => {
    expect(signIn().page('https://duty.example.gov.cn/back?a=1', 'State1')).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wwcorp&redirect_uri=https%3A%2F%2Fduty.example.gov.cn%2Fback%3Fa%3D1&response_type=code&scope=snsapi_base&state=State1&agentid=1000002#wechat_redirect',
    );
    expect(() => signIn().page('https://duty.example.gov.cn', 'no blanks')).toThrow(RangeError);
    const gate = createWecom(binding({ oauthBase: 'https://wx.city.example.gov.cn/gate' }), deps).signIn;
    expect(gate?.page('https://d.example', 'S')).toMatch(/^https:\/\/wx\.city\.example\.gov\.cn\/gate\/connect\/oauth2\/authorize\?/);
  });

  test.each([[{ userid: 'ZhangSan' }], [{ UserId: 'ZhangSan', DeviceId: 'x' }]])('knows who came back: %j', async (fields) => {
    answers['auth/getuserinfo'] = () => ({ errcode: 0, ...fields });
    expect(await signIn().who('CODE', FOREVER)).toEqual({ is: 'found', value: { account: 'zhangsan', person: 'duty1' } });
    expect(calls('auth/getuserinfo')[0]?.query.code).toBe('CODE');
  });

  test('an older deployment is asked by the older call', async () => {
    answers['auth/getuserinfo'] = () => ({ status: 404 });
    answers['user/getuserinfo'] = () => ({ errcode: 0, UserId: 'someone' });
    expect(await signIn().who('CODE', FOREVER)).toEqual({ is: 'found', value: { account: 'someone', person: null } });
  });

  test.each([
    [{ errcode: 40029 }, { is: 'nobody' }],
    [{ errcode: 42003 }, { is: 'nobody' }],
    [{ errcode: 42022 }, { is: 'nobody' }],
    [{ errcode: 0, openid: 'outsider' }, { is: 'nobody' }],
    [{ errcode: 50001 }, { is: 'refused', code: '50001', fault: 'permission' }],
    ['reset', { is: 'unknown', what: 'ECONNRESET' }],
  ] as const)('%j is %j', async (answer, end) => {
    answers['auth/getuserinfo'] = () => answer;
    expect(await signIn().who('CODE', FOREVER)).toEqual(end);
    expect(calls('user/getuserinfo')).toEqual([]);
  });
});

describe('an encrypted user id', () => {
  const OPEN = 'woAJ2GCAAAXtWyujaWJHDDGi0mACH71w';
  const said = (account: string): Inbound => ({
    tenant: 'city',
    source: 'robot',
    dedupeKey: 'M1',
    chat: { id: 'wrDuty', kind: 'group' },
    account,
    sentAt: null,
    content: { is: 'entered' },
    ticket: null,
  });
  const identify = async (account: string) => (await wecom.intake.identify?.(said(account)))?.account;

  test('is turned into the plain one, and the pair is kept', async () => {
    answers['batch/openuserid_to_userid'] = () => ({
      errcode: 0,
      userid_list: [{ open_userid: OPEN, userid: 'ZhangSan' }],
      invalid_open_userid_list: [],
    });
    expect([await identify(OPEN), await identify(OPEN)]).toEqual(['zhangsan', 'zhangsan']);
    expect(calls('batch/openuserid_to_userid').map((call) => JSON.parse(call.body))).toEqual([{ open_userid_list: [OPEN] }]);
  });

  test('that cannot be turned stays, and is not asked for with every message', async () => {
    answers['batch/openuserid_to_userid'] = () => ({ errcode: 0, userid_list: [], invalid_open_userid_list: [OPEN] });
    expect([await identify(OPEN), await identify(OPEN)]).toEqual([OPEN, OPEN]);
    expect(calls('batch/openuserid_to_userid')).toHaveLength(1);
    deps.clock.time += 600_000;
    await identify(OPEN);
    expect(calls('batch/openuserid_to_userid')).toHaveLength(2);
    expect(deps.lines.join()).not.toContain(OPEN);
  });

  test('keeps a message waiting for a second at most', async () => {
    answers['batch/openuserid_to_userid'] = () => 'hang';
    const end = identify(OPEN);
    await until(() => deps.pace.waits().includes(1_000));
    deps.pace.pass(1_000);
    expect(await end).toBe(OPEN);
  });

  test('plain ones are never asked for', async () => {
    expect([await identify('zhangsan'), await identify('stranger')]).toEqual(['zhangsan', 'stranger']);
    expect(peer.calls).toEqual([]);
  });
});

describe('an access token that instances share', () => {
  let kept: Map<string, SharedToken>;
  const shelf = {
    read: async (key: string) => kept.get(key) ?? null,
    write: async (key: string, token: SharedToken) => void kept.set(key, token),
    drop: async (key: string, value: string) => void (kept.get(key)?.value === value && kept.delete(key)),
  };
  const instance = () => createWecom(binding({ apiBase: peer.base }), { ...deps, shelf });
  const speak = async (one: ReturnType<typeof createWecom>) => {
    const app = one.channels.find((channel) => channel.id === 'wecom.app');
    const to = { address: 'leader1', ticket: null };
    const [part] = app?.split(message(), to) ?? [];
    return part === undefined ? undefined : app?.send(part, to, 'd1', FOREVER);
  };
  beforeEach(() => {
    kept = new Map();
  });

  test('is fetched by one of them', async () => {
    const [a, b] = [instance(), instance()];
    expect(await speak(a)).toEqual({ is: 'accepted' });
    expect(await speak(b)).toEqual({ is: 'accepted' });
    expect(calls('gettoken')).toHaveLength(1);
    expect([...kept.keys()]).toEqual(['wecom:city:wwcorp:1000002:token']);
    expect(JSON.stringify([...kept])).not.toMatch(/token-\d/);
    deps.clock.time += 6_480_000;
    await speak(b);
    await speak(a);
    expect(calls('gettoken')).toHaveLength(2);
  });

  test('refused before its time it is dropped for all, but never a newer one', async () => {
    const [a, b] = [instance(), instance()];
    await speak(a);
    await speak(b);
    answers['message/send'] = (call) => ({ errcode: call.query.access_token === 'token-1' ? 40014 : 0 });
    expect(await speak(a)).toEqual({ is: 'accepted' });
    const newer = kept.get('wecom:city:wwcorp:1000002:token')?.value;
    expect(await speak(b)).toEqual({ is: 'accepted' });
    expect(kept.get('wecom:city:wwcorp:1000002:token')?.value).toBe(newer);
    expect(calls('gettoken')).toHaveLength(2);
  });

  test('refused is taken from the place even when no new one can be had, and never taken again when it stays there', async () => {
    const one = instance();
    await speak(one);
    const [first] = kept.values();
    answers['message/send'] = (call) => ({ errcode: call.query.access_token === 'token-1' ? 40014 : 0 });
    answers.gettoken = () => 'reset';
    expect(await speak(one)).toMatchObject({ is: 'road', code: 'token_ECONNRESET' });
    expect(kept.size).toBe(0);
    answers.gettoken = () => ({ errcode: 0, access_token: 'token-2', expires_in: 7200 });
    const stuck = {
      ...shelf,
      read: async () => ({ value: first?.value ?? '', until: Number.MAX_SAFE_INTEGER }),
      drop: async () => undefined,
    };
    const other = createWecom(binding({ apiBase: peer.base }), { ...deps, shelf: stuck });
    expect(await speak(other)).toEqual({ is: 'accepted' });
    expect(calls('message/send').map((call) => call.query.access_token)).toEqual(['token-1', 'token-1', 'token-1', 'token-2']);
  });

  test('is fetched all the same while the place is away', async () => {
    const broken = async () => {
      throw new Error('database is away');
    };
    const one = createWecom(binding({ apiBase: peer.base }), { ...deps, shelf: { read: broken, write: broken, drop: broken } });
    expect(await speak(one)).toEqual({ is: 'accepted' });
    expect(deps.lines.join()).toMatch(/shared shelf not reached/);
    expect(deps.lines.join()).not.toMatch(/token-\d/);
  });
});
