import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, type RawRobot } from '../dutyRoom';

let room: DutyRoom;
let robot: RawRobot;
beforeEach(async () => {
  room = await openDutyRoom();
  robot = await room.robot();
});
afterEach(() => room.close());

const subscribe = () => robot.subscribe(room.sandbox.binding().robot);
const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } });
const push = (chatid: string, more: object = {}) => robot.ask('aibot_send_msg', { chatid, ...markdown('**提醒**'), ...more });
const chat = (id: string) => room.sandbox.binding().rooms[id]?.chatId ?? '';
const CARD = {
  card_type: 'button_interaction',
  main_title: { title: '签收 #12' },
  task_id: 'T-12',
  button_list: [{ text: '收到', key: 'ack' }],
};

describe('a long connection is opened by the right secret, once', () => {
  test('anything before the subscription is told 846609', async () => {
    expect(await robot.ask('ping')).toBe(846609);
    expect(await subscribe()).toBe(0);
    expect(await robot.ask('ping')).toBe(0);
  });

  test.each([
    ['a wrong secret', { secret: 'wrong' }, 853000],
    ['an unknown robot', { botId: 'nobody' }, 93019],
  ])('%s is refused and the connection closed', async (_title, wrong, errcode) => {
    expect(await robot.subscribe({ ...room.sandbox.binding().robot, ...wrong })).toBe(errcode);
    expect(await robot.untilClosed()).toBe(true);
  });

  test('a newer subscription puts out the older one', async () => {
    await subscribe();
    const newer = await room.robot();
    await newer.subscribe(room.sandbox.binding().robot);
    expect((await robot.callback('aibot_event_callback')).body).toMatchObject({ event: { eventtype: 'disconnected_event' } });
    expect(await robot.untilClosed()).toBe(true);
    await room.say('duty', 'duty1', '还在吗');
    expect((await newer.callback('aibot_msg_callback')).body).toMatchObject({ chattype: 'group' });
  });

  test('the sixth subscription within a minute is too many', async () => {
    for (let n = 0; n < 5; n += 1) expect(await subscribe()).toBe(0);
    expect(await subscribe()).toBe(45009);
    room.advance(60_000);
    expect(await subscribe()).toBe(0);
  });

  test('a connection without any frame is closed', async () => {
    await room.close();
    room = await openDutyRoom({ idleCloseMs: 30, callback: { limitMs: 1, pauseMs: 1, repeats: 0, verifyMs: 1, pollMs: 1 } });
    const idle = await room.robot();
    expect(await idle.untilClosed()).toBe(true);
  });
});

describe('the robot hears what the platform lets it hear', () => {
  test('a group message with an @ arrives with the name in front and in the right words', async () => {
    await subscribe();
    await room.say('duty', 'duty1', '3人腹痛');
    const { body } = await robot.callback('aibot_msg_callback');
    expect(body).toMatchObject({
      chatid: chat('duty'),
      chattype: 'group',
      from: { userid: 'SdDuty1' },
      msgtype: 'text',
      text: { content: '@烽火值班机器人 3人腹痛' },
    });
  });

  test('ordinary group talk is shown to people and not to the robot; private talk always arrives', async () => {
    await subscribe();
    await room.say('duty', 'duty1', '吃了吗', { mentionBot: false });
    await room.say('dm:guest1', 'guest1', '你好', { mentionBot: false });
    const first = await robot.callback('aibot_msg_callback');
    expect(first.body).toMatchObject({ chattype: 'single', text: { content: '你好' } });
    expect(first.body).not.toHaveProperty('chatid');
    expect((await room.messages('duty'))[0]?.text).toBe('吃了吗');
  });

  test('a quote brings only the words that were quoted', async () => {
    await subscribe();
    await room.webhook('duty', { msgtype: 'text', text: { content: '#12 请签收' } });
    const [notice] = await room.messages('duty');
    await room.say('duty', 'leader1', '收到', { quote: notice?.id });
    expect((await robot.callback('aibot_msg_callback')).body?.quote).toEqual({ msgtype: 'text', text: { content: '#12 请签收' } });
  });

  test('copies of a message bear the same msgid', async () => {
    await subscribe();
    await room.say('duty', 'duty1', '来两遍', { copies: 2 });
    expect(await robot.callback('aibot_msg_callback', 1)).toEqual(await robot.callback('aibot_msg_callback', 0));
  });

  test('what is said while nobody is connected is lost', async () => {
    await room.say('duty', 'duty1', '有人吗');
    await subscribe();
    await room.say('duty', 'duty1', '现在呢');
    expect((await robot.callback('aibot_msg_callback')).body).toMatchObject({ text: { content: '@烽火值班机器人 现在呢' } });
    expect((await room.calls('aibot_msg_callback')).map((call) => call.answer)).toEqual(['lost', 'sent']);
  });

  test('opening the private chat is told once a day and can be welcomed', async () => {
    await subscribe();
    const enter = () => room.post('api/enter', { room: 'dm:duty1', from: 'duty1' });
    expect(await enter()).toMatchObject({ told: true });
    expect(await enter()).toMatchObject({ told: false });
    const { headers } = await robot.callback('aibot_event_callback');
    expect(await robot.ask('aibot_respond_welcome_msg', { msgtype: 'text', text: { content: '您好' } }, headers.req_id)).toBe(0);
    expect(await room.messages('dm:duty1')).toMatchObject([{ via: 'robot', text: '您好', pinged: [] }]);
  });
});

describe('replies hold to their tickets', () => {
  const stream = (content: string, finish: boolean) => ({ msgtype: 'stream', stream: { id: 'S1', finish, content } });
  async function heard(): Promise<string> {
    await subscribe();
    await room.say('duty', 'duty1', '报告');
    return (await robot.callback('aibot_msg_callback')).headers.req_id;
  }

  test('a stream is one message whose content is replaced, and blank content does not close it', async () => {
    const ticket = await heard();
    for (const body of [stream('处理中', false), stream(' ', true), stream('已登记', true), stream('迟了', true)])
      expect(await robot.ask('aibot_respond_msg', body, ticket)).toBe(0);
    const shown = (await room.messages('duty')).filter((message) => message.fromBot);
    expect(shown).toMatchObject([{ text: '已登记', kind: 'markdown', via: 'robot', pinged: [] }]);
  });

  test('a stream is over six minutes after its first frame', async () => {
    const ticket = await heard();
    await robot.ask('aibot_respond_msg', stream('处理中', false), ticket);
    room.advance(6 * 60_000);
    expect(await robot.ask('aibot_respond_msg', stream('迟了', true), ticket)).toBe(846608);
  });

  test('a ticket is good for 24 hours', async () => {
    const ticket = await heard();
    room.advance(24 * 3_600_000 - 1);
    expect(await robot.ask('aibot_respond_msg', markdown('还行'), ticket)).toBe(0);
    room.advance(1);
    expect(await robot.ask('aibot_respond_msg', markdown('迟了'), ticket)).toBe(846605);
  });

  test.each([
    ['an invented req_id', 'aibot_respond_msg', () => 'invented', markdown('x'), 846605],
    ['a welcome for a message', 'aibot_respond_welcome_msg', null, { msgtype: 'text', text: { content: 'x' } }, 846605],
    ['plain text as a reply', 'aibot_respond_msg', null, { msgtype: 'text', text: { content: 'x' } }, 40008],
    ['20481 bytes', 'aibot_respond_msg', null, { msgtype: 'stream', stream: { id: 'S', content: 'a'.repeat(20_481) } }, 40058],
    ['pictures in a stream', 'aibot_respond_msg', null, { msgtype: 'stream', stream: { id: 'S', content: 'a', msg_item: [] } }, 40058],
  ])('%s is refused', async (_title, cmd, other, body, errcode) => {
    const ticket = await heard();
    expect(await robot.ask(cmd, body, other ? other() : ticket)).toBe(errcode);
  });

  test('after a reconnect the old tickets are dead', async () => {
    const ticket = await heard();
    robot = await room.robot();
    await subscribe();
    expect(await robot.ask('aibot_respond_msg', markdown('x'), ticket)).toBe(846605);
  });
});

describe('pushes reach open conversations only', () => {
  test.each([
    ['a greeted group', () => chat('duty'), {}, 0],
    ['a group in wrong case', () => chat('duty').toLowerCase(), {}, 93006],
    ['a group nobody greeted', () => chat('quiet'), {}, 93006],
    ['a person who never wrote', () => 'SdDuty1', {}, 93006],
    ['an unknown chat', () => 'wrNobody', {}, 93006],
    ['a group taken for a person', () => chat('duty'), { chat_type: 1 }, 93006],
    ['plain text', () => chat('duty'), { msgtype: 'text', text: { content: 'x' } }, 40008],
    ['a card with a fault', () => chat('duty'), { msgtype: 'template_card', template_card: { ...CARD, task_id: '中' } }, 40058],
  ])('%s', async (_title, chatid, more, errcode) => {
    await subscribe();
    expect(await push(chatid(), more)).toBe(errcode);
  });

  test('the first words of a person open the private chat for pushes', async () => {
    await subscribe();
    await room.say('dm:duty1', 'duty1', '你好');
    expect(await push('SdDuty1', { chat_type: 1 })).toBe(0);
  });

  test('replies and pushes of one conversation share 30 a minute', async () => {
    await subscribe();
    for (let n = 0; n < 30; n += 1) expect(await push(chat('duty'))).toBe(0);
    expect(await push(chat('duty'))).toBe(45009);
    expect(await push(chat('hq'))).toBe(0);
    room.advance(60_000);
    expect(await push(chat('duty'))).toBe(0);
  });
});

describe('a card of the robot in a group', () => {
  async function pressed(from: string): Promise<string> {
    await subscribe();
    await push(chat('duty'), { msgtype: 'template_card', template_card: CARD });
    const [card] = await room.messages('duty');
    await room.post('api/click', { message: card?.id, button: 'ack', from });
    const { headers, body } = await robot.callback('aibot_event_callback');
    const event = { card_type: 'button_interaction', event_key: 'ack', task_id: 'T-12' };
    expect(body).toMatchObject({ chatid: chat('duty'), from: { userid: 'SdLeader1' }, event: { template_card_event: event } });
    return headers.req_id;
  }
  const update = (ticket: string, title: string, more: object = {}) =>
    robot.ask(
      'aibot_respond_update_msg',
      {
        response_type: 'update_template_card',
        template_card: {
          ...CARD,
          card_type: 'text_notice',
          main_title: { title },
          card_action: { type: 1, url: 'http://127.0.0.1/' },
          ...more,
        },
      },
      ticket,
    );

  test('is replaced for all, or for the people named only', async () => {
    const ticket = await pressed('leader1');
    const mine = {
      response_type: 'update_template_card',
      userids: ['SdLeader1'],
      template_card: { ...CARD, main_title: { title: '您已签收' }, replace_text: '已签收' },
    };
    expect(await robot.ask('aibot_respond_update_msg', mine, ticket)).toBe(0);
    expect(await room.messages('duty')).toMatchObject([
      { text: '签收 #12\n[收到]', buttons: [{ key: 'ack' }], card: { states: { leader1: '您已签收\n[已签收]' } } },
    ]);
    const [card] = await room.messages('duty');
    expect(await room.post('api/click', { message: card?.id, button: 'ack', from: 'leader1' })).toMatchObject({ status: 409 });
    expect(await room.post('api/click', { message: card?.id, button: 'ack', from: 'duty1' })).toMatchObject({ status: 200 });
    expect(await update(ticket, '带班甲已签收')).toBe(0);
    expect(await room.messages('duty')).toMatchObject([{ text: '带班甲已签收\nhttp://127.0.0.1/', buttons: [] }]);
  });

  test('cannot be updated under another task, nor answered as a message', async () => {
    const ticket = await pressed('leader1');
    expect(await update(ticket, 'x', { task_id: 'T-13' })).toBe(40058);
    expect(await robot.ask('aibot_respond_msg', markdown('x'), ticket)).toBe(846605);
  });
});

describe('faults on the long connection', () => {
  test('an ack may be lost although the message was shown', async () => {
    await subscribe();
    await room.post('api/faults', { api: 'aibot_send_msg', drop: true, afterAccept: true, times: 1 });
    void push(chat('duty'));
    expect(await robot.ask('ping')).toBe(0);
    expect(await room.messages('duty')).toHaveLength(1);
  });

  test('a refusal shows nothing, and the next call works again', async () => {
    await subscribe();
    await room.post('api/faults', { api: 'aibot_send_msg', errcode: 600039, times: 1 });
    expect(await push(chat('duty'))).toBe(600039);
    expect(await room.messages('duty')).toEqual([]);
    expect(await push(chat('duty'))).toBe(0);
  });
});
