import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { robotSign } from '../../../src/sandbox/dingtalk/sign';
import { call, type DingRoom, openDingRoom } from './dingRoom';

let room: DingRoom;
beforeEach(async () => {
  room = await openDingRoom();
});
afterEach(() => room.close());

const text = (content: string, at: object = {}) => ({ msgtype: 'text', text: { content }, at });
const good = { status: 200, errcode: 0, errmsg: 'ok' };

describe('a custom robot pages exactly the people the platform would page', () => {
  test.each([
    ['a member in the list and in the words', text('@DtLeader1 请处置', { atUserIds: ['DtLeader1'] }), ['leader1'], '@带班甲 请处置'],
    ['a member by phone', text('请处置 @10000000003', { atMobiles: ['10000000003'] }), ['office1'], '请处置 @应办乙'],
    ['nobody who stands in the list alone', text('请处置', { atUserIds: ['DtLeader1'], atMobiles: ['10000000003'] }), [], '请处置'],
    ['nobody who stands in the words alone', text('@DtLeader1 请处置'), [], '@DtLeader1 请处置'],
    ['nobody of another room', text('@DtCoord1', { atUserIds: ['DtCoord1'] }), [], '@DtCoord1'],
    ['nobody whose id is only the beginning', text('@DtLeader12', { atUserIds: ['DtLeader1'] }), [], '@DtLeader12'],
    ['all', text('集合', { isAtAll: true }), ['duty1', 'leader1', 'office1', 'guest1'], '集合 @所有人'],
    [
      'a member in markdown',
      { msgtype: 'markdown', markdown: { title: '急', text: '**急** @DtDuty1' }, at: { atUserIds: ['DtDuty1'] } },
      ['duty1'],
      '**急** @常值一',
    ],
    [
      'nobody by a link',
      { msgtype: 'link', link: { title: '日报', text: '@DtDuty1', messageUrl: 'http://127.0.0.1/' }, at: { atUserIds: ['DtDuty1'] } },
      [],
      '日报\n@DtDuty1\nhttp://127.0.0.1/',
    ],
  ])('%s', async (_title, body, pinged, shown) => {
    expect(await room.hook('duty', body)).toMatchObject(good);
    expect(await room.messages('duty')).toMatchObject([{ fromBot: true, via: 'webhook', text: shown, pinged, raw: body }]);
  });
});

describe('what a custom robot can say', () => {
  test.each([
    [
      'a whole card',
      { title: '预警', text: '正文', singleTitle: '查看', singleURL: 'http://127.0.0.1/a' },
      'card',
      '预警\n正文\n查看 http://127.0.0.1/a',
    ],
    [
      'a card with buttons that open pages',
      { title: '预警', text: '正文', btns: [{ title: '甲', actionURL: 'http://127.0.0.1/b' }] },
      'card',
      '预警\n正文\n甲 http://127.0.0.1/b',
    ],
  ])('%s', async (_title, actionCard, kind, shown) => {
    expect(await room.hook('duty', { msgtype: 'actionCard', actionCard })).toMatchObject(good);
    const [message] = await room.messages('duty');
    expect(message).toMatchObject({ kind, text: shown });
    expect(message?.buttons).toBeUndefined();
  });

  test('several links at once', async () => {
    const links = ['甲', '乙'].map((title) => ({ title, messageURL: `http://127.0.0.1/${title}`, picURL: '' }));
    await room.hook('duty', { msgtype: 'feedCard', feedCard: { links } });
    expect((await room.messages('duty'))[0]?.articles).toHaveLength(2);
  });
});

describe('a custom robot refuses what the platform refuses, under status 200', () => {
  test.each([
    ['an unknown type', { msgtype: 'song' }, 400105],
    ['a missing field', { msgtype: 'text', text: {} }, 40035],
    ['no type at all', {}, 40035],
    ['more than 20 000 bytes', text('急'.repeat(6700)), 460101],
  ])('%s', async (_title, body, errcode) => {
    expect(await room.hook('duty', body)).toMatchObject({ status: 200, errcode });
    expect(await room.messages('duty')).toEqual([]);
  });

  test('an unknown token, another content type, and a method that is none', async () => {
    const { oapiBase, rooms } = room.binding;
    expect(await call(`${oapiBase}/robot/send?access_token=x`, text('x'))).toMatchObject({ status: 200, errcode: 300005 });
    const url = rooms.duty?.webhook.url ?? '';
    const form = await room.raw(url, { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } });
    expect(await form.json()).toMatchObject({ errcode: 43004 });
    expect(await call(url)).toMatchObject({ errcode: 43002 });
  });

  test("the signature must be this robot's, and of this hour; the words say which is wrong", async () => {
    const { url = '', secret = '' } = room.binding.rooms.duty?.webhook ?? {};
    const signed = (moment: number, key: string) => `${url}&timestamp=${moment}&sign=${encodeURIComponent(robotSign(String(moment), key))}`;
    expect(await call(url, text('x'))).toMatchObject({ errcode: 310000, errmsg: expect.stringContaining('timestamp') });
    expect(await call(signed(room.now() - 3_601_000, secret), text('x'))).toMatchObject({
      errcode: 310000,
      errmsg: expect.stringContaining('timestamp'),
    });
    expect(await call(signed(room.now(), 'SECother'), text('x'))).toMatchObject({
      errcode: 310000,
      errmsg: expect.stringContaining('签名'),
    });
    expect(await call(signed(room.now() - 3_599_000, secret), text('x'))).toMatchObject(good);
  });

  test('keywords and addresses as the console sets them', async () => {
    await room.post('api/switches', { hookKeywords: ['值班', '烽火'] });
    expect(await room.hook('duty', text('开会'))).toMatchObject({ errcode: 310000, errmsg: expect.stringContaining('关键词') });
    expect(await room.hook('duty', text('烽火：开会'))).toMatchObject(good);
    await room.post('api/switches', { hookTrustsIp: false });
    expect(await room.hook('duty', text('烽火：开会'))).toMatchObject({ errcode: 310000, errmsg: expect.stringContaining('IP') });
  });
});

test('the 21st message of a minute silences the robot for ten minutes of the sandbox clock', async () => {
  for (let n = 0; n < 20; n += 1) expect(await room.hook('duty', text(`${n}`))).toMatchObject(good);
  room.advance(59_000);
  expect(await room.hook('duty', text('太多'))).toMatchObject({ status: 200, errcode: 130101 });
  room.advance(599_000);
  expect(await room.hook('duty', text('还在等'))).toMatchObject({ errcode: 130101 });
  expect(await room.hook('hq', text('另一个群'))).toMatchObject(good);
  room.advance(1000);
  expect(await room.hook('duty', text('可以了'))).toMatchObject(good);
});

test('the same message uuid is shown once', async () => {
  for (let n = 0; n < 2; n += 1) expect(await room.hook('duty', { ...text('一次'), msgUuid: 'u1' })).toMatchObject(good);
  expect(await room.messages('duty')).toHaveLength(1);
});

test("the quota of the month ends it until the first of the next, in the bureau's time", async () => {
  await room.post('api/switches', { monthlyHooks: 1 });
  expect(await room.hook('duty', text('一'))).toMatchObject(good);
  expect(await room.hook('duty', text('二'))).toMatchObject({ errcode: 90030 });
  room.advance(Date.parse('2026-08-31T23:59:59+08:00') - room.now());
  expect(await room.hook('duty', text('三'))).toMatchObject({ errcode: 90030 });
  room.advance(1000);
  expect(await room.hook('duty', text('四'))).toMatchObject(good);
});

describe('the address that came with a message', () => {
  const sessionOf = async (place: string) => {
    const stream = await room.stream();
    await room.say(place, 'duty1', '在吗');
    return String((await stream.heard()).sessionWebhook);
  };

  test('answers into its room, pages as the custom robot does, and dies after 90 minutes', async () => {
    const url = await sessionOf('duty');
    expect(await call(url, text('@DtDuty1 在', { atUserIds: ['DtDuty1'] }))).toMatchObject(good);
    expect((await room.messages('duty')).at(-1)).toMatchObject({ via: 'robot', text: '@常值一 在', pinged: ['duty1'] });
    room.advance(5_399_000);
    expect(await call(url, text('还在'))).toMatchObject(good);
    room.advance(1000);
    expect((await call(url, text('晚了'))).status).toBe(500);
  });

  test('pages nobody in a private chat, and is not limited to 20 a minute unless the tenant is like that', async () => {
    const url = await sessionOf('dm:duty1');
    for (let n = 0; n < 21; n += 1) expect(await call(url, text(`${n}`, { isAtAll: true }))).toMatchObject(good);
    expect((await room.messages('dm:duty1')).at(-1)?.pinged).toEqual([]);
    await room.post('api/switches', { floodEverywhere: true });
    for (let n = 0; n < 20; n += 1) await call(url, text(`${n}`));
    expect(await call(url, text('x'))).toMatchObject({ errcode: 130101 });
  });
});
