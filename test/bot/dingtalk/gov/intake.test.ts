/** What the robot hears: who may call our address, what is made of it, and how an answer goes back. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createGovding } from '../../../../src/bot/dingtalk/gov';
import type { CallbackReading, Platform } from '../../../../src/ports/platform';
import { message, NOW, testDeps, until } from '../../wire/support';
import { KEY, type SimulatedGov, simulate } from './simulated';
import { binding } from './support';

const HEARD = {
  msgId: 'm1',
  msgtype: 'text',
  text: { content: ' @值班机器人 收到 ' },
  senderId: '11',
  conversationId: '501',
  conversationType: '2',
  createAt: NOW - 1000,
  sessionWebhook: 'http://127.0.0.1:9/robot/sendBySession?session=s1',
};
const govding = (changes: Record<string, unknown> = {}): Platform => createGovding(binding(changes), testDeps());
function read(gov: Platform, body: unknown, query: Readonly<Record<string, string>> = { key: KEY }, kind = 'robot'): CallbackReading {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return gov.intake.read({ method: 'POST', kind, query, body: bytes });
}
const taken = (reading: CallbackReading) => (reading.is === 'taken' ? reading.messages[0] : reading);

describe('the callback address', () => {
  test.each([
    ['without the secret', HEARD, {}, 401, 'bad_key'],
    ['with another secret', HEARD, { key: `${KEY}x` }, 401, 'bad_key'],
    ['with no JSON', 'hello', { key: KEY }, 400, 'not_json'],
    ['with nobody as the sender', { ...HEARD, senderId: '' }, { key: KEY }, 400, 'not_a_message'],
    ['with a list', [HEARD], { key: KEY }, 400, 'not_a_message'],
    ['with a message of yesterday', { ...HEARD, createAt: NOW - 31 * 60_000 }, { key: KEY }, 401, 'stale_message'],
    ['with a message of tomorrow', { ...HEARD, createAt: NOW + 11 * 60_000 }, { key: KEY }, 401, 'stale_message'],
    ['with more than 64 KB', { ...HEARD, more: 'x'.repeat(66_000) }, { key: KEY }, 400, 'too_large'],
  ])('called %s takes nothing in', (_how, body, query, status, code) => {
    expect(read(govding(), body, query)).toMatchObject({ is: 'refused', status, code });
  });

  test('asked instead of posted to, or under another name, takes nothing in', () => {
    const gov = govding();
    expect(gov.intake.read({ method: 'GET', kind: 'robot', query: { key: KEY }, body: Buffer.alloc(0) })).toMatchObject({
      code: 'not_post',
    });
    expect(read(gov, HEARD, { key: KEY }, 'app')).toMatchObject({ code: 'unknown_kind' });
  });

  test('is not there at all where an office has not switched the hearing on', () => {
    const gov = govding({ capabilities: {} });
    expect(gov.intake.kinds).toEqual([]);
    expect(read(gov, HEARD)).toMatchObject({ is: 'refused', code: 'unknown_kind' });
  });
});

describe('what was heard', () => {
  test('comes out under the employee code, without the robot’s name, with a way to answer', () => {
    expect(read(govding(), HEARD)).toMatchObject({ is: 'taken', answer: '{"errmsg":"ok"}' });
    expect(taken(read(govding(), HEARD))).toEqual({
      tenant: 'city-gov',
      source: 'robot',
      dedupeKey: 'm1',
      chat: { id: '501', kind: 'group' },
      account: 'GE_d1',
      sentAt: NOW - 1000,
      content: { is: 'text', text: '收到', quote: null },
      ticket: { kind: 'session', url: HEARD.sessionWebhook, until: String(NOW + 300_000) },
    });
  });

  test('with nothing but what one implementation was seen to receive is still told apart from the next one', () => {
    const { msgId: _id, createAt: _at, conversationType: _type, ...least } = HEARD;
    const [first, again, next] = [least, least, { ...least, sessionWebhook: `${HEARD.sessionWebhook}2` }].map((body) =>
      taken(read(govding(), body)),
    );
    expect(first).toMatchObject({ chat: { kind: 'group' }, sentAt: null });
    expect(again).toMatchObject({ dedupeKey: (first as { dedupeKey: string }).dedupeKey });
    expect(next).not.toMatchObject({ dedupeKey: (first as { dedupeKey: string }).dedupeKey });
  });

  test('in a conversation nobody has bound counts as between two', () => {
    const { conversationType: _type, ...rest } = HEARD;
    expect(taken(read(govding(), { ...rest, conversationId: '999' }))).toMatchObject({ chat: { id: '999', kind: 'single' } });
  });

  test('in a group of no room names the group in the log, once, for whoever sets the bot up', () => {
    const deps = testDeps();
    const gov = createGovding(binding(), deps);
    for (const conversationId of ['777', '777', '501']) read(gov, { ...HEARD, conversationId });
    expect(deps.lines).toEqual([expect.stringMatching(/^info govding: heard in a group that is bound to no room .*"777"/)]);
  });

  test.each(['picture', 'file', 'audio', 'somethingNew'])('as %s is told as such, without a guess at its words', (msgtype) => {
    const { text: _text, ...rest } = HEARD;
    expect(taken(read(govding(), { ...rest, msgtype }))).toMatchObject({ content: { is: 'other', what: msgtype } });
  });
});

describe('on the simulated platform', () => {
  let sim: SimulatedGov;
  beforeEach(async () => {
    sim = await simulate(({ people }) => ({ people: codesOnly(people) }));
  });
  afterEach(() => sim.close());

  const codesOnly = (people: Readonly<Record<string, { employeeCode: string }>>) =>
    Object.fromEntries(Object.entries(people).map(([person, { employeeCode }]) => [person, { employeeCode }]));

  test('somebody whose account nobody has written down is known after one question to the directory', async () => {
    await sim.register();
    await sim.say('duty', 'duty1', '报告 火情');
    const heard = await until(() => sim.taken[0]);
    expect(heard).toMatchObject({ account: sim.given.people.duty1?.employeeCode, content: { text: '报告 火情' } });
    expect([sim.gov.personOf(heard.account), sim.gov.roomOf(heard.chat.id)]).toEqual(['duty1', 'duty']);
  });

  test('a wrong secret in the address keeps everything out', async () => {
    await sim.register('another-key-0123456789-0123456789');
    await sim.say('duty', 'duty1', '报告 火情');
    await until(() => sim.refusals.length > 0);
    expect([sim.taken, sim.refusals[0]]).toEqual([[], 'bad_key']);
  });

  test('an answer goes by the session, once; a second one, and a late one, is pushed', async () => {
    await sim.register();
    await sim.say('duty', 'duty1', '状态');
    const { ticket } = await until(() => sim.taken[0]);
    const api = 'robot/sendBySession';
    expect(await sim.send('govding.group', message(), 'duty', ticket)).toEqual([{ is: 'accepted' }]);
    expect([(await sim.calls(api)).length, (await sim.calls('robot/message/sendgroup')).length]).toEqual([1, 0]);
    sim.advance(301_000);
    expect(await sim.send('govding.group', message(), 'duty', ticket)).toMatchObject([{ is: 'accepted' }]);
    expect([(await sim.calls(api)).length, (await sim.calls('robot/message/sendgroup')).length]).toEqual([1, 1]);
  });

  test('a session that is refused costs nobody the answer', async () => {
    await sim.register();
    await sim.say('dm:duty1', 'duty1', '状态');
    const { ticket } = await until(() => sim.taken[0]);
    await sim.fault({ api: 'robot/sendBySession', status: 500 });
    expect(await sim.send('govding.single', message(), 'duty1', ticket)).toMatchObject([{ is: 'accepted', ref: expect.any(String) }]);
    expect((await sim.messages('dm:duty1')).filter(({ fromBot }) => fromBot)).toHaveLength(1);
  });

  test('a session whose answer is lost is unknown and never said twice', async () => {
    await sim.register();
    await sim.say('dm:duty1', 'duty1', '状态');
    const { ticket } = await until(() => sim.taken[0]);
    await sim.fault({ api: 'robot/sendBySession', drop: true, afterAccept: true });
    expect(await sim.send('govding.single', message(), 'duty1', ticket)).toMatchObject([{ is: 'unknown' }]);
    expect((await sim.messages('dm:duty1')).filter(({ fromBot }) => fromBot)).toHaveLength(1);
  });

  test.each(['http://127.0.0.1:1/robot/sendBySession?session=x', 'http://evil.example/', 'file:///etc/passwd', 'no address'])(
    'an answer never follows a body’s address to %s',
    async (url) => {
      const ticket = { kind: 'session', url, until: String(sim.deps.clock.time + 60_000) };
      expect(await sim.send('govding.group', message(), 'duty', ticket)).toMatchObject([{ is: 'accepted', ref: expect.any(String) }]);
      expect(await sim.calls('robot/message/sendgroup')).toHaveLength(1);
    },
  );
});
