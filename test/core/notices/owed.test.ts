/** Who is owed what by each event, decisions.md sections 3 to 5. */
import { describe, expect, test } from '@jest/globals';
import { LANE } from '../../../src/core/notices/intent';
import { notices } from '../../../src/core/notices/notices';
import {
  acknowledged,
  activate,
  activated,
  ask,
  clock,
  GROUPS,
  given,
  levelChanged,
  levelSet,
  type Past,
  progress,
  reported,
  ring,
  rosterWith,
  supplemented,
  terminated,
} from '../builders';
import { composed, lastOwed, line, owedBy } from './intents';

const SUMMARIES = ['summary person:director show', 'summary person:deputy1 show', 'summary person:leader1 show'];
const COUNTY_HANDLING = [
  'prior_handling room:county-hubin page',
  'prior_handling room:county-hubin show',
  'prior_handling person:hubin1 show',
];
const COUNTY_CALL = ask('call_out', 'hubin1', { room: 'county-hubin' });

test.each<[string, Past, string[]]>([
  [
    '值班员报告并指明县区：回执，带班领导私信，县区先期处置（第4节）',
    reported(),
    ['echo conversation:chat-duty show', 'leader_told person:leader1 show', ...COUNTY_HANDLING],
  ],
  [
    '县区群里报告：值班群得知（第4节）',
    reported({ by: 'hubin2', room: 'county-hubin', conversation: 'chat-hubin', asked: [], told: { rooms: ['duty'], people: ['leader1'] } }),
    ['echo conversation:chat-hubin show', 'leader_told person:leader1 show', 'report_known room:duty show'],
  ],
  [
    '值班员自己报告敏感类别：在值班群 @ 带班领导（第4节）',
    reported({ asked: [], paged: ['leader1'] }),
    ['echo conversation:chat-duty show', 'first_mention room:duty page', 'leader_told person:leader1 show'],
  ],
  [
    '补充说明了县区：回执，县区先期处置，其他有关群得知',
    supplemented({ asked: [ask('prior_handling', 'hubin1')], told: { rooms: ['hq'], people: [] } }, '09:05'),
    ['echo conversation:chat-duty show', 'report_known room:hq show', ...COUNTY_HANDLING],
  ],
  [
    '定级：回执，值班群得知，有权启动的人各收一条（第2节 activate）',
    levelSet(3, '09:10', { mayActivate: ['director', 'deputy1'] }),
    [
      'activation_asked person:deputy1 show',
      'activation_asked person:director show',
      'level_noted conversation:chat-hq show',
      'level_noted room:duty show',
    ],
  ],
  [
    '三级启动：指挥部群一条 @ 全体的消息和按钮，各人一条私信，其他群一条通知，摘要三份（第4节）',
    activated(),
    [
      'activation_notice conversation:chat-hq show',
      'activation_notice room:county-hubin show',
      'activation_notice room:duty show',
      'call_out room:hq page',
      'call_out room:hq show',
      ...GROUPS.map((p) => `call_out person:${p} show`),
      ...SUMMARIES,
    ],
  ],
  [
    '四级启动：只叫县区，市局收通知和摘要（第4节）',
    activated(4, [COUNTY_CALL], '09:20', { by: 'hubin1', conversation: 'chat-hubin', told: { rooms: ['duty', 'hq'], people: [] } }),
    [
      'activation_notice conversation:chat-hubin show',
      'activation_notice room:duty show',
      'activation_notice room:hq show',
      'call_out person:hubin1 show',
      'call_out room:county-hubin page',
      'call_out room:county-hubin show',
      ...SUMMARIES,
    ],
  ],
  ['收到：只回执给本人所在的会话，不打扰别人', acknowledged('site1', ['call_out-site1'], '09:25'), ['ack_noted conversation:chat-hq show']],
  [
    '调级：回执、通知、摘要；没有新点的人就不 @（第4节）',
    levelChanged(3, 2, '09:30', { summaries: ['director', 'deputy1', 'leader1'] }),
    [
      'level_change_notice conversation:chat-hq show',
      'level_change_notice room:county-hubin show',
      'level_change_notice room:duty show',
      ...SUMMARIES,
    ],
  ],
  [
    '调级新点的人被 @（第4节）',
    levelChanged(3, 4, '09:30', { asked: [COUNTY_CALL], told: { rooms: [], people: [] } }),
    [
      'call_out person:hubin1 show',
      'call_out room:county-hubin page',
      'call_out room:county-hubin show',
      'level_change_notice conversation:chat-hq show',
    ],
  ],
  [
    '终止：通知和摘要，谁也不 @（第4节）',
    terminated('10:00'),
    [
      'summary person:deputy1 show',
      'summary person:director show',
      'summary person:leader1 show',
      'termination_notice conversation:chat-hq show',
      'termination_notice room:county-hubin show',
      'termination_notice room:duty show',
    ],
  ],
])('%s', (_title, past, owed) => {
  expect(owedBy(past)).toEqual([...owed].sort());
});

test('进展：回执，告知有关各群，不 @', () => {
  const g = given(reported(), levelSet(3), activated()).after('site1', progress(), { room: 'hq' });
  expect(lastOwed(g).map(line).sort()).toEqual(
    ['progress_noted conversation:chat-hq show', 'progress_noted room:county-hubin show', 'progress_noted room:duty show'].sort(),
  );
});

describe('叫应（第3节）：六组全员在 09:20 被点名，三级二十分钟', () => {
  const keys = GROUPS.map((p) => `group_ack:call_out-${p}`);
  const rungs: readonly (readonly [string, string, readonly string[]])[] = [
    ['09:30', '50%：群里合并一条', ['reminder room:hq page']],
    ['09:36', '80%：各人私信，带班领导私信', [...GROUPS.map((p) => `reminder person:${p} show`), 'escalation person:leader1 show']],
    [
      '09:40',
      '100%：应急办，值班群电话名单，各组组长的替补',
      [
        ...['escalation person:office1 show', 'escalation room:duty show', 'call_out room:hq page', 'call_out room:hq show'],
        ...['coord2', 'site2', 'inv2', 'op2', 'legal2', 'log2'].map((person) => `call_out person:${person} show`),
      ],
    ],
    ['10:00', '逾一个时限：带班领导', ['escalation person:leader1 show']],
    ['10:20', '逾两个时限：总指挥', ['escalation person:director show']],
    ['10:40', '逾三个时限：总指挥', ['escalation person:director show']],
  ];
  test.each(rungs)('%s %s', (at, _title, owed) => {
    let g = given(reported({ asked: [] }), levelSet(3), activated());
    for (const [moment] of rungs.filter(([m]) => m <= at)) g = g.after(null, ring(...keys), { at: moment });
    expect(lastOwed(g).map(line).sort()).toEqual([...owed].sort());
  });

  test('没有配置通道的动作写明跳过（第3节）', () => {
    const g = given(reported({ asked: [] }), levelSet(3), activated()).after(null, ring(...keys), { at: '09:36' });
    const toLeader = lastOwed(g).find((i) => line(i) === 'escalation person:leader1 show');
    expect(toLeader?.skipped).toEqual(expect.arrayContaining(['strong_reminder', 'sms']));
  });
});

test('启动时限过半：点名提醒负责决定的人，不是只提醒值班群；副职到代行时才被请（第1、3节）', () => {
  const g = given(reported({ asked: [] }), levelSet(3, '09:10')).after(null, ring('activate'), { at: '09:40' });
  const named = lastOwed(g).flatMap((i) => ('person' in i.to ? [i.to.person] : (composed(g, i)?.mentions ?? [])));
  expect(named).toEqual(['director']);
});

/** decisions.md section 3, 0 %: every ask is an @ in its room and a private message with a button; section 5: the call in the room carries one too. */
test.each<[string, Past[], string, string]>([
  ['值班员签收', [reported({ by: 'office1', asked: [ask('duty_ack', 'duty1')] })], 'duty1', 'duty'],
  ['县区先期处置', [reported()], 'hubin1', 'county-hubin'],
  ['工作组集结', [reported(), levelSet(3), activated(3, [ask('call_out', 'site1')])], 'site1', 'hq'],
])('被点名要做的每一项（%s）：群里 @，群里有按钮，私信有按钮（第3节0%%、第5节）', (_title, past, person, room) => {
  const g = given(...past);
  const messages = lastOwed(g).flatMap((intent) => ({ intent, message: composed(g, intent) }));
  const to = (key: 'room' | 'person', id: string) => messages.filter((m) => key in m.intent.to && Object.values(m.intent.to)[0] === id);
  expect(to('room', room).some((m) => m.intent.leg === 'page' && m.message?.mentions.includes(person))).toBe(true);
  expect(to('room', room).some((m) => m.message?.buttons.some((b) => b.key.startsWith('ack:')))).toBe(true);
  expect(to('person', person).some((m) => m.message?.buttons.some((b) => b.key.startsWith('ack:')))).toBe(true);
});

test('值班员逾期不签收，替补也被 @（第3节100%）', () => {
  const roster = rosterWith({ grants: [{ person: 'duty2', role: 'stand_in', scope: 'duty1' }] });
  const g = given(reported({ by: 'office1', asked: [ask('duty_ack', 'duty1')] })).under({ roster });
  const late = ['09:02:30', '09:04', '09:05'].reduce((now, at) => now.after(null, ring('duty_ack:duty_ack-duty1'), { at }), g);
  const paged = lastOwed(late).flatMap((i) => (i.leg === 'page' ? (composed(late, i)?.mentions ?? []) : []));
  expect(paged).toContain('duty2');
});

test('解除的人在调级通知里被 @（第4节）', () => {
  const g = given(
    reported(),
    levelSet(3),
    activated(3, [ask('call_out', 'site1')]),
    levelChanged(3, 4, '09:30', { stoodDown: ['call_out-site1'], stoodDownIn: ['hq'], told: { rooms: ['duty', 'hq'], people: [] } }),
  );
  expect(lastOwed(g).flatMap((i) => composed(g, i)?.mentions ?? [])).toEqual(['site1']);
});

test.each<[string, Past[]]>([
  ['终止', [terminated('10:00')]],
  ['调级而无人新点、无人解除', [levelChanged(3, 2, '09:30')]],
  ['收到', [acknowledged('site1', ['call_out-site1'], '09:30')]],
])('%s谁也不 @（第4节）', (_title, more) => {
  const g = given(reported(), levelSet(3), activated(), ...more);
  expect(lastOwed(g).filter((i) => i.leg === 'page')).toEqual([]);
  expect(lastOwed(g).flatMap((i) => composed(g, i)?.mentions ?? [])).toEqual([]);
});

test('叫人走急线，答人走快线，通知走慢线', () => {
  const lanes = new Map(notices({ version: 3, ...activated() }).map((i) => [line(i), i.lane]));
  expect(lanes.get('call_out room:hq page')).toBe(LANE.urgent);
  expect(lanes.get('activation_notice conversation:chat-hq show')).toBe(LANE.answer);
  expect(lanes.get('activation_notice room:duty show')).toBe(LANE.notice);
});

test('一条事件欠同一人同一事由只有一份：兼两个角色、在两个组也一样（数据模型 deliveries 唯一键）', () => {
  const twoGroups = rosterWith({ grants: [{ person: 'op2', role: 'group_member', scope: 'legal' }] });
  const twoRoles = rosterWith({ shifts: [{ person: 'deputy1', role: 'duty_leader', from: clock('00:00'), until: null }] });
  const both = (g: ReturnType<typeof given>) => lastOwed(g).map(line);
  const called = given(reported(), levelSet(3)).under({ roster: twoGroups }).after('director', activate());
  expect(new Set(both(called)).size).toBe(both(called).length);
  const mixed = given(reported(), levelSet(3, '09:01'), activated(3, [ask('call_out', 'site1')])).under({ roster: twoRoles });
  const rung = mixed.after(null, ring('task_ack:prior_handling-hubin1', 'group_ack:call_out-site1'), { at: '10:00' });
  expect(new Set(both(rung)).size).toBe(both(rung).length);
});
