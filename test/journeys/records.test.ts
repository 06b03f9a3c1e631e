/** The working groups' records by typed verbs alone: each begins in a chat and is read back as it then stands in the record. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import type { DutyRoom } from '../support/dutyRoom';
import { HERE } from '../support/walked';
import { REPORT } from './mainRoad';

const CLOSED_DOWN = '“优选团”网购平台昨天起停止运营,未提前30日公示,湖滨区已有二十多名商户投诉';
/** The smallest picture there is. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const HASH = 'a'.repeat(63) + '1';

interface Shown {
  readonly kind: string;
  readonly n: number;
  readonly stage: string;
  readonly open: boolean;
  readonly owner: string;
  readonly words: string | null;
  readonly [key: string]: unknown;
}

describe('work records of the groups', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
    await bureau.say('duty', 'duty1', REPORT);
    await bureau.see({ room: 'duty', text: '已接报' });
    await bureau.decide('hq', 'director', '#1 定级 Ⅲ');
    await bureau.see({ room: 'duty', text: '定级' });
    await bureau.decide('hq', 'director', '#1 启动');
    await bureau.see({ room: 'hq', text: /集结/ });
  }, 60_000);
  afterAll(() => bureau.close());
  /** A room takes so many messages a minute: each part has its own. */
  beforeEach(async () => {
    await bureau.advance(1);
  });

  const answered: DutyRoom['answered'] = (...said) => bureau.answered(...said);

  async function records(kind: string, n = 1): Promise<readonly Shown[]> {
    const { body } = await bureau.api(`/api/v1/incidents/${n}`);
    return (body as unknown as { readonly records: readonly Shown[] }).records.filter((record) => record.kind === kind);
  }

  async function happened(n = 1): Promise<readonly string[]> {
    const { body } = await bureau.api(`/api/v1/incidents/${n}/events`);
    return (body as unknown as { readonly items: readonly { readonly type: string }[] }).items.map(({ type }) => type);
  }

  test('a scheme without owners is refused; the commander issues it and every line is a real task', async () => {
    await answered('hq', 'cons2', '#1 方案 分区劝离,登记诉求', '方案须明确任务分工');
    await answered('hq', 'cons2', '#1 方案 分区劝离 @秦现一 劝离人群', '每项分工须写明时限');
    const draft = '#1 方案 分区劝离,登记诉求 @秦现一 劝离人群 2小时内；@许查一 封存账册 3小时内';
    await answered('hq', 'cons2', draft, '方案第1号已登记');
    await answered('hq', 'cons2', '#1 方案 下达', '不在您的权限内');
    await answered('hq', 'director', '#1 方案 下达', /方案第1号：下达/);
    const called = await bureau.see({ room: 'dm:site1', text: '劝离人群' });
    expect(called.text).toContain('交办任务');
    await answered('hq', 'cons2', '#1 方案 改为全部劝离 @秦现一 全部劝离 2小时内', '方案第2号已登记');
    await answered('hq', 'director', '#1 方案 2 下达', '方案第2号：下达');
    expect(await answered('hq', 'cons2', '#1 方案', '方案清单')).toMatch(/方案第1号[\s\S]*方案第2号.*（现行）/);
    expect((await records('scheme')).map(({ n, stage }) => [n, stage])).toEqual([
      [1, 'issued'],
      [2, 'issued'],
    ]);
    expect((await happened()).filter((type) => type === 'TasksGiven')).toHaveLength(3);
  });

  test('outside parties are written to, and the board shows who answered and who is late', async () => {
    await answered('hq', 'coord1', '#1 联络 火星 请支援', '没有读出是哪个单位');
    await answered('hq', 'coord1', '#1 联络 公安部门 请派员维持秩序 2小时内', '联络第1号已登记');
    await answered('hq', 'coord1', '#1 联络 卫生部门 请备救护车 30分钟内', '联络第2号已登记');
    await answered('hq', 'coord1', '#1 联络 1 答复 已派6人 李警官 刚才', '联络第1号：答复');
    await bureau.advance(31);
    const board = await answered('hq', 'coord1', '#1 联络', '联络清单');
    expect(board).toMatch(/联络第1号（公安部门）：已答复/);
    expect(board).toMatch(/联络第2号（卫生部门）：待答复，已逾期/);
    await answered('hq', 'coord1', '#1 联络 2 答复 救护车已到', '须写明逾期原因');
    await answered('hq', 'coord1', '#1 联络 2 答复 救护车已到 逾期原因：路上拥堵', '联络第2号：答复');
    const [, late] = await records('liaison');
    expect(late).toMatchObject({ stage: 'answered', to: { kind: 'party', id: 'health' }, entries: [{ lateReason: '路上拥堵' }] });
  });

  test('a copy goes to a section by its name; 收到 of its person is the receipt', async () => {
    await answered('hq', 'coord1', '#1 抄告 @法规科 另有三家门店同样情形', '抄告第1号已登记');
    await bureau.see({ room: 'dm:legalhead1', text: /抄告第1号[\s\S]*三家门店/ });
    expect((await records('copy_notice'))[0]).toMatchObject({ stage: 'waiting', owner: 'legalhead1' });
    await answered('dm:legalhead1', 'legalhead1', '#1 收到', '收到');
    expect((await records('copy_notice'))[0]).toMatchObject({ stage: 'receipted', open: false });
  });

  test('evidence is listed with who keeps it and the hash of its file; a file itself is refused', async () => {
    const file = { room: 'dm:inv1', from: 'inv1', kind: 'image', name: '账册.png', data: PNG };
    const { status, body } = await bureau.sandbox('send', file);
    // On the government edition no file reaches the robot, so nobody answers it.
    expect([status, body.reached]).toEqual([200, HERE !== 'govding']);
    if (HERE !== 'govding') await bureau.see({ room: 'dm:inv1', text: '聊天里不收文件和图片' });
    await answered('hq', 'inv1', `#1 证据 收银台监控硬盘 封存 @何查二 ${HASH}`, '证据第1号已登记');
    await answered('hq', 'inv2', '#1 证据 1 核实', '证据第1号：核实');
    expect(await answered('hq', 'inv1', '#1 证据', '证据清单')).toMatch(/证据第1号（何查二.*）：已核实[\s\S]*监控硬盘/);
    expect((await records('evidence'))[0]).toMatchObject({ stage: 'verified', hash: HASH, to: { kind: 'person', id: 'inv2' } });
  });

  test('a public text is checked, approved and handed over, the legal opinion beside it; never by its drafter', async () => {
    await answered('hq', 'op1', '#1 口径 已介入调查,请消费者保留凭证', '口径第1号已登记');
    await answered('hq', 'op1', '#1 口径 1 移交 市融媒', '现在是“拟稿”');
    await answered('hq', 'op1', '#1 口径 1 批准', '不在您的权限内');
    await answered('hq', 'op1', '#1 法律咨询 关于口径1 能否点名企业 2小时内', '法律咨询第1号已登记');
    await answered('dm:legal1', 'legal1', '#1 法律咨询 1 答复 立案前不宜点名,依据行政处罚法', '法律咨询第1号：答复');
    await answered('hq', 'press1', '#1 口径 1 审核 事实无误', '口径第1号：审核');
    await bureau.see({ room: 'dm:director', text: /口径第1号[\s\S]*立案前不宜点名/ });
    await answered('hq', 'director', '#1 口径 1 批准', '口径第1号：批准');
    await answered('hq', 'op1', '#1 口径 1 移交 市融媒中心编辑部 刚才', '口径第1号：移交');
    const [statement] = await records('holding_statement');
    expect(statement).toMatchObject({ stage: 'handed_over', entries: [{ move: 'check' }, { move: 'approve' }, { move: 'hand_over' }] });
    expect((await records('legal_question'))[0]).toMatchObject({ stage: 'answered', about: statement?.id });
  });

  test('goods are asked for, given in part, given and returned, counted in one unit', async () => {
    await answered('hq', 'site1', '#1 物资 申领 帐篷', '没有读出数量和单位');
    await answered('hq', 'site1', '#1 物资 申领 帐篷10顶 2小时内', '物资第1号已登记');
    await answered('dm:log1', 'log1', '#1 物资 1 已发 6顶', '物资第1号：已发');
    expect((await records('goods'))[0]).toMatchObject({ stage: 'requested', given: 6 });
    await answered('dm:log1', 'log1', '#1 物资 1 已发 4件', '申领时的单位是“顶”');
    await answered('dm:log1', 'log1', '#1 物资 1 已发 4顶', '物资第1号：已发');
    await answered('hq', 'site1', '#1 物资 1 归还 12顶', '归还的数量多于已发未还');
    await answered('hq', 'site1', '#1 物资 1 归还 8顶 两顶破损', '物资第1号：归还');
    expect((await records('goods'))[0]).toMatchObject({ stage: 'given', given: 10, returned: 8, open: false });
  });

  test('an opinion sheet is filled in part by part and closed with its effect', async () => {
    await answered('hq', 'op1', '#1 舆情 来源：微博话题 热度：阅读12万 不实：称已死人', '舆情第1号已登记');
    await answered('hq', 'op1', '#1 舆情 1 热度：阅读20万 回应：已发口径', '舆情第1号：更新');
    await answered('hq', 'op1', '#1 舆情 1 办结 效果：热度回落', '舆情第1号：办结');
    expect((await records('opinion_sheet'))[0]).toMatchObject({
      stage: 'ended',
      parts: { 来源: '微博话题', 热度: '阅读20万', 不实: '称已死人', 回应: '已发口径', 效果: '热度回落' },
    });
  });

  test('what is watched comes due each interval until somebody ends it', async () => {
    await answered('hq', 'op1', '#1 专项监测 2小时 丰和超市退卡话题', '专项监测第1号已登记');
    await answered('hq', 'op1', '#1 专项监测 1 情况 无新增', '专项监测第1号：情况');
    const { body } = await bureau.api('/api/v1/incidents/1');
    const rows = (body as unknown as { readonly deadlines: readonly { readonly kind: string; readonly status: string }[] }).deadlines;
    expect(rows.filter(({ kind }) => kind === 'monitoring_entry').map(({ status }) => status)).toEqual(['met', 'open']);
    await answered('hq', 'op1', '#1 专项监测 结束 话题已沉', '专项监测第1号：结束');
    expect((await records('targeted_monitoring'))[0]).toMatchObject({ stage: 'ended', everyMinutes: 120 });
  });

  test('a county is told to answer in its own room, even one that saw nothing of the incident so far', async () => {
    await answered('hq', 'coord1', '#1 督办 火星 请核查', '没有读出是哪个县区');
    await answered('hq', 'coord1', '#1 督办 陕州 请核查同名门店 2小时内', '督办第1号已登记');
    const call = await bureau.see({ room: 'county-shanzhou', text: /督办第1号[\s\S]*@魏陕一/ });
    expect(call.pinged).toEqual(['shanzhou1']);
    expect(await answered('duty', 'duty1', '#1 待办', '待办')).toMatch(/督办第1号：待答复，.*#1 督办 1 答复[\s\S]*对方：陕州区/);
    await answered('county-shanzhou', 'shanzhou2', '#1 督办 1 答复 已核查,无同名门店', '督办第1号：答复');
    await bureau.see({ room: 'dm:coord1', text: /督办第1号：答复[\s\S]*无同名门店/ });
    expect((await records('supervision'))[0]).toMatchObject({ stage: 'answered', to: { kind: 'county', id: 'shanzhou' } });
  });

  test('proposals, papers in and out, bulletins without gaps and the conclusion each have their record', async () => {
    await answered('hq', 'inv1', '#1 建议 对全市同类超市排查', '建议第1号已登记');
    await answered('hq', 'director', '#1 建议 1 采纳 关于方案2', '建议第1号：采纳');
    await answered('hq', 'coord1', '#1 公文 发 市政府 关于启动响应的报告 三市监〔2026〕12号', '公文第1号已登记');
    await answered('hq', 'coord1', '#1 公文 1 回执 市政府值班员 刚才', '公文第1号：回执');
    await answered('hq', 'coord1', '#1 简报 编发 秩序平稳', '简报第1号已登记');
    await answered('hq', 'coord1', '#1 简报 编发 已清场', '简报第2号已登记');
    await answered('hq', 'coord1', '#1 简报', '#1');
    await answered('hq', 'inv1', '#1 调查结论 店主资金链断裂,涉及卡内余额', '调查结论第1号已登记');
    const [scheme] = (await records('scheme')).slice(-1);
    expect((await records('proposal'))[0]).toMatchObject({ stage: 'adopted', entries: [{ about: scheme?.id }] });
    expect((await records('document'))[0]).toMatchObject({ stage: 'receipted', incoming: false });
    expect((await records('bulletin')).map(({ n, figures }) => [n, (figures as { readonly tasks: number }).tasks > 0])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(await records('conclusion')).toHaveLength(1);
  });

  test('the plan of the online trade names what is still missing before its end', async () => {
    await bureau.say('duty', 'duty1', CLOSED_DOWN);
    await bureau.see({ room: 'duty', text: /#2 已接报[\s\S]*网络交易/ });
    await answered('duty', 'duty1', '#2 研判 舆情', '研判');
    await bureau.decide('network', 'deputy2', '#2 启动');
    await bureau.see({ room: 'network', text: /集结/ });
    await answered('network', 'net1', '#2 专项监测 2小时 优选团下架商品 @蒋网二', '专项监测第1号已登记');
    await answered('network', 'net1', '#2 终止 平台已恢复', /尚未登记调查结论|不在您的权限内|确认/);
    expect(await answered('network', 'deputy2', '#2 终止 平台已恢复', /确认 \d{4}/)).toContain('尚未登记调查结论');
    await answered('network', 'net1', '#2 调查结论 平台资金不足,未依法公示', '调查结论第1号已登记');
    expect(await answered('network', 'deputy2', '#2 终止 平台已恢复', /确认 \d{4}/)).not.toContain('尚未登记');
    await bureau.decide('network', 'deputy2', '#2 终止 平台已恢复并公示');
    await bureau.see({ room: 'network', text: '终止应急响应' });
    const { cursor } = await bureau.messages();
    await bureau.advance(5 * 60);
    const later = (await bureau.messages(cursor)).messages.filter(({ text }) => text.includes('#2'));
    expect(later.filter(({ text, pinged }) => text.includes('催办') || pinged.length > 0)).toEqual([]);
  }, 60_000);
});
