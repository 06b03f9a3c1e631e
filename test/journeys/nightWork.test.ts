/** A night in the duty room by typed verbs alone: decisions of those who are away, work, calls, papers, two reports that are one. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import type { DutyRoom } from '../support/dutyRoom';
import { REPORT } from './mainRoad';

const POISONING = '湖滨区实验小学今天中午有12名学生午饭后呕吐腹泻,已送医';
const CLOSED_DOWN = '“优选团”网购平台昨天起停止运营,未提前30日公示,湖滨区已有二十多名商户投诉';
const SAME_AGAIN = '湖滨区丰和超市门口聚了七十来人要退卡';

describe('a night by typed verbs', () => {
  let duty: Bureau;
  beforeAll(async () => {
    duty = await openBureau();
  }, 60_000);
  afterAll(() => duty.close());
  /** A room takes so many messages a minute: each part of the night has its own. */
  beforeEach(async () => {
    await duty.advance(1);
  });

  const answered: DutyRoom['answered'] = (...said) => duty.answered(...said);

  async function events(n: number): Promise<readonly { readonly body: { readonly splitFrom?: number } }[]> {
    const { body } = await duty.api(`/api/v1/incidents/${n}/events`);
    return (body as unknown as { readonly items: readonly { readonly body: { readonly splitFrom?: number } }[] }).items;
  }

  test('a report is verified and assessed before anybody decides', async () => {
    await duty.say('duty', 'duty1', REPORT);
    await duty.see({ room: 'duty', text: '已接报' });
    await answered('duty', 'duty1', '#1 核实 现场有人', '核实结果请写明属实还是不实');
    await answered('duty', 'duty1', '#1 核实', '核实');
    await answered('duty', 'duty1', '#1 属实 现场确有六十余人', '属实');
    await answered('duty', 'duty1', '#1 研判 Ⅲ 人数仍在增加', '研判');
    await answered('duty', 'duty1', '#1 研判 Ⅶ级', '没有读出级别');
  });

  test('the director decides by word of mouth, in his name, and confirms it in writing', async () => {
    await duty.decide('hq', 'director', '#1 定级 Ⅲ');
    await answered('duty', 'duty1', '#1 口头批准 启动 王总 刚才 同意启动', '由当班带班领导登记');
    await answered('duty', 'leader1', '#1 口头批准 下班 王总 刚才 同意', '没有读出批准的是什么');
    await duty.say('duty', 'leader1', '#1 口头批准 启动 王总 刚才 同意启动');
    await duty.see({ room: 'hq', text: /集结|启动应急响应/ });
    await duty.see({ room: 'duty', text: '口头批准，待补书面确认' });
    await answered('dm:director', 'director', '#1 确认口头批准', '确认');
  });

  test('a task is given, done with its number, sent back and done again', async () => {
    await answered('hq', 'coord1', '#1 任务 清点库存 18:00前', '没有读出是谁');
    await duty.say('hq', 'director', '#1 任务 @秦现一 登记诉求并拍照 2小时内');
    const given = await duty.see({ room: 'dm:site1', text: '登记诉求并拍照' });
    const number = /编号 (\d+)/.exec(given.text)?.[1];
    await answered('dm:site1', 'site1', `#1 完成 ${number} 已登记六十二人 凭据：照片三张`, '完成');
    await answered('hq', 'director', `#1 退回任务 ${number} 缺联系电话`, '退回');
    await answered('dm:site1', 'site1', `#1 完成 ${number} 已补联系电话 凭据：登记表`, '完成');
    expect(await answered('duty', 'duty1', '#1 待办', '待办')).not.toContain('登记诉求并拍照');
  });

  test('a directive is kept word for word and answered', async () => {
    await duty.say('duty', 'duty1', '#1 批示 王总 “务必今晚办结” @苏消二 3小时内');
    await duty.see({ room: 'dm:cons2', text: /领导批示[\s\S]*务必今晚办结/ });
    await answered('dm:cons2', 'cons2', '#1 反馈 1 已全部退费', '反馈');
    await duty.see({ room: 'dm:director', text: '已全部退费' });
  });

  test('calls and papers that went out fall silent, each under its own name', async () => {
    const owed = await answered('duty', 'duty1', '#1 待办', '待办');
    expect(owed).toMatch(/书面首报：[\s\S]*#1 办结 书面首报/);
    await answered('duty', 'duty1', '#1 电话 省市场监督管理局 值班李处 刚才 已报告,要求续报', /电话|已登记/);
    await answered('duty', 'duty1', '#1 办结 书面首报 刚才', '须写明报给了哪个单位');
    await answered('duty', 'duty1', '#1 办结 书面首报 刚才 收文：市政府、省市场监督管理局', '书面首报');
    expect(await answered('duty', 'duty1', '#1 待办', '待办')).not.toMatch(/书面首报：|电话报告上级：/);
    await answered('hq', 'director', '#1 不适用 发布权威信息', '须写明理由');
    await answered('hq', 'director', '#1 不适用 发布权威信息 无公众关注', '不适用');
    await answered('hq', 'director', '#1 不适用 没有这件事 无', '没有读出是哪一项');
  });

  test('two reports of one matter are joined, one of two matters is split', async () => {
    await duty.say('duty', 'duty2', SAME_AGAIN);
    await duty.see({ room: 'duty', text: /#2[\s\S]*已接报|已接报[\s\S]*#2/ });
    await answered('duty', 'duty1', '#2 并案 #99', '没有事件 #99');
    await duty.decide('duty', 'duty1', '#2 并案 #1 同一超市');
    await duty.see({ room: 'duty', text: '已并入 #1' });
    expect(await answered('duty', 'duty1', '#2 启动', '已并入 #1')).toContain('请在 #1 办理');
    await duty.say('duty', 'duty1', `#1 分案 ${POISONING}`);
    await duty.see({ room: 'duty', text: /#3 已接报/ });
    const [first] = await events(3);
    expect(first?.body.splitFrom).toBe(1);
  });

  test('a matter of others is handed on and its receipt recorded', async () => {
    await answered('duty', 'leader1', '#3 转办 火星 无关', '没有读出转给哪个单位');
    await duty.decide('hq', 'director', '#3 转办 卫生部门 属食源性疾病,由其牵头');
    await answered('duty', 'duty1', '#3 回执 疾控值班员 刚才', '回执');
  });

  test('a plan without levels is assessed by what set it going, activated by its task force, and never graded', async () => {
    await duty.say('duty', 'duty1', CLOSED_DOWN);
    await duty.see({ room: 'duty', text: /#4 已接报[\s\S]*网络交易/ });
    await answered('network', 'deputy2', '#4 定级 Ⅲ', '本预案不分级');
    await answered('duty', 'duty1', '#4 启动', '尚未研判');
    await answered('duty', 'duty1', '#4 研判 舆情', '研判');
    await duty.decide('network', 'deputy2', '#4 启动');
    const call = await duty.see({ room: 'network', text: /集结[\s\S]*@蒋网二/ });
    expect(call.pinged).toEqual(expect.arrayContaining(['net1', 'net2', 'net3']));
    await duty.decide('network', 'deputy2', '#4 终止 平台已恢复并公示');
    await duty.see({ room: 'network', text: '终止应急响应' });
  });

  test('help shows every verb once, and a stranger’s word changes nothing', async () => {
    const before = await events(1);
    await answered('duty', 'guest1', '#1 终止 没事了', '终止应急响应不在您的权限内');
    expect(await events(1)).toEqual(before);
  });
});
