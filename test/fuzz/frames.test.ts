/** Every kept odd frame on the long connections: one line in the log, nothing taken in, and the next message is heard on the same socket. */
import { expect, test } from '@jest/globals';
import * as ding from '../bot/dingtalk/stream/peer';
import * as wecom from '../bot/wecom/robotLine';
import { until } from '../bot/wire/support';
import { ODD_FRAMES } from './corpus';

const warnings = (lines: readonly string[]): number => lines.filter((line) => /^(warn|error) /.test(line)).length;

test('钉钉长连接上的怪帧：各记一行，不当消息收，连接不断，后面的话照样听到', async () => {
  ding.start();
  const one = await ding.opened(1);
  for (const [i, { what, data }] of ODD_FRAMES.entries()) {
    one.socket.send(data);
    ding.say(one, `good${i}`);
    await until(() => ding.taken.length > i);
    expect([what, ding.taken.at(-1)?.dedupeKey, warnings(ding.deps.lines)]).toEqual([what, expect.stringContaining(`good${i}`), i + 1]);
  }
  expect([ding.names(), ding.seen.length]).toEqual([['open'], 1]);
});

test('企业微信长连接上的怪帧：各记一行，不当消息收，连接不断，后面的话照样听到', async () => {
  wecom.start();
  await wecom.opened(1);
  for (const [i, { what, data }] of ODD_FRAMES.entries()) {
    wecom.peer.sockets.at(-1)?.send(data);
    wecom.peer.push(wecom.text(`good${i}`));
    await until(() => wecom.taken.length > i);
    expect([what, wecom.taken.at(-1)?.dedupeKey, warnings(wecom.deps.lines)]).toEqual([what, `m-good${i}`, i + 1]);
  }
  expect(wecom.stateNames()).toEqual(['open']);
});
