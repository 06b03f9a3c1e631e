/** What leaders ask in a few words: recognised as a question and nothing else, and matched with the matter it is about. */
import { describe, expect, test } from '@jest/globals';
import { likeness, questionIn } from '../../src/bot/questions';
import { ROSTER } from '../core/builders';

describe('问有几起', () => {
  test.each([
    '现在有几起',
    '现在有几起？',
    '目前有多少起事件在办',
    '几起',
    '还有几件事没办完',
    '有哪些事件',
    '今天有什么情况',
    '手上有几起突发事件',
    '总体情况怎么样',
  ])('%s', (words) => expect(questionIn(words)).toEqual({ is: 'overview' }));
});

describe('问一起事件的进展', () => {
  test.each([
    ['#1 进展怎么样', ''],
    ['#12 进展怎么样了？', ''],
    ['＃3 情况如何', ''],
    ['进展怎么样', ''],
    ['处置得怎么样了', ''],
    ['丰和超市怎么样了', '丰和超市'],
    ['丰和超市进展', '丰和超市'],
    ['丰和超市的进展如何？', '丰和超市'],
    ['湖滨区预付卡那件事现在怎么样', '湖滨区预付卡'],
    ['建设路那起事件进展到哪一步了', '建设路'],
    ['退费的事处理得怎么样了', '退费'],
    ['湖滨 情况怎么样', '湖滨'],
  ])('%s', (words, subject) => expect(questionIn(words)).toEqual({ is: 'matter', subject }));
});

describe('不是提问的，照原来的路走', () => {
  test.each([
    '进展 现场已控制',
    '#1 进展 人员已疏散',
    '#1 进展 已安抚，情况稳定',
    '收到',
    '报告 今早8点，湖滨区丰和超市六十人聚集',
    '今早8点20分，湖滨区建设路丰和超市，60名消费者因预付卡退费聚集，情况如何正在核实',
    '请报进展',
    '补充 现场情况如何待核实',
    '#1 状态',
    '#1 任务 @尤现二 核实情况 18:00前',
    '批示 请尽快查清进展',
    '没有进展',
    '值班',
    '帮助',
    '',
    '？',
  ])('%s', (words) => expect(questionIn(words)).toBeNull());
});

describe('按所说的字对事件', () => {
  const incident = (county: string, place: string) =>
    ({ state: { county, fields: { place: { value: place }, cause: null, district: null } } }) as never;
  const text = '今早湖滨区建设路丰和超市六十多名消费者因预付卡退费聚集';
  test.each([
    ['丰和超市', 1],
    ['建设路', 1],
    ['湖滨区', 1],
    ['湖滨预付卡', 1],
    ['灵宝', 0],
    ['灵宝预付卡', 0],
    ['奶茶店', 0],
  ])('%s', (subject, share) => expect(likeness(ROSTER, subject, incident('hubin', '建设路丰和超市'), text)).toBe(share));
  test('说得不全也能对上，差得多就不算', () => {
    expect(likeness(ROSTER, '丰和超市那边的预付卡', incident('hubin', ''), text)).toBeGreaterThanOrEqual(0.5);
    expect(likeness(ROSTER, '万达广场停车场', incident('hubin', ''), text)).toBeLessThan(0.5);
  });
});
