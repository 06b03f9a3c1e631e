import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, PNG } from '../dutyRoom';

let room: DutyRoom;
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(() => room.close());

const md5 = (data: Buffer) => createHash('md5').update(data).digest('hex');
const image = (data: Buffer, more: object = {}) => ({
  msgtype: 'image',
  image: { base64: data.toString('base64'), md5: md5(data), ...more },
});
const article = { title: '简报', description: '今日值班', url: 'http://127.0.0.1/a', picurl: 'http://127.0.0.1/a.png' };
const news = (count: number, more: object = {}) => ({
  msgtype: 'news',
  news: { articles: Array.from({ length: count }, () => ({ ...article, ...more })) },
});
const notice = { card_type: 'text_notice', main_title: { title: '通知' }, card_action: { type: 1, url: 'http://127.0.0.1/' } };
const card = (more: object) => ({ msgtype: 'template_card', template_card: { ...notice, ...more } });

describe('a group sees pictures, news and cards, and they page nobody', () => {
  test('a picture can be opened', async () => {
    expect((await room.webhook('duty', image(PNG))).errcode).toBe(0);
    const [message] = await room.messages('duty');
    expect(message).toMatchObject({ kind: 'image', pinged: [], file: { kind: 'image', bytes: PNG.length } });
    const shown = await fetch(`${room.base}/${message?.file?.url}`);
    expect(shown.headers.get('content-type')).toBe('image/png');
  });

  test('news show title, words and link; long ones are cut to 128 and 512 bytes', async () => {
    await room.webhook('duty', news(1, { title: '急'.repeat(50), description: '<@SdLeader1>' }));
    expect(await room.messages('duty')).toMatchObject([
      {
        kind: 'news',
        pinged: [],
        articles: [{ title: '急'.repeat(42), description: '<@SdLeader1>', url: article.url, picture: article.picurl }],
      },
    ]);
  });

  test('a news card shows its picture, and a member row pages nobody', async () => {
    const body = card({
      card_type: 'news_notice',
      card_image: { url: 'http://127.0.0.1/p.png', aspect_ratio: 1.5 },
      vertical_content_list: [{ title: '要点', desc: '已处置' }],
      horizontal_content_list: [{ type: 3, keyname: '联系人', value: '带班甲', userid: 'SdLeader1' }],
    });
    expect((await room.webhook('duty', body)).errcode).toBe(0);
    expect(await room.messages('duty')).toMatchObject([
      {
        kind: 'card',
        pinged: [],
        card: { title: '通知', picture: 'http://127.0.0.1/p.png', lines: ['要点：已处置', '联系人：带班甲', 'http://127.0.0.1/'] },
      },
    ]);
  });
});

describe('a group webhook refuses', () => {
  test.each([
    ['a picture with another md5', image(PNG, { md5: md5(Buffer.from('x')) }), 301019],
    ['a picture over 2 MB', image(Buffer.concat([PNG, Buffer.alloc(2 << 20)])), 40009],
    ['a picture that is none', image(Buffer.from('hello world')), 40005],
    ['an empty picture', image(Buffer.alloc(0)), 44001],
    ['news without articles', news(0), 45008],
    ['nine articles', news(9), 45008],
    ['an article without a link', news(1, { url: '' }), 40058],
    ['a vote', card({ card_type: 'vote_interaction' }), 40058],
    ['a menu', card({ action_menu: { action_list: [{ key: 'a', text: 'a' }] }, task_id: 'T' }), 40058],
    ['an attachment nobody uploaded', card({ horizontal_content_list: [{ type: 2, keyname: '附件', media_id: 'x' }] }), 40007],
    ['a jump with a question', card({ jump_list: [{ type: 3, title: '问', question: '?' }] }), 40058],
    ['news cards without a picture', card({ card_type: 'news_notice' }), 40058],
  ])('%s', async (_title, body, errcode) => {
    expect((await room.webhook('duty', body)).errcode).toBe(errcode);
    expect(await room.messages('duty')).toEqual([]);
  });

  test('pictures and words share the 20 a minute', async () => {
    for (let n = 0; n < 20; n += 1) expect((await room.webhook('duty', image(PNG))).errcode).toBe(0);
    expect((await room.webhook('duty', news(1))).errcode).toBe(45009);
  });
});
