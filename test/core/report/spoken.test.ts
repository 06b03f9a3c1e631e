import { expect, test } from '@jest/globals';
import { readReport } from '../../../src/core/report/read';
import { LEXICON } from './bureau';

const NOW = Date.parse('2026-03-11T19:12:00+08:00');
const fields = (text: string) => readReport(text, NOW, LEXICON, 'report').fields;

test.each([
  ['昨晚六点不对不对七点开席菜不对', '2026-03-10T19:00'],
  ['昨天晚上七点半的样子 不对不是昨天晚上 是前天晚上 有人来退卡', '2026-03-09T19:30'],
  ['国庆假期第三天，游客反映宰客', '2025-10-03T00:00'],
])('“%s”说的时间是改口以后的', (text, at) => {
  expect(new Date((fields(text).occurredAt?.value.at ?? 0) + 8 * 3_600_000).toISOString().slice(0, 16)).toBe(at);
});

test('不带标点的口语在转折处断开，措施和原因各归各', () => {
  const told = fields(
    '喂值班室我是湖滨的啊黄河路那个乐跑健身馆今天下午三点来了二十来个会员到我们所里说年卡不让用了要退费老板电话也打不通我们先给他们登记了',
  );
  expect(told.place?.value).toContain('乐跑健身馆');
  expect(told.peopleInvolved?.value).toEqual({ min: 20, max: 29 });
  expect(told.measures.map((m) => m.value).join()).toContain('登记');
  expect(told.source?.value).toBe('walk_in');
});

test.each([
  ['一共两万三左右', 23_000],
  ['被骗了两万六', 26_000],
  ['三十二万七的货款压着', 327_000],
  ['货款加一块六十万', 600_000],
])('“%s”不说元也是金额', (text, yuan) => {
  expect(fields(`湖滨区12名商户反映,${text}`).amountYuan?.value.min).toBe(yuan);
});

test('每人的花费不是总额', () => {
  expect(fields('湖滨区来了二十多个学员要退学费,一个人交了三千二').amountYuan).toBeNull();
});

test.each([
  ['通道县双江镇鼓楼街有人吃坏了', '通道侗族自治县'],
  ['察右前旗土贵乌拉镇有人吃坏了', '察哈尔右翼前旗'],
  ['郎溪建平镇有人吃坏了', '郎溪县'],
  ['我大冶的 有人吃坏了', '大冶市'],
  ['石门二都街道有人吃坏了', '石门县'],
])('“%s”的县区是全称', (text, district) => {
  expect(fields(text).district?.value).toBe(district);
});

test('手误照改，指回原文时仍是原样', () => {
  const text = '湖滨区消费着在论坛吐草,己封村问题食品20箱';
  expect(fields(text).source?.value).toBe('public_opinion');
  expect(fields(text).measures.map((m) => m.value)).toEqual(['己封村问题食品20箱'.slice(1)]);
});

test.each([
  ['河豚中毒五个人送医院了,医院打来电话说没了一个,还有四个在抢救', 1],
  ['三个人烫伤,没有人死', 0],
])('“%s”的死亡人数', (text, dead) => {
  expect(fields(text).dead?.value).toBe(dead);
});

test('就餐的总人数不算涉及人数，发病的才算', () => {
  expect(fields('昨天一户人家办酒,43名村民就餐,15人随后出现呕吐').peopleInvolved?.value).toEqual({ min: 15, max: 15 });
});

test('外省县名与本地县名并列，算两个省', () => {
  const { facts } = readReport('卢氏县、江苏溧阳的同一连锁健身房同日关门，会员要求退费', NOW, LEXICON, 'report');
  expect(facts.find((f) => f.measure === 'provinces_affected')?.interval.min).toBe(2);
});
