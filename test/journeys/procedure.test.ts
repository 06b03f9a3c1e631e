/** Both plans step by step, each step begun by a typed verb and found in the record afterwards. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RULES } from '../core/builders';
import { type Bureau, openBureau } from '../support/bureau';
import type { DutyRoom } from '../support/dutyRoom';

const MALL = '今早8点半左右，湖滨区建设路福满楼超市六十多名消费者因预付卡不能退费聚集，门口有人拉横幅';
const TIE_IN = '优选团购平台结算页默认勾选9.9元会员，三十多名用户投诉取消不了，义马市有群众反映';

interface Shown {
  readonly status: string;
  readonly tasks: readonly {
    readonly number: number;
    readonly template: string | null;
    readonly owner: string;
    readonly checkedAt: string | null;
    readonly doneAt: string | null;
    readonly givenAt: string;
  }[];
  readonly progress: readonly { readonly step: string | null; readonly by: string; readonly at: string }[];
  readonly members: readonly { readonly person: string; readonly is: string }[];
  readonly deadlines: readonly {
    readonly key: string;
    readonly baseAt: string;
    readonly dueAt: string;
    readonly status: string;
    readonly nextAt: string | null;
  }[];
  readonly activated: { readonly by: string } | null;
  readonly terminated: { readonly at: string; readonly open: readonly string[] } | null;
}

let duty: Bureau;
beforeAll(async () => {
  duty = await openBureau();
}, 60_000);
afterAll(() => duty.close());

const answered: DutyRoom['answered'] = (...said) => duty.answered(...said);

async function incident(n: number): Promise<Shown> {
  return (await duty.api(`/api/v1/incidents/${n}`)).body as unknown as Shown;
}

async function deadline(n: number, key: string) {
  const found = (await incident(n)).deadlines.find((d) => d.key === key);
  if (found === undefined) throw new Error(`no deadline ${key}`);
  return { ...found, minutes: (Date.parse(found.dueAt) - Date.parse(found.baseAt)) / 60_000 };
}

describe('the plan for mass events, step by step', () => {
  test('信息报告: the county reports in its own room, and the clocks of both reports run to the minute', async () => {
    await answered('county-hubin', 'hubin1', MALL, /#1 已接报/);
    await duty.see({ room: 'duty', text: /#1/ });
    expect((await deadline(1, 'phone_superior')).minutes).toBe(30);
    expect((await deadline(1, 'written_first')).minutes).toBe(60);
  });

  test('启动预案: grading and activation are confirmed by code, the order names level, organ and groups, everybody is called', async () => {
    await duty.decide('hq', 'director', '#1 定级 Ⅲ 人数仍在增加');
    await duty.decide('hq', 'director', '#1 启动');
    const call = await duty.see({ room: 'hq', text: /请立即集结[\s\S]*@秦现一/ });
    expect(call.pinged).toEqual(expect.arrayContaining(['coord1', 'site1', 'inv1', 'op1', 'legal1', 'log1']));
    const notice = (await duty.see({ room: 'duty', text: /#1 启动应急响应/ })).text;
    expect(notice).toMatch(/较大（Ⅲ级）[\s\S]*启动时间[\s\S]*指挥机构[\s\S]*现场处置组/);
  });

  test('现场处置 and 调查取证: the tasks are those of the pack, each with an owner', async () => {
    const { pack } = RULES;
    const known = [...pack.procedure, ...pack.groups, ...pack.functions].flatMap((part) => part.tasks.map(({ id }) => id));
    const { tasks } = await incident(1);
    const given = tasks.flatMap(({ template }) => template ?? []);
    expect(given.length).toBeGreaterThan(5);
    expect(known).toEqual(expect.arrayContaining([...given]));
    const owners = tasks.map(({ owner }) => owner);
    expect(owners).toEqual(expect.arrayContaining(['site1', 'inv1']));
  });

  test('a group on its way, there, and reporting from the scene: three entries, and its 收到 is not asked for any more', async () => {
    await duty.advance(1);
    await answered('hq', 'site1', '#1 出发', '已出发');
    await answered('hq', 'site1', '#1 到达', '已到达现场');
    await answered('hq', 'site1', '#1 现场情况 约八十人，秩序平稳', '现场情况');
    const { progress } = await incident(1);
    expect(progress.map(({ by, step }) => [by, step])).toEqual([
      ['site1', 'departed'],
      ['site1', 'arrived'],
      ['site1', 'scene'],
    ]);
    await duty.advance(1);
    const { cursor } = await duty.messages();
    await duty.advance(20);
    const reminded = (await duty.messages(cursor)).messages.filter((m) => m.room === 'hq').flatMap((m) => m.pinged);
    expect(reminded).toContain('inv1');
    expect(reminded).not.toContain('site1');
  });

  test('work is passed on, found done by who gave it, and people join and leave the response', async () => {
    await answered('hq', 'director', '#1 任务 @秦现一 登记诉求并拍照', /任务已交办|任务/);
    const number = (await incident(1)).tasks.at(-1)?.number;
    await answered('hq', 'director', `#1 转派 ${number} @苏消二 现场人手不足`, '任务已转派');
    expect((await duty.see({ room: 'dm:cons2', text: '登记诉求并拍照' })).text).toContain('交办任务');
    await duty.see({ room: 'dm:site1', text: '任务已转派' });
    await duty.advance(1);
    await answered('dm:cons2', 'cons2', `#1 完成 ${number} 已登记六十二人 凭据：登记表`, '任务已报完成');
    await answered('hq', 'director', `#1 验收 ${number}`, '任务已验收');
    await answered('hq', 'director', '#1 成员 加 @潘法规 法律咨询组', '增加成员');
    await answered('hq', 'director', '#1 成员 减 @潘法规 已回科室', '减少成员');
    const after = await incident(1);
    expect(after.tasks.at(-1)?.checkedAt).not.toBeNull();
    expect(after.members).toEqual([{ person: 'legalhead1', is: 'removed', group: null }]);
  });

  test('响应终止: the end names what is still open; afterwards nobody is @-ed for a week', async () => {
    await duty.advance(1);
    const { cursor } = await duty.messages();
    await duty.say('hq', 'director', '#1 终止 群众已散去，退费方案已落实');
    const question = await duty.see({ room: 'hq', text: /确认 \d{4}/, after: cursor });
    expect(question.text).toMatch(/未办结|书面首报/);
    await duty.say('hq', 'director', `确认 ${/确认 (\d{4})/.exec(question.text)?.[1]}`);
    await duty.see({ room: 'hq', text: '终止应急响应', after: cursor });
    expect((await incident(1)).terminated?.open.length).toBeGreaterThan(0);
    await duty.advance(1);
    const ended = (await duty.messages()).cursor;
    await duty.advance(7 * 24 * 60);
    const later = (await duty.messages(ended)).messages.filter((m) => m.text.includes('#1'));
    const calls = later.filter((m) => /集结|签收|先期处置|请回复：#1 收到/.test(m.text));
    expect(calls).toEqual([]);
  });

  test('总结评估 and 归档: the record is closed only when all that follows the end is done', async () => {
    await answered('duty', 'office1', '#1 总结评估', '后期处置尚未办完');
    for (const { number, owner, doneAt, givenAt } of (await incident(1)).tasks) {
      if (doneAt !== null || givenAt < ((await incident(1)).terminated?.at ?? '')) continue;
      await duty.advance(1);
      await answered(`dm:${owner}`, owner, `#1 完成 ${number} 已落实 凭据：台账`, '任务已报完成');
    }
    await answered('dm:cons2', 'cons2', '#1 办结 终报 刚才 逾期原因：等待调查结论', '已办结：终报');
    await answered('duty', 'office1', '#1 总结评估', '总结评估');
    expect((await incident(1)).status).toBe('reviewing');
    await answered('dm:archive1', 'archive1', '#1 归档', '尚有事项没有办完，不能归档：总结评估');
    await answered('dm:cons2', 'cons2', '#1 办结 总结评估 刚才 原因、性质、影响、不足、教训五项已报', '已办结：总结评估');
    await answered('dm:archive1', 'archive1', '#1 归档', '已归档');
    expect((await incident(1)).status).toBe('archived');
  });
});

describe('the plan for network trade, step by step', () => {
  test('启动响应: nothing starts without a trigger; who started and why is announced', async () => {
    await answered('county-yima', 'yima1', TIE_IN, /#2 已接报/);
    await answered('network', 'deputy2', '#2 启动', '尚未研判');
    await answered('network', 'net2', '#2 研判 舆情', '研判');
    await duty.decide('network', 'deputy2', '#2 启动');
    expect((await duty.see({ room: 'duty', text: /#2 启动应急响应/ })).text).toMatch(/决定人：[\s\S]*依据：五（二）/);
    expect((await incident(2)).activated?.by).toBe('deputy2');
  });

  test('跟踪督导: a county that stays silent is reminded, and in the end those above it are told', async () => {
    const { cursor } = await duty.messages();
    await duty.advance(24 * 60);
    const { messages } = await duty.messages(cursor);
    const asked = messages.filter((m) => m.text.includes('#2') && /进展|续报/.test(m.text));
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.some((m) => m.room.startsWith('dm:leader') || m.room.startsWith('dm:deputy'))).toBe(true);
  });

  test('no output of the level-free plan ever shows a level', async () => {
    const { messages } = await duty.messages();
    const said = messages.filter((m) => m.fromBot && m.text.includes('#2')).map((m) => m.text);
    expect(said.filter((text) => /[ⅠⅡⅢⅣ]级|未定级/.test(text))).toEqual([]);
  });
});
