/** 改稿: one line for each element, and what a line that names none belongs to. */
import { expect, test } from '@jest/globals';
import { editsIn } from '../../../src/bot/verbs/papersSaid';

const HEADINGS = ['标题', '请求事项', '下一步工作', '趋势'];

test.each([
  ['请求事项：请公安部门协助', [['请求事项', '请公安部门协助']]],
  [
    '请求事项：请公安部门协助\n趋势：平稳',
    [
      ['请求事项', '请公安部门协助'],
      ['趋势', '平稳'],
    ],
  ],
  ['请求事项：请公安部门协助\n维持秩序', [['请求事项', '请公安部门协助\n维持秩序']]],
  [
    '下一步工作：一是登记\n时间：今晚\n趋势：平稳',
    [
      ['下一步工作', '一是登记\n时间：今晚'],
      ['趋势', '平稳'],
    ],
  ],
  ['请求事项：\n请公安部门协助', [['请求事项', '请公安部门协助']]],
  ['天气：晴', [['天气', '晴']]],
  ['请公安部门协助', []],
  ['请求事项：请协助\n趋势：', []],
  ['', []],
])('“%s”', (words, edits) => {
  expect(editsIn(words, HEADINGS).map(({ heading, text }) => [heading, text])).toEqual(edits);
});
