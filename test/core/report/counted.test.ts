import { expect, test } from '@jest/globals';
import { readReport } from '../../../src/core/report/read';
import { LEXICON } from './bureau';

function fields(text: string) {
  return readReport(text, Date.parse('2026-03-11T09:12:00+08:00'), LEXICON, 'report').fields;
}

test.each<[string, [number | null, number | null] | null, number | null, number | null]>([
  ['共30人就餐后不适,其中5人重伤', [30, 30], 30, null],
  ['3死2伤', [5, 5], 2, 3],
  ['9名食客恶心,1人抢救无效死亡,其余8人住院', [9, 9], 8, 1],
  ['煤气罐炸了,伤了仨人,没死人', [3, 3], 3, 0],
  ['20名学生在食堂就餐后,陆续呕吐', [20, 20], 20, null],
  ['60名消费者聚集,无人员伤亡', [60, 60], 0, 0],
  ['聚集人员由30人增至50人', [50, 50], null, null],
  ['来了二十个家长,不对,是三十个家长', [30, 30], null, null],
  ['12315接到投诉126件', null, null, null],
  ['出动执法人员20人,查扣问题秤7台', null, null, null],
  ['百十来号业主到售楼部闹', [100, 110], null, null],
  ['又来了14人投诉,累计45人', [45, 45], null, null],
  ['八十余名会员因老板失联聚集', [80, 89], null, null],
  ['5名顾客买了,没有不良反应', [5, 5], null, null],
])('“%s”的人数、受伤、死亡', (text, people, injured, dead) => {
  const read = fields(text);
  expect(read.peopleInvolved?.value ?? null).toEqual(people === null ? null : { min: people[0], max: people[1] });
  expect([read.injured?.value ?? null, read.dead?.value ?? null]).toEqual([injured, dead]);
});

test.each<[string, [number | null, number | null] | null]>([
  ['涉及金额约32万元', [320000, 320000]],
  ['每人定金5000元,涉及车款一百三十多万', [1300000, 1399999]],
  ['一束玫瑰卖到599元', null],
  ['每人交费1.2万至2万元,共计约260万元', [2600000, 2600000]],
  ['涉及预付款近百万', [900000, 1000000]],
  ['合计多收不到两百块钱', [null, 200]],
  ['罚款2万元', null],
  ['一共花了两千三百余元', [2300, 2399]],
  ['涉及的钱不多,大概四万二吧', [42000, 42000]],
])('“%s”的涉及金额', (text, amount) => {
  expect(fields(text).amountYuan?.value ?? null).toEqual(amount === null ? null : { min: amount[0], max: amount[1] });
});

test.each([
  ['订单编号13812345678,请回电13900001111', '13900001111'],
  ['联系人:范工 139 0000 1111', '13900001111'],
  ['值班室电话0398-2885001', '03982885001'],
  ['12315接到投诉', undefined],
])('“%s”的联系电话', (text, phone) => {
  expect(fields(text).contactPhone?.value).toBe(phone);
});

test('每个字段都说明凭哪条读法、有多大把握', () => {
  const read = fields('今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,涉及金额约32万元,已派员到场');
  for (const found of [read.occurredAt, read.place, read.district, read.cause, read.peopleInvolved, read.amountYuan, read.measures[0]]) {
    expect(found?.confidence).toBeGreaterThan(0.3);
    expect(found?.confidence).toBeLessThanOrEqual(1);
    expect(found?.rule).not.toBe('');
  }
});
