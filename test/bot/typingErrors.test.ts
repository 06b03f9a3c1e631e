/** Typing errors, planted: each is answered with exactly the hint that helps, and nothing is done meanwhile. */
import { expect, test } from '@jest/globals';
import { REPORT } from '../journeys/mainRoad';
import { openRoad, type Road } from './road';

async function activated(): Promise<Road> {
  const road = openRoad();
  await road.say('duty', 'duty1', REPORT);
  await road.decide('hq', 'director', '#1 定级 Ⅲ');
  await road.decide('hq', 'director', '#1 启动');
  await road.say('duty', 'duty1', '开班');
  road.now += 60_000;
  return road;
}

const LEVELS = '可用级别：Ⅰ、Ⅱ、Ⅲ、Ⅳ。';

test.each([
  // wrong verbs
  ['hq', 'director', '定疾 Ⅱ', 'unknown_verb', '您是不是要输入：定级 Ⅱ'],
  ['hq', 'director', '调集 Ⅱ 扩大', 'unknown_verb', '您是不是要输入：调级 Ⅱ 扩大'],
  ['hq', 'director', '动启', 'unknown_verb', '您是不是要输入：启动'],
  ['hq', 'director', '终终止 群众已散去', 'unknown_verb', '您是不是要输入：终止 群众已散去'],
  ['hq', 'site1', '#1 金站 已到场', 'unknown_verb', '您是不是要输入：#1 进展 已到场'],
  ['hq', 'site1', '人物 清点库存', 'unknown_verb', '您是不是要输入：任务 清点库存'],
  ['hq', 'site1', '无法到打 在外地', 'unknown_verb', '您是不是要输入：无法到达 在外地'],
  ['duty', 'duty1', '壮太', 'unknown_verb', '您是不是要输入：状态'],
  ['duty', 'duty1', '值班日制', 'unknown_verb', '您是不是要输入：值班日志'],
  ['duty', 'duty1', '交接单', 'unknown_verb', '您是不是要输入：交接班单'],
  // wrong arguments
  ['hq', 'director', '调级 扩大', 'refused:no_such_level', `${LEVELS}#1 调级〔级别〕〔理由〕`],
  ['hq', 'director', '调级 Ⅶ 扩大', 'refused:no_such_level', `${LEVELS}#1 调级〔级别〕〔理由〕`],
  ['hq', 'director', '调级 Ⅱ', 'refused:reason_required', '#1 调级 Ⅱ 理由'],
  ['hq', 'director', '终止', 'refused:reason_required', '#1 终止 理由'],
  ['hq', 'director', '任务 @秦线一 清点库存', 'refused:which_person', '您是不是指：@秦现一。#1 任务〔@人〕〔内容〕〔时限〕'],
  ['hq', 'director', '任务 清点库存', 'refused:which_person', '#1 任务〔@人〕〔内容〕〔时限〕'],
  ['duty', 'duty1', '并案 同一件事', 'refused:which_incident', '#1 并案 #另一事件'],
  ['duty', 'duty1', '#9 状态', 'refused:no_incident', '输入 列表 查看在办事件'],
  ['duty', 'duty2', '换班 2020年1月1日 @周值一 有事', 'refused:due_passed', '换班〔日期〕〔@对方〕〔理由〕'],
  ['duty', 'duty1', '零报告 芦氏县 平安', 'refused:which_county', '您是不是指：卢氏县。零报告〔县区〕〔情况〕'],
  ['duty', 'duty1', '确认 4711', 'refused:nothing_to_confirm', '确认码只对本人有效，在提出的群里、或在任一私聊里回复'],
  ['duty', 'duty1', '办结 书面', 'refused:lines_required', '收文：'],
  ['duty', 'duty1', '电话 省市场监督管理局', 'refused:spoke_with_required', '#1 电话'],
  ['duty', 'duty1', '核实 现场有人', 'refused:result_wanted', '#1 属实〔核实情况〕，或 #1 不实〔核实情况〕'],
  ['hq', 'site1', '收到，要带什么材料？', 'refused:not_an_answer', '要确认收到请只回复：收到；要了解情况请输入：状态'],
  ['hq', 'site1', '#1 收到但我在外地去不了', 'refused:not_an_answer', '#1 无法到达〔原因〕'],
  ['duty', 'duty1', '换班 明儿 @吴值二 有事', 'refused:which_day', '换班〔日期〕〔@对方〕〔理由〕，如：换班 11月25日 @姓名 家中有事'],
  ['duty', 'duty1', '台账 应急无资 防护服', 'refused:no_such_kind', '可选：'],
] as const)('in %s %s types “%s”: %s, “%s”', async (room, who, typed, outcome, hint) => {
  const road = await activated();
  const before = JSON.stringify(road.incidents());
  const { outcome: ended, text } = await road.say(room, who, typed);
  expect([ended, text]).toEqual([outcome, expect.stringContaining(hint)]);
  expect(JSON.stringify(road.incidents())).toBe(before);
});

test('a wrong code says what to type, an expired one which command to repeat', async () => {
  const road = await activated();
  const { text } = await road.say('hq', 'director', '终止 群众已散去');
  const code = /确认 (\d{4})/.exec(text)?.[1] ?? '';
  expect((await road.say('hq', 'director', `确认 ${code === '4799' ? '4798' : '4799'}`)).text).toContain('请核对后重新输入：确认 四位数字');
  road.now += 6 * 60_000;
  const late = await road.say('hq', 'director', `确认 ${code}`);
  expect([late.outcome, late.text]).toEqual(['refused:code_expired', expect.stringContaining('请重新输入原来的指令（终止）')]);
});

test.each(['今天天气不错', '喂', '123456', '……', '?!'])('“%s” is near to no verb: nothing is guessed', async (typed) => {
  const { reply, text } = await (await activated()).say('duty', 'duty1', typed);
  if (reply?.is === 'unknown_verb') expect([reply.nearest, text]).toEqual([[], expect.stringContaining('请回复：帮助')]);
  else expect(reply?.is).toBe('help_here');
});

test('every refusal of the road says what to type, or who may', async () => {
  const road = await activated();
  for (const typed of ['收到', '撤回收到', '启动', '定级 Ⅲ', '归档', '撤销代行', '同意换班', '在岗', '预警解除 已平息', '确认口头批准']) {
    const { text, outcome } = await road.say('duty', 'guest1', `#1 ${typed}`);
    expect([typed, outcome, text.split('\n').length]).toEqual([typed, expect.stringMatching(/^refused:/), expect.any(Number)]);
    expect([typed, text]).toEqual([typed, expect.stringMatching(/回复：|输入|#1 |可由|值班|办理/)]);
  }
});
