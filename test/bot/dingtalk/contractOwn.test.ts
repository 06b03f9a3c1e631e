/** What this platform alone does to a sending: locks and words of its robots, features that are missing, forms and files. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Capability } from '../../../src/bot/dingtalk/settings';
import { full, open, quote } from '../../../src/core/notices/message';
import type { Ticket } from '../../../src/ports/platform';
import { ACK, FOREVER, message } from '../wire/support';
import { type Outgoing, outgoing } from './outgoing';

let sim: Outgoing;
const begin = async (...parts: Parameters<typeof outgoing>) => {
  await sim?.close();
  sim = await outgoing(...parts);
};
beforeEach(() => begin());
afterEach(() => sim.close());

const MINUTE = 60_000;
function duty(): string {
  return sim.given.rooms.duty?.openConversationId ?? '';
}
const userid = (person: string): string => sim.given.people[person] ?? '';
const shown = async (room: string) => (await sim.messages(room)).filter(({ fromBot }) => fromBot);
const switched = (change: Readonly<Record<string, unknown>>) => sim.post('switches', change);

/** The duty room with this changed in its webhook. */
const hooked =
  (change: Readonly<Record<string, string>>) =>
  ({ rooms }: Outgoing['given']) => {
    const { openConversationId = '', webhook } = rooms.duty ?? {};
    return { rooms: { duty: { openConversationId, webhook: { accessToken: webhook?.accessToken, secret: webhook?.secret, ...change } } } };
  };

describe('the custom robot of a group', () => {
  test('takes twenty in a minute, then none for ten: the wait grows to that', async () => {
    for (let nth = 0; nth < 20; nth += 1) expect(await sim.send('dingtalk.webhook', message(), 'duty')).toEqual([{ is: 'accepted' }]);
    const waits: unknown[] = [];
    for (let times = 0; times < 5; times += 1) {
      const [end] = await sim.send('dingtalk.webhook', message(), 'duty');
      waits.push(end?.is === 'road' ? end.waitMs / MINUTE : end?.is);
      sim.advance(end?.is === 'road' ? end.waitMs : 0);
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(waits[4]).toBe('accepted');
  });

  test('that asks for a word of its own gets it in every part of a message', async () => {
    await switched({ hookKeywords: ['值守'] });
    expect(await sim.send('dingtalk.webhook', message(), 'duty')).toEqual([{ is: 'refused', code: '310000', fault: 'permission' }]);
    await begin(hooked({ keyword: '值守' }));
    await switched({ hookKeywords: ['值守'] });
    const long = message({ mentions: ['leader1'] }, [full(quote('火情'.repeat(6000)))]);
    const ends = await sim.send('dingtalk.webhook', long, 'duty');
    expect(ends).toEqual([{ is: 'accepted' }, { is: 'accepted' }]);
    const seen = await shown('duty');
    expect(seen.map(({ text }) => text.includes('值守'))).toEqual([true, true]);
    expect(seen.flatMap(({ pinged }) => pinged)).toEqual(['leader1']);
  });

  test('whose secret is wrong says so for an operator, and what it says holds no secret', async () => {
    await begin(hooked({ secret: 'SECwrong' }));
    expect(await sim.send('dingtalk.webhook', message(), 'duty')).toEqual([{ is: 'refused', code: '310000', fault: 'permission' }]);
    expect(sim.deps.lines.filter((line) => line.startsWith('error')).length).toBe(1);
    expect(sim.deps.lines.join('\n')).not.toContain('SECwrong');
  });
});

describe('an answer by session webhook', () => {
  test('that floods is pushed the other way', async () => {
    const url = `${sim.given.oapiBase}/robot/sendBySession?session=s`;
    const ticket: Ticket = { kind: 'session', url, until: String(sim.deps.clock.now() + MINUTE) };
    await sim.post('faults', { api: 'robot/sendBySession', errcode: 130101, times: 1 });
    expect(await sim.send('dingtalk.group', message(), duty(), ticket)).toMatchObject([{ is: 'accepted' }]);
    expect((await sim.calls('robot/groupMessages/send')).length).toBe(1);
  });

  test('whose own answer is lost may have been shown: nothing is pushed besides', async () => {
    const url = `${sim.given.oapiBase}/robot/sendBySession?session=s`;
    const ticket: Ticket = { kind: 'session', url, until: String(sim.deps.clock.now() + MINUTE) };
    await sim.post('faults', { api: 'robot/sendBySession', status: 504, times: 1 });
    expect(await sim.send('dingtalk.group', message(), duty(), ticket)).toMatchObject([{ is: 'unknown' }]);
    expect(await sim.calls('robot/groupMessages/send')).toEqual([]);
  });
});

describe('a card where presses come by callback', () => {
  test('bears the name of our address, so that they come back', async () => {
    await begin(() => ({ mode: 'callback', cardRouteKey: 'fenghuo' }));
    await sim.send('dingtalk.single', message({ buttons: [ACK] }), userid('duty1'));
    const [call] = await sim.calls('card/instances/createAndDeliver');
    expect(call?.request).toMatchObject({ body: { callbackType: 'HTTP', callbackRouteKey: 'fenghuo' } });
  });

  test('is said in words while the platform knows no such name', async () => {
    await begin(() => ({ mode: 'callback' }));
    expect(await sim.send('dingtalk.single', message({ buttons: [ACK] }), userid('duty1'))).toEqual([
      { is: 'accepted', ref: expect.any(String) },
    ]);
    expect(await sim.calls('card/instances/createAndDeliver')).toEqual([]);
    const [seen] = await shown('dm:duty1');
    expect(seen?.text).toContain('可回复：收到');
  });
});

describe('a card that the organisation does not have', () => {
  test.each(['template.not.existed', 'template.stopped', 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 'param.empty'])(
    'is said in words: %s',
    async (code) => {
      await sim.post('faults', { api: 'card/instances/createAndDeliver', code, times: 1 });
      expect(await sim.send('dingtalk.group', message({ buttons: [ACK] }), duty())).toMatchObject([{ is: 'accepted' }]);
      const [seen] = await shown('duty');
      expect(seen?.text).toContain('可回复：收到');
    },
  );

  test('is never tried without a template, and no way to a group leads over it', async () => {
    await begin({ cardTemplateId: undefined });
    expect(sim.ding.channels.map(({ id }) => id)).not.toContain('dingtalk.card');
    expect(sim.ding.routesToRoom('duty').map(({ channel }) => channel)).toEqual(['dingtalk.group', 'dingtalk.webhook']);
    await sim.send('dingtalk.group', message({ buttons: [ACK] }), duty());
    expect(await sim.calls('card/instances/createAndDeliver')).toEqual([]);
  });
});

describe('a feature that the organisation may lack', () => {
  const DENIED = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
  const ways = () => [...sim.ding.routesToRoom('duty'), ...sim.ding.routesToPerson('duty1')].map(({ channel }) => channel);

  test.each<readonly [Capability, string, string, () => string]>([
    ['robot.group', 'robot/groupMessages/send', 'dingtalk.group', duty],
    ['robot.single', 'robot/oToMessages/batchSend', 'dingtalk.single', () => userid('duty1')],
    ['work', 'topapi/message/corpconversation/asyncsend_v2', 'dingtalk.work', () => 'duty1'],
    ['cards', 'card/instances/createAndDeliver', 'dingtalk.card', duty],
  ])('%s marked probe is tried once, then its ways are left out; marked on it is tried every time', async (feature, api, id, address) => {
    const denied = id === 'dingtalk.work' ? { errcode: 60011 } : { code: DENIED };
    for (const [wanted, isThere] of [
      ['on', true],
      ['probe', false],
    ] as const) {
      await begin({ capabilities: { [feature]: wanted } });
      await sim.post('faults', { api, ...denied, times: 1 });
      expect(await sim.send(id, message(), address())).toMatchObject([{ is: 'refused', fault: 'permission' }]);
      expect(ways().includes(id)).toBe(isThere);
    }
  });
});

describe('a paper', () => {
  const DOCX = { sha256: 'a'.repeat(64), name: '值班日报.docx' };
  const ways = [
    ['dingtalk.group', 'duty', duty],
    ['dingtalk.single', 'dm:duty1', () => userid('duty1')],
  ] as const;
  const give = (id: string, address: string, paper = DOCX) => {
    const to = { address, ticket: null };
    return sim.channel(id).send(sim.channel(id).attach?.(paper, to) ?? { body: '' }, to, 'd1', FOREVER);
  };
  beforeEach(() => begin({}, { papers: { bytes: async () => Buffer.from('PK-docx-bytes') } }));

  test.each(ways)('through %s reaches people as a file under its name, uploaded once for two sendings', async (id, place, address) => {
    expect([await give(id, address()), await give(id, address())]).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }]);
    expect((await shown(place)).map(({ file }) => file?.name)).toEqual([DOCX.name, DOCX.name]);
    expect((await sim.calls()).filter(({ api }) => api.includes('upload')).length).toBe(1);
  });

  test('of a kind that the platform does not send is named in words', async () => {
    expect(await give('dingtalk.group', duty(), { ...DOCX, name: '现场.csv' })).toMatchObject({ is: 'accepted' });
    expect((await shown('duty'))[0]?.text).toContain('现场.csv');
    expect(await sim.send('dingtalk.webhook', message(), 'duty')).toEqual([{ is: 'accepted' }]);
  });

  test('is named in words by the webhook and the work notice, which take no files here', async () => {
    expect(await give('dingtalk.webhook', 'duty')).toEqual({ is: 'accepted' });
    expect(await give('dingtalk.work', 'duty1')).toMatchObject({ is: 'accepted' });
    expect((await shown('duty'))[0]?.text).toContain(DOCX.name);
  });
});

describe('a message that leads to a page', () => {
  const face = { is: 'link', url: 'https://duty.example.gov.cn/i/12', label: '查看' } as const;
  const dressed = async (id: string, address: string, said = message({}, [open('请查阅')])) => {
    const to = { address, ticket: null };
    for (const part of sim.channel(id).dress?.(said, face, to) ?? [])
      expect(await sim.channel(id).send(part, to, 'k', FOREVER)).toMatchObject({ is: 'accepted' });
  };

  test.each<readonly [string, string, () => string]>([
    ['dingtalk.group', 'duty', duty],
    ['dingtalk.single', 'dm:duty1', () => userid('duty1')],
    ['dingtalk.webhook', 'duty', () => 'duty'],
  ])('is an action card through %s', async (id, place, address) => {
    await dressed(id, address());
    expect(JSON.stringify((await shown(place))[0]?.raw)).toContain('duty.example.gov.cn/i/12');
    expect((await shown(place)).length).toBe(1);
  });

  test('and calls people comes in words, because the card would call nobody', async () => {
    await dressed('dingtalk.webhook', 'duty', message({ mentions: ['leader1'] }, [open('请查阅')]));
    const [seen] = await shown('duty');
    expect(seen).toMatchObject({ kind: 'text', pinged: ['leader1'] });
    expect(seen?.text).toContain(face.url);
  });
});

test('no secret reaches the log, whatever goes wrong', async () => {
  for (const code of ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 'InvalidAuthentication', 'param.empty'])
    await sim.post('faults', { api: 'robot/groupMessages/send', code, times: 2 });
  await sim.post('faults', { api: 'robot/send', errcode: 310000, times: 1 });
  for (let nth = 0; nth < 6; nth += 1) await sim.send('dingtalk.group', message(), duty());
  await sim.send('dingtalk.webhook', message(), 'duty');
  const log = sim.deps.lines.join('\n');
  expect(log).not.toBe('');
  const { webhook } = sim.given.rooms.duty ?? { webhook: { accessToken: '', secret: '' } };
  for (const secret of [sim.given.clientSecret, webhook.accessToken, webhook.secret]) expect(log).not.toContain(secret);
});
