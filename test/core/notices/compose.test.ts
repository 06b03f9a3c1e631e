/** What is said at the moment of sending: nothing that is no longer owed, and only what still stands. */
import { expect, test } from '@jest/globals';
import { gather } from '../../../src/core/notices/compose/compose';
import { textsNeeded } from '../../../src/core/notices/compose/view';
import { type Intent, intent } from '../../../src/core/notices/intent';
import type { Message } from '../../../src/core/notices/message';
import {
  acknowledged,
  activated,
  ask,
  type Given,
  GROUPS,
  given,
  levelChanged,
  levelSet,
  type Past,
  progress,
  reported,
  ring,
  rosterWith,
  terminated,
} from '../builders';
import { composed, lastOwed, line, readable, then, theOne } from './intents';

const OFFICER = reported({ by: 'office1', asked: [ask('duty_ack', 'duty1')] });
const SITE = ask('call_out', 'site1', { group: 'on_site' });
const level3 = levelSet(3, '09:10', { mayActivate: ['director', 'deputy1'] });
const called = given(reported(), level3, activated(3, [SITE]));
const KEY = 'group_ack:call_out-site1';
const at = (g: Given, ...moments: string[]) => moments.reduce((now, m) => now.after(null, ring(KEY), { at: m }), g);
const siteAnswers = acknowledged('site1', ['call_out-site1'], '09:50');
const ended = terminated('09:55');

/** What the last event of a past owes, by its line. */
function newest(g: Given, wanted: string): Intent {
  const found = lastOwed(g).find((i) => line(i) === wanted);
  if (found === undefined) throw new Error(`nothing owed reads ${wanted}`);
  return found;
}

function words(g: Given, wanted: string): Message {
  const message = composed(g, theOne(g, wanted));
  if (message === null) throw new Error(`nothing is owed for ${wanted}`);
  return message;
}

test.each<[string, Given, string, Past[]]>([
  ['值班员已签收，不再点他', given(OFFICER), 'first_mention room:duty page', [acknowledged('duty1', ['duty_ack-duty1'], '09:01')]],
  ['响应已终止，不再点值班员', given(OFFICER), 'first_mention room:duty page', [level3, activated(3, [SITE]), ended]],
  [
    '县区已回复，不再派先期处置',
    given(reported()),
    'prior_handling room:county-hubin page',
    [acknowledged('hubin1', ['prior_handling-hubin1'], '09:05')],
  ],
  [
    '县区已回复，私信也不发',
    given(reported()),
    'prior_handling person:hubin1 show',
    [acknowledged('hubin1', ['prior_handling-hubin1'], '09:05')],
  ],
  ['已启动，不再提请启动', given(reported(), level3), 'activation_asked person:deputy1 show', [activated(3, [SITE])]],
  ['已回复，不再叫', called, 'call_out room:hq page', [siteAnswers]],
  ['已回复，私信也不发', called, 'call_out person:site1 show', [siteAnswers]],
  ['调级后不再需要他，不再叫', called, 'call_out room:hq page', [levelChanged(3, 4, '09:30', { stoodDown: ['call_out-site1'] })]],
  ['已终止，不再叫', called, 'call_out room:hq page', [ended]],
  ['已回复，不再催', at(called, '09:30'), 'reminder room:hq page', [siteAnswers]],
  ['已终止，不再催', at(called, '09:30'), 'reminder room:hq page', [ended]],
  ['已回复，不再私下催', at(called, '09:30', '09:36'), 'reminder person:site1 show', [siteAnswers]],
  ['已回复，不再报带班领导', at(called, '09:30', '09:36'), 'escalation person:leader1 show', [siteAnswers]],
  ['已回复，不再列电话', at(called, '09:30', '09:36', '09:40'), 'escalation room:duty show', [siteAnswers]],
  [
    '已终止，不再报总指挥',
    at(called, '09:30', '09:36', '09:40', '10:00', '10:20'),
    'escalation person:director show',
    [terminated('10:25')],
  ],
])('%s', (_title, g, wanted, more) => {
  const intent = theOne(g, wanted);
  expect(composed(g, intent)).not.toBeNull();
  expect(composed(then(g, ...more), intent)).toBeNull();
});

test('合并的催办只点没有回复的人，写明事项、时刻和怎样回复（第3节50%、第5节）', () => {
  const g = given(reported({ asked: [] }), level3, activated()).after(null, ring(...GROUPS.map((p) => `group_ack:call_out-${p}`)), {
    at: '09:30',
  });
  const intent = theOne(g, 'reminder room:hq page');
  const later = then(g, ...['coord1', 'site1', 'inv1'].map((p) => acknowledged(p, [`call_out-${p}`], '09:31')));
  const message = composed(later, intent);
  expect(message?.mentions).toEqual(GROUPS.filter((p) => !['coord1', 'site1', 'inv1'].includes(p)));
  const said = readable(message as Message);
  for (const part of ['#1', '朱协二', '集结回复', '09:40', '未 @ 的回复收不到']) expect(said).toContain(part);
  for (const answered of ['杨协一', '秦现一', '许查一']) expect(said).not.toContain(answered);
});

test('同一群先后两次催办等着一起发时并成一条，先前没回复的人不落下', () => {
  const two = given(
    reported({ asked: [] }),
    level3,
    activated(3, [SITE]),
    levelChanged(3, 2, '09:26', { asked: [ask('call_out', 'inv1')] }),
  );
  const first = two.after(null, ring(KEY), { at: '09:30' });
  const second = first.after(null, ring('group_ack:call_out-inv1'), { at: '09:31' });
  const waiting = [first, second].map((g, i) => ({ of: [String(i)], intent: newest(g, 'reminder room:hq page') }));
  const [merged, ...others] = gather(waiting);
  expect([merged?.of, others]).toEqual([['0', '1'], []]);
  expect([...(composed(second, merged?.intent as Intent)?.mentions ?? [])].sort()).toEqual(['inv1', 'site1']);
});

test('连报两条进展，各发各的，不把后一条发两遍', () => {
  const one = given(reported(), level3, activated()).after('site1', progress('one'));
  const two = one.after('inv1', progress('two'));
  const texts = { one: '已到现场', two: '已取证' };
  const said = [one, two].map((g) => readable(composed(two, newest(g, 'progress_noted room:county-hubin show'), texts) as Message));
  expect([said[0]?.includes('已到现场'), said[0]?.includes('已取证'), said[1]?.includes('已取证')]).toEqual([true, false, true]);
});

test('等了很久的进展，状态里已经没有了，也按原话发', () => {
  const first = given(reported(), level3, activated()).after('site1', progress('first'));
  let last = first;
  for (let i = 1; i <= 30; i++) last = last.after('inv1', progress(`p${i}`));
  const intent = newest(first, 'progress_noted room:county-hubin show');
  expect(readable(composed(last, intent, { first: '已到现场', p30: '已取证' }) as Message)).toContain('已到现场');
  expect(textsNeeded(last.state, [intent])).toContain('first');
});

test('没有启动时，状态不说已启动', () => {
  const g = given(reported());
  const asked = intent({ purpose: 'summary', to: { conversation: 'c' }, leg: 'show', lane: 1, version: 0 });
  expect(composed(g, asked)?.heading).toContain('尚未启动');
});

test('叫人的消息写明级别、各组任务与条款、回复时刻、怎样回复，@ 每个被点的人一次（第4、5节）', () => {
  const message = words(given(reported(), level3, activated()), 'call_out room:hq page');
  expect(message.mentions).toEqual(GROUPS);
  const said = readable(message);
  for (const part of ['#1', '较大（Ⅲ级）', '现场处置组', '2.2（2）', '立即赶赴现场', '09:40', '请点按钮', '@我', '未 @ 的回复收不到'])
    expect(said).toContain(part);
});

test('一人在两个组，也只 @ 一次', () => {
  const roster = rosterWith({ grants: [{ person: 'op2', role: 'group_member', scope: 'legal' }] });
  const g = given(reported(), level3).under({ roster }).after('director', { type: 'ActivateResponse', confirmed: true });
  const { mentions } = words(g, 'call_out room:hq page');
  expect(mentions).toEqual([...new Set(mentions)]);
});

test('替补的消息写明代谁（第3节）', () => {
  const g = ['09:10', '09:16', '09:20'].reduce(
    (now, m) => now.after(null, ring('task_ack:prior_handling-hubin1'), { at: m }),
    given(reported()),
  );
  const message = words(g, 'prior_handling person:hubin2 show');
  for (const part of ['金湖二', '代', '华湖一', '09:40']) expect(readable(message)).toContain(part);
  expect(message.buttons.map(({ text }) => text)).toEqual(['收到', '无法到达', '进展']);
});

test('报带班领导的消息写明谁没回复、跳过了哪些没配置的通道（第3节）', () => {
  const said = readable(words(at(called, '09:30', '09:36'), 'escalation person:leader1 show'));
  for (const part of ['秦现一', '强提醒', '短信']) expect(said).toContain(part);
});

test('值班群的电话名单只有掩过的号码（第3节100%）', () => {
  const said = readable(words(at(called, '09:30', '09:36', '09:40'), 'escalation room:duty show'));
  expect(said).toContain('秦现一');
  expect(said).toContain('100****0015');
  expect(said).not.toContain('10000000015');
});

test('收到的回执写明还差几人', () => {
  const g = given(reported({ asked: [] }), level3, activated(), acknowledged('site1', ['call_out-site1'], '09:25'));
  expect(readable(words(g, 'ack_noted conversation:chat-hq show'))).toContain('还有 11 人未回复');
});

test('调级通知写明从哪级到哪级、理由、何时起、谁决定（程序第7节）', () => {
  const g = then(called, levelChanged(3, 2, '09:30'));
  const message = composed(g, theOne(g, 'level_change_notice room:duty show'), { 'why-changed': '扩大到两市' });
  for (const part of ['较大（Ⅲ级）', '重大（Ⅱ级）', '待上级确认', '扩大到两市', '3月11日 09:30', '王总'])
    expect(readable(message as Message)).toContain(part);
});

test('终止通知写明启动时间和级别、理由、终止时间、未办结几项、谁决定（程序第7节）', () => {
  const g = then(called, terminated('10:00', { open: [KEY] }));
  const message = composed(g, theOne(g, 'termination_notice room:duty show'), { 'why-ended': '群众已散去' });
  for (const part of ['3月11日 09:20', '较大（Ⅲ级）', '群众已散去', '3月11日 10:00', '1 项未办结', '王总'])
    expect(readable(message as Message)).toContain(part);
});

test('没有说到的要素写“正在核实”，不影响发出（程序1.1）', () => {
  const g = given(reported({ county: null, asked: [] }));
  expect(readable(words(g, 'echo conversation:chat-duty show'))).toContain('正在核实');
  expect(readable(words(g, 'leader_told person:leader1 show'))).toContain('正在核实');
});

test('未核实的报告在回执和给领导的消息里都写明（第4节）', () => {
  const g = given(reported({ by: 'guest1', unverified: true }));
  for (const to of ['echo conversation:chat-duty show', 'leader_told person:leader1 show'])
    expect(readable(words(g, to))).toContain('未核实');
});

test('原文已销毁的，写明已销毁，其余照发', () => {
  const g = given(reported());
  expect(readable(words(g, 'leader_told person:leader1 show'))).toContain('（原文已销毁）');
});
