/** Exact windows: what fits goes, what does not waits to the millisecond, and the reserve is kept for urgent messages. */
import { expect, test } from '@jest/globals';
import { mostAtOnce, remembered, waitForWindow } from '../../../src/jobs/send/window';

const LIMIT = { perMs: 60_000, max: 20, reserve: 5 };
const calls = (n: number, from = 1_000): number[] => Array.from({ length: n }, (_, i) => from + i);

test.each([
  ['普通消息第 15 条还能发', 14, 2, 1, null],
  ['普通消息第 16 条等最早一条出窗', 15, 2, 1, 62_000],
  ['紧急消息动用预留', 15, 0, 1, null],
  ['紧急消息第 21 条也要等', 20, 0, 1, 62_000],
  ['一次两条，等第二条也有位置', 14, 2, 2, 62_000],
  ['长消息多于窗口时，等窗口空了就发', 1, 2, 30, 62_000],
])('%s', (_title, sent, lane, parts, wait) => {
  expect(waitForWindow([LIMIT], calls(sent), lane, parts, 30_000)).toBe(wait);
});

test('出窗的不算：满一分钟再加路上的一秒就能发', () => {
  expect(waitForWindow([LIMIT], calls(15), 2, 1, 61_999)).toBe(62_000);
  expect(waitForWindow([LIMIT], calls(15), 2, 1, 62_000)).toBeNull();
});

test('按天限次的通道记一天，按分钟的记一分钟', () => {
  expect(remembered([LIMIT])).toBe(61_000);
  expect(remembered([LIMIT, { perMs: 86_400_000, max: 100, reserve: 20 }])).toBe(86_401_000);
});

test('一次最多发窗口空着时放得下的条数，普通消息不占预留', () => {
  expect([mostAtOnce([LIMIT], 0), mostAtOnce([LIMIT], 2), mostAtOnce([], 2)]).toEqual([20, 15, Number.POSITIVE_INFINITY]);
});
