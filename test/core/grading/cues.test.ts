import { expect, test } from '@jest/globals';
import { cueFinder } from '../../../src/core/grading/cues';
import { normalise } from '../../../src/core/report/normal';

const find = cueFinder([
  ['学生/孩子…呕吐/腹泻', '投诉', 'App…注销'],
  ['未…公示', '投诉'],
]);
const cues = (text: string) => [0, 1].map((list) => (find(normalise(text))[list] ?? []).map((h) => h.cue));

test.each([
  ['12名学生午餐后呕吐', [['学生午餐后呕吐'], []]],
  ['孩子腹泻', [['孩子腹泻'], []]],
  ['学生没事。老师呕吐', [[], []]],
  ['学生一二三四五六七八九十一呕吐', [[], []]],
  ['“飞票”app账号注销难', [['app账号注销'], []]],
  ['未在首页公示', [[], ['未在首页公示']]],
  ['收到投诉', [['投诉'], ['投诉']]],
  ['未接到投诉', [[], []]],
])('“%s”里的提示词', (text, expected) => {
  expect(cues(text)).toEqual(expected);
});

test('提示词指得回原文，引号和空格不影响', () => {
  const text = '平台未按规定 公 示“执照”';
  const [hit] = find(normalise(text))[1] ?? [];
  expect(text.slice(hit?.span.start, hit?.span.end)).toBe('未按规定 公 示');
});
