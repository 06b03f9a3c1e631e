/** What people type at night: any width, any spaces, the number before or after the word. */
import { expect, test } from '@jest/globals';
import { parse, quotedNumber } from '../../../src/bot/verbs/parse';

test.each([
  ['收到', 'acknowledge', null, ''],
  ['＃１２ 收到', 'acknowledge', 12, ''],
  ['#12收到。', 'acknowledge', 12, ''],
  ['进展 #12 已到现场', 'progress', 12, '已到现场'],
  ['#3 定级Ⅲ', 'set_level', 3, 'Ⅲ'],
  ['调级 Ⅱ 聚集扩大', 'change_level', null, 'Ⅱ 聚集扩大'],
  ['确认1234', 'confirm', null, '1234'],
  ['确认 １２３４', 'confirm', null, '１２３４'],
  ['确认有三十多人聚集', null, null, '确认有三十多人聚集'],
  ['启\u200b动', 'activate', null, ''],
  ['启动响应', 'activate', null, ''],
  ['补充：又来二十人', 'supplement', null, '又来二十人'],
  ['补充调查情况如下', null, null, '补充调查情况如下'],
  ['今早8点半,湖滨区有人聚集', null, null, '今早8点半,湖滨区有人聚集'],
  ['#12345678 收到', null, null, '#12345678 收到'],
])('“%s”读作 %s，编号 %s', (typed, verb, n, rest) => {
  expect(parse(typed)).toEqual({ verb, n, rest });
});

test('引用的通知凭编号认出事件', () => {
  expect(quotedNumber('#7 先期处置任务\n请处置：华湖一')).toBe(7);
  expect(quotedNumber('没有编号')).toBeNull();
  expect(quotedNumber(null)).toBeNull();
});
