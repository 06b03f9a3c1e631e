/** Questions to the government edition: accounts, directory, sign-in, groups, DING, the check-up. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FOREVER, message } from '../../wire/support';
import { type SimulatedGov, simulate } from './simulated';

const PAGE = 'https://login.example.gov.cn/auth?client_id=fenghuo&redirect_uri={back}&state={state}';
let sim: SimulatedGov;
const codesOnly = (people: SimulatedGov['given']['people']) =>
  Object.fromEntries(Object.entries(people).map(([person, { employeeCode }]) => [person, { employeeCode }]));
beforeEach(async () => {
  sim = await simulate(({ people }) => ({
    people: codesOnly(people),
    senderAccountId: people.office1?.accountId,
    capabilities: { 'ding.sms': 'on', 'robot.hears': 'on' },
    signInPage: PAGE,
  }));
});
afterEach(() => sim.close());

describe('accounts', () => {
  test('that nobody has written down are asked for once, all together', async () => {
    for (const person of ['duty1', 'leader1', 'coord1'])
      expect(await sim.send('govding.work', message(), person)).toMatchObject([{ is: 'accepted' }]);
    expect(await sim.calls('mozi/employee/listEmployeeAccountIds')).toHaveLength(1);
  });

  test('that the directory does not know are a receiver who cannot be reached', async () => {
    await sim.close();
    sim = await simulate(() => ({ people: { ghost: { employeeCode: 'GE_ghost' } } }));
    for (const id of ['govding.work', 'govding.single'])
      expect(await sim.send(id, message(), 'ghost')).toEqual([{ is: 'refused', code: 'no_account', fault: 'receiver' }]);
    expect(await sim.send('govding.work', message(), 'nobody')).toEqual([{ is: 'refused', code: 'no_account', fault: 'receiver' }]);
  });
});

describe('the directory', () => {
  test('tells who has a number, and stops asking before the platform takes offence', async () => {
    const ask = (mobile: string) => sim.gov.contacts?.accountOfMobile(mobile, FOREVER);
    expect(await ask('10000000002')).toEqual({ is: 'found', value: sim.given.people.leader1?.employeeCode });
    for (const mobile of ['19900000001', '19900000002', '19900000003']) expect(await ask(mobile)).toEqual({ is: 'nobody' });
    expect(await ask('19900000004')).toMatchObject({ is: 'road', code: 'lookup_budget' });
  });

  test('shows a person by code', async () => {
    const code = sim.given.people.leader1?.employeeCode ?? '';
    expect(await sim.gov.contacts?.entry(code, FOREVER)).toMatchObject({
      is: 'found',
      value: { account: code, name: '带班甲', active: null },
    });
    expect(await sim.gov.contacts?.entry('GE_nobody', FOREVER)).toEqual({ is: 'nobody' });
  });

  test('says plainly that units cannot be asked for by number', async () => {
    expect(await sim.gov.contacts?.departments(1, FOREVER)).toMatchObject({ is: 'refused', fault: 'capability' });
  });
});

describe('sign-in', () => {
  test('leads to the page of the settings, with the way back and the state in it', () => {
    const page = new URL(sim.gov.signIn?.page('https://duty.example.gov.cn/in?a=1&b=2', 'S1') ?? '');
    expect([page.searchParams.get('redirect_uri'), page.searchParams.get('state')]).toEqual([
      'https://duty.example.gov.cn/in?a=1&b=2',
      'S1',
    ]);
    expect(() => sim.gov.signIn?.page('https://duty.example.gov.cn', 'a&b')).toThrow(RangeError);
  });

  test('the code names who scanned, once; whoever is not of the roster has an account and no person', async () => {
    const code = await sim.authCode('leader1');
    const account = () => sim.given.people.leader1?.employeeCode;
    expect(await sim.gov.signIn?.who(code, FOREVER)).toEqual({ is: 'found', value: { account: account(), person: 'leader1' } });
    expect(await sim.gov.signIn?.who(code, FOREVER)).toEqual({ is: 'nobody' });
    await sim.close();
    sim = await simulate(() => ({ people: {}, signInPage: PAGE }));
    const stranger = await sim.authCode('leader1');
    expect(await sim.gov.signIn?.who(stranger, FOREVER)).toEqual({ is: 'found', value: { account: account(), person: null } });
  });

  test('an old code is nobody', async () => {
    const code = await sim.authCode('leader1');
    sim.advance(10 * 60_000);
    expect(await sim.gov.signIn?.who(code, FOREVER)).toEqual({ is: 'nobody' });
  });

  test('without the page of the province’s console nobody signs in that way', async () => {
    await sim.close();
    sim = await simulate();
    expect(sim.gov.signIn).toBeUndefined();
  });

  test('an invented code is nobody', async () => {
    expect(await sim.gov.signIn?.who('invented', FOREVER)).toEqual({ is: 'nobody' });
  });
});

describe('groups in the sender’s name', () => {
  const spec = { key: 'incident-7', name: '#7 专班', owner: null, members: ['duty1', 'coord1', 'ghost'] };

  test('are made, written to, changed and looked at', async () => {
    const made = await sim.gov.groups?.create(spec, FOREVER);
    if (made?.is !== 'found') throw new Error(JSON.stringify(made));
    expect(made.value).toMatchObject({ route: { channel: 'govding.chat', pages: false }, except: ['ghost'] });
    const { address } = made.value.route;
    expect(await sim.send('govding.chat', message(), address)).toEqual([{ is: 'accepted' }]);
    expect(await sim.gov.groups?.change(address, { add: ['leader1'], remove: ['coord1'] }, FOREVER)).toMatchObject({ is: 'found' });
    const looked = await sim.gov.groups?.look(address, FOREVER);
    expect(looked).toMatchObject({ is: 'found', value: { strangers: [] } });
    if (looked?.is === 'found') expect([...looked.value.people].sort()).toEqual(['duty1', 'leader1', 'office1']);
  });

  test('need somebody to be in them', async () => {
    expect(await sim.gov.groups?.create({ ...spec, members: [] }, FOREVER)).toMatchObject({ is: 'refused', code: 'too_few_members' });
  });

  test('are not offered without somebody in whose name', async () => {
    await sim.close();
    sim = await simulate();
    expect([sim.gov.groups, sim.gov.serves]).toEqual([undefined, {}]);
  });
});

describe('DING', () => {
  test.each(['govding.ding', 'govding.ding.sms'])('%s reaches the person', async (id) => {
    expect(await sim.send(id, message(), 'leader1')).toEqual([{ is: 'accepted' }]);
    expect((await sim.messages('dm:leader1')).map(({ text }) => text)).toEqual([expect.stringContaining('#12 突发事件接报')]);
  });

  test('serves the rungs of the ladder that are switched on, and none rings a telephone', () => {
    expect(sim.gov.serves).toEqual({ strong_reminder: 'govding.ding', sms: 'govding.ding.sms' });
  });

  test('that the platform refuses, or whose answer is lost, is told apart', async () => {
    await sim.fault({ api: 'gov/ding/isv/send.json', code: 'Whatever' });
    expect(await sim.send('govding.ding', message(), 'leader1')).toEqual([{ is: 'refused', code: 'Whatever', fault: 'content' }]);
    await sim.fault({ api: 'gov/ding/isv/send.json', drop: true });
    expect(await sim.send('govding.ding', message(), 'leader1')).toMatchObject([{ is: 'unknown' }]);
  });
});

describe('the check-up', () => {
  const told = async (): Promise<string> => {
    await sim.gov.checkUp?.(FOREVER);
    return sim.deps.lines.join('\n');
  };

  test('says that calls are taken', async () => expect(await told()).toMatch(/info govding check-up: calls are taken/));

  test('names people whom the platform does not know', async () => {
    await sim.close();
    sim = await simulate(() => ({ people: { ghost: { employeeCode: 'GE_ghost' } } }));
    expect(await told()).toMatch(/error govding check-up: these people have no account .*ghost/);
  });

  test('says so when the secret is wrong, and when nobody answers', async () => {
    await sim.close();
    sim = await simulate(() => ({ appSecret: 'canary-wrong' }));
    expect(await told()).toMatch(/error govding check-up: calls are refused/);
    expect(await told()).not.toContain('canary');
    await sim.close();
    sim = await simulate(() => ({ base: 'http://127.0.0.1:9' }));
    expect(await told()).toMatch(/warn govding check-up: no answer/);
  });
});
