import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { amr, type DutyRoom, MP4, openDutyRoom, PNG } from '../dutyRoom';
import { QUICK, Receiver } from '../receiver';

let room: DutyRoom;
let receiver: Receiver;
beforeEach(async () => {
  room = await openDutyRoom(QUICK);
  receiver = await Receiver.configured(room, 'app');
});
afterEach(async () => {
  expect(receiver.faults).toEqual([]);
  receiver.close();
  await room.close();
});

const send = (body: object) => room.post('api/send', { room: 'dm:duty1', from: 'duty1', to: 'app', ...body });
const field = (xml: string | undefined, name: string) =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(xml ?? '')?.[1];
const told = async (n = 0) => (await receiver.received(n + 1))[n];

describe('what a member sends to the app arrives as XML', () => {
  test('words, with sender, second and a numeric id', async () => {
    await room.say('dm:duty1', 'duty1', '在岗 <b>', { to: 'app' });
    const xml = await told();
    const names = ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', 'Content', 'AgentID'];
    const { corpId, agentId } = room.sandbox.binding();
    expect(names.map((name) => field(xml, name))).toEqual([corpId, 'SdDuty1', '1785546000', 'text', '在岗 <b>', String(agentId)]);
    expect(field(xml, 'MsgId')).toMatch(/^\d{1,19}$/);
    expect((await room.messages('dm:duty1')).map((message) => message.text)).toEqual(['在岗 <b>']);
  });

  test('copies of a message bear the same id', async () => {
    await room.say('dm:duty1', 'duty1', '来两遍', { to: 'app', copies: 2 });
    const [first, second] = await receiver.received(2);
    expect(second).toBe(first);
  });

  test('a picture, by link and by media id', async () => {
    await send({ kind: 'image', name: '现场.png', data: PNG.toString('base64') });
    const xml = await told();
    const shown = await fetch(field(xml, 'PicUrl') ?? '');
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG);
    const media = await fetch(
      `${room.sandbox.binding().apiBase}/cgi-bin/media/get?access_token=${await room.token()}&media_id=${field(xml, 'MediaId')}`,
    );
    expect(Buffer.from(await media.arrayBuffer())).toEqual(PNG);
  });

  test('voice and video by media id', async () => {
    await send({ kind: 'voice', name: 'v.amr', data: amr(2).toString('base64'), transcript: '到了' });
    await send({ kind: 'video', name: 'v.mp4', data: MP4.toString('base64') });
    const texts = await receiver.received(2);
    const voice = texts.find((xml) => field(xml, 'MsgType') === 'voice');
    expect([field(voice, 'Format'), field(voice, 'MediaId')]).toEqual(['amr', expect.any(String)]);
    expect(
      field(
        texts.find((xml) => field(xml, 'MsgType') === 'video'),
        'ThumbMediaId',
      ),
    ).toBeTruthy();
  });

  test('a place and a link', async () => {
    await send({ kind: 'location', latitude: 34.77, longitude: 111.2, label: '湖滨区市场' });
    const place = await told();
    expect(['Location_X', 'Location_Y', 'Scale', 'Label'].map((name) => field(place, name))).toEqual([
      '34.77',
      '111.2',
      '15',
      '湖滨区市场',
    ]);
    await send({ kind: 'link', title: '网帖', description: '涉及食品', url: 'http://example.gov.cn/1' });
    const link = await told(1);
    expect(['Title', 'Description', 'Url'].map((name) => field(link, name))).toEqual(['网帖', '涉及食品', 'http://example.gov.cn/1']);
    expect(await room.messages('dm:duty1')).toMatchObject([
      { kind: 'location', place: { latitude: 34.77, label: '湖滨区市场' } },
      { kind: 'link', articles: [{ title: '网帖' }] },
    ]);
  });

  test('a plain file and group talk never arrive', async () => {
    expect(await send({ kind: 'file', name: 'a.docx', data: Buffer.from('docx!').toString('base64') })).toMatchObject({ reached: false });
    expect(await room.post('api/say', { room: 'duty', from: 'duty1', text: 'x', to: 'app' })).toMatchObject({
      status: 409,
      error: { code: 'not_private' },
    });
  });

  test.each([
    ['subscribe', {}],
    ['click', { EventKey: 'status' }],
    ['LOCATION', { Latitude: 34.77, Longitude: 111.2, Precision: 65 }],
    ['change_contact', { ChangeType: 'update_user', UserID: 'SdGuest1' }],
    ['batch_job_result', { BatchJob: { JobId: 'j1', JobType: 'sync_user', ErrCode: 0, ErrMsg: 'ok' } }],
    ['an_event_of_next_year', { Items: ['a', 'b'] }],
  ])('the event %s arrives with its fields', async (event, fields) => {
    expect(await room.post('api/event', { to: 'app', from: 'duty1', event, fields })).toMatchObject({ told: true });
    const xml = await told();
    expect(field(xml, 'Event')).toBe(event);
    for (const [name, value] of Object.entries(fields).filter(([, value]) => typeof value !== 'object'))
      expect(field(xml, name)).toBe(String(value));
    if (event === 'batch_job_result') expect(xml).toContain('<BatchJob><JobId><![CDATA[j1]]></JobId>');
  });

  test('opening the app is an event', async () => {
    expect(await room.post('api/enter', { room: 'dm:duty1', from: 'duty1', to: 'app' })).toMatchObject({ told: true });
    expect(field(await told(), 'Event')).toBe('enter_agent');
  });
});

describe('repeats', () => {
  const say = (text: string) => room.say('dm:duty1', 'duty1', text, { to: 'app' });

  test('a refusing receiver gets the same words four times in all, or once when only silence counts', async () => {
    receiver.answer = () => ({ status: 500 });
    await say('甲');
    expect(new Set(await receiver.received(4)).size).toBe(1);
    expect(new Set(receiver.nonces).size).toBe(4);
    await room.post('api/switches', { repeatOn: 'network' });
    await say('乙');
    await room.say('dm:leader1', 'leader1', '丙', { to: 'app' });
    await receiver.received(6);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(receiver.texts).toHaveLength(6);
  });

  test('every second success is delivered once more when the network is to be as it is', async () => {
    await room.post('api/switches', { twiceEvery: 2 });
    await say('甲');
    await receiver.received(1);
    await say('乙');
    const texts = await receiver.received(3);
    expect(texts.map((xml) => field(xml, 'Content'))).toEqual(['甲', '乙', '乙']);
  });
});

describe('what the app answers at once', () => {
  const xml = (inside: string) => `<xml><ToUserName>x</ToUserName>${inside}</xml>`;
  const ask = async (secret: string) => {
    receiver.answer = () => ({ secret });
    await room.say('dm:duty1', 'duty1', '状态', { to: 'app' });
    for (let tries = 0; (await room.calls('passive/app')).length === 0 && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return { shown: (await room.messages('dm:duty1')).slice(1), outcome: (await room.calls('passive/app'))[0]?.answer };
  };

  test('words are shown', async () => {
    expect(await ask(xml('<MsgType>text</MsgType><Content><![CDATA[一切正常 <3]]></Content>'))).toMatchObject({
      shown: [{ via: 'app', text: '一切正常 <3' }],
      outcome: { outcome: 'shown' },
    });
  });

  test('news and files are shown', async () => {
    const articles = '<Articles><item><Title>简报</Title><Url>http://x</Url></item></Articles>';
    expect(await ask(xml(`<MsgType>news</MsgType>${articles}`))).toMatchObject({ shown: [{ kind: 'news' }] });
  });

  test.each([
    ['an unknown kind', xml('<MsgType>song</MsgType>'), 'ignored: 40008'],
    ['a file nobody uploaded', xml('<MsgType>image</MsgType><Image><MediaId>x</MediaId></Image>'), 'ignored: 40007'],
    [
      'an update without a click',
      xml('<MsgType>update_button</MsgType><Button><ReplaceName>x</ReplaceName></Button>'),
      'ignored: no card was clicked',
    ],
    ['a document type', '<!DOCTYPE x><xml></xml>', 'ignored: no XML inside'],
    ['an open element', '<xml><MsgType>text</xml>', 'ignored: no XML inside'],
  ])('%s is ignored and recorded', async (_title, secret, outcome) => {
    expect(await ask(secret)).toEqual({ shown: [], outcome: { outcome } });
  });

  test('the word success and an answer under a wrong signature show nothing', async () => {
    receiver.answer = (_text, n) =>
      n === 0 ? { body: 'success' } : { secret: xml('<MsgType>text</MsgType><Content>x</Content>'), signature: 'wrong' };
    await room.say('dm:duty1', 'duty1', '甲', { to: 'app' });
    await receiver.received(1);
    await room.say('dm:duty1', 'duty1', '乙', { to: 'app' });
    for (let tries = 0; (await room.calls('passive/app')).length === 0 && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await room.calls('passive/app')).toMatchObject([{ answer: { outcome: 'ignored: signature' } }]);
    expect(await room.messages('dm:duty1')).toHaveLength(2);
  });

  test.each([
    ['a label', '<MsgType>update_button</MsgType><Button><ReplaceName>已签收</ReplaceName></Button>', '签收\n[已签收]'],
    [
      'a whole card',
      '<MsgType>update_template_card</MsgType><TemplateCard><CardType>text_notice</CardType><MainTitle><Title>已签收</Title></MainTitle>' +
        '<HorizontalContentList><KeyName>时限</KeyName><Value>10:30</Value></HorizontalContentList><HorizontalContentList><KeyName>人</KeyName><Value>常值一</Value></HorizontalContentList>' +
        '<CardAction><Type>1</Type><Url>http://x</Url></CardAction></TemplateCard>',
      '已签收\n时限：10:30\n人：常值一\nhttp://x',
    ],
  ])('after a click %s changes the card for the clicker alone', async (_title, inside, twin) => {
    const template_card = {
      card_type: 'button_interaction',
      main_title: { title: '签收' },
      task_id: 'T',
      button_list: [{ text: '收到', key: 'ack' }],
    };
    await room.api('message/send', { agentid: room.sandbox.binding().agentId, touser: 'SdDuty1', msgtype: 'template_card', template_card });
    receiver.answer = () => ({ secret: xml(inside) });
    const [card] = await room.messages('dm:duty1');
    await room.post('api/click', { message: card?.id, button: 'ack', from: 'duty1' });
    for (let tries = 0; (await room.calls('passive/app')).length === 0 && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await room.messages('dm:duty1')).toMatchObject([{ card: { states: { duty1: twin } } }]);
  });
});
