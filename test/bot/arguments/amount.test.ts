/** Amounts and intervals as people write them; moments and terms are none. */
import { expect, test } from '@jest/globals';
import { amountIn, intervalAt } from '../../../src/bot/arguments/amount';
import { HOUR, MINUTE } from '../../../src/core/instant';

test.each([
  ['帐篷10顶 18:00前', { value: 10, unit: '顶' }],
  ['18:00前 帐篷10顶', { value: 10, unit: '顶' }],
  ['帐篷１０顶', { value: 10, unit: '顶' }],
  ['2小时内 盒饭120份', { value: 120, unit: '份' }],
  ['柴油 2.5吨', { value: 2.5, unit: '吨' }],
  ['消毒液30公斤', { value: 30, unit: '公斤' }],
  ['明天9点前 车2辆', { value: 2, unit: '辆' }],
  ['11月25日前 对讲机8部', { value: 8, unit: '部' }],
  ['帐篷若干', null],
  ['今天18点前', null],
  ['归还 8顶 两顶破损', { value: 8, unit: '顶' }],
])('%s', (words, amount) => {
  expect(amountIn(words)).toEqual(amount);
});

test.each([
  ['2小时 优选团下架商品', { every: 2 * HOUR, rest: '优选团下架商品' }],
  ['每30分钟一次 退卡话题', { every: 30 * MINUTE, rest: '退卡话题' }],
  ['每隔1天 抽查', { every: 24 * HOUR, rest: '抽查' }],
  ['半小时，话题', { every: 30 * MINUTE, rest: '话题' }],
  ['优选团下架商品', null],
])('%s', (words, interval) => {
  expect(intervalAt(words)).toEqual(interval);
});
