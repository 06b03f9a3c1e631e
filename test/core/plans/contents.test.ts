/** The two shipped plans are whole: what their texts name is there, in their order, with the clause (domain notes on the plans). */
import { describe, expect, test } from '@jest/globals';
import type { PlanPack } from '../../../src/core/plans/packSchema';
import { shippedRulebooks } from '../report/bureau';

const named = (id: string): PlanPack => {
  const found = shippedRulebooks().find((r) => r.pack.pack === id);
  if (found === undefined) throw new Error(`no pack ${id}`);
  return found.pack;
};
const entries = (list: readonly { readonly zh: string; readonly clause: string }[]) => list.map((e) => `${e.clause} ${e.zh}`);

describe('消费领域群体性事件应急预案', () => {
  const pack = named('consumer-mass-event');

  test('五类、四级、六组、六步、指挥部四项职责，逐条有款', () => {
    expect(entries(pack.categories)).toEqual([
      '1.4.1（1） 投诉或反映较为集中',
      '1.4.1（2） 被主流新闻媒体曝光',
      '1.4.1（3） 涉及重大公共安全和社会稳定',
      '1.4.1（4） 经营者违法行为引发',
      '1.4.1（5） 其他可能引起社会广泛关注和影响',
    ]);
    expect(entries(pack.levels)).toEqual([
      '1.4.2（1） 特别重大（Ⅰ级）',
      '1.4.2（2） 重大（Ⅱ级）',
      '1.4.2（3） 较大（Ⅲ级）',
      '1.4.2（4） 一般（Ⅳ级）',
    ]);
    expect(entries(pack.groups)).toEqual([
      '2.2（1） 综合协调组',
      '2.2（2） 现场处置组',
      '2.2（3） 调查取证组',
      '2.2（4） 舆情监测组',
      '2.2（5） 法律咨询组',
      '2.2（6） 后勤保障组',
    ]);
    expect(entries(pack.procedure)).toEqual([
      '4.1（1） 信息报告',
      '4.1（2） 启动预案',
      '4.1（3） 现场处置',
      '4.1（4） 调查取证',
      '4.1（5） 信息发布',
      '4.1（6） 后续处理',
    ]);
    expect(entries(pack.command.duties)).toEqual(['2.1（1） 决策指挥', '2.1（2） 协调联动', '2.1（3） 信息发布', '2.1（4） 监督评估']);
  });

  test('分级响应四款、预警三项、后期处置三款、保障四项、宣传三项都在', () => {
    expect(pack.levels.map((l) => [l.response.clause, l.response.led_by])).toEqual([
      ['4.2（1）', 'national_command'],
      ['4.2（2）', 'provincial_command'],
      ['4.2（3）', pack.command.id],
      ['4.2（4）', 'territorial_bureau'],
    ]);
    expect(pack.warning.steps.map((s) => s.clause)).toEqual(['3.2（1）', '3.2（2）', '3.2（3）']);
    expect(pack.after_action.map((a) => a.clause)).toEqual(expect.arrayContaining(['5.1', '5.2', '5.3（1）', '5.3（2）', '5.3（3）']));
    expect(pack.safeguards.map((s) => s.clause)).toEqual(['6.1', '6.2', '6.3', '6.4']);
    expect(pack.publicity.map((s) => s.clause)).toEqual(['7.1', '7.2', '7.3']);
  });

  test('预案没有写的不冒充原文：预警分级、各组牵头、终止由谁宣布', () => {
    expect([pack.warning.levels, pack.warning.issuer, pack.document_number]).toEqual(['unspecified', 'unspecified', 'unspecified']);
    expect(pack.groups.map((g) => g.lead)).toEqual(pack.groups.map(() => 'unspecified'));
    expect([pack.termination.clause, pack.termination.mark]).toEqual(['unspecified', 'N']);
  });

  test('信息发布要经总指挥或副总指挥审定，第五类必须写理由，前四类不必', () => {
    expect(pack.procedure.find((s) => s.clause === '4.1（5）')?.approval).toEqual(['commander', 'deputy_commander']);
    expect(pack.categories.map((c) => c.needs_reason)).toEqual([false, false, false, false, true]);
  });

  test('数值标准可以整块关上，除注明原文的以外都标明是谁的', () => {
    expect(pack.grading.thresholds_enabled).toBe(true);
    const own = pack.thresholds.filter((t) => t.mark === 'S');
    expect(own.every((t) => t.clause?.startsWith('1.4.2'))).toBe(true);
    expect(pack.thresholds.every((t) => t.source.length > 0)).toBe(true);
  });

  /** Regulation on special equipment arts 61-64; food manual; both sides of each bound. */
  test.each([
    ['toxic_leak_relocated', 150000, 1],
    ['toxic_leak_relocated', 149999, 2],
    ['stranded_100_hours', 24, 2],
    ['ride_stranded_hours', 1, 4],
    ['food_deaths', 1, 3],
    ['food_deaths', 10, 2],
    ['food_injured_at_school', 50, 2],
    ['product_deaths', 2, 3],
    ['product_deaths', 10, 1],
    ['gathering_at_gate', 100, 2],
    ['price_rise_day_percent', 69, 3],
  ])('%s 达到 %d 落在第 %i 级', (measure, value, rank) => {
    const rows = pack.thresholds.filter((t) => t.measure === measure && t.min <= value && (t.max === null || value < t.max));
    expect(rows.map((t) => t.rank)).toEqual([rank]);
  });
});

describe('网络交易突发事件应急预案', () => {
  const pack = named('network-trade-incident');

  test('八个方面、三种启动情形、四项职能、七步，逐条有款，不分级', () => {
    expect([pack.level_scheme, pack.levels, pack.grading.thresholds_enabled]).toEqual(['none', [], false]);
    expect(pack.categories.map((c) => c.zh)).toEqual([
      '信息公示披露管理',
      '业务终止',
      '用户信息查询更正删除注销',
      '搜索结果提供',
      '搭售行为',
      '平台服务协议和交易规则制定公示修改',
      '自营业务区分',
      '信用评价',
    ]);
    expect(new Set(pack.categories.map((c) => c.clause))).toEqual(new Set(['三']));
    expect(pack.activation.triggers.map((t) => t.zh)).toHaveLength(3);
    expect([pack.activation.clause, pack.activation.trigger_required]).toEqual(['五（二）', true]);
    expect(entries(pack.functions)).toEqual(['四（一） 综合协调', '四（二） 制定措施', '四（三） 调查督导', '四（四） 信息宣传']);
    expect(pack.groups).toEqual([]);
    expect(entries(pack.procedure)).toEqual([
      '五（三）1 报送信息',
      '五（三）2 确定应对方案',
      '五（三）3 开展调查',
      '五（三）4 指挥调度',
      '五（三）5 跟踪督导',
      '五（三）6 工作汇报',
      '五（三）7 舆情回应',
    ]);
  });

  test('组长启动和终止，没有组长时由记名的副组长；其他人不行', () => {
    expect(pack.ungraded.activate?.roles).toEqual([pack.command.commander, pack.command.deputies[0]]);
    expect(pack.ungraded.terminate).toEqual(pack.ungraded.activate);
    expect(pack.ungraded.calls).toBe('members');
  });

  test('报省局网监处有两条路：局领导签发后由应急办上报，网监科上报', () => {
    const toProvince = pack.reporting_paths.filter((p) => p.to.includes('provnet'));
    expect(toProvince.map((p) => [p.via.map((v) => v.by), p.clause])).toEqual([
      [['deputy_director', 'emergency_office'], '五（三）1'],
      [[], '五（三）1'],
    ]);
    const chain = pack.sign_off.find((c) => c.id === toProvince[0]?.sign_off);
    expect(chain?.steps.map((s) => [s.act, ...s.by])).toEqual([
      ['draft', 'section_in_charge'],
      ['sign', 'deputy_director'],
      ['send', 'emergency_office'],
    ]);
  });

  test('两种终止情形任一即可，经验总结写五项', () => {
    expect([pack.termination.need, pack.termination.criteria.map((c) => c.zh)]).toEqual(['any', ['突发事件应急处置工作结束', '危机消除']]);
    expect(pack.after_action.find((a) => a.clause === '五（五）')?.content).toHaveLength(5);
  });
});

test.each(shippedRulebooks().map((r) => [r.pack.short_title, r.pack] as const))(
  '%s：悬而未决的事项都有问题、选项和缺省',
  (_title, pack) => {
    expect(pack.settings.length).toBeGreaterThanOrEqual(8);
    for (const s of pack.settings) expect(s.zh.length).toBeGreaterThan(4);
  },
);
