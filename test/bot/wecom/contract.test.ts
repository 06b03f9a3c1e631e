/** Channel by channel, kind by kind, code by code: what people see on the simulated platform, and how a sending ends. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { open } from '../../../src/core/notices/message';
import { channelSuite, type Opened } from '../channelSuite';
import { ACK, message, until } from '../wire/support';
import { type Simulated, simulate } from './simulated';

type End = Readonly<Record<string, unknown>>;
const waits = (code: number, waitMs = 2000): End => ({ is: 'road', code: String(code), blocks: 'outlet', waitMs });
const refused =
  (fault: string) =>
  (code: number): End => ({ is: 'refused', code: String(code), fault });
/** Codes of dossier section 7 by their end; each is armed in the simulator for one call. */
const ENDS: readonly (readonly [(code: number) => End, readonly number[]])[] = [
  [(code) => waits(code), [-1, 6000, 45033]],
  [(code) => waits(code, 60_000), [45009]],
  [refused('capability'), [600039, 93006]],
  [
    refused('permission'),
    [40013, 40056, 301002, 93000, 93004, 93008, 48001, 48002, 48005, 48006, 60011, 60020, 301042, 50001, 50002, 50003, 301007],
  ],
  [refused('receiver'), [81013, 82001, 82002, 82003, 40003, 40031, 40032, 60111, 46004, 301021]],
  [
    refused('content'),
    [45002, 45008, 40201, 40204, 85002, 44001, 44004, 82004, 40004, 40009, 301019, 40206, 40033, 40035, 40063, 41004, 987654],
  ],
];
const CODES = ENDS.flatMap(([end, codes]) => codes.map((code) => ({ name: code, fault: { errcode: code }, end: end(code) })));
const STATUSES = [500, 502, 404].map((status) => {
  const end = status === 404 ? refused('capability')(0) : waits(0);
  return { name: `HTTP ${status}`, fault: { status }, end: { ...end, code: `http_${status}` } };
});

interface OpenWecom extends Opened {
  readonly duty: string;
}

async function openWecom(): Promise<OpenWecom> {
  const one = await simulate();
  expect(await one.register()).toBe(true);
  await one.connect();
  await one.room.say('dm:duty1', 'duty1', '你好');
  await until(() => one.taken.length === 1);
  return {
    duty: one.room.sandbox.binding().rooms.duty?.chatId ?? '',
    send: (id, said, address) => one.send(id, said, address),
    arm: (fault) => one.room.post('api/faults', fault),
    calls: async (api) => (await one.room.calls(api)).length,
    messages: (place) => one.room.messages(place),
    close: () => one.close(),
  };
}

describe('the channels of WeCom', () => {
  channelSuite<OpenWecom>({
    name: 'wecom',
    open: openWecom,
    places: [
      { id: 'wecom.robot', place: 'duty', address: ({ duty }) => duty, pages: false, buttons: true },
      { id: 'wecom.robot', place: 'dm:duty1', address: () => 'sdduty1', pages: false, buttons: true },
      { id: 'wecom.webhook', place: 'duty', address: () => 'duty', pages: true, buttons: false },
      { id: 'wecom.app', place: 'dm:duty1', address: () => 'duty1', pages: false, buttons: true },
    ],
    refusing: [
      { id: 'wecom.webhook', api: 'webhook/send', address: () => 'duty', ends: [...CODES, ...STATUSES] },
      { id: 'wecom.app', api: 'message/send', address: () => 'duty1', ends: [...CODES, ...STATUSES] },
      { id: 'wecom.robot', api: 'aibot_send_msg', address: ({ duty }) => duty, ends: CODES },
    ],
  });
});

let sim: Simulated;

describe('beside what all platforms do', () => {
  beforeEach(async () => {
    sim = await simulate();
  });
  afterEach(() => sim.close());

  describe('a card that the platform refuses is said in words', () => {
    test.each([42014, 42016, 42027, 42028, 42031, 42035, 42038, 42039, 42045, 42051, 43012, 40008, 40058])('%i', async (code) => {
      await sim.room.post('api/faults', { api: 'message/send', errcode: code, times: 1 });
      expect(await sim.send('wecom.app', message({ buttons: [ACK] }), 'duty1')).toMatchObject([{ is: 'accepted' }]);
      const [seen] = await sim.room.messages('dm:duty1');
      expect(seen?.text).toBe('#12 突发事件接报\n可回复：收到');
    });
  });

  describe('an access token', () => {
    test.each([40014, 42001])('refused with %i costs one new one and no message', async (errcode) => {
      await sim.send('wecom.app', message(), 'duty1');
      await sim.room.post('api/faults', { api: 'message/send', errcode, times: 1 });
      expect(await sim.send('wecom.app', message({ heading: '#12 又一条' }), 'duty1')).toMatchObject([{ is: 'accepted' }]);
      expect(await sim.room.calls('gettoken')).toHaveLength(2);
      expect((await sim.room.messages('dm:duty1')).map((one) => one.text)).toEqual(['#12 突发事件接报', '#12 又一条']);
    });

    test('is renewed before its end', async () => {
      for (let hours = 0; hours < 6; hours += 1) {
        expect(await sim.send('wecom.app', message({ heading: `#12 第${hours}条` }), 'duty1')).toMatchObject([{ is: 'accepted' }]);
        sim.advance(3_600_000);
      }
      expect(await sim.room.calls('gettoken')).toHaveLength(3);
    });
  });

  describe('the conversation with the robot', () => {
    beforeEach(() => sim.connect());
    const last = () => until(() => sim.taken.at(-1));

    test('an answer quotes what was asked, once; the next one is pushed', async () => {
      await sim.room.say('duty', 'duty1', '在岗吗');
      const heard = await last();
      expect(heard).toMatchObject({ account: 'sdduty1', chat: { kind: 'group' }, content: { is: 'text', text: '在岗吗' } });
      for (let times = 0; times < 2; times += 1) {
        expect(await sim.send('wecom.robot', message({}, [open(`答${times}`)]), heard.chat.id, heard.ticket)).toEqual([{ is: 'accepted' }]);
      }
      expect((await sim.room.calls('aibot_respond_msg')).length).toBe(1);
      expect((await sim.room.calls('aibot_send_msg')).length).toBe(1);
    });

    test('a pressed card is replaced for the one who pressed', async () => {
      await sim.room.say('duty', 'duty1', '在岗吗');
      const { chat } = await last();
      await sim.send('wecom.robot', message({ buttons: [ACK] }), chat.id);
      const card = (await sim.room.messages('duty')).find((one) => one.fromBot);
      await sim.room.post('api/click', { message: card?.id, button: ACK.key, from: 'leader1' });
      const click = await until(() => sim.taken.find((one) => one.content.is === 'click'));
      expect(click).toMatchObject({ account: 'sdleader1', content: { is: 'click', key: ACK.key } });
      expect(await sim.send('wecom.robot', message({ pressed: '已收到' }), chat.id, click.ticket)).toEqual([{ is: 'accepted' }]);
      expect((await sim.room.calls('aibot_respond_update_msg')).length).toBe(1);
    });
  });

  describe('the app’s own card', () => {
    const press = async () => {
      await sim.send('wecom.app', message({ buttons: [ACK] }), 'duty1');
      const card = (await sim.room.messages('dm:duty1')).at(-1);
      await sim.room.post('api/click', { message: card?.id, button: ACK.key, from: 'duty1' });
      return until(() => sim.taken.find((one) => one.content.is === 'click'));
    };

    test('once pressed is greyed, and only once: after that the words come as a message', async () => {
      expect(await sim.register()).toBe(true);
      const click = await press();
      expect(click).toMatchObject({ source: 'app', account: 'sdduty1', ticket: { kind: 'app_card' } });
      const pressed = message({ pressed: '已收到' });
      expect(await sim.send('wecom.app', pressed, 'duty1', click.ticket)).toEqual([{ is: 'accepted' }]);
      expect(await sim.room.messages('dm:duty1')).toHaveLength(1);
      expect(await sim.send('wecom.app', pressed, 'duty1', click.ticket)).toMatchObject([{ is: 'accepted' }]);
      expect(await sim.room.messages('dm:duty1')).toHaveLength(2);
    });

    test('without a callback address comes in words instead', async () => {
      expect(await sim.send('wecom.app', message({ buttons: [ACK] }), 'duty1')).toMatchObject([{ is: 'accepted' }]);
      expect((await sim.room.messages('dm:duty1')).map((one) => one.text)).toEqual(['#12 突发事件接报\n可回复：收到']);
    });
  });
});
