import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom } from '../dutyRoom';

let room: DutyRoom;
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(() => room.close());

const text = (content: string, more: object = {}) => ({ msgtype: 'text', text: { content, ...more } });

describe('a group webhook pages exactly the people the platform would page', () => {
  test.each([
    ['a listed member', text('请处置', { mentioned_list: ['SdLeader1'] }), ['leader1'], '请处置 @带班甲'],
    ['a member listed in other case', text('请处置', { mentioned_list: ['sdleader1'] }), ['leader1'], '请处置 @带班甲'],
    ['a member by phone', text('请处置', { mentioned_mobile_list: ['10000000003'] }), ['office1'], '请处置 @应办乙'],
    ['a member named in the text', text('<@SdDuty1> 请处置'), ['duty1'], '@常值一 请处置'],
    ['somebody of another room', text('请处置 <@SdCoord1>', { mentioned_list: ['SdCoord1'] }), [], '请处置 <@SdCoord1>'],
    ['nobody known', text('请处置', { mentioned_list: ['nobody'] }), [], '请处置'],
    ['all', text('请处置', { mentioned_list: ['@all'] }), ['duty1', 'leader1', 'office1', 'guest1'], '请处置 @所有人'],
    ['a member in markdown', { msgtype: 'markdown', markdown: { content: '**急** <@SdLeader1>' } }, ['leader1'], '**急** @带班甲'],
    ['nobody in markdown_v2', { msgtype: 'markdown_v2', markdown_v2: { content: '<@SdLeader1>' } }, [], '<@SdLeader1>'],
  ])('%s', async (_title, body, pinged, shown) => {
    expect(await room.webhook('duty', body)).toMatchObject({ status: 200, errcode: 0, errmsg: 'ok' });
    expect(await room.messages('duty')).toMatchObject([{ fromBot: true, via: 'webhook', text: shown, pinged, raw: body }]);
  });
});

describe('a group webhook refuses what the platform refuses', () => {
  test.each([
    ['empty text', text('  '), 44004],
    ['2049 bytes of text', text(`${'急'.repeat(683)}`), 40058],
    ['4097 bytes of markdown', { msgtype: 'markdown', markdown: { content: 'a'.repeat(4097) } }, 40058],
    ['an unknown type', { msgtype: 'song' }, 40008],
    ['a card with buttons', { msgtype: 'template_card', template_card: { card_type: 'button_interaction' } }, 40058],
  ])('%s', async (_title, body, errcode) => {
    const answer = await room.webhook('duty', body);
    expect(answer).toMatchObject({ status: 200, errcode });
    expect(answer.errmsg).toContain(`devtool/query?e=${errcode}`);
    expect(await room.messages('duty')).toEqual([]);
  });

  test('2048 bytes are still shown whole', async () => {
    await room.webhook('duty', text('a'.repeat(2048)));
    expect((await room.messages('duty'))[0]?.text).toHaveLength(2048);
  });

  test('a wrong key gets 93000', async () => {
    expect((await room.wire('webhook/send?key=nonsense', text('x'))).errcode).toBe(93000);
  });

  test('the 21st message of a minute blocks the webhook for a minute of the sandbox clock', async () => {
    for (let n = 0; n < 20; n += 1) expect((await room.webhook('duty', text(`${n}`))).errcode).toBe(0);
    room.advance(59_000);
    expect((await room.webhook('duty', text('太多'))).errcode).toBe(45009);
    room.advance(59_000);
    expect((await room.webhook('duty', text('还在等'))).errcode).toBe(45009);
    expect((await room.webhook('hq', text('另一个群'))).errcode).toBe(0);
    room.advance(1_000);
    expect((await room.webhook('duty', text('可以了'))).errcode).toBe(0);
  });
});
