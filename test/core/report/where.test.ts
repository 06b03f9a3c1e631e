import { expect, test } from '@jest/globals';
import { readReport } from '../../../src/core/report/read';
import { LEXICON } from './bureau';

function where(text: string) {
  const { fields } = readReport(text, Date.parse('2026-03-11T09:12:00+08:00'), LEXICON, 'report');
  return [fields.district?.value ?? null, fields.place?.value ?? null];
}

test.each([
  ['沂水县龙家圈街道实验小学门口有人打架', '沂水县', '龙家圈街道实验小学'],
  ['成都武侯双楠路“老灶”火锅店用回收油', '武侯区', '双楠路“老灶”火锅店'],
  ['绵竹有三四十个卖家押金没退', '绵竹市', null],
  ['灵宝市金城大道与尹溪路口两车相撞', '灵宝市', '金城大道与尹溪路口'],
  ['滑县道口镇欧阳路那块儿有个叫锅锅香的火锅店炸了', '滑县', '道口镇欧阳路那块儿有个叫锅锅香的火锅店'],
  ['湖滨分局转来,开发区客服中心排队', '开发区', null],
  ['洛阳高新技术开发区万达广场有人维权', '洛阳高新技术开发区', '万达广场'],
  ['灵宝路丰和超市被投诉', null, '灵宝路丰和超市'],
  ['“乐淘街”商城不发货', null, null],
  ['全市县区都在查', null, null],
])('“%s”的县区和地点', (text, district, place) => {
  expect(where(text)[0]).toBe(district);
  if (place !== null || district === null) expect(where(text)[1]).toBe(place);
});

test('更正只改它说到的，旧的不读', () => {
  const read = (text: string) => readReport(text, Date.parse('2026-03-11T09:12:00+08:00'), LEXICON);
  const people = read('更正一下,刚才报的受伤人数是3人不是5人');
  expect(people.kind).toBe('correction');
  expect(people.fields.injured?.value).toBe(3);
  expect(people.fields.place).toBeNull();
  const place = read('不好意思,上一条地点写错了,是灵宝市函谷路,不是函谷关镇');
  expect([place.kind, place.fields.district?.value, place.fields.place?.value]).toEqual(['correction', '灵宝市', '函谷路']);
  const time = read('刚才发的那条时间写错了,不是3月8日下午,是3月9日下午4点');
  expect(time.fields.occurredAt?.value.at).toBe(Date.parse('2026-03-09T16:00:00+08:00'));
});
