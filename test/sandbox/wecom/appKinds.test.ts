import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { amr, type DutyRoom, MP4, openDutyRoom, PNG, type Wire } from '../dutyRoom';

let room: DutyRoom;
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(() => room.close());

const send = async (body: object) => room.api('message/send', { agentid: room.sandbox.binding().agentId, touser: 'SdDuty1', ...body });
const mediaId = async (type: string, data: Buffer, name = '名单.xlsx') =>
  (await room.upload(`media/upload?access_token=${await room.token()}&type=${type}`, name, data)).media_id;
const text = (content: string, more: object = {}) => ({ msgtype: 'text', text: { content }, ...more });
const article = { title: '简报', description: '今日', url: 'http://127.0.0.1/a', content: '正文' };

describe('every kind reaches the private chat', () => {
  test.each([
    ['file', Buffer.from('hello xlsx'), '[文件] 名单.xlsx'],
    ['image', PNG, '[图片] 名单.xlsx'],
    ['voice', amr(2), '[语音] 名单.xlsx'],
  ])('%s', async (kind, data, shown) => {
    const media_id = await mediaId(kind, data);
    expect(await send({ msgtype: kind, [kind]: { media_id } })).toMatchObject({ errcode: 0, msgid: expect.any(String) });
    expect(await room.messages('dm:duty1')).toMatchObject([
      { kind, text: shown, via: 'app', pinged: [], file: { kind, bytes: data.length } },
    ]);
  });

  test('a video bears its title', async () => {
    await send({ msgtype: 'video', video: { media_id: await mediaId('video', MP4), title: '现场' } });
    expect(await room.messages('dm:duty1')).toMatchObject([{ kind: 'video', text: '[视频] 现场' }]);
  });

  test('news and mpnews show their articles', async () => {
    const thumb_media_id = await mediaId('image', PNG);
    await send({ msgtype: 'news', news: { articles: [article] } });
    await send({ msgtype: 'mpnews', safe: 2, mpnews: { articles: [{ ...article, thumb_media_id }] } });
    expect(await room.messages('dm:duty1')).toMatchObject([
      { kind: 'news', articles: [{ title: '简报', url: 'http://127.0.0.1/a' }] },
      { kind: 'news', articles: [{ title: '简报' }] },
    ]);
  });

  test.each<[string, () => Promise<object> | object, number]>([
    ['a file nobody uploaded', () => ({ msgtype: 'file', file: { media_id: 'x' } }), 40007],
    ['a file without an id', () => ({ msgtype: 'file', file: {} }), 41006],
    ['a file as a picture', async () => ({ msgtype: 'image', image: { media_id: await mediaId('file', PNG) } }), 40007],
    [
      'a video with an endless title',
      async () => ({ msgtype: 'video', video: { media_id: await mediaId('video', MP4), title: 'a'.repeat(129) } }),
      40058,
    ],
    ['no article', () => ({ msgtype: 'news', news: { articles: [] } }), 45008],
    ['nine articles', () => ({ msgtype: 'news', news: { articles: Array.from({ length: 9 }, () => article) } }), 45008],
    ['mpnews without a cover', () => ({ msgtype: 'mpnews', mpnews: { articles: [article] } }), 40007],
    [
      'mpnews over 666 K',
      () => ({ msgtype: 'mpnews', mpnews: { articles: [{ ...article, content: 'a'.repeat((666 << 10) + 1) }] } }),
      45002,
    ],
    ['a secret text for the enterprise only', () => text('x', { safe: 2 }), 40058],
    [
      'a text card whose link has no scheme',
      () => ({ msgtype: 'textcard', textcard: { title: 't', description: 'd', url: 'host/x' } }),
      40058,
    ],
  ])('%s is refused', async (_title, body, errcode) => {
    expect((await send(await body())).errcode).toBe(errcode);
    expect(await room.messages('dm:duty1')).toEqual([]);
  });
});

test('names are translated on request, unknown ids stay as they are', async () => {
  await send(text('请$userName=SdLeader1$和$userName=nobody$处置', { enable_id_trans: 1 }));
  await send(text('$userName=SdLeader1$'));
  expect((await room.messages('dm:duty1')).map((message) => message.text)).toEqual([
    '请带班甲和$userName=nobody$处置',
    '$userName=SdLeader1$',
  ]);
});

describe('who really gets it', () => {
  test('departments and tags count, unknown ones come back', async () => {
    const answer = await send(text('通知', { touser: '', toparty: '1|77', totag: '99' }));
    expect(answer).toMatchObject({ errcode: 0, invalidparty: '77', invalidtag: '99', invaliduser: '' });
    expect(await room.messages('dm:coord1')).toHaveLength(1);
    const tagged = await send(text('通知', { touser: '', totag: '1' }));
    expect(tagged).toMatchObject({ errcode: 0, invalidtag: '' });
    expect(await room.messages('dm:duty1')).toHaveLength(2);
    expect(await room.messages('dm:coord1')).toHaveLength(1);
  });

  test('people out of sight or gone are invalid, people without a licence are named apart', async () => {
    await room.post('api/standing', { person: 'leader1', visible: false });
    await room.post('api/standing', { person: 'office1', status: 5 });
    await room.post('api/standing', { person: 'coord1', licensed: false });
    const answer = await send(text('通知', { touser: 'SdDuty1|SdLeader1|SdOffice1|SdCoord1' }));
    expect(answer).toMatchObject({ errcode: 0, invaliduser: 'sdleader1|sdoffice1', unlicenseduser: 'sdcoord1' });
    expect(await room.messages('dm:coord1')).toEqual([]);
    expect((await send(text('通知', { touser: 'SdLeader1' }))).errcode).toBe(81013);
  });

  test.each([
    ['1001 people', { touser: Array.from({ length: 1001 }, (_, n) => `u${n}`).join('|') }, 40032],
    ['101 departments', { toparty: Array.from({ length: 101 }, (_, n) => n).join('|') }, 82002],
    ['101 tags', { totag: Array.from({ length: 101 }, (_, n) => n).join('|') }, 82003],
  ])('%s are too many', async (_title, more, errcode) => {
    expect((await send(text('x', more))).errcode).toBe(errcode);
  });

  test('what was swallowed without a word stands in the list of drops', async () => {
    for (let n = 0; n < 31; n += 1) await send(text(`第${n}条`));
    await send(text('同样', { touser: 'SdLeader1', enable_duplicate_check: 1 }));
    await send(text('同样', { touser: 'SdLeader1', enable_duplicate_check: 1 }));
    expect(await room.get('api/drops')).toMatchObject({
      drops: [
        { via: 'app', room: 'dm:duty1', people: ['duty1'], why: 'member_rate' },
        { room: 'dm:leader1', people: ['leader1'], why: 'duplicate' },
      ],
    });
  });

  test('a day’s 200 messages a head are the end for the whole app, without a word', async () => {
    const all = async (n: number) => send(text(`第${n}条`, { touser: '@all' }));
    for (let n = 0; n < 200; n += 1) {
      if (n % 30 === 0) room.advance(61_000);
      expect((await all(n)).errcode).toBe(0);
    }
    room.advance(61_000);
    expect((await all(200)).errcode).toBe(0);
    expect(await room.messages('dm:duty1')).toHaveLength(200);
    expect(await room.get('api/drops')).toMatchObject({ drops: Array.from({ length: 5 }, () => ({ why: 'app_day' })) });
  });

  test('another app of the enterprise may not send in this app’s name', async () => {
    const { secondApp } = await room.keys();
    const { corpId, agentId } = room.sandbox.binding();
    const { access_token } = await room.wire(`gettoken?corpid=${corpId}&corpsecret=${secondApp.corpSecret}`);
    const asSecond = (agentid: number) =>
      room.wire(`message/send?access_token=${access_token}`, { touser: 'SdDuty1', agentid, ...text('x') });
    expect((await asSecond(agentId)).errcode).toBe(301002);
    expect((await asSecond(1)).errcode).toBe(40056);
    expect((await asSecond(secondApp.agentId)).errcode).toBe(0);
  });
});

describe('a message can be taken back for a day', () => {
  const recall = (msgid: unknown) => room.api('message/recall', { msgid });
  let sent: Wire;
  beforeEach(async () => {
    sent = await send(text('发错了', { touser: 'SdDuty1|SdLeader1' }));
  });

  test('its words are gone for everybody', async () => {
    expect((await recall(sent.msgid)).errcode).toBe(0);
    for (const person of ['duty1', 'leader1'])
      expect(await room.messages(`dm:${person}`)).toMatchObject([{ text: '（已撤回一条消息）', recalled: true }]);
  });

  test('after 24 hours it stays', async () => {
    room.advance(24 * 3600_000);
    expect((await recall(sent.msgid)).errcode).toBe(42052);
    expect((await room.messages('dm:duty1'))[0]?.text).toBe('发错了');
  });

  test('a message of nobody, or of another app, cannot be taken back', async () => {
    const { secondApp } = await room.keys();
    const { access_token } = await room.wire(`gettoken?corpid=${room.sandbox.binding().corpId}&corpsecret=${secondApp.corpSecret}`);
    expect((await recall('invented')).errcode).toBe(40058);
    expect((await room.wire(`message/recall?access_token=${access_token}`, { msgid: sent.msgid })).errcode).toBe(40058);
  });
});
