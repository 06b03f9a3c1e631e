/** 改稿: elements, title and copies by hand; what names nothing changes nothing. */
import { expect, test } from '@jest/globals';
import { differencesOf } from '../../../src/core/papers/differences';
import { withEdits } from '../../../src/core/papers/edit';
import { RULES } from '../builders';
import { longLife } from './life';

const DRAFT = longLife().draft('final_report');
const edited = (...edits: readonly (readonly [string, string])[]) =>
  withEdits(
    DRAFT,
    edits.map(([heading, text]) => ({ heading, text })),
    'cons2',
    RULES.pack.parties,
  );
const changed = (...edits: readonly (readonly [string, string])[]) => {
  const made = edited(...edits);
  return 'is' in made ? [made.code, made.hint] : differencesOf(DRAFT, made).map(({ heading, to }) => [heading, to]);
};

test('一次改几项，只有说到的变了', () => {
  expect(changed(['遗留工作', '无'], ['标题', '关于某事的报告'])).toEqual([
    ['标题', '关于某事的报告'],
    ['遗留工作', '无'],
  ]);
});

test('抄送写预案的收文单位，可以只写一部分；写无就没有', () => {
  expect(changed(['抄送', '公安部门、卫生'])).toEqual([['抄送', '公安部门、卫生部门']]);
  expect(changed(['抄送', '无'])).toEqual([]);
});

test.each([
  ['没有这个单位', '火星', 'no_such_party'],
  ['一个名称里有几个单位', '部门', 'no_such_party'],
])('抄送%s：一项也不改，列出可以写的', (_what, text, code) => {
  expect(changed(['遗留工作', '无'], ['抄送', text])).toEqual([code, expect.stringContaining('公安部门')]);
});

test('没有的要素不改', () => {
  expect(changed(['天气', '晴'])).toEqual(['no_such_element', expect.stringContaining('抄送')]);
});
