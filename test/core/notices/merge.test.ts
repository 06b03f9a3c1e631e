/** Several owed messages to one address become one. */
import { expect, test } from '@jest/globals';
import { merge } from '../../../src/core/notices/compose/compose';
import { type Message, open } from '../../../src/core/notices/message';
import { readable } from './intents';

function message(heading: string, some: Partial<Message> = {}): Message {
  return { ref: '#1', heading, lines: [open(`${heading}的内容`)], mentions: [], buttons: [], ...some };
}

test('没有要发的，合并后也没有；只有一条，原样发', () => {
  expect(merge([])).toBeNull();
  const one = message('催办', { mentions: ['site1'] });
  expect(merge([one])).toEqual(one);
});

test('合并后第一条的标题在前，后面的标题成为正文，内容都在', () => {
  const merged = merge([message('甲'), message('乙'), message('丙')]);
  expect(merged?.heading).toBe('甲');
  expect(readable(merged as Message)).toBe('甲\n甲的内容\n乙\n乙的内容\n丙\n丙的内容');
});

test('合并后每人只 @ 一次，按先后', () => {
  expect(merge([message('甲', { mentions: ['site1', 'inv1'] }), message('乙', { mentions: ['inv1', 'op1'] })])?.mentions).toEqual([
    'site1',
    'inv1',
    'op1',
  ]);
});

test('合并后按钮都在，最多六个；同一个按钮只出现一次', () => {
  const button = (n: number) => ({ key: `ack:1:${n}`, text: '收到' });
  expect(merge([1, 2, 3].map((n) => message('点名', { buttons: [button(n)] })))?.buttons).toEqual([1, 2, 3].map(button));
  expect(merge([1, 2, 3, 4, 5, 6, 7].map((n) => message('点名', { buttons: [button(n)] })))?.buttons).toHaveLength(6);
  expect(merge([1, 1].map((n) => message('点名', { buttons: [button(n)] })))?.buttons).toEqual([button(1)]);
});
