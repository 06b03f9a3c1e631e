import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, type RawRobot } from '../dutyRoom';
import { QUICK, Receiver } from '../receiver';

const options = [
  { id: 'yes', text: '参加' },
  { id: 'no', text: '不参加' },
];
const VOTE = {
  card_type: 'vote_interaction',
  main_title: { title: '会商是否参加' },
  task_id: 'V1',
  checkbox: { question_key: 'join', mode: 0, option_list: options },
  submit_button: { text: '提交', key: 'send' },
};
const SHIFT = {
  card_type: 'multiple_interaction',
  main_title: { title: '排班' },
  task_id: 'M1',
  select_list: [
    {
      question_key: 'day',
      title: '日期',
      selected_id: 'd2',
      option_list: [
        { id: 'd1', text: '周一' },
        { id: 'd2', text: '周二' },
      ],
    },
    {
      question_key: 'turn',
      title: '班次',
      option_list: [
        { id: 'am', text: '上午' },
        { id: 'pm', text: '下午' },
      ],
    },
  ],
  submit_button: { text: '提交', key: 'send' },
};

let room: DutyRoom;
let robot: RawRobot;
beforeEach(async () => {
  room = await openDutyRoom(QUICK);
  robot = await room.robot();
  await robot.subscribe(room.sandbox.binding().robot);
});
afterEach(() => room.close());

const chat = () => room.sandbox.binding().rooms.duty?.chatId ?? '';
const push = (card: object) => robot.ask('aibot_send_msg', { chatid: chat(), msgtype: 'template_card', template_card: card });
const click = async (values: object, button = 'send') => {
  const [card] = await room.messages('duty');
  return room.post('api/click', { message: card?.id, button, from: 'leader1', values });
};
const event = async () => (await robot.callback('aibot_event_callback')).body?.event;

describe('people choose on a card of the robot', () => {
  test('a vote shows its options and sends the chosen one', async () => {
    expect(await push(VOTE)).toBe(0);
    expect(await room.messages('duty')).toMatchObject([
      {
        buttons: [{ key: 'send', text: '提交' }],
        card: { inputs: [{ question: 'join', choice: 'one', options, chosen: [], disabled: false }] },
      },
    ]);
    expect(await click({ join: 'yes' })).toMatchObject({ status: 200 });
    expect(await event()).toEqual({
      eventtype: 'template_card_event',
      template_card_event: {
        card_type: 'vote_interaction',
        event_key: 'send',
        task_id: 'V1',
        selected_items: { selected_item: [{ question_key: 'join', option_ids: { option_id: ['yes'] } }] },
      },
    });
  });

  test('drop-downs send what stands chosen where nobody chose', async () => {
    await push(SHIFT);
    await click({ turn: 'pm' });
    expect(await event()).toMatchObject({
      template_card_event: {
        selected_items: {
          selected_item: [
            { question_key: 'day', option_ids: { option_id: ['d2'] } },
            { question_key: 'turn', option_ids: { option_id: ['pm'] } },
          ],
        },
      },
    });
  });

  test.each([
    ['an option that is not there', { join: 'maybe' }, 400],
    ['a question that is not there', { day: 'yes' }, 400],
    ['two options where one is asked for', { join: ['yes', 'no'] }, 400],
  ])('%s cannot be sent', async (_title, values, status) => {
    await push(VOTE);
    expect(await click(values)).toMatchObject({ status, error: { code: 'no_option' } });
  });

  test('a greyed choice cannot be changed any more', async () => {
    await push({ ...VOTE, checkbox: { ...VOTE.checkbox, disable: true, option_list: [{ ...options[0], is_checked: true }] } });
    expect(await click({ join: 'yes' })).toMatchObject({ status: 409, error: { code: 'input_disabled' } });
    expect(await room.messages('duty')).toMatchObject([{ card: { inputs: [{ chosen: ['yes'], disabled: true }] } }]);
  });

  test('a menu entry brings no choices', async () => {
    const menu = { action_menu: { desc: '更多', action_list: [{ key: 'mute', text: '不再提醒' }] } };
    await push({
      card_type: 'text_notice',
      main_title: { title: '催办' },
      card_action: { type: 1, url: 'http://x' },
      task_id: 'N1',
      ...menu,
    });
    await click({}, 'mute');
    expect(await event()).toEqual({
      eventtype: 'template_card_event',
      template_card_event: { card_type: 'text_notice', event_key: 'mute', task_id: 'N1' },
    });
  });

  test('a task id serves one card, unless the tenant is lenient', async () => {
    await push(VOTE);
    expect(await push(VOTE)).toBe(40058);
    await room.post('api/switches', { uniqueTasks: false });
    expect(await push(VOTE)).toBe(0);
  });
});

describe('people choose on a card of the app', () => {
  test('the callback names every choice and a menu entry is an event of its own', async () => {
    const receiver = await Receiver.configured(room, 'app');
    const menu = { action_menu: { desc: '更多', action_list: [{ key: 'mute', text: '不再提醒' }] } };
    const send = (template_card: object) =>
      room.api('message/send', { agentid: room.sandbox.binding().agentId, touser: 'SdDuty1', msgtype: 'template_card', template_card });
    expect(await send({ ...VOTE, checkbox: { ...VOTE.checkbox, mode: 1 } })).toMatchObject({
      errcode: 0,
      response_code: expect.any(String),
    });
    expect(
      await send({
        card_type: 'text_notice',
        main_title: { title: '催办' },
        card_action: { type: 1, url: 'http://x' },
        task_id: 'N1',
        ...menu,
      }),
    ).toMatchObject({
      errcode: 0,
      response_code: expect.any(String),
    });
    const [vote, notice] = await room.messages('dm:duty1');
    await room.post('api/click', { message: vote?.id, button: 'send', from: 'duty1', values: { join: ['yes', 'no'] } });
    const [xml] = await receiver.received(1);
    expect(xml).toContain('<CardType><![CDATA[vote_interaction]]></CardType>');
    expect(xml).toContain(
      '<SelectedItems><SelectedItem><QuestionKey><![CDATA[join]]></QuestionKey><OptionIds><OptionId><![CDATA[yes]]></OptionId><OptionId><![CDATA[no]]></OptionId></OptionIds></SelectedItem></SelectedItems>',
    );
    await room.post('api/click', { message: notice?.id, button: 'mute', from: 'duty1' });
    const [, second] = await receiver.received(2);
    expect(second).toContain('<Event><![CDATA[template_card_menu_event]]></Event>');
    expect(second).not.toContain('SelectedItems');
    expect((await send(VOTE)).errcode).toBe(42014);
    receiver.close();
  });
});
