/** 进展: who reports it, in whose name, and who is told. */
import { expect, test } from '@jest/globals';
import { activated, answerTo, event, given, levelSet, progress, refusal, reported } from '../builders';

const responding = given(reported(), levelSet(3), activated());

test.each([
  ['工作组组长（接口第4节）', 'site1', 'accepted'],
  ['工作组成员（接口第4节）', 'inv2', 'accepted'],
  ['事发县区（接口第4节）', 'hubin2', 'accepted'],
  ['来访人员', 'guest1', 'not_authorised'],
  ['系统管理员不得改动事件内容（程序第4节）', 'admin1', 'not_authorised'],
  ['通讯录里没有的人', null, 'unknown_person'],
])('进展：%s', (_title, who, answer) => {
  expect(answerTo(responding.when(who, progress()))).toBe(answer);
});

test('来访人员的进展由当班值班员代为登记', () => {
  expect(refusal(responding.when('guest1', progress())).whom).toEqual(['duty1']);
});

test.each([
  ['site1', 'on_site'],
  ['op2', 'opinion'],
  ['hubin1', null],
])('%s 的进展记在 %s 名下', (who, group) => {
  expect(event(responding.when(who, progress()), 'ProgressReported')).toMatchObject({ by: who, group, text: { id: 'progress' } });
});

test('启动前只告知值班群，启动后告知值班群、指挥部群和有关县区群；说话的群看回执', () => {
  const rooms = (g: typeof responding, room: string | null) => event(g.when('hubin1', progress(), { room }), 'ProgressReported').told.rooms;
  expect(rooms(given(reported()), 'county-hubin')).toEqual(['duty']);
  expect(rooms(responding, 'county-hubin')).toEqual(['duty', 'hq']);
  expect(rooms(responding, null)).toEqual(['duty', 'hq', 'county-hubin']);
});

test('进展不等于收到：点名仍待回复（第5节）', () => {
  const after = responding.after('site1', progress(), { room: 'hq' });
  expect(after.deadline('group_ack:call_out-site1').status).toBe('open');
});

test('进展按先后留存，最近一条在最后', () => {
  const after = responding.after('site1', progress('first')).after('inv1', progress('second'));
  expect(after.state.progress.map((p) => [p.by, p.text.id])).toEqual([
    ['site1', 'first'],
    ['inv1', 'second'],
  ]);
});
