import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import { open } from '../../../src/core/notices/message';
import type { Cleared } from '../../../src/core/privacy/clear';
import type { ConnectionState, Inbound, SendResult, Ticket } from '../../../src/ports/platform';
import { binding, FOREVER, message, type SocketPeer, socketPeer, type TestDeps, testDeps, until } from './support';

let peer: SocketPeer;
let deps: TestDeps;
let wecom: ReturnType<typeof createWecom>;
let stop: AbortController;
let states: ConnectionState[];
let taken: Inbound[];
let take: (inbound: Inbound) => Promise<void>;
let run: Promise<void>;

beforeEach(async () => {
  peer = await socketPeer();
  deps = testDeps();
  wecom = createWecom(binding({ wsUrl: peer.url }), deps);
  stop = new AbortController();
  states = [];
  taken = [];
  take = async (inbound) => {
    taken.push(inbound);
  };
});
afterEach(async () => {
  stop.abort();
  await run;
  await peer.stop();
});

function start() {
  run = wecom.connection?.run({ take: (inbound) => take(inbound), state: (is) => void states.push(is) }, stop.signal) ?? Promise.resolve();
}
const stateNames = () => states.map((state) => state.is);
const opened = (times: number) => until(() => stateNames().filter((is) => is === 'open').length === times);
const frames = (cmd: string) => peer.frames.filter((frame) => frame.cmd === cmd);
const callback = (reqId: string, body: Record<string, unknown>, cmd = 'aibot_msg_callback') => ({
  cmd,
  headers: { req_id: reqId },
  body: { msgid: `m-${reqId}`, aibotid: 'BOT', chatid: 'wrDuty', chattype: 'group', from: { userid: 'ZhangSan' }, ...body },
});
const text = (reqId: string, content = '@值班 机器人 在岗') => callback(reqId, { msgtype: 'text', text: { content } });
const press = (reqId: string) =>
  callback(
    reqId,
    {
      msgtype: 'event',
      event: {
        eventtype: 'template_card_event',
        template_card_event: { event_key: 'ack:1', task_id: 'T1', card_type: 'button_interaction' },
      },
    },
    'aibot_event_callback',
  );
const lastTicket = () => until(() => taken.at(-1)?.ticket ?? undefined);

async function send(said: Cleared, ticket: Ticket | null = null): Promise<readonly SendResult[]> {
  const robot = wecom.channels.find((channel) => channel.id === 'wecom.robot');
  const to = { address: 'wrDuty', ticket };
  const results: SendResult[] = [];
  for (const part of robot?.split(said, to) ?? []) results.push((await robot?.send(part, to, 'd1', FOREVER)) as SendResult);
  return results;
}

/** Lets a wait of this length pass: a pause, a heartbeat or a time limit. */
async function passWait(low: number, high: number) {
  const wait = await until(() => deps.pace.waits().find((ms) => ms >= low && ms <= high));
  deps.pace.pass(wait);
}

describe('the robot’s long connection', () => {
  test('subscribes first and hands on what it hears, once stored, in order', async () => {
    start();
    await opened(1);
    expect(peer.frames[0]).toMatchObject({ cmd: 'aibot_subscribe', body: { bot_id: 'BOT', secret: 'canary-robot-secret' } });
    for (const reqId of ['R1', 'R2', 'R3']) peer.push(text(reqId));
    await until(() => taken.length === 3);
    expect(taken.map((inbound) => inbound.dedupeKey)).toEqual(['m-R1', 'm-R2', 'm-R3']);
    expect(taken[0]).toMatchObject({ account: 'zhangsan', content: { text: '在岗' }, ticket: { kind: 'robot_reply', reqId: 'R1' } });
  });

  test('is not deafened by control characters, noise or unknown kinds', async () => {
    start();
    await opened(1);
    for (const noise of ['not json', '[]', '{"cmd":"aibot_new_thing","headers":{"req_id":"x"}}', callback('R0', { msgid: '' })])
      peer.push(noise);
    peer.sockets[0]?.send(Buffer.from([1, 2, 3]));
    peer.push(JSON.stringify(text('R1', '在\u0001岗\n好')).replace('\\u0001', '\u0001').replace('\\n', '\n'));
    await until(() => taken.length === 1);
    expect(taken[0]?.content).toMatchObject({ text: '在岗 好' });
    expect(deps.lines.filter((line) => line.startsWith('warn'))).toHaveLength(5);
  });

  test('comes back after a cut, waiting twice as long each time', async () => {
    start();
    await opened(1);
    for (const [cut, low] of [1_000, 2_000, 4_000].entries()) {
      peer.sockets.at(-1)?.terminate();
      await passWait(low, low * 1.2);
      await opened(cut + 2);
    }
    expect(stateNames()).toEqual(['open', 'closed', 'open', 'closed', 'open', 'closed', 'open']);
  });

  test('goes on knocking for ever when nobody answers, at most half a minute apart', async () => {
    wecom = createWecom(binding({ wsUrl: 'ws://127.0.0.1:1' }), deps);
    start();
    for (const low of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) await passWait(low, low * 1.2);
  });

  test('stops for good when another connection takes over', async () => {
    start();
    await opened(1);
    peer.push({
      cmd: 'aibot_event_callback',
      headers: { req_id: 'E' },
      body: { msgid: 'M', msgtype: 'event', event: { eventtype: 'disconnected_event' } },
    });
    await run;
    expect(stateNames()).toEqual(['open', 'kicked']);
    expect(peer.sockets).toHaveLength(1);
  });

  test('waits a minute when it subscribed too often', async () => {
    peer.answer = () => 45009;
    start();
    await passWait(60_000, 60_000);
    peer.answer = () => 0;
    await opened(1);
  });

  test('gives up after five refusals of its credentials', async () => {
    peer.answer = () => 853000;
    start();
    for (const low of [1_000, 2_000, 4_000, 8_000]) await passWait(low, low * 1.2);
    await run;
    expect(stateNames()).toEqual(['closed', 'closed', 'closed', 'closed', 'refused']);
    expect(frames('aibot_subscribe')).toHaveLength(5);
  });

  test('notices a line that is open but dead after two unanswered heartbeats', async () => {
    start();
    await opened(1);
    peer.answer = (frame) => (frame.cmd === 'ping' ? null : 0);
    for (const beat of [1, 2]) {
      await passWait(30_000, 30_000);
      await until(() => frames('ping').length === beat);
      await passWait(5_000, 5_000);
    }
    await until(() => stateNames().at(-1) === 'closed');
    expect(states.at(-1)?.why).toBe('heartbeat lost');
    await passWait(1_000, 2_400);
    await opened(2);
  });

  test('one unanswered heartbeat is forgiven', async () => {
    start();
    await opened(1);
    for (const beat of [1, 2, 3]) {
      peer.answer = (frame) => (frame.cmd === 'ping' && beat !== 2 ? null : 0);
      await passWait(30_000, 30_000);
      await until(() => frames('ping').length === beat);
      if (beat !== 2) await passWait(5_000, 5_000);
    }
    await until(() => deps.pace.waits().includes(30_000));
    expect(stateNames()).toEqual(['open']);
  });

  test('keeps a message until it is stored, since the platform never repeats one', async () => {
    let broken = true;
    take = async (inbound) => {
      if (broken) throw new Error('database is away');
      taken.push(inbound);
    };
    start();
    await opened(1);
    peer.push(text('R1'));
    peer.push(text('R2'));
    await until(() => deps.lines.some((line) => line.includes('could not be stored')));
    broken = false;
    await passWait(1_000, 1_200);
    await until(() => taken.length === 2);
    expect(taken.map((inbound) => inbound.dedupeKey)).toEqual(['m-R1', 'm-R2']);
  });
});

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
