import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom } from '../dutyRoom';

let room: DutyRoom;
let token: string;
beforeEach(async () => {
  room = await openDutyRoom();
  token = await room.token();
});
afterEach(() => room.close());

const send = (body: object, using = token) =>
  room.wire(`message/send?access_token=${using}`, { agentid: room.sandbox.binding().agentId, ...body });
const text = (content: string, more: object = {}) => ({ touser: 'SdDuty1', msgtype: 'text', text: { content }, ...more });
const gettoken = (secret: string) => room.wire(`gettoken?corpid=${room.sandbox.binding().corpId}&corpsecret=${secret}`);

describe('access tokens live as long as the platform says', () => {
  test('the same token is given within its life, a new one after 7200 s, and the old one is told 42001', async () => {
    room.advance(7_199_000);
    expect(await room.token()).toBe(token);
    expect((await send(text('还行'))).errcode).toBe(0);
    room.advance(1_000);
    expect((await send(text('过期'))).errcode).toBe(42001);
    expect(await room.token()).not.toBe(token);
  });

  test('an early withdrawal is told 40014 and the next gettoken gives another token', async () => {
    await room.post('api/faults', { api: 'message/send', errcode: 40014, times: 1 });
    expect((await send(text('x'))).errcode).toBe(40014);
    expect((await send(text('x'))).errcode).toBe(40014);
    const fresh = await room.token();
    expect((await send(text('x'), fresh)).errcode).toBe(0);
  });

  test('five wrong secrets block the caller for an hour', async () => {
    for (let n = 0; n < 5; n += 1) expect((await gettoken('wrong')).errcode).toBe(40001);
    expect((await gettoken(room.sandbox.binding().corpSecret)).errcode).toBe(45009);
    room.advance(3_600_000);
    expect((await gettoken(room.sandbox.binding().corpSecret)).errcode).toBe(0);
  });

  test.each([
    ['gettoken?corpid=ww0&corpsecret=x', 40013],
    ['gettoken?corpsecret=x', 41002],
    ['message/send', 41001],
    ['message/send?access_token=x', 40014],
  ])('%s is refused', async (path, errcode) => {
    expect((await room.wire(path, path.startsWith('gettoken') ? undefined : {})).errcode).toBe(errcode);
  });
});

describe('private messages reach whom they can', () => {
  test('an unknown receiver is named in lower case, the others get the message in their private room', async () => {
    const answer = await send(text('请处置', { touser: 'SdDuty1|NoBody|sdleader1' }));
    expect(answer).toMatchObject({ errcode: 0, invaliduser: 'nobody' });
    expect(await room.messages('dm:duty1')).toMatchObject([{ via: 'app', text: '请处置', pinged: [], fromBot: true }]);
    expect(await room.messages('dm:leader1')).toHaveLength(1);
  });

  test.each([
    ['only unknown receivers', text('x', { touser: 'nobody' }), 81013],
    ['no receiver', text('x', { touser: '' }), 82001],
    ['a foreign agent', text('x', { agentid: 1 }), 40056],
    ['empty text', text(''), 44004],
    ['an unknown type', { touser: 'SdDuty1', msgtype: 'song' }, 40008],
    ['markdown over 2048 bytes', { touser: 'SdDuty1', msgtype: 'markdown', markdown: { content: 'a'.repeat(2049) } }, 40058],
    ['a card without a title', { touser: 'SdDuty1', msgtype: 'template_card', template_card: { card_type: 'text_notice' } }, 42033],
  ])('%s is refused', async (_title, body, errcode) => {
    expect((await send(body)).errcode).toBe(errcode);
    expect(await room.messages('dm:duty1')).toEqual([]);
  });

  test('text over 2048 bytes is cut before the character that does not fit', async () => {
    await send(text('急'.repeat(700)));
    expect((await room.messages('dm:duty1'))[0]?.text).toBe('急'.repeat(682));
  });

  test('the 31st message of a minute to one person vanishes although the answer is ok', async () => {
    for (let n = 0; n < 31; n += 1) expect((await send(text(`第${n}条`))).errcode).toBe(0);
    expect(await room.messages('dm:duty1')).toHaveLength(30);
    room.advance(60_000);
    await send(text('又可以了'));
    expect(await room.messages('dm:duty1')).toHaveLength(31);
  });

  test('the duplicate check swallows an identical body within its interval', async () => {
    const body = text('每分钟提醒', { enable_duplicate_check: 1, duplicate_check_interval: 600 });
    for (let n = 0; n < 2; n += 1) expect((await send(body)).errcode).toBe(0);
    expect(await room.messages('dm:duty1')).toHaveLength(1);
    room.advance(600_000);
    await send(body);
    expect(await room.messages('dm:duty1')).toHaveLength(2);
  });

  test('a card with buttons needs a callback URL', async () => {
    const card = {
      card_type: 'button_interaction',
      main_title: { title: '签收' },
      task_id: 'T1',
      button_list: [{ text: '收到', key: 'ack' }],
    };
    expect((await send({ touser: 'SdDuty1', msgtype: 'template_card', template_card: card })).errcode).toBe(43012);
  });

  test('a text card shows title, words and link', async () => {
    const textcard = { title: '催办', description: '请于 10:30 前反馈', url: 'http://127.0.0.1/t/1', btntxt: '去办' };
    await send({ touser: 'SdDuty1', msgtype: 'textcard', textcard });
    expect(await room.messages('dm:duty1')).toMatchObject([{ kind: 'card', text: '催办\n请于 10:30 前反馈\n去办 http://127.0.0.1/t/1' }]);
  });
});
