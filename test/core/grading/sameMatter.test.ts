/** Which reports are offered for 并案: one matter told twice is, two matters of one kind are not. */
import { describe, expect, test } from '@jest/globals';
import { LIKE_ENOUGH, sameMatter, type Told } from '../../../src/core/grading/sameMatter';
import { suggestAmong } from '../../../src/core/grading/suggest';
import { readReport } from '../../../src/core/report/read';
import { clock, NETWORK, ROSTER, RULES } from '../builders';

function told(words: string): Told {
  const reading = readReport(words, clock('10:00'), ROSTER, 'report');
  const district = reading.fields.district?.value ?? null;
  const county = ROSTER.counties.find((c) => district !== null && c.names.includes(district))?.id ?? null;
  return { county, place: reading.fields.place?.value ?? null, category: suggestAmong([RULES, NETWORK], words, reading).category, words };
}

const SHOP = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';

describe('是不是同一件事', () => {
  test.each([
    ['热线转来的同一家超市', SHOP, '12345热线：市民来电称建设路丰和超市预付卡不给退,门口围了好几十人,要求尽快处理'],
    ['舆情监测到的同一家超市', SHOP, '监测到网帖：建设路丰和超市几十名群众聚集，要求退还预付卡'],
    ['同一所学校的午餐', '湖滨区第二小学食堂午餐后30名学生呕吐,已送医', '今天中午,湖滨区第二小学多名学生饭后呕吐腹泻,家长怀疑食堂问题'],
    ['没有地点的网上的事', '“云栖购”平台单方修改服务协议,消费者投诉', '接举报,网购平台云栖购修改用户协议没有公示,引发投诉'],
    ['同一句话', SHOP, SHOP],
  ])('%s：提示', (_title, a, b) => {
    expect(sameMatter(told(a), told(b))).toBeGreaterThanOrEqual(LIKE_ENOUGH);
    expect(sameMatter(told(b), told(a))).toBe(sameMatter(told(a), told(b)));
  });

  test.each([
    ['同一条路上的另一家店', SHOP, '湖滨区建设路万达广场一家火锅店消费者食物中毒3人'],
    ['同样的事在另一个县', SHOP, SHOP.replaceAll('湖滨', '灵宝')],
    ['同类的事，另一个平台', '“云栖购”平台单方修改服务协议,消费者投诉', '“快饱饱”外卖平台食品经营许可证没有公示'],
    ['都是聚集，不在一处', SHOP, '湖滨区黄河路健身中心关门跑路，四十多名会员在门口聚集要求退费'],
    ['没有内容', { ...told(SHOP), words: '', place: null }, told(SHOP)],
  ])('%s：不提示', (_title, a, b) => {
    const [one, other] = [a, b].map((words) => (typeof words === 'string' ? told(words) : words)) as [Told, Told];
    expect(sameMatter(one, other)).toBeLessThan(LIKE_ENOUGH);
  });
});
