import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DingRoom, openDingRoom } from './dingRoom';

let room: DingRoom;
beforeEach(async () => {
  room = await openDingRoom();
});
afterEach(() => room.close());

const at = 'topapi/message/corpconversation';
const text = (content: string) => ({ msgtype: 'text', text: { content } });
const send = (msg: unknown, more: object = {}) =>
  room.oapi(`${at}/asyncsend_v2`, { agent_id: room.binding.agentId, userid_list: 'DtDuty1,DtLeader1', msg, ...more });
const result = (task: unknown) => room.oapi(`${at}/getsendresult`, { agent_id: room.binding.agentId, task_id: task });

describe('a work notification', () => {
  test.each([
    ['text', text('今晚加强值守'), 'text', '今晚加强值守'],
    ['markdown', { msgtype: 'markdown', markdown: { title: '急', text: '**急**' } }, 'markdown', '**急**'],
    [
      'link',
      { msgtype: 'link', link: { title: '日报', text: '今日', messageUrl: 'http://127.0.0.1/' } },
      'link',
      '日报\n今日\nhttp://127.0.0.1/',
    ],
    [
      'a card in snake case',
      { msgtype: 'action_card', action_card: { title: '预警', markdown: '正文', single_title: '看', single_url: 'http://127.0.0.1/' } },
      'card',
      '预警\n正文\n看 http://127.0.0.1/',
    ],
    [
      'an OA form',
      { msgtype: 'oa', oa: { message_url: 'http://127.0.0.1/', head: { text: '值班' }, body: { title: '续报', content: '平稳' } } },
      'card',
      '续报\n平稳\n查看 http://127.0.0.1/',
    ],
  ])('as %s reaches each in private', async (_title, msg, kind, shown) => {
    expect(await send(msg)).toMatchObject({ status: 200, errcode: 0, task_id: expect.any(Number) });
    expect(await room.messages('dm:duty1')).toMatchObject([{ via: 'app', kind, text: shown, pinged: [] }]);
    expect(await room.messages('dm:leader1')).toHaveLength(1);
  });

  test('as a file that was uploaded', async () => {
    const media = await room.upload('file', '值班表.xlsx', Buffer.from('x'));
    await send({ msgtype: 'file', file: { media_id: media } });
    expect(await room.messages('dm:duty1')).toMatchObject([{ kind: 'file', file: { name: '值班表.xlsx' } }]);
    expect(await send({ msgtype: 'file', file: { media_id: '@x' } })).toMatchObject({ errcode: 40035 });
  });

  test.each([
    ['another agent', text('x'), { agent_id: 1 }],
    ['more than 100 people', text('x'), { userid_list: Array.from({ length: 101 }, (_, n) => `u${n}`).join(',') }],
    ['nobody', text('x'), { userid_list: '' }],
    ['more than 2048 bytes', text('急'.repeat(700)), {}],
    ['a form nobody knows', { msgtype: 'song' }, {}],
  ])('to or with %s is refused', async (_title, msg, more) => {
    expect(await send(msg, more)).toMatchObject({ status: 200, errcode: 40035 });
  });

  test('reaches departments and everybody', async () => {
    await send(text('一'), { userid_list: undefined, dept_id_list: '1' });
    await send(text('二'), { userid_list: undefined, to_all_user: true });
    expect(await room.messages('dm:guest1')).toHaveLength(2);
  });
});

describe('what was swallowed is told by the result alone', () => {
  test("the same words on the same day, in the bureau's time", async () => {
    await send(text('请到岗'));
    const { task_id: task } = await send(text('请到岗'));
    expect(await room.messages('dm:duty1')).toHaveLength(1);
    expect(await result(task)).toMatchObject({ send_result: { forbidden_list: [] } });
    room.advance(2000);
    expect(await result(task)).toMatchObject({
      send_result: { forbidden_list: [{ code: 143106, count: 1, userid: 'DtDuty1' }, { userid: 'DtLeader1' }], unread_user_id_list: [] },
    });
    expect(await room.get('api/drops')).toMatchObject({
      drops: [{ via: 'app', people: ['duty1'], why: 'duplicate' }, { people: ['leader1'] }],
    });
    room.advance(Date.parse('2026-08-02T00:00:00+08:00') - room.now());
    await send(text('请到岗'));
    expect(await room.messages('dm:duty1')).toHaveLength(2);
  });

  test('the 501st of a day', async () => {
    await room.post('api/switches', { qps: 10_000 });
    for (let n = 0; n < 500; n += 1) await send(text(`第${n}条`), { userid_list: 'DtDuty1' });
    const { task_id: task } = await send(text('太多'), { userid_list: 'DtDuty1' });
    room.advance(2000);
    expect(await result(task)).toMatchObject({ send_result: { forbidden_list: [{ code: 143105, userid: 'DtDuty1' }] } });
  });
});

test('who has read it, how far it is, and taking it back', async () => {
  const { task_id: task } = await send(text('请签收'), { userid_list: 'DtDuty1,DtLeader1,nobody' });
  const progress = () => room.oapi(`${at}/getsendprogress`, { agent_id: room.binding.agentId, task_id: task });
  expect(await progress()).toMatchObject({ progress: { progress_in_percent: 0, status: 1 } });
  room.advance(2000);
  expect(await progress()).toMatchObject({ progress: { progress_in_percent: 100, status: 2 } });
  await room.say('dm:duty1', 'duty1', '收到');
  expect(await result(task)).toMatchObject({
    send_result: { read_user_id_list: ['DtDuty1'], unread_user_id_list: ['DtLeader1'], invalid_user_id_list: ['nobody'] },
  });
  expect(await room.oapi(`${at}/recall`, { agent_id: room.binding.agentId, msg_task_id: task })).toMatchObject({ errcode: 0 });
  expect(await room.messages('dm:leader1')).toMatchObject([{ recalled: true }]);
  expect(await result(1)).toMatchObject({ errcode: 40035 });
});
