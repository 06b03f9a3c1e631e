import { describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import { open } from '../../../src/core/notices/message';
import { message, until } from '../wire/support';
import { deps, frames, lastTicket, opened, passWait, peer, press, send, start, taken, text, use, wecom } from './robotLine';
import { binding } from './support';

describe('the robot’s answers', () => {
  test('use the message’s own frame once, then push', async () => {
    start();
    await opened(1);
    peer.push(text('R1'));
    const ticket = await lastTicket();
    expect(await send(message({}, [open('已登记')]), ticket)).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_respond_msg')).toMatchObject([
      { headers: { req_id: 'R1' }, body: { msgtype: 'markdown', markdown: { content: '**#12 突发事件接报**\n已登记' } } },
    ]);
    expect(await send(message(), ticket)).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_send_msg')).toMatchObject([{ body: { chatid: 'wrDuty', chat_type: 2, msgtype: 'markdown' } }]);
  });

  test('replace a pressed card for the one who pressed, within five seconds', async () => {
    start();
    await opened(1);
    peer.push(press('E1'));
    expect(await send(message({ pressed: '已收到' }), await lastTicket())).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_respond_update_msg')).toMatchObject([
      {
        headers: { req_id: 'E1' },
        body: { response_type: 'update_template_card', userids: ['ZhangSan'], template_card: { card_type: 'text_notice', task_id: 'T1' } },
      },
    ]);
    peer.push(press('E2'));
    await until(() => taken.length === 2);
    const late = await lastTicket();
    deps.pace.pass(4_500);
    expect(await send(message({ pressed: '已收到' }), late)).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_respond_update_msg')).toHaveLength(1);
    expect(frames('aibot_send_msg')).toHaveLength(1);
  });

  test('with a ticket of an earlier connection fall back to a push', async () => {
    start();
    await opened(1);
    peer.push(text('R1'));
    const ticket = await lastTicket();
    peer.sockets[0]?.terminate();
    await passWait(1_000, 1_200);
    await opened(2);
    peer.push(text('R1'));
    await until(() => taken.length === 2);
    expect(taken[1]?.ticket?.epoch).not.toBe(ticket.epoch);
    expect(await send(message(), ticket)).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_respond_msg')).toHaveLength(0);
    expect(frames('aibot_send_msg')).toHaveLength(1);
  });

  test.each([846605, 846608, 600039])('refused directly with %i are pushed', async (code) => {
    start();
    await opened(1);
    peer.push(text('R1'));
    const ticket = await lastTicket();
    peer.answer = (frame) => (frame.cmd === 'aibot_respond_msg' ? code : 0);
    expect(await send(message(), ticket)).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_send_msg')).toHaveLength(1);
  });

  test('whose ack does not come within five seconds end as unknown', async () => {
    start();
    await opened(1);
    peer.answer = (frame) => (frame.cmd === 'aibot_send_msg' ? null : 0);
    const end = send(message());
    await until(() => frames('aibot_send_msg').length === 1);
    await passWait(5_000, 5_000);
    expect(await end).toEqual([{ is: 'unknown', what: 'ack_time_limit' }]);
  });

  test('cut off while waiting are unknown, without a connection they wait', async () => {
    start();
    await opened(1);
    peer.answer = (frame) => (frame.cmd === 'aibot_send_msg' ? null : 0);
    const end = send(message());
    await until(() => frames('aibot_send_msg').length === 1);
    peer.sockets[0]?.terminate();
    expect(await end).toEqual([{ is: 'unknown', what: 'connection_closed' }]);
    expect(await send(message())).toEqual([{ is: 'road', code: 'not_connected', blocks: 'outlet', waitMs: 2000 }]);
  });

  test('to groups are not tried again where the platform pushes to single chats only', async () => {
    use(createWecom(binding({ wsUrl: peer.url, capabilities: { 'aibot.groupPush': 'probe' } }), deps));
    start();
    await opened(1);
    expect(wecom.routesToRoom('duty').map((route) => route.channel)).toEqual(['wecom.robot', 'wecom.webhook']);
    peer.answer = (frame) => (frame.cmd === 'aibot_send_msg' ? 600039 : 0);
    expect(await send(message())).toEqual([{ is: 'refused', code: '600039', fault: 'capability' }]);
    expect(wecom.routesToRoom('duty').map((route) => route.channel)).toEqual(['wecom.webhook']);
  });

  test('on a socket that the platform calls unsubscribed lead to a new one', async () => {
    start();
    await opened(1);
    peer.answer = (frame) => (frame.cmd === 'aibot_send_msg' ? 846609 : 0);
    expect(await send(message())).toEqual([{ is: 'road', code: '846609', blocks: 'outlet', waitMs: 2000 }]);
    await passWait(1_000, 1_200);
    await opened(2);
  });

  test.each([
    [93006, { is: 'refused', code: '93006', fault: 'capability' }],
    [45009, { is: 'road', code: '45009', blocks: 'outlet', waitMs: 60_000 }],
    [40058, { is: 'refused', code: '40058', fault: 'content' }],
  ])('pushed in vain with %i end as the table says', async (code, result) => {
    start();
    await opened(1);
    peer.answer = (frame) => (frame.cmd === 'aibot_send_msg' ? code : 0);
    expect(await send(message())).toEqual([result]);
  });
});
