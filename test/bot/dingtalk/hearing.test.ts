/** What is heard of the simulated platform, in stream mode and over callback addresses, while everything goes wrong that its dossier names. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '../wire/support';
import { type Simulated, simulate } from './simulated';

/** Real time of the simulator: an unanswered push comes again soon. */
const SOON = {
  answerMs: 120,
  repeats: 8,
  pingMs: 40,
  pongMs: 2_000,
  closeAfterMs: 60,
  lifeMs: 21_600_000,
  cardAnswerMs: 5_000,
  callbackMs: 5_000,
  eventAnswerMs: 1_500,
};

let sim: Simulated;
afterEach(() => sim.close());

const texts = () => sim.taken.flatMap(({ content }) => (content.is === 'text' ? [content.text] : []));
const kinds = () => sim.taken.map(({ content }) => (content.is === 'other' ? content.what : content.is));
const heard = (text: string) => until(() => texts().includes(text));

const file = { name: 'a.docx', data: Buffer.from('PK').toString('base64') };

describe.each(['stream', 'callback'] as const)('heard by %s', (mode) => {
  const open = async (more: Parameters<typeof simulate>[0] = {}) => {
    sim = await simulate({ ...more, changes: { mode } });
    if (mode === 'stream') await sim.connect();
    else expect(await sim.register('robot')).toBe(true);
  };

  test('a text in a group comes with its sender, its room and a way to answer; one without an @ does not come', async () => {
    await open();
    await sim.say('duty', 'duty1', '闲聊', { mentionBot: false });
    await sim.say('duty', 'duty1', '在岗');
    await heard('在岗');
    expect(texts()).toEqual(['在岗']);
    const [message] = sim.taken;
    expect(message && sim.ding.roomOf(message.chat.id)).toBe('duty');
    expect(message && sim.ding.personOf(message.account)).toBe('duty1');
    expect(message?.ticket?.kind).toBe('session');
  });

  test('in the talk of two every kind of message comes, and those without words say what they are', async () => {
    await open();
    const speak = { room: 'dm:duty1', from: 'duty1' };
    await sim.say('dm:duty1', 'duty1', '状态');
    await sim.post('api/send', { ...speak, kind: 'voice', ...file, transcript: '我到岗了' });
    await sim.post('api/send', { ...speak, kind: 'mixed', text: '现场', pictures: [file] });
    await sim.post('api/send', { ...speak, kind: 'image', ...file });
    await sim.post('api/send', { ...speak, kind: 'file', ...file });
    await sim.post('api/send', { ...speak, kind: 'video', ...file });
    await until(() => sim.taken.length === 6);
    expect(texts()).toEqual(['状态', '我到岗了', '现场']);
    expect(kinds().slice(3)).toEqual(['picture', 'file', 'video']);
    expect(new Set(sim.taken.map(({ chat }) => `${chat.kind} ${chat.id}`))).toEqual(new Set(['single DtDuty1']));
  });

  test('while the robot is not published nobody can be known, and nobody is', async () => {
    await open();
    await sim.post('api/switches', { published: false });
    await sim.say('duty', 'duty1', '在岗');
    await heard('在岗');
    expect(sim.taken.map(({ account }) => sim.ding.personOf(account))).toEqual([null]);
  });

  test('what a quote says is read with it', async () => {
    await open();
    const { id } = await sim.post<{ id: string }>('api/say', { room: 'duty', from: 'leader1', text: '#12 情况如何' });
    await sim.say('duty', 'duty1', '收到', { quote: id });
    await heard('收到');
    expect(sim.taken.at(-1)?.content).toMatchObject({ is: 'text', text: '收到', quote: expect.stringContaining('#12') });
  });
});

describe('in stream mode', () => {
  test('what is not stored in time is pushed again with the same key', async () => {
    sim = await simulate({ times: SOON });
    const pushes = async () => (await sim.get<{ calls: unknown[] }>('api/calls?api=stream/robot')).calls.length;
    let store: () => void = () => undefined;
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    sim.keep((message) => stored.then(() => void sim.taken.push(message)));
    await sim.connect();
    await sim.say('duty', 'duty1', '在岗');
    while ((await pushes()) < 3) expect(sim.taken).toEqual([]);
    store();
    await until(() => sim.taken.length >= 3);
    expect(new Set(sim.taken.map(({ source, dedupeKey }) => `${source} ${dedupeKey}`)).size).toBe(1);
  });

  test('noise between the frames deafens nobody', async () => {
    sim = await simulate({ times: SOON });
    await sim.connect();
    await sim.post('api/line', { dirtyFrames: 20 });
    for (const text of ['一', '二', '三']) await sim.say('duty', 'duty1', text);
    await until(() => ['一', '二', '三'].every((text) => texts().includes(text)));
    expect(await sim.sockets()).toBe(1);
    expect(sim.states).toEqual(['open']);
  });

  test('a half-open line is found and replaced', async () => {
    sim = await simulate({ times: { ...SOON, pingMs: 60_000 } });
    await sim.connect();
    await sim.post('api/line', { halfOpen: true });
    await sim.say('duty', 'duty1', '在岗');
    await until(() => {
      sim.deps.pace.pass(15_000);
      return sim.states.includes('closed');
    });
    await until(() => {
      sim.deps.pace.pass(1_000);
      return texts().includes('在岗');
    });
    expect(new Set(sim.taken.map(({ dedupeKey }) => dedupeKey)).size).toBe(1);
  });

  test('with a wrong secret it says so and stops', async () => {
    sim = await simulate({ changes: { clientSecret: 'wrong' } });
    const states: string[] = [];
    const run = sim.ding.connection?.run(
      { take: async () => undefined, state: ({ is }) => void states.push(is) },
      new AbortController().signal,
    );
    await until(() => {
      sim.deps.pace.pass(1_000);
      return states.includes('refused');
    });
    await run;
    expect(states).toEqual(['closed', 'refused']);
  });

  test('an event is heard, and told once when it is answered', async () => {
    sim = await simulate({ times: SOON });
    await sim.connect();
    await sim.post('api/event', { event: 'chat_add_member', fields: { operator: 'DtDuty1', userId: ['DtGuest1'] } });
    await until(() => kinds().includes('event:chat_add_member'));
    const answers = async () => (await sim.get<{ calls: { answer: unknown }[] }>('api/calls?api=stream/event')).calls;
    while (!JSON.stringify(await answers()).includes('SUCCESS')) expect(kinds()).toEqual(['event:chat_add_member']);
    expect(await answers()).toHaveLength(1);
  });
});

describe('over callback addresses', () => {
  test.each(['wrong', 'stale'])('a message with a %s signature is refused and changes nothing', async (callbackSign) => {
    sim = await simulate({ changes: { mode: 'callback' } });
    await sim.register('robot');
    await sim.post('api/switches', { callbackSign });
    await sim.say('duty', 'duty1', '假的');
    await sim.post('api/switches', { callbackSign: 'right' });
    await sim.say('duty', 'duty1', '真的');
    await heard('真的');
    expect(texts()).toEqual(['真的']);
  });

  test.each([16, 32])('the address for events is verified and events are opened, padded to %i', async (eventPadding) => {
    sim = await simulate();
    await sim.post('api/switches', { eventPadding });
    expect(await sim.register('event')).toBe(true);
    await sim.post('api/event', { event: 'user_leave_org', fields: { userId: ['DtDuty1'] } });
    await until(() => kinds().includes('event:user_leave_org'));
    expect(sim.taken).toMatchObject([{ source: 'event', account: 'DtDuty1' }]);
  });

  test('the platform believes no address whose key is another', async () => {
    sim = await simulate({ changes: { event: { token: 'other', aesKey: 'b'.repeat(43) } } });
    expect(await sim.register('event')).toBe(false);
  });
});
