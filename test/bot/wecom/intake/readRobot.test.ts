import { describe, expect, test } from '@jest/globals';
import { createAccounts } from '../../../../src/bot/wecom/accounts';
import { RobotBody, readRobot } from '../../../../src/bot/wecom/intake/readRobot';
import { binding } from '../support';

const accounts = createAccounts(binding());
const group = { msgid: 'M1', aibotid: 'BOT', chatid: 'wrDuty', chattype: 'group', from: { userid: 'ZhangSan' } };

function read(body: Record<string, unknown>) {
  return readRobot(
    RobotBody.parse({ ...group, ...body }),
    { reqId: 'R1', epoch: 'e.1' },
    { tenant: 'city', robotName: '值班 机器人', accounts },
  );
}
const textOf = (content: string) => read({ msgtype: 'text', text: { content } })?.content;

describe('what the robot hears', () => {
  test('a group message comes in with chat, account and a ticket of this connection', () => {
    expect(read({ msgtype: 'text', text: { content: '@值班 机器人 在岗' }, create_time: 1_767_225_600 })).toEqual({
      tenant: 'city',
      source: 'robot',
      dedupeKey: 'M1',
      chat: { id: 'wrDuty', kind: 'group' },
      account: 'zhangsan',
      sentAt: 1_767_225_600_000,
      content: { is: 'text', text: '在岗', quote: null },
      ticket: { kind: 'robot_reply', reqId: 'R1', epoch: 'e.1' },
    });
  });

  test.each([
    ['@值班 机器人 在岗', '在岗'],
    ['@值班 机器人\u2005在岗', '在岗'],
    ['在岗 @值班 机器人', '在岗'],
    ['请 @值班 机器人\u3000看 @值班 机器人 一下', '请 看 一下'],
    ['@值班 机器人二号 在岗', '@值班 机器人二号 在岗'],
    ['@值班 机器人', ''],
  ])('the robot’s own name is taken out whole: %s', (content, text) => expect(textOf(content)).toMatchObject({ text }));

  test('a quoted notice comes along', () => {
    const quote = { msgtype: 'text', text: { content: '#12 请签到' } };
    expect(read({ msgtype: 'text', text: { content: '@值班 机器人 收到' }, quote })?.content).toEqual({
      is: 'text',
      text: '收到',
      quote: '#12 请签到',
    });
  });

  test('voice is heard by its transcript, mixed messages by their texts, others are kept as other', () => {
    expect(read({ msgtype: 'voice', voice: { content: '收到' } })?.content).toMatchObject({ text: '收到' });
    const items = [
      { msgtype: 'text', text: { content: '现场' } },
      { msgtype: 'image', image: { url: 'https://x' } },
    ];
    expect(read({ msgtype: 'mixed', mixed: { msg_item: items } })?.content).toMatchObject({ text: '现场' });
    expect(read({ msgtype: 'image', image: { url: 'https://x' } })?.content).toEqual({ is: 'other', what: 'image' });
    expect(read({ msgtype: 'hologram' })?.content).toEqual({ is: 'other', what: 'hologram' });
  });

  const clicks: readonly (readonly [string, Record<string, unknown>])[] = [
    ['inside, with underscores', { template_card_event: { card_type: 'button_interaction', event_key: 'ack:1', task_id: 'T1' } }],
    ['inside, without underscores', { template_card_event: { cardtype: 'button_interaction', eventkey: 'ack:1', taskid: 'T1' } }],
    ['outside, with underscores', { card_type: 'button_interaction', event_key: 'ack:1', task_id: 'T1' }],
    ['outside, without underscores', { cardtype: 'button_interaction', eventkey: 'ack:1', taskid: 'T1', template_card_event: {} }],
  ];
  test.each(clicks)('a press is understood with its fields %s', (_where, event) => {
    expect(read({ msgtype: 'event', event: { eventtype: 'template_card_event', ...event } })).toMatchObject({
      content: { is: 'click', key: 'ack:1' },
      ticket: { kind: 'robot_event', reqId: 'R1', epoch: 'e.1', userid: 'ZhangSan', taskId: 'T1', cardType: 'button_interaction' },
    });
  });

  test('opening the single chat is an entrance, unknown events are other, nobody’s message is none', () => {
    expect(read({ msgtype: 'event', event: { eventtype: 'enter_chat' } })?.content).toEqual({ is: 'entered' });
    expect(read({ msgtype: 'event', event: { eventtype: 'auth_change_event' } })?.content).toEqual({
      is: 'other',
      what: 'event:auth_change_event',
    });
    expect(read({ msgtype: 'text', text: { content: 'x' }, from: undefined })).toBeNull();
  });

  test('an encrypted user id keeps its letters, a plain one is lower-cased', () => {
    const encrypted = 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA';
    expect(read({ msgtype: 'text', text: { content: 'x' }, from: { userid: encrypted } })?.account).toBe(encrypted);
    expect(
      read({ msgtype: 'text', text: { content: 'x' }, from: { userid: 'WangWu' }, chatid: undefined, chattype: 'single' })?.chat,
    ).toEqual({
      id: 'wangwu',
      kind: 'single',
    });
  });
});
