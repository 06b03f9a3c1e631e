/** Papers, groups, forms, people, greetings: what the rest of the platform makes of them, and how each listed refusal ends. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { open } from '../../../src/core/notices/message';
import type { Contacts, Face, Group, Groups, SendResult, SignIn } from '../../../src/ports/platform';
import type { DutyRoom } from '../../sandbox/dutyRoom';
import { FOREVER, message, until } from '../wire/support';
import { type Simulated, simulate } from './simulated';

const PAGE = 'https://duty.example.gov.cn/i/12';
const DAY_MS = 86_400_000;
const DOCX = { sha256: 'a'.repeat(64), name: '值班日报.docx' };

let sim: Simulated;
beforeEach(async () => {
  const changes = async (room: DutyRoom) => ({
    consoleUrl: 'https://duty.example.gov.cn',
    oauthBase: room.sandbox.binding().apiBase,
  });
  sim = await simulate(changes, { bytes: async () => Buffer.from('PK-docx-bytes') });
  await sim.connect();
});
afterEach(() => sim.close());

const groups = () => sim.wecom.groups as Groups;
const contacts = () => sim.wecom.contacts as Contacts;
const seen = async (place: string) => (await sim.room.messages(place)).filter((one) => one.fromBot);
const fault = (api: string, errcode: number) => sim.room.post('api/faults', { api, errcode, times: 1 });
const SPEC = { key: 'incident-12', name: '#12 处置组', owner: 'leader1', members: ['duty1', 'coord1'] };

async function makeGroup(): Promise<Group> {
  const made = await groups().create(SPEC, FOREVER);
  if (made.is !== 'found') throw new Error(JSON.stringify(made));
  return made.value;
}

/** Channel, address, the conversation where it is seen, the call that takes the bytes, the call that sends. */
const WAYS: readonly (readonly [string, () => Promise<string>, (address: string) => string, string, string])[] = [
  ['wecom.app', async () => 'duty1', () => 'dm:duty1', 'media/upload', 'message/send'],
  ['wecom.webhook', async () => 'duty', () => 'duty', 'webhook/upload_media', 'webhook/send'],
  ['wecom.appchat', async () => (await makeGroup()).route.address, (address) => `appchat:${address}`, 'media/upload', 'appchat/send'],
  [
    'wecom.robot',
    async () => sim.room.sandbox.binding().rooms.duty?.chatId ?? '',
    () => 'duty',
    'aibot_upload_media_init',
    'aibot_send_msg',
  ],
];

async function sendPaper(id: string, address: string): Promise<SendResult> {
  const channel = sim.channel(id);
  const to = { address, ticket: null };
  return channel.send(channel.attach?.(DOCX, to) ?? { body: '' }, to, 'd1', FOREVER);
}

describe.each(WAYS)('a paper through %s', (id, addressOf, placeOf, upload, post) => {
  test('reaches people as a file under its name, uploaded once for two sendings', async () => {
    const address = await addressOf();
    for (let times = 0; times < 2; times += 1) {
      expect(await sendPaper(id, address)).toMatchObject({ is: 'accepted' });
      sim.advance(180_000);
    }
    const shown = await seen(placeOf(address));
    expect(shown.map((one) => one.file)).toMatchObject(Array(2).fill({ name: '值班日报.docx', bytes: 13 }));
    expect(await sim.room.calls(upload)).toHaveLength(1);
  });

  test('is uploaded again after the platform’s three days, and when it has forgotten the id before', async () => {
    const address = await addressOf();
    await sendPaper(id, address);
    sim.advance(3 * DAY_MS);
    expect(await sendPaper(id, address)).toMatchObject({ is: 'accepted' });
    sim.advance(180_000);
    await fault(post, 40007);
    expect(await sendPaper(id, address)).toMatchObject({ is: 'accepted' });
    expect(await sim.room.calls(upload)).toHaveLength(3);
    expect(await seen(placeOf(address))).toHaveLength(3);
  });

  test.each([40004, 40005, 40006, 44001, 45001])('refused with %i at its upload is refused for what it is', async (code) => {
    const address = await addressOf();
    await fault(upload, code);
    expect(await sendPaper(id, address)).toEqual({ is: 'refused', code: String(code), fault: 'content' });
    expect(await sim.room.calls(post)).toEqual([]);
  });
});

describe('an incident’s own group', () => {
  test('is made, written to with a real call, changed and looked at', async () => {
    const { route } = await makeGroup();
    const said = message({ mentions: ['coord1'] }, [open('请到岗')]);
    expect(await sim.send('wecom.appchat', said, route.address)).toEqual([{ is: 'accepted' }]);
    expect((await seen(`appchat:${route.address}`)).map((one) => one.pinged)).toEqual([['coord1']]);
    expect(await groups().create({ ...SPEC, members: [...SPEC.members, 'guest1'] }, FOREVER)).toMatchObject({
      is: 'found',
      value: { route },
    });
    expect(await groups().change(route.address, { name: '改名', add: ['office1'], remove: ['coord1'] }, FOREVER)).toMatchObject({
      is: 'found',
    });
    const looked = await groups().look(route.address, FOREVER);
    expect(looked).toMatchObject({ is: 'found', value: { name: '改名', strangers: [] } });
    expect(looked.is === 'found' ? [...looked.value.people].sort() : []).toEqual(['duty1', 'guest1', 'leader1', 'office1']);
  });

  test('of nobody’s making cannot be written to', async () => {
    expect(await sim.send('wecom.appchat', message(), 'nosuchgroup')).toMatchObject([{ is: 'refused', fault: 'receiver' }]);
  });

  test('cannot be made by an app that does not see the whole bureau', async () => {
    await sim.room.post('api/switches', { rootVisible: false });
    expect(await groups().create(SPEC, FOREVER)).toEqual({ is: 'refused', code: '48002', fault: 'permission' });
  });

  test.each([40050, 49008, 86001, 86003, 86008, 86101, 86201, 86217])(
    'refused with %i says that the group has to be made anew or mended',
    async (code) => {
      const { route } = await makeGroup();
      await fault('appchat/send', code);
      expect(await sim.send('wecom.appchat', message(), route.address)).toEqual([{ is: 'refused', code: String(code), fault: 'receiver' }]);
    },
  );
});

describe('a message', () => {
  test('is taken back by its id, within a day', async () => {
    const say = async () => {
      const [sent] = await sim.send('wecom.app', message({ heading: `#12 ${sim.deps.clock.time}` }), 'duty1');
      return sent?.is === 'accepted' ? (sent.ref ?? '') : '';
    };
    const app = sim.channel('wecom.app');
    expect(await app.recall?.(await say(), FOREVER)).toEqual({ is: 'accepted' });
    sim.advance(180_000);
    const late = await say();
    sim.advance(DAY_MS + 1_000);
    expect(await app.recall?.(late, FOREVER)).toEqual({ is: 'refused', code: '42052', fault: 'capability' });
    expect(await app.recall?.('of-nobody', FOREVER)).toEqual({ is: 'refused', code: '40058', fault: 'content' });
  });

  const options = [
    { id: 'o1', text: '半小时内' },
    { id: 'o2', text: '一小时内' },
  ];
  const submit = { key: 'send', text: '提交' };
  const FACES: readonly (readonly [string, Face])[] = [
    ['a page', { is: 'link', url: PAGE, label: '查看' }],
    ['a picture', { is: 'picture', url: PAGE, image: 'https://duty.example.gov.cn/p.png' }],
    ['a question', { is: 'vote', question: { key: 'q1', title: '到岗时间', options }, several: false, submit }],
    ['questions', { is: 'questions', questions: [{ key: 'q1', title: '到岗时间', options }], submit }],
  ];
  const CASES = FACES.flatMap(([what, face]) => WAYS.map(([id, addressOf, placeOf]) => ({ what, face, id, addressOf, placeOf })));
  const dressed = async (id: string, face: Face, address: string): Promise<readonly SendResult[]> => {
    const results: SendResult[] = [];
    const to = { address, ticket: null };
    for (const part of sim.channel(id).dress?.(message({}, [open('请办理')]), face, to) ?? []) {
      results.push(await sim.channel(id).send(part, to, 'd7', FOREVER));
    }
    return results;
  };

  test.each(CASES)('with $what through $id is taken in the form meant, and shown once', async ({ face, id, addressOf, placeOf }) => {
    await sim.register();
    const address = await addressOf();
    expect(await dressed(id, face, address)).toMatchObject([{ is: 'accepted' }]);
    const shown = await seen(placeOf(address));
    expect(shown).toHaveLength(1);
    expect(shown[0]?.text).toContain('#12 突发事件接报');
    expect(sim.deps.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  test.each(['wecom.app', 'wecom.robot'])('with a question through %s brings back what was chosen', async (id) => {
    await sim.register();
    const address = id === 'wecom.app' ? 'duty1' : (sim.room.sandbox.binding().rooms.duty?.chatId ?? '');
    const [, vote] = FACES[2] ?? [];
    if (vote !== undefined) await dressed(id, vote, address);
    const card = (await seen(id === 'wecom.app' ? 'dm:duty1' : 'duty')).at(-1);
    await sim.room.post('api/click', { message: card?.id, button: 'send', from: 'duty1', values: { q1: ['o2'] } });
    const click = await until(() => sim.taken.find((one) => one.content.is === 'click'));
    expect(click).toMatchObject({ account: 'sdduty1', content: { is: 'click', key: 'send', choices: { q1: ['o2'] } } });
  });
});

describe('people', () => {
  test('are looked up one by one, by department and by mobile number', async () => {
    expect(await contacts().entry('sdduty1', FOREVER)).toMatchObject({
      is: 'found',
      value: { account: 'sdduty1', name: '常值一', active: true },
    });
    expect(await contacts().entry('nobody', FOREVER)).toEqual({ is: 'nobody' });
    expect(await contacts().departments(1, FOREVER)).toMatchObject({ is: 'found' });
    const found = await contacts().department(1, FOREVER);
    expect(found.is === 'found' ? found.value.map((one) => one.account) : []).toContain('sdleader1');
    expect(await contacts().accountOfMobile('10000000001', FOREVER)).toEqual({ is: 'found', value: 'sdduty1' });
    expect(await contacts().accountOfMobile('10000000099', FOREVER)).toEqual({ is: 'nobody' });
  });

  test('sign in on a page: their code names them once, within five minutes', async () => {
    const signIn = sim.wecom.signIn as SignIn;
    await sim.room.post('api/switches', { trustedDomains: ['duty.example.gov.cn'] });
    const codeOf = async (person: string) => {
      const page = new URL(signIn.page('https://duty.example.gov.cn/back', 'State1'));
      page.searchParams.set('sandbox_person', person);
      const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
      expect([back.origin, back.searchParams.get('state')]).toEqual(['https://duty.example.gov.cn', 'State1']);
      return back.searchParams.get('code') ?? '';
    };
    const code = await codeOf('duty1');
    expect(await signIn.who(code, FOREVER)).toEqual({ is: 'found', value: { account: 'sdduty1', person: 'duty1' } });
    expect(await signIn.who(code, FOREVER)).toEqual({ is: 'nobody' });
    const old = await codeOf('leader1');
    sim.advance(301_000);
    expect(await signIn.who(old, FOREVER)).toEqual({ is: 'nobody' });
  });

  test('who come back with a code that nobody gave are nobody', async () => {
    expect(await (sim.wecom.signIn as SignIn).who('nonsense', FOREVER)).toEqual({ is: 'nobody' });
  });

  test('are known though the platform hides their ids', async () => {
    await sim.room.post('api/switches', { encryptedUserids: true });
    await sim.room.say('duty', 'duty1', '在岗');
    const heard = await until(() => sim.taken.at(-1));
    expect([heard.account, sim.wecom.personOf(heard.account)]).toEqual(['sdduty1', 'duty1']);
    expect(await sim.room.calls('batch/openuserid_to_userid')).toHaveLength(1);
  });

  test('whose ids are hidden are answered and written to in their own chat', async () => {
    await sim.room.post('api/switches', { encryptedUserids: true });
    await sim.room.say('dm:duty1', 'duty1', '在岗');
    const heard = await until(() => sim.taken.at(-1));
    const [way] = sim.wecom.routesToChat({ id: heard.chat.id, kind: 'single' }, heard.account);
    for (const ticket of [heard.ticket, null]) {
      expect(await sim.send('wecom.robot', message(), way?.address ?? '', ticket)).toEqual([{ is: 'accepted' }]);
    }
    expect(await seen('dm:duty1')).toHaveLength(2);
  });

  test('who open the chat are greeted, in the welcome’s own frame', async () => {
    await sim.room.post('api/enter', { from: 'duty1', room: 'dm:duty1' });
    const heard = await until(() => sim.taken.at(-1));
    expect(heard.content).toEqual({ is: 'entered' });
    expect(await sim.send('wecom.robot', message({ ref: null, heading: '您好' }), heard.chat.id, heard.ticket)).toEqual([
      { is: 'accepted' },
    ]);
    expect(await sim.room.calls('aibot_respond_welcome_msg')).toHaveLength(1);
    expect((await seen('dm:duty1')).map((one) => one.text)).toEqual(['您好']);
  });
});

test('work that takes long shows how far it is, in one message', async () => {
  await sim.room.say('duty', 'duty1', '统计一下');
  const heard = await until(() => sim.taken.at(-1));
  const progress = sim.channel('wecom.robot').progress?.({ address: heard.chat.id, ticket: heard.ticket }, 'd9');
  progress?.show(message({ ref: null, heading: '正在统计' }));
  await until(async () => true);
  expect(await progress?.finish(message({ ref: null, heading: '共 3 起' }), FOREVER)).toEqual({ is: 'accepted' });
  const shown = await seen('duty');
  expect(shown).toHaveLength(1);
  expect(shown[0]?.text).toContain('共 3 起');
});

test('a call from an address the platform does not trust is refused as what an operator must mend', async () => {
  await sim.room.post('api/switches', { trustedIp: false });
  expect(await sim.send('wecom.app', message(), 'duty1')).toEqual([{ is: 'refused', code: '60020', fault: 'permission' }]);
  expect(sim.deps.lines.some((line) => line.startsWith('error') && line.includes('60020'))).toBe(true);
});

test('a platform that pushes to single chats only is believed', async () => {
  await sim.room.post('api/switches', { groupPush: false });
  const chat = sim.room.sandbox.binding().rooms.duty?.chatId ?? '';
  expect(await sim.send('wecom.robot', message(), chat)).toEqual([{ is: 'refused', code: '600039', fault: 'capability' }]);
});

test.each(['subscribe', 'unsubscribe', 'enter_agent', 'LOCATION', 'click', 'view', 'low_active', 'open_approval_change'])(
  'the app’s event %s is read, whatever it is',
  async (event) => {
    await sim.register();
    expect(await sim.room.post('api/event', { to: 'app', from: 'duty1', event })).toMatchObject({ told: true });
    const heard = await until(() => sim.taken.at(-1));
    expect(heard).toMatchObject({ source: 'app', account: 'sdduty1' });
    expect(heard.content).toEqual(event === 'enter_agent' ? { is: 'entered' } : { is: 'other', what: `event:${event}` });
  },
);

test('a callback that the platform delivers twice bears the same key, whatever else differs', async () => {
  await sim.register();
  await sim.room.post('api/switches', { twiceEvery: 1 });
  await sim.room.post('api/event', { to: 'app', from: 'duty1', event: 'subscribe' });
  await until(() => sim.taken.length === 2);
  expect(new Set(sim.taken.map((one) => one.dedupeKey)).size).toBe(1);
});
