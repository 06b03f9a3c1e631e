/** The channels of the government edition under the suite of all platforms, and what is its own: calls by notice, words that must not repeat. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { full, open, press, quote } from '../../../../src/core/notices/message';
import { channelSuite, type Ending, type Opened } from '../../channelSuite';
import { FOREVER, message } from '../../wire/support';
import { type SimulatedGov, simulate } from './simulated';

interface OpenGov extends Opened {
  readonly chat: string;
}

const openSim = (): Promise<SimulatedGov> => simulate(({ people }) => ({ senderAccountId: people.office1?.accountId }));

async function openGov(): Promise<OpenGov> {
  const one = await openSim();
  return {
    chat: one.given.rooms.duty?.chatId ?? '',
    send: (id, said, address) => one.send(id, said, address),
    arm: (fault) => one.fault(fault),
    calls: async (api) => (await one.calls(api)).length,
    messages: (place) => one.messages(place),
    close: () => one.close(),
  };
}

const refused = (code: string, fault: string, name = code): Ending => ({ name, fault: { code }, end: { is: 'refused', code, fault } });
/** No list of codes is known: the wording decides the little it can. */
const ENDS: readonly Ending[] = [
  refused('SomethingNew', 'content'),
  refused('QpsLimit', 'content', 'too often, while nobody has tried whether that is meant'),
  refused('ApiNotFound', 'capability'),
  refused('AccountNotFound', 'receiver'),
  { name: 'a new token', fault: { code: 'InvalidAccessToken' }, end: { is: 'accepted' }, calls: 2 },
  ...[500, 504].map((status) => ({ name: `HTTP ${status}`, fault: { status }, end: { is: 'unknown', what: `http_${status}` } })),
  ...[429, 502, 503].map((status) => ({
    name: `HTTP ${status}`,
    fault: { status },
    end: { is: 'road', code: `http_${status}`, blocks: 'outlet', waitMs: 2_000 },
  })),
  { name: 'HTTP 404', fault: { status: 404 }, end: { is: 'refused', code: 'http_404', fault: 'capability' } },
];

channelSuite<OpenGov>({
  name: 'govding',
  open: openGov,
  places: [
    { id: 'govding.group', place: 'duty', address: () => 'duty', pages: false, buttons: false },
    { id: 'govding.single', place: 'dm:duty1', address: () => 'duty1', pages: false, buttons: false },
    { id: 'govding.work', place: 'dm:duty1', address: () => 'duty1', pages: false, buttons: false },
    { id: 'govding.chat', place: 'duty', address: ({ chat }) => chat, pages: false, buttons: false },
  ],
  refusing: [
    { id: 'govding.group', api: 'robot/message/sendgroup', address: () => 'duty', ends: ENDS },
    { id: 'govding.single', api: 'robot/message/sendoto', address: () => 'duty1', ends: ENDS },
    { id: 'govding.work', api: 'message/workNotification', address: () => 'duty1', ends: ENDS },
    { id: 'govding.chat', api: 'chat/sendMsg', address: ({ chat }) => chat, ends: ENDS },
    { id: 'govding.ding', api: 'gov/ding/isv/send.json', address: () => 'leader1', ends: ENDS },
  ],
});

describe('what is the government edition’s own', () => {
  let sim: SimulatedGov;
  beforeEach(async () => {
    sim = await openSim();
  });
  afterEach(() => sim.close());

  test('a text of quotation marks stays within the bytes the platform takes', async () => {
    const said = message({}, [full(quote('"\\'.repeat(1500)))]);
    for (const id of ['govding.group', 'govding.work'])
      expect((await sim.send(id, said, id === 'govding.group' ? 'duty' : 'duty1')).map(({ is }) => is)).not.toContain('refused');
  });

  test('nobody is told to press a button where there is none', async () => {
    const asked = message({ buttons: [{ key: 'ack:1:2', text: '收到' }] }, [open('请', press('点按钮，或'), '回复：收到')]);
    for (const [id, address, place] of [
      ['govding.group', 'duty', 'duty'],
      ['govding.work', 'duty1', 'dm:duty1'],
    ] as const) {
      await sim.send(id, asked, address);
      const [seen] = (await sim.messages(place)).slice(-1);
      expect(seen?.text).toContain('请回复：收到');
      expect(seen?.text).not.toContain('按钮');
    }
  });

  describe('whoever is called in a room', () => {
    const called = message({ mentions: ['leader1', 'office1'] }, [open('请到岗')]);

    test.each(['govding.group', 'govding.chat'])('%s says the words once, and each person has a notice of his own', async (id) => {
      const results = await sim.send(id, called, id === 'govding.chat' ? (sim.given.rooms.duty?.chatId ?? '') : 'duty');
      expect(results.map(({ is }) => is)).toEqual(['accepted', 'accepted']);
      for (const person of ['leader1', 'office1']) {
        const [notice, ...more] = await sim.messages(`dm:${person}`);
        expect(notice?.text).toMatch(/^#12 突发事件接报（09:00:00）\n（群内点名，请到群里回复）\n请到岗$/);
        expect(more).toEqual([]);
      }
      expect(await sim.messages('dm:coord1')).toEqual([]);
    });

    test('a person nobody has bound is named in the log and keeps nobody from being called', async () => {
      await sim.send('govding.group', message({ mentions: ['stranger', 'leader1'] }), 'duty');
      expect(await sim.messages('dm:leader1')).toHaveLength(1);
      expect(sim.deps.lines.join()).toContain('"stranger"');
    });

    test('no way calls by mention, so none but DING promises to call', () => {
      expect(sim.gov.channels.filter(({ pages }) => pages).map(({ id }) => id)).toEqual(['govding.ding']);
      const ways = [...sim.gov.routesToRoom('duty'), ...sim.gov.routesToPerson('duty1')];
      expect(ways.map(({ pages }) => pages)).toEqual(ways.map(() => false));
    });
  });

  describe('the same words twice', () => {
    test('a work notice said again later in the day arrives again, because it bears its time', async () => {
      await sim.send('govding.work', message(), 'duty1');
      sim.advance(3_600_000);
      await sim.send('govding.work', message(), 'duty1');
      expect((await sim.messages('dm:duty1')).map(({ text }) => text)).toEqual([
        '#12 突发事件接报（09:00:00）',
        '#12 突发事件接报（10:00:00）',
      ]);
    });

    test('the same call made twice is shown once and counts as accepted both times', async () => {
      const to = { address: 'duty1', ticket: null };
      const [part] = sim.channel('govding.work').split(message(), to);
      if (part === undefined) throw new Error('nothing to send');
      for (const _ of [1, 2])
        expect(await sim.channel('govding.work').send(part, to, 'one-key', FOREVER)).toMatchObject({ is: 'accepted' });
      expect(await sim.messages('dm:duty1')).toHaveLength(1);
    });
  });

  describe('taking back', () => {
    test('is not offered unless an office has tried it', () => {
      expect(sim.gov.channels.filter(({ recall }) => recall !== undefined)).toEqual([]);
    });

    test('takes a robot’s message out of the room, and a notice by the name we gave it', async () => {
      await sim.close();
      sim = await simulate(() => ({ msgApp: 'fenghuo', capabilities: { 'robot.recall': 'on', 'work.recall': 'on' } }));
      for (const [id, address] of [
        ['govding.group', 'duty'],
        ['govding.single', 'duty1'],
        ['govding.work', 'leader1'],
      ] as const) {
        const [sent] = await sim.send(id, message(), address);
        const ref = sent?.is === 'accepted' ? (sent.ref ?? '') : '';
        expect(await sim.channel(id).recall?.(ref, FOREVER)).toEqual({ is: 'accepted' });
      }
      for (const place of ['duty', 'dm:duty1', 'dm:leader1'])
        expect((await sim.messages(place)).map(({ text }) => text)).toEqual(['（已撤回一条消息）']);
    });
  });
});
