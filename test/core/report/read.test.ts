import { expect, test } from '@jest/globals';
import { readReport } from '../../../src/core/report/read';
import { LEXICON } from './bureau';

interface Told {
  readonly now: string;
  readonly text: string;
  readonly at: string | null;
  readonly precision: string;
  readonly place: string | null;
  readonly district: string;
  readonly cause: string;
  readonly people: readonly [number | null, number | null] | null;
  readonly measures: readonly string[];
}

const CASES: readonly Told[] = [
  {
    now: '2026-03-11T09:12:00+08:00',
    text: '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场',
    at: '2026-03-11T08:30+08:00',
    precision: 'minute',
    place: '建设路丰和超市',
    district: '湖滨区',
    cause: '预付卡退费',
    people: [60, 69],
    measures: ['派湖滨分局到场'],
  },
  {
    now: '2026-05-07T09:00:00+08:00',
    text: '昨天下午4点来钟,沛县正阳路金太阳健身会所,八十余名会员因老板失联聚集讨要会费,已派大屯所到场',
    at: '2026-05-06T16:00+08:00',
    precision: 'hour',
    place: '正阳路金太阳健身会所',
    district: '沛县',
    cause: '老板失联',
    people: [80, 89],
    measures: ['派大屯所到场'],
  },
  {
    now: '2025-12-02T07:00:00+08:00',
    text: '昨晚12点，卢氏县城关镇百味火锅店，近40名顾客因多收服务费围堵收银台，已责令店家退款',
    at: '2025-12-02T00:00+08:00',
    precision: 'hour',
    place: '城关镇百味火锅店',
    district: '卢氏县',
    cause: '多收服务费',
    people: [36, 40],
    measures: ['责令店家退款'],
  },
  {
    now: '2026-01-20T20:30:00+08:00',
    text: '半小时前,凤台县州来路国泰广场,十五六个老人因理疗床退款吵起来,正在现场调解',
    at: '2026-01-20T20:00+08:00',
    precision: 'minute',
    place: '州来路国泰广场',
    district: '凤台县',
    cause: '理疗床退款',
    people: [15, 16],
    measures: ['现场调解'],
  },
  {
    now: '2026-04-14T15:00:00+08:00',
    text: '上周五上午,宜宾市翠屏区滨江路万汇商场,百余名业主因延期交房聚集,已约谈开发商',
    at: '2026-04-10T09:00+08:00',
    precision: 'day',
    place: '滨江路万汇商场',
    district: '翠屏区',
    cause: '延期交房',
    people: [100, 199],
    measures: ['约谈开发商'],
  },
  {
    now: '2026-01-05T10:00:00+08:00',
    text: '12月30日19时20分许,灵宝市函谷路星光影城,三四十名观众因设备故障退票聚集,已协调影城退款',
    at: '2025-12-30T19:20+08:00',
    precision: 'minute',
    place: '函谷路星光影城',
    district: '灵宝市',
    cause: '设备故障退票',
    people: [30, 40],
    measures: ['协调影城退款'],
  },
  {
    now: '2025-11-12T09:00:00+08:00',
    text: '双十一当天，义马市千秋路惠民家电城，20多名顾客因先涨价后打折要求退差价，已封存价签',
    at: '2025-11-11T00:00+08:00',
    precision: 'day',
    place: '千秋路惠民家电城',
    district: '义马市',
    cause: '先涨价后打折',
    people: [20, 29],
    measures: ['封存价签'],
  },
  {
    now: '2026-06-02T18:00:00+08:00',
    text: '今天下午3点多,江阴市澄江街道小天使早教中心,不到50名家长因停课退费聚集,已派员登记',
    at: '2026-06-02T15:00+08:00',
    precision: 'hour',
    place: '澄江街道小天使早教中心',
    district: '江阴市',
    cause: '停课退费',
    people: [null, 50],
    measures: ['派员登记'],
  },
  {
    now: '2026-02-23T09:00:00+08:00',
    text: '两个小时前，陕州区原店镇便民加油站，至少12名司机因短斤少两投诉，已暂停该加油机',
    at: '2026-02-23T07:00+08:00',
    precision: 'hour',
    place: '原店镇便民加油站',
    district: '陕州区',
    cause: '短斤少两',
    people: [12, null],
    measures: ['暂停该加油机'],
  },
  {
    now: '2026-07-01T08:00:00+08:00',
    text: '近日,渑池县会盟路金鼎珠宝店,数十名顾客因金饰掺假要求退货,已抽样送检',
    at: null,
    precision: 'vague',
    place: '会盟路金鼎珠宝店',
    district: '渑池县',
    cause: '金饰掺假',
    people: [20, 99],
    measures: ['抽样送检'],
  },
  {
    now: '2026-03-02T11:00:00+08:00',
    text: '2月中旬,桐城市文昌路悦美美容院,一百二十余名会员因闭店退卡投诉,已移送公安机关',
    at: '2026-02-11T00:00+08:00',
    precision: 'vague',
    place: '文昌路悦美美容院',
    district: '桐城市',
    cause: '闭店退卡',
    people: [120, 129],
    measures: ['移送公安机关'],
  },
];

test.each(CASES)('值班信息“$text”逐项读出', (told) => {
  const { kind, fields } = readReport(told.text, Date.parse(told.now), LEXICON);
  expect(kind).toBe('report');
  expect(fields.occurredAt?.value).toEqual({ at: told.at === null ? null : Date.parse(told.at), precision: told.precision });
  expect(fields.place?.value).toBe(told.place);
  expect(fields.district?.value).toBe(told.district);
  expect(fields.cause?.value).toBe(told.cause);
  expect(fields.peopleInvolved?.value).toEqual(told.people === null ? undefined : { min: told.people[0], max: told.people[1] });
  expect(fields.measures.map((m) => m.value)).toEqual(told.measures);
});

test('每个字段都指得回原文的字，全角和空格不影响', () => {
  const text = '　今早８点半，湖滨区建设路丰和超市，６０多名消费者因预付卡退费聚集';
  const { fields } = readReport(text, Date.parse('2026-03-11T09:12:00+08:00'), LEXICON);
  const words = (spans: readonly { start: number; end: number }[] | undefined) => spans?.map((s) => text.slice(s.start, s.end));
  expect(words(fields.occurredAt?.spans)).toEqual(['今早８点半']);
  expect(words(fields.peopleInvolved?.spans)?.[0]).toContain('６０多');
  expect(words(fields.place?.spans)).toEqual(['建设路丰和超市']);
});

test.each([
  ['收到，马上安排。', 'ack'],
  ['@值班员 已知悉', 'ack'],
  ['续报：截至15时，聚集业主已散去', 'progress'],
  ['更正：刚才报的人数应为50人，不是60人', 'correction'],
  ['请问今天谁值班？', 'other'],
  ['【演练】今早8点半，湖滨区丰和超市发生聚集', 'other'],
  ['', 'other'],
])('“%s”不是首报，属于 %s', (text, kind) => {
  expect(readReport(text, 0, LEXICON).kind).toBe(kind);
});

test('现场约二百一十人说的是人数，不是已采取的措施；约谈才是', () => {
  const measures = (text: string) => readReport(text, 0, LEXICON).fields.measures.map((m) => m.value);
  expect(measures('现场约二百一十人，2人受轻伤')).toEqual([]);
  expect(measures('湖滨区某超市50人聚集退卡，现场约谈三家商户')).toEqual(['现场约谈三家商户']);
});
