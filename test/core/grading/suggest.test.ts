import { expect, test } from '@jest/globals';
import { regraded, suggestAmong } from '../../../src/core/grading/suggest';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import { readReport } from '../../../src/core/report/read';
import { LEXICON, shippedRulebooks } from '../report/bureau';

const NOW = Date.parse('2026-03-11T09:12:00+08:00');
const CONSUMER = shippedRulebooks().find((r) => r.pack.pack === 'consumer-mass-event') as Rulebook;

function suggested(text: string, rules: Rulebook = CONSUMER) {
  return suggestAmong([rules], text, readReport(text, NOW, LEXICON));
}

test('丰和超市六十多人退费聚集：第一类，Ⅲ级，依据是现场聚集人数', () => {
  const text = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
  const s = suggested(text);
  expect([s.plan, s.category, s.rank]).toEqual(['consumer-mass-event', 'concentrated_complaints', 3]);
  expect(s.categoryGround?.clause).toBe('1.4.1（1）');
  expect(s.grounds[0]).toEqual({
    zh: '现场聚集 60—69 人，达到 50 人以上、不足 200 人',
    clause: '1.4.2（3）',
    mark: 'J',
    words: [{ start: text.indexOf('六十多'), end: text.indexOf('消费者') }],
  });
});

test.each([
  ['49名', 4],
  ['50名', 3],
  ['199名', 3],
  ['200名', 2],
  ['999名', 2],
  ['1000名', 1],
  ['近50名', 4],
  ['50多名', 3],
])('现场聚集%s消费者，按区间下限建议 %s 级：以上含本数，以下不含', (count, rank) => {
  expect(suggested(`今早8点，湖滨区丰和超市门口${count}消费者因退费聚集`).rank).toBe(rank);
});

test.each([
  ['今早9点，湖滨区某小学12名学生午餐后呕吐腹泻，已送医', 'public_safety_stability'],
  ['昨晚央视报道湖滨区丰和超市虚假宣传', 'media_exposure'],
  ['湖滨区丰和超市销售过期奶粉，5名顾客买了，没有人不舒服', 'public_safety_stability'],
  ['湖滨区悦动健身房老板跑路，30多名会员要求退卡', 'operator_violation'],
  ['湖滨区时代影城设备故障，30名观众要求退票', 'concentrated_complaints'],
  ['网友吐槽某手机售后排队太久，湖滨区暂无群体聚集', 'other_wide_attention'],
])('“%s”建议类别 %s', (text, category) => {
  expect(suggested(text).category).toBe(category);
});

test.each([
  '陕州区产业园工地三十多名农民工讨薪堵门',
  '湖滨区上官路一居民楼3楼起火，消防已到',
  '收到，马上安排',
  '义马市香山小区电梯困人，4人被困',
])('“%s”不属于本预案', (text) => {
  expect(suggested(text)).toEqual({ plan: null, category: null, categoryGround: null, rank: null, grounds: [] });
});

test('没有数字可据时建议最轻一级，依据是预案原文，不因用词惊人而升级', () => {
  const s = suggested('特急！！！丰和超市有消费者投诉退费难，情况极其严重');
  expect(s.rank).toBe(4);
  expect(s.grounds).toEqual([{ zh: CONSUMER.pack.levels[3]?.criteria.join('；'), clause: '1.4.2（4）', mark: 'S', words: [] }]);
});

test('不分级的预案只建议类别，不建议级别', () => {
  const ungraded: Rulebook = { ...CONSUMER, pack: { ...CONSUMER.pack, level_scheme: 'none', levels: [], thresholds: [] } };
  expect(suggested('今早8点，湖滨区丰和超市60名消费者因退费聚集', ungraded)).toMatchObject({
    category: 'concentrated_complaints',
    rank: null,
    grounds: [],
  });
});

test('受伤害的是学生时，按预案上提一级，理由一并写明', () => {
  const s = suggested('今早9点，湖滨区某小学12名学生午餐后呕吐腹泻，已送医');
  expect(s.rank).toBe(3);
  expect(s.grounds.at(-1)?.zh).toContain('上提 1 级');
  expect(suggested('湖滨区丰和超市12名顾客午餐后呕吐腹泻').rank).toBe(4);
});

test('没有哪一类的整句用词时，归入用词最接近的类别，并照实说明', () => {
  const s = suggested('湖滨区丰和超市卖的酒，瓶盖和标签都对不上真货');
  expect(s.category).toBe('concentrated_complaints');
  expect(s.categoryGround?.zh).toBe('用词与该类别最接近');
});

test('没有哪一类的用词，也没有排除用词时，归入最后一类，并照实说明', () => {
  const s = suggested('湖滨区丰和超市门口的气球飘走了，掉到河里，先报一声');
  expect(s.category).toBe('other_wide_attention');
  expect(s.categoryGround?.zh).toBe('没有其他类别的用词');
});

test('关上数值标准，就只按预案的文字', () => {
  const grading = { ...CONSUMER.pack.grading, thresholds_enabled: false };
  const off: Rulebook = { ...CONSUMER, pack: { ...CONSUMER.pack, grading } };
  expect(suggested('今早8点，湖滨区丰和超市60名消费者因退费聚集', off)).toMatchObject({ rank: 4, grounds: [{ mark: 'S' }] });
});

test('预案写明怎样读的指标，不改程序就能读出', () => {
  const measures = [...CONSUMER.pack.measures, { id: 'shops', zh: '涉及门店', unit: '家', read: { near: ['门店'], classifiers: ['家'] } }];
  const row = { rank: 2, measure: 'shops', min: 10, max: null, mark: 'J' as const, source: '自定', allow_gap: false };
  const own: Rulebook = { ...CONSUMER, pack: { ...CONSUMER.pack, measures, thresholds: [...CONSUMER.pack.thresholds, row] } };
  const s = suggested('今早8点，湖滨区丰和超市虚假宣传，涉及门店12家', own);
  expect([s.rank, s.grounds[0]?.zh]).toEqual([2, '涉及门店 12 家，达到 10 家以上']);
});

test('受伤害的人中有学生而上提的级别，后来报来新的数字时仍然上提', () => {
  const text = '湖滨区实验小学32名学生午餐后呕吐腹泻，已送医';
  const first = suggested(text);
  expect(first.raisedBy).toHaveLength(1);
  const facts = readReport(text.replace('32', '36'), NOW, LEXICON).facts;
  const again = regraded(CONSUMER, first, facts);
  expect(again.rank).toBe(first.rank);
  expect(again.grounds.map((g) => g.zh)).toContainEqual(expect.stringContaining('上提 1 级'));
  expect(regraded(CONSUMER, { ...first, raisedBy: [] }, facts).rank).toBe((first.rank ?? 0) + 1);
});

test('食品、药品等专项，写了用词或者量到数的都记下，后来的数字不会抹去', () => {
  const first = suggested('湖滨区大华食堂35人就餐后腹泻，已送医');
  expect(first.matters).toContain('food');
  expect(regraded(CONSUMER, first, []).matters).toContain('food');
  expect(suggested('湖滨区丰和超市60名会员聚集要求退预付卡').matters).toBeUndefined();
});
