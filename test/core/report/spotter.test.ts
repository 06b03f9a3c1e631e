import { expect, test } from '@jest/globals';
import { spotter } from '../../../src/core/report/spotter';

const find = spotter({ denied: '没 没有 !没有人员 不 !不少', back: '退[费款]', none: '' });
const words = (text: string) => {
  const spots = find(text);
  return [spots.denied, spots.back].map((list) => list.map(({ start, end }) => text.slice(start, end)));
};

test('一遍找出各表的词：长的先算，方括号是几种写法，叹号后的词把它遮住的不算', () => {
  expect(words('没有公示，没退款不退费')).toEqual([
    ['没有', '没', '不'],
    ['退款', '退费'],
  ]);
  expect(words('没有人员受伤，不少人退费')).toEqual([[], ['退费']]);
  expect(words('')).toEqual([[], []]);
});
