/** Question by question: a verb alone asks for what it needs, a report is asked back for what it lacks; left at any time, never in the way. */
import { describe, expect, test } from '@jest/globals';
import { clock } from '../core/builders';
import { REPORT } from '../journeys/mainRoad';
import { openRoad, type Road } from './road';

async function activated(): Promise<Road> {
  const road = openRoad();
  await road.say('duty', 'duty1', REPORT);
  await road.decide('hq', 'director', '#1 定级 Ⅲ');
  await road.decide('hq', 'director', '#1 启动');
  return road;
}

/** Says one after the other and answers what the last was answered. */
async function talk(road: Road, room: string | null, who: string, ...lines: readonly string[]): Promise<string> {
  let text = '';
  for (const line of lines) text = (await road.say(room, who, line)).text;
  return text;
}

const given = (road: Road) =>
  Object.values(road.incident(1).tasks)
    .filter(({ template }) => template === null)
    .map(({ owner, dueAt }) => [owner, dueAt]);

describe('任务 alone', () => {
  test('asks who, what and until when, one at a time, and gives the task as one line would', async () => {
    const [asked, typed] = [await activated(), await activated()];
    expect(await talk(asked, 'hq', 'director', '任务')).toMatch(/#1 任务（第1问，共3问）[\s\S]*交给谁办[\s\S]*不办了请回复：取消/);
    expect(await talk(asked, 'hq', 'director', '秦现一')).toMatch(/第2问，共3问[\s\S]*办什么/);
    expect(await talk(asked, 'hq', 'director', '清点库存')).toMatch(/第3问，共3问[\s\S]*什么时候前办好[\s\S]*跳过/);
    expect((await asked.say('hq', 'director', '18:00前')).outcome).toBe('executed');
    await typed.say('hq', 'director', '任务 @秦现一 清点库存 18:00前');
    expect(given(asked)).toEqual(given(typed));
    expect(given(asked)).toEqual([['site1', expect.any(Number)]]);
  });
  test('an optional question may be skipped, the others are asked again', async () => {
    const road = await activated();
    expect(await talk(road, 'hq', 'director', '任务', '跳过')).toMatch(/这一项不能跳过[\s\S]*交给谁办/);
    await talk(road, 'hq', 'director', '@秦现一', '清点库存', '跳过');
    expect(given(road)).toEqual([['site1', null]]);
  });
  test('a name nobody bears is told at once, and asked for again', async () => {
    const road = await activated();
    expect(await talk(road, 'hq', 'director', '任务', '秦线一')).toMatch(/第1问[\s\S]*秦现一/);
    expect(await talk(road, 'hq', 'director', '秦现一')).toContain('第2问');
  });
  test('取消 leaves it, and what is said then is taken as usual', async () => {
    const road = await activated();
    expect(await talk(road, 'hq', 'director', '任务', '秦现一', '取消')).toContain('没有办理任何事项');
    expect((await road.say('hq', 'director', '清点库存')).outcome).toBe('unknown_verb');
    expect(given(road)).toEqual([]);
  });
  test('another verb leaves it', async () => {
    const road = await activated();
    await talk(road, 'hq', 'director', '任务', '秦现一');
    expect((await road.say('hq', 'director', '列表')).outcome).toBe('list');
    expect((await road.say('hq', 'director', '清点库存')).outcome).toBe('unknown_verb');
  });
  test('ten minutes later the answer is not taken, and says so', async () => {
    const road = await activated();
    await talk(road, 'hq', 'director', '任务');
    road.now += 10 * 60_000;
    expect((await road.say('hq', 'director', '秦现一')).outcome).toBe('refused:dialogue_expired');
  });
  test('somebody else in the room, or the same person elsewhere, is not answering', async () => {
    const road = await activated();
    await talk(road, 'hq', 'director', '任务');
    expect((await road.say('hq', 'deputy1', '秦现一')).outcome).toBe('unknown_verb');
    expect((await road.say(null, 'director', '秦现一')).outcome).toBe('unknown_verb');
    expect(await talk(road, 'hq', 'director', '秦现一')).toContain('第2问');
  });
  test('whoever may not give one is refused before the first question', async () => {
    const road = await activated();
    expect((await road.say('duty', 'guest1', '#1 任务')).text).toContain('未办理');
  });
  test('where two incidents may be meant, that is asked first', async () => {
    const road = await activated();
    await road.say('duty', 'duty1', '陕州区大营镇今天上午三十多人聚集要求退款,镇政府已到场');
    expect(await talk(road, 'duty', 'duty1', '任务')).toContain('请选择事件');
    expect(await talk(road, 'duty', 'duty1', '1')).toMatch(/#1 任务（第1问/);
  });
});

describe('other verbs alone', () => {
  test.each([
    ['hq', 'site1', '进展', ['已到现场，正在登记诉求'], 'ProgressReported'],
    ['duty', 'duty1', '补充', ['有两名老人受轻伤'], 'IncidentSupplemented'],
    ['duty', 'duty1', '更正', ['现场约八十人'], 'IncidentSupplemented'],
    ['duty', 'duty1', '电话', ['省市场监督管理局 值班李处', '跳过', '已报告，要求续报'], 'PhoneLogged'],
    ['duty', 'duty1', '批示', ['王总', '务必当日办结', '秦现一', '明天12:00前'], 'DirectiveReceived'],
    ['duty', 'duty1', '数字', ['聚集80人，受伤3人'], 'FiguresRecorded'],
  ] as const)('in %s %s types %s and answers %j: %s', async (room, who, verb, answers, event) => {
    const road = await activated();
    const before = road.incident(1);
    expect((await road.say(room, who, verb)).outcome).toBe('asked');
    for (const said of answers.slice(0, -1)) expect([said, (await road.say(room, who, said)).outcome]).toEqual([said, 'asked']);
    expect([event, (await road.say(room, who, answers.at(-1) ?? '')).outcome]).toEqual([event, 'executed']);
    expect(road.incident(1)).not.toEqual(before);
  });
});

test('无法到达 alone asks nothing: the stand-in is called at once', async () => {
  const road = await activated();
  expect((await road.say('hq', 'site1', '无法到达')).outcome).toBe('executed');
});

describe('报告 alone', () => {
  test('asks what happened, registers the first words at once, then asks for what is missing', async () => {
    const road = openRoad();
    expect(await talk(road, 'duty', 'duty1', '报告')).toContain('发生了什么');
    expect(road.incidents()).toHaveLength(0);
    const asked = await road.say('duty', 'duty1', '丰和超市门口有人聚集要退卡');
    expect(asked.text).toMatch(/#1 已登记，还想问一下（第1问，共3问）[\s\S]*哪个县区[\s\S]*正在核实/);
    expect(road.incidents()).toHaveLength(1);
    await talk(road, 'duty', 'duty1', '湖滨区');
    expect(road.incident(1)).toMatchObject({ county: 'hubin' });
    await talk(road, 'duty', 'duty1', '六十多人');
    expect(road.incident(1).fields.peopleInvolved?.value).toEqual({ min: 60, max: 69 });
    expect(await talk(road, 'duty', 'duty1', '今早8点半')).toBe('');
    expect(road.incident(1).fields.occurredAt?.value.at).toBe(clock('08:30'));
    expect(road.incident(1).fields.cause?.value).toContain('退卡');
  });
  test('取消 registers nothing', async () => {
    const road = openRoad();
    expect(await talk(road, 'duty', 'duty1', '报告', '取消')).toContain('没有办理任何事项');
    expect(road.incidents()).toHaveLength(0);
  });
});

describe('a report that lacks something', () => {
  const SHORT = '湖滨区丰和超市门口聚了七十来人要退卡';
  test('is registered, echoed and passed on before anything is asked', async () => {
    const road = openRoad();
    const { outcome, text } = await road.say('duty', 'duty1', SHORT);
    expect([outcome, road.incidents().length]).toEqual(['executed', 1]);
    expect(text).toMatch(/#1 已登记，还想问一下（第1问，共2问）[\s\S]*什么时候发生的/);
    expect(Object.values(road.incident(1).asks).map(({ person }) => person)).toEqual(['hubin1']);
  });
  test('正在核实 and 跳过 go to the next question, and the end says that it stands as it is', async () => {
    const road = openRoad();
    expect(await talk(road, 'duty', 'duty1', SHORT, '正在核实')).toMatch(/第2问，共2问[\s\S]*已采取什么措施/);
    expect(await talk(road, 'duty', 'duty1', '跳过')).toContain('缺的写“正在核实”');
    expect(road.incident(1).supplements).toEqual([]);
  });
  test('at most three questions are asked, whatever is missing', async () => {
    const road = openRoad();
    expect(await talk(road, 'duty', 'duty1', '报告 有人食物中毒')).toContain('共3问');
    expect(await talk(road, 'duty', 'duty1', '跳过', '跳过', '跳过')).toContain('提问结束');
    expect((await road.say('duty', 'duty1', '跳过')).outcome).toBe('unknown_verb');
  });
  test('a complete one is not asked back', async () => {
    expect((await openRoad().say('duty', 'duty1', REPORT)).text).toBe('');
  });
  test('another report in the middle is a report, and politeness is no answer', async () => {
    const road = openRoad();
    await road.say('duty', 'duty1', SHORT);
    expect((await road.say('duty', 'duty1', '好的')).outcome).toBe('ignored:politeness');
    await road.say('duty', 'duty1', '今天中午陕州区大营镇实验小学12名学生午饭后呕吐腹泻,已送医');
    expect(road.incidents()).toHaveLength(2);
    expect(road.incident(1).supplements).toEqual([]);
  });
  test('does not push aside a code that waits for the same person', async () => {
    const road = openRoad();
    await road.say('duty', 'duty1', REPORT);
    const { text } = await road.say('hq', 'director', '#1 定级 Ⅲ');
    expect((await road.say('hq', 'director', SHORT)).text).toBe('');
    await road.say('hq', 'director', `确认 ${/确认 (\d{4})/.exec(text)?.[1]}`);
    expect(road.incident(1).levels).toHaveLength(1);
  });
});
