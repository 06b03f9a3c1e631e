/** What the platform is asked about people: directory, sign-in, and who is behind an id across apps; on the simulated platform. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDingtalk } from '../../../src/bot/dingtalk';
import type { Contacts, Inbound, SignIn } from '../../../src/ports/platform';
import { FOREVER, type HttpPeer, httpPeer, type Reply, testDeps } from '../wire/support';
import { type Simulated, simulate } from './simulated';
import { binding } from './support';

let sim: Simulated;
beforeEach(async () => {
  sim = await simulate();
});
afterEach(() => sim.close());

const contacts = () => sim.ding.contacts as Contacts;
const signIn = () => sim.ding.signIn as SignIn;

describe('the platform’s directory', () => {
  test('tells name, post, departments and whether somebody is there', async () => {
    expect(await contacts().entry('DtDuty1', FOREVER)).toEqual({
      is: 'found',
      value: { account: 'DtDuty1', name: '常值一', post: '值班员', departments: [1], active: true },
    });
    expect(await contacts().entry('DtNobody', FOREVER)).toEqual({ is: 'nobody' });
  });

  test('lists a department, and the departments below one', async () => {
    const all = await contacts().department(1, FOREVER);
    expect(all.is === 'found' && all.value.map(({ account }) => account).sort()).toEqual(Object.values(sim.binding.people).sort());
    expect(await contacts().departments(1, FOREVER)).toEqual({ is: 'found', value: [1] });
  });

  test('finds accounts by mobile number, and says so when there is none', async () => {
    expect(await contacts().accountOfMobile('10000000001', FOREVER)).toEqual({ is: 'found', value: 'DtDuty1' });
    for (const last of ['7', '8', '9']) expect(await contacts().accountOfMobile(`1000000009${last}`, FOREVER)).toEqual({ is: 'nobody' });
    expect(await contacts().accountOfMobile('10000000096', FOREVER)).toMatchObject({ is: 'road', code: 'lookup_budget' });
    expect(sim.deps.lines.join()).not.toContain('1000000009');
  });
});

describe('a directory of many pages and levels', () => {
  let peer: HttpPeer;
  let answers: Record<string, (body: Record<string, unknown>) => Reply>;
  beforeEach(async () => {
    answers = { 'v1.0/oauth2/accessToken': () => ({ accessToken: 'token', expireIn: 7200 }) };
    peer = await httpPeer((call) => answers[call.path.slice(1)]?.(JSON.parse(call.body || '{}')) ?? { errcode: 60011, errmsg: 'no' });
  });
  afterEach(() => peer.stop());
  const asked = (changes: Record<string, unknown> = {}) =>
    createDingtalk(binding({ apiBase: peer.base, oapiBase: peer.base, ...changes }), testDeps()).contacts as Contacts;

  test('is read to its end', async () => {
    const children: Record<number, number[]> = { 1: [2, 3], 2: [4], 3: [], 4: [1] };
    answers['topapi/v2/department/listsubid'] = ({ dept_id }) => ({
      errcode: 0,
      result: { dept_id_list: children[Number(dept_id)] ?? [] },
    });
    answers['topapi/v2/user/list'] = ({ cursor }) => ({
      errcode: 0,
      result: { list: [{ userid: `u${cursor}` }], has_more: cursor !== 200, next_cursor: Number(cursor) + 100 },
    });
    expect(await asked().departments(1, FOREVER)).toEqual({ is: 'found', value: [1, 2, 3, 4] });
    const people = await asked().department(1, FOREVER);
    expect(people.is === 'found' && people.value.map(({ account, active }) => [account, active])).toEqual([
      ['u0', null],
      ['u100', null],
      ['u200', null],
    ]);
  });

  test('without end is given up', async () => {
    answers['topapi/v2/user/list'] = () => ({ errcode: 0, result: { list: [], has_more: true, next_cursor: 7 } });
    expect(await asked().department(1, FOREVER)).toEqual({ is: 'unknown', what: 'directory_too_large' });
  });

  test('is not asked again where there is no right to it', async () => {
    const one = asked({ capabilities: { contacts: 'probe' } });
    expect(await one.entry('zhiban1', FOREVER)).toMatchObject({ is: 'refused', code: '60011' });
    expect(await one.entry('zhiban1', FOREVER)).toMatchObject({ is: 'refused', code: 'no_contacts' });
    expect(peer.calls.filter(({ path }) => path === '/topapi/v2/user/get')).toHaveLength(1);
    const without = createDingtalk(binding({ capabilities: { contacts: 'off', oauth: 'off' } }), testDeps());
    expect([without.contacts, without.signIn]).toEqual([undefined, undefined]);
  });
});

describe('signing in on a page', () => {
  const back = 'http://127.0.0.1:9/back?a=1';
  /** Chooses a person on the platform's page, as the browser would, and answers where it is sent. */
  const choose = async (person: string) => {
    const url = new URL(signIn().page(back, 'State1'));
    url.searchParams.set('sandbox_person', person);
    return new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
  };

  test('the browser comes back with its state and a code, and the code names the person, once', async () => {
    const home = await choose('duty1');
    expect([home.origin, home.searchParams.get('a'), home.searchParams.get('state')]).toEqual(['http://127.0.0.1:9', '1', 'State1']);
    const code = home.searchParams.get('authCode') ?? '';
    expect(await signIn().who(code, FOREVER)).toEqual({ is: 'found', value: { account: 'DtDuty1', person: 'duty1' } });
    expect(await signIn().who(code, FOREVER)).toEqual({ is: 'nobody' });
  });

  test('the real page is asked for everything in its order', () => {
    const real = createDingtalk(binding(), testDeps()).signIn;
    expect(real?.page(back, 'State1')).toBe(
      'https://login.dingtalk.com/oauth2/auth?redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fback%3Fa%3D1&response_type=code&client_id=dingappkey000001&scope=openid&state=State1&prompt=consent',
    );
    expect(() => real?.page(back, 'no blanks')).toThrow(RangeError);
  });

  test('a code from a page inside the app names the person too', async () => {
    await sim.post('api/faults', { api: 'oauth2/userAccessToken', code: 'invalidCode', status: 400, times: 1 });
    const { code } = await sim.post<{ code: string }>('api/auth-code', { person: 'leader1' });
    expect(await signIn().who(code, FOREVER)).toEqual({ is: 'found', value: { account: 'DtLeader1', person: 'leader1' } });
  });

  test('a code that nobody gave is nobody’s', async () => expect(await signIn().who('x', FOREVER)).toEqual({ is: 'nobody' }));

  test.each([
    ['of another organisation', { accessToken: 't', corpId: 'dingother' }, { is: 'nobody' }],
    ['while the platform is away', { status: 503 }, { is: 'road', code: 'http_503', blocks: 'outlet', waitMs: 2_000 }],
    ['while its answer is no answer', { page: '<html>' }, { is: 'unknown', what: 'answer_unreadable' }],
  ] as const)('a code %s', async (_when, answer, end) => {
    const peer = await httpPeer(() => answer);
    const one = createDingtalk(binding({ apiBase: peer.base, oapiBase: peer.base }), testDeps());
    expect(await one.signIn?.who('x', FOREVER)).toEqual(end);
    await peer.stop();
  });
});

describe('somebody whom a message names only by the id across apps', () => {
  const said = (account: string): Inbound => ({
    tenant: 'city',
    source: 'robot',
    dedupeKey: 'M1',
    chat: { id: 'cid', kind: 'group' },
    account,
    sentAt: null,
    content: { is: 'entered' },
    ticket: null,
  });
  const identify = async (account: string) => (await sim.ding.intake.identify?.(said(account)))?.account;

  test('is asked for once, and stays a stranger when the platform knows no userid', async () => {
    const { unionIds } = await sim.get<{ unionIds: Record<string, string> }>('api/keys');
    for (let times = 0; times < 2; times += 1) expect(await identify(`union:${unionIds.duty1}`)).toBe('DtDuty1');
    for (let times = 0; times < 2; times += 1) expect(await identify('union:nobody')).toBe('union:nobody');
    const { calls } = await sim.get<{ calls: unknown[] }>('api/calls?api=topapi/user/getbyunionid');
    expect(calls).toHaveLength(2);
  });

  test('userids and encrypted ids are never asked for', async () => {
    expect([await identify('DtDuty1'), await identify('$:LWCP_v1:$abc')]).toEqual(['DtDuty1', '$:LWCP_v1:$abc']);
    expect((await sim.get<{ calls: unknown[] }>('api/calls?all=true')).calls).toEqual([]);
  });
});
