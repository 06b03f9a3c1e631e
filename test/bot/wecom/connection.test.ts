import { describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { createWecom } from '../../../src/bot/wecom';
import { until } from '../wire/support';
import { callback, deps, frames, keep, opened, passWait, peer, run, start, stateNames, states, taken, text, use } from './robotLine';
import { binding } from './support';

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
    use(createWecom(binding({ wsUrl: 'ws://127.0.0.1:1' }), deps));
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

  test('notices a line that is open but dead after two unanswered heartbeats, within a minute', async () => {
    start();
    await opened(1);
    peer.answer = (frame) => (frame.cmd === 'ping' ? null : 0);
    for (const [beat, pause] of [
      [1, 30_000],
      [2, 15_000],
    ] as const) {
      await passWait(pause, pause);
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
      await passWait(15_000, 30_000);
      await until(() => frames('ping').length === beat);
      if (beat !== 2) await passWait(5_000, 5_000);
    }
    await until(() => deps.pace.waits().includes(15_000));
    expect(stateNames()).toEqual(['open']);
  });

  /** Lets heartbeats pass, each answered, for so long. */
  async function beats(ms: number) {
    for (let passed = 0; passed < ms; passed += 30_000) {
      const beat = frames('ping').length;
      await passWait(30_000, 30_000);
      await until(() => frames('ping').length === beat + 1);
      await until(() => deps.pace.waits().includes(30_000) || peer.sockets.at(-1)?.readyState !== WebSocket.OPEN);
    }
  }

  test('that answers heartbeats but brings no callback for an hour is made anew at once', async () => {
    start();
    await opened(1);
    await beats(30 * 60_000);
    peer.push(text('R1'));
    await until(() => taken.length === 1);
    await beats(59 * 60_000);
    expect(stateNames()).toEqual(['open']);
    await passWait(30_000, 30_000);
    await passWait(30_000, 30_000);
    await opened(2);
    expect(states.map((state) => state.why)).toEqual(['subscribed', 'no group heard for long', 'subscribed']);
    peer.push(text('R2'));
    await until(() => taken.length === 2);
  });

  test('whose subscription nobody answers is made anew', async () => {
    peer.answer = (frame) => (frame.cmd === 'aibot_subscribe' ? null : 0);
    start();
    await until(() => frames('aibot_subscribe').length === 1);
    await passWait(5_000, 5_000);
    await until(() => states.at(-1)?.why === 'subscribe: ack_time_limit');
    peer.answer = () => 0;
    await passWait(1_000, 1_200);
    await opened(1);
  });

  test('keeps a message until it is stored, since the platform never repeats one', async () => {
    let broken = true;
    keep(async (inbound) => {
      if (broken) throw new Error('database is away');
      taken.push(inbound);
    });
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
