/** 帮助 shows what works for this person, in this place, at this moment: 96 cells against a table written by hand, and against the real road. */
import { describe, expect, test } from '@jest/globals';
import { VERBS, verbOf } from '../../src/bot/verbs/table';
import { REPORT } from '../journeys/mainRoad';
import { openRoad, type Road } from './road';

type Stage = 'none' | 'reported' | 'activated' | 'ended';
const PLACES = ['duty', 'hq', 'county-hubin', null] as const;

const FACTS = '补充、更正、核对无误、进展、出发、到达、现场情况、数字、核定数字';
const CHECKED = `${FACTS}、核实、属实、不实`;
/** Work records by the part `records` of the shipped plan. */
const RECORDS = {
  duty1: '联络、抄告、法律咨询、物资、公文',
  leader1: '督办',
  director: '方案、联络、抄告、证据、法律咨询、物资、舆情、口径、专项监测、督办、简报、建议、调查结论、会议纪要、公文',
  hubin1: '证据、物资',
  site1: '证据、法律咨询、物资、督办、建议',
} as const;

/** Papers the duty officer may draft. */
const DRAFTS = '首报、续报稿、终报、文稿';

/** What each of them may do about the incident, whatever the place. */
const ABOUT: Readonly<Record<Exclude<Stage, 'none'>, Readonly<Record<string, string>>>> = {
  reported: {
    guest1: '',
    duty1: `${CHECKED}、研判、并案、分案、任务、成员、批示、电话、办结、${RECORDS.duty1}、${DRAFTS}`,
    leader1: `公开范围、${FACTS}、敏感、研判、定级、口头批准、转办、不列入、并案、分案、任务、成员、电话、办结、不适用、${RECORDS.leader1}`,
    director: `公开范围、${CHECKED}、敏感、研判、定级、预警、代行、口头批准、转办、不列入、并案、分案、任务、成员、批示、电话、办结、不适用、${RECORDS.director}`,
    hubin1: `${CHECKED}、任务、电话、${RECORDS.hubin1}`,
    site1: `${FACTS}、任务、${RECORDS.site1}`,
  },
  activated: {
    guest1: '',
    duty1: `${FACTS}、分案、任务、完成、转派、成员、批示、电话、办结、${RECORDS.duty1}、${DRAFTS}`,
    leader1: `公开范围、${FACTS}、敏感、上级接管、口头批准、分案、任务、转派、成员、电话、办结、不适用、${RECORDS.leader1}`,
    director: `公开范围、${FACTS}、敏感、调级、响应级别、预警、上级接管、代行、口头批准、分案、拟终止、终止、任务、转派、成员、批示、电话、办结、不适用、${RECORDS.director}`,
    hubin1: `${FACTS}、拟终止、任务、完成、转派、电话、${RECORDS.hubin1}`,
    site1: `${FACTS}、拟终止、任务、完成、转派、成员、${RECORDS.site1}`,
  },
  ended: {
    guest1: '',
    duty1: `${FACTS}、分案、任务、完成、转派、批示、电话、办结、${RECORDS.duty1}、${DRAFTS}`,
    leader1: `公开范围、${FACTS}、分案、任务、转派、电话、办结、不适用、${RECORDS.leader1}`,
    director: `公开范围、保存评估、${FACTS}、分案、事态反复、任务、转派、批示、电话、办结、不适用、${RECORDS.director}`,
    hubin1: `${FACTS}、任务、完成、转派、电话、${RECORDS.hubin1}`,
    site1: `${FACTS}、任务、完成、转派、${RECORDS.site1}`,
  },
};
/** Calls are answered where one is called, or in private. */
const CALLED: Readonly<Record<string, { readonly in: string; readonly since: readonly Stage[] }>> = {
  hubin1: { in: 'county-hubin', since: ['reported', 'activated', 'ended'] },
  site1: { in: 'hq', since: ['activated', 'ended'] },
};
/** In the duty room and in private only. */
const OF_THE_DUTY_ROOM: Readonly<Record<string, string>> = {
  guest1: '',
  duty1: '开班、值班日志、台账',
  leader1: '开班、值班日志、台账',
  director: '开班、值班日志、台账',
  hubin1: '台账',
  site1: '台账',
};

function expected(stage: Stage, who: string, place: string | null): readonly string[] {
  const reads = who !== 'guest1';
  /** A group reads in private what it was called to. */
  const sees = stage !== 'none' && reads && !(who === 'site1' && place === null && stage === 'reported');
  const called = CALLED[who];
  const asked = called?.since.includes(stage) && (place === null || place === called.in);
  return [
    ...(asked ? ['收到', ...(stage === 'ended' ? [] : ['无法到达'])] : []),
    ...(stage !== 'none' && sees ? list(ABOUT[stage][who]) : []),
    ...(stage !== 'none' && ['duty1', 'leader1', 'director'].includes(who) && place === null ? ['明文'] : []),
    ...(place === 'duty' || place === null ? list(OF_THE_DUTY_ROOM[who]) : []),
    ...(sees ? ['状态', '待办', '点名册'] : []),
    ...(reads ? ['列表'] : []),
    ...['报告', '值班', '帮助'],
  ].sort();
}

function list(words = ''): readonly string[] {
  return words === '' ? [] : words.split('、');
}

async function roadAt(stage: Stage): Promise<Road> {
  const road = openRoad();
  if (stage !== 'none') await road.say('duty', 'duty1', REPORT);
  if (stage === 'activated' || stage === 'ended') {
    await road.decide('hq', 'director', '#1 定级 Ⅲ');
    await road.decide('hq', 'director', '#1 启动');
  }
  if (stage === 'ended') await road.decide('hq', 'director', '#1 终止 群众已散去');
  road.now += 60_000;
  return road;
}

async function shown(road: Road, place: string | null, who: string, typed: string): Promise<readonly string[]> {
  const { reply } = await road.say(place, who, typed);
  if (reply?.is !== 'help_here') throw new Error(`${typed} was answered with ${reply?.is}`);
  return reply.verbs.map((verb) => verbOf(verb)?.words[0] ?? verb).sort();
}

describe.each(['none', 'reported', 'activated', 'ended'] as const)('an incident that is %s', (stage) => {
  const typed = stage === 'ended' ? '#1 帮助' : '帮助';
  test.each(Object.keys(OF_THE_DUTY_ROOM))('%s is offered in each place exactly what works there', async (who) => {
    const road = await roadAt(stage);
    for (const place of PLACES) expect([place, await shown(road, place, who, typed)]).toEqual([place, expected(stage, who, place)]);
  });
});

test.each(['guest1', 'duty1', 'leader1', 'director', 'hubin1', 'site1'])(
  'what %s is not offered is refused when it is typed',
  async (who) => {
    const road = await roadAt('activated');
    const offered = await shown(road, 'duty', who, '帮助');
    const typed = [
      '启动',
      '终止 群众已散去',
      '定级 Ⅱ',
      '调级 Ⅱ 扩大',
      '上级接管 省政府',
      '不列入 重复',
      '任务 @秦现一 清点',
      '核实',
      '归档',
    ];
    for (const words of typed.filter((one) => !offered.includes(one.split(' ')[0] ?? ''))) {
      const { outcome } = await road.say('duty', who, `#1 ${words}`);
      expect([words, outcome]).toEqual([words, expect.stringMatching(/^refused:(?!.*(?:required|which_|argument))/)]);
    }
  },
);

describe('the answer', () => {
  test('is a dozen lines at most, grouped, with a star where a code is asked', async () => {
    const road = await roadAt('reported');
    const { text } = await road.say(null, 'director', '帮助');
    expect(text.split('\n').length).toBeLessThanOrEqual(12);
    expect(text).toMatch(/级别：.*定级\*/);
    expect(text).toMatch(/情况：补充、更正/);
    expect(text).toContain('全部指令：帮助 全部');
  });
  test('帮助 全部 shows every verb with its usage', async () => {
    const { text } = await openRoad().say('duty', 'duty1', '帮助 全部');
    expect(text).toContain('#编号 定级〔级别〕〔理由〕　');
    expect(text.split('\n').length).toBeGreaterThan(50);
  });
  test('帮助 with a verb tells its usage, who may, and whether it works now', async () => {
    const road = await roadAt('activated');
    expect((await road.say('hq', 'site1', '帮助 任务')).text).toMatch(/写法：#编号 任务〔@人〕〔内容〕〔时限〕[\s\S]*您现在可以在这里办理/);
    expect((await road.say('hq', 'site1', '帮助 终止')).text).toMatch(/要回复确认码[\s\S]*现在不能：.*不在您的权限内/);
    expect((await road.say('hq', 'site1', '帮助 开班')).text).toContain('现在不能：不在这个群里办理');
    expect((await road.say('hq', 'site1', '帮助 定疾')).text).toContain('定级');
    expect((await road.say('hq', 'site1', '帮助 我想喝水')).outcome).toBe('refused:unknown_verb');
  });
  test('确认 is offered only to whom a question waits', async () => {
    const road = await roadAt('reported');
    await road.say('hq', 'director', '#1 定级 Ⅲ');
    expect(await shown(road, 'hq', 'director', '帮助')).toContain('确认');
    expect(await shown(road, 'hq', 'deputy1', '帮助')).not.toContain('确认');
  });
  test('several incidents are named, and what works for any of them is offered', async () => {
    const road = await roadAt('activated');
    await road.say('duty', 'duty1', '陕州区大营镇今天上午三十多人聚集要求退款,镇政府已到场');
    expect((await road.say('duty', 'duty1', '帮助')).text).toContain('事件 #1、#2，请把编号写在最前面');
    expect(await shown(road, 'duty', 'duty1', '帮助')).toContain('核实');
    expect(await shown(road, 'duty', 'duty1', '#1 帮助')).not.toContain('核实');
  });
});

test.each([
  ['reported', 'director', '定级 Ⅲ'],
  ['reported', 'leader1', '不列入 重复'],
  ['reported', 'leader1', '转办 公安部门 涉嫌诈骗'],
  ['reported', 'director', '代行 @李副消 在途'],
  ['reported', 'leader1', '敏感 涉及未成年人'],
  ['reported', 'duty1', '核实'],
  ['graded', 'director', '启动'],
  ['activated', 'director', '调级 Ⅱ 扩大'],
  ['activated', 'director', '响应级别 Ⅱ 扩大'],
  ['activated', 'director', '终止 群众已散去'],
  ['activated', 'director', '任务 @秦现一 清点'],
  ['activated', 'duty1', '进展 平稳'],
] as const)('while %s, %s types %s: asked back with a code if help marks it with a star, and only then', async (stage, who, typed) => {
  const road = await roadAt(stage === 'graded' ? 'reported' : stage);
  if (stage === 'graded') await road.decide('hq', 'director', '#1 定级 Ⅲ');
  const { outcome } = await road.say('duty', who, `#1 ${typed}`);
  const word = typed.split(' ')[0] ?? '';
  expect([word, outcome]).toEqual([word, VERBS.find(({ words }) => words[0] === word)?.confirms === true ? 'confirm' : 'executed']);
});
