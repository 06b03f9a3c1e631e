/** How an obligation ends: done, done late, done on every line, set aside, silenced with the response; and what runs after it. */
import { expect, test } from '@jest/globals';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import type { EventOf } from '../../../src/core/incident/events';
import {
  acknowledged,
  activated,
  ask,
  clock,
  done,
  events,
  type Given,
  given,
  happenedAt,
  levelSet,
  NOBODY_TOLD,
  NOTHING_TOLD,
  type Past,
  proposal,
  RULES,
  rang,
  reported,
  ring,
  terminated,
  told,
  transferred,
  words,
} from '../builders';
import { directive, met, oralApproval, waived } from './course';

const SITE = ask('call_out', 'site1', { group: 'on_site' });
const responding = (...more: Past[]): Given => given(reported({ asked: [] }), levelSet(3, '09:00'), activated(3, [SITE]), ...more);
const ended = (...more: Past[]): Given => responding(terminated('12:00'), ...more);
const openKeys = (g: Given): readonly string[] => deadlines(g.scene.rules, g.state).flatMap((d) => (d.status === 'open' ? [d.key] : []));
const statusOf = (g: Given, key: string): string => g.deadline(key).status;

test.each([
  ['09:25', 'met'],
  ['09:30', 'met'],
  ['09:31', 'missed'],
])('电话报告 09:30 到期，%s 报的：%s', (at, status) => {
  expect(responding(met('phone_superior', at)).deadline('phone_superior')).toMatchObject({ status, nextAt: null });
});

test('逾期的一直开着，只有补办才了结，补办算逾期', () => {
  expect(responding().deadline('phone_superior')).toMatchObject({ status: 'open' });
  const late = responding(met('phone_superior', '11:00', { lateReason: words('why-late') }));
  expect(late.deadline('phone_superior')).toMatchObject({ status: 'missed', nextAt: null });
  expect(openKeys(late)).not.toContain('phone_superior');
});

test('书面首报要政府和上级两条线都送到才算办结，送到一条时写明还缺谁', () => {
  const one = responding(met('written_first', '09:30', { lines: ['gov'] }));
  expect(one.deadline('written_first')).toMatchObject({ status: 'open', why: '尚缺：省市场监督管理局' });
  const both = responding(met('written_first', '09:30', { lines: ['gov'] }), met('written_first', '09:50', { lines: ['prov'] }));
  expect(both.deadline('written_first')).toMatchObject({ status: 'met', why: '' });
  const late = responding(met('written_first', '09:30', { lines: ['gov'] }), met('written_first', '10:05', { lines: ['prov'] }));
  expect(statusOf(late, 'written_first')).toBe('missed');
});

test('发布了权威信息，目标和规定两项一并办结', () => {
  const g = responding(met('opinion_target', '09:50'));
  expect([statusOf(g, 'opinion_target'), statusOf(g, 'opinion_first')]).toEqual(['met', 'met']);
});

test('不适用的写明是谁定的，不再响；规定不适用，目标也不适用', () => {
  const g = responding(waived('opinion_first', '09:50'));
  expect(g.deadline('opinion_first')).toMatchObject({ status: 'void', nextAt: null, why: '不适用（leader1）' });
  expect(statusOf(g, 'opinion_target')).toBe('void');
  expect(statusOf(responding(waived('opinion_target', '09:50')), 'opinion_first')).toBe('open');
});

test('转入关注即是对启动作了决定；再定级后重新计时', () => {
  const watched = happenedAt('09:20', { ...done('cons1'), type: 'MonitoringStarted', reason: words('why'), told: NOBODY_TOLD });
  const g = given(reported({ asked: [] }), levelSet(3, '09:10'), watched);
  expect(statusOf(g, 'activate')).toBe('met');
  const again = given(reported({ asked: [] }), levelSet(3, '09:10'), watched, levelSet(3, '11:00'));
  expect(again.deadline('activate')).toMatchObject({ status: 'open', baseAt: clock('11:00'), dueAt: clock('12:00') });
});

test('终止时到期未办的记为未办，未到期的作废', () => {
  const g = ended();
  expect(g.deadline('phone_superior')).toMatchObject({ status: 'missed', nextAt: null, why: '响应已终止' });
  expect(g.deadline('opinion_first')).toMatchObject({ status: 'void', nextAt: null, why: '响应已终止' });
  expect(statusOf(g, 'group_ack:call_out-site1')).toBe('missed');
  expect(g.deadline('progress_fixed:2026-03-11T17:00')).toMatchObject({ status: 'void' });
  expect(statusOf(ended(met('phone_superior', '12:30')), 'phone_superior')).toBe('missed');
});

test.each([
  ['final_report', '2026-03-18T12:00:00+08:00', 'section_in_charge'],
  ['review', '2026-04-10T12:00:00+08:00', 'section_in_charge'],
  ['data_purge', '2026-04-10T12:00:00+08:00', 'archive_keeper'],
])('终止以后 %s 从终止起算，到 %s，照样提醒承办人', (key, due, owner) => {
  const g = ended();
  expect(g.deadline(key)).toMatchObject({ status: 'open', baseAt: clock('12:00'), dueAt: clock(due), owner });
  const rings = events(g.when(null, ring(key), { at: g.deadline(key).nextAt ?? 0 }));
  expect(rings).toHaveLength(1);
  expect((rings[0] as EventOf<'DeadlinesRang'>).rings[0]?.people).toEqual(key === 'data_purge' ? ['archive1'] : ['cons2']);
  expect(statusOf(ended(met(key, '13:00')), key)).toBe('met');
});

test('终止以后只剩终止以后的事：响应里的一概不再响', () => {
  expect([...openKeys(ended())].sort()).toEqual(['casualty_update', 'data_purge', 'final_report', 'review']);
});

test('事态反复：终止以后的时限停下，响应的时限接着走，定时续报从反复时起', () => {
  const again = happenedAt('2026-03-12T09:00:00+08:00', {
    ...done('director'),
    type: 'IncidentReopened',
    reason: words('again'),
    asked: [],
    told: NOBODY_TOLD,
    summaries: [],
  });
  const g = ended(again);
  expect(g.deadline('final_report')).toMatchObject({ status: 'void', nextAt: null });
  expect(g.deadline('progress_fixed:2026-03-12T17:00')).toMatchObject({ status: 'open' });
  expect(statusOf(g, 'opinion_first')).toBe('open');
});

test('归档以后什么也不再走：没办过的到期项记为未办', () => {
  const archived = happenedAt('2026-05-01T09:00:00+08:00', { ...done('archive1'), type: 'IncidentArchived', told: NOBODY_TOLD });
  const rung = rang(
    { rings: [{ ...RING, key: 'final_report', kind: 'final_report', stage: 3, percent: 100 }] },
    '2026-03-18T12:00:00+08:00',
  );
  const g = ended(rung, archived);
  expect(openKeys(g)).toEqual([]);
  expect([statusOf(g, 'final_report'), statusOf(g, 'data_purge')]).toEqual(['missed', 'void']);
});
const RING = { key: '', kind: '', stage: 0, percent: 0, ask: null, people: [], rooms: [], actions: [] };

test('转办以后不再计时', () => {
  const g = given(reported(), levelSet(3), transferred('09:20'));
  expect(openKeys(g)).toEqual([]);
  expect(g.deadline('phone_superior')).toMatchObject({ status: 'void', why: '已转办' });
});

test('口头批准各自补书面确认；终止也不免除', () => {
  const g = responding(oralApproval('oral-1', '09:30'), oralApproval('oral-2', '11:30'), terminated('12:00'));
  expect(g.deadline('oral_backfill:oral-1')).toMatchObject({ status: 'open', owner: 'director', dueAt: clock('13:30') });
  const confirmed = happenedAt('13:00', { ...done('director'), type: 'OralApprovalConfirmed', id: 'oral-1', text: null });
  const after = responding(oralApproval('oral-1', '09:30'), oralApproval('oral-2', '11:30'), terminated('12:00'), confirmed);
  expect([statusOf(after, 'oral_backfill:oral-1'), statusOf(after, 'oral_backfill:oral-2')]).toEqual(['met', 'open']);
});

test('批示自己写了时限的照批示，没写的照档案；答复即办结', () => {
  const own = responding(directive('d1', '09:30', { dueAt: clock('10:30') }), directive('d2', '09:30'));
  expect(own.deadline('directive_feedback:d1')).toMatchObject({ dueAt: clock('10:30'), owner: 'cons2', why: '批示自定时限' });
  expect(own.deadline('directive_feedback:d2').dueAt).toBe(clock('2026-03-12T09:30:00+08:00'));
  const answered = happenedAt('10:00', { ...done('cons2'), type: 'DirectiveAnswered', id: 'd1', text: words('a'), told: NOBODY_TOLD });
  expect(statusOf(responding(directive('d1', '09:30', { dueAt: clock('10:30') }), answered), 'directive_feedback:d1')).toBe('met');
});

test('任务有自己的期限就按自己的，没有就按所属环节的；收到不等于完成', () => {
  const task = (id: string, template: string | null, dueAt: number | null) => ({
    id,
    template,
    what: null,
    owner: 'cons2',
    group: null,
    dueAt,
  });
  const tasks = [task('t1', null, clock('10:30')), task('t2', 'first_report_up', null), task('t3', null, null)];
  const asked = [ask('task', 'cons2', { id: 't1', room: 'duty' })];
  const givenOut = happenedAt('09:25', { ...done('duty1'), type: 'TasksGiven', tasks, asked, told: NOBODY_TOLD });
  const g = responding(givenOut);
  expect(g.deadline('task_done:t1')).toMatchObject({ owner: 'cons2', baseAt: clock('09:25'), dueAt: clock('10:30'), status: 'open' });
  expect(g.deadline('task_done:t2').dueAt).toBe(clock('10:00'));
  expect(() => g.deadline('task_done:t3')).toThrow();
  const answered = responding(givenOut, acknowledged('cons2', ['t1'], '09:30'));
  expect([statusOf(answered, 'task_ack:t1'), statusOf(answered, 'task_done:t1')]).toEqual(['met', 'open']);
  const finished = happenedAt('10:00', {
    ...done('cons2'),
    type: 'TaskCompleted',
    task: 't1',
    text: words('done'),
    evidence: [],
    told: NOBODY_TOLD,
  });
  const both = responding(givenOut, finished);
  expect([statusOf(both, 'task_ack:t1'), statusOf(both, 'task_done:t1')]).toEqual(['missed', 'met']);
});

test('敏感以后报送从严，已过的那一刻从定为敏感时起算；其他时限不动', () => {
  const flag = (at: string): Past =>
    happenedAt(at, { ...done('leader1'), type: 'SensitivityFlagged', on: true, reason: words('why'), paged: [], told: NOBODY_TOLD });
  const at4 = (...more: Past[]): Given => given(reported(), levelSet(4, '09:00'), ...more);
  expect(at4(flag('09:10')).deadline('written_first')).toMatchObject({ dueAt: clock('10:00'), why: '敏感事项，从严计时' });
  expect(at4(flag('11:00')).deadline('written_first').dueAt).toBe(clock('12:00'));
  expect(at4(flag('09:10')).deadline('activate').dueAt).toBe(at4().deadline('activate').dueAt);
});

test('另有规定从严，其余照样显示；自事发起算的接报时已过，写明知悉晚不是迟报', () => {
  const { pack } = RULES;
  const step = { step: 'written_first', category: 'concentrated_complaints', basis: 'law' as const, source: '某条例' };
  const override = { ...step, starts: 'occurred' as const, minutes: { '3': 45, ungraded: 45 } };
  const rules = { ...RULES, pack: { ...pack, deadline_overrides: [override] } };
  const occurred = (at: string): Given =>
    given(
      reported({ fields: { ...NOTHING_TOLD, occurredAt: told({ at: clock(at), precision: 'minute' as const }) }, suggestion: proposal(3) }),
    ).under({ rules });
  expect(occurred('08:50').deadline('written_first')).toMatchObject({ dueAt: clock('09:35'), basis: 'law' });
  expect(occurred('08:50').deadline('written_first').why).toBe('依某条例；另有规定：河南省应急管理厅通知（60分钟）');
  const late = occurred('08:00').deadline('written_first');
  expect(late).toMatchObject({ dueAt: clock('09:45'), status: 'open' });
  expect(late.why).toContain('知悉晚不是迟报');
});

test('一份报了，下一份才接上；过了没报的都留着', () => {
  const first = 'progress_fixed:2026-03-11T17:00';
  const second = 'progress_fixed:2026-03-12T08:00';
  const fixed = (g: Given) =>
    deadlines(g.scene.rules, g.state).flatMap((d) => (d.kind === 'progress_fixed' ? [`${d.key} ${d.status}`] : []));
  expect(fixed(responding())).toEqual([`${first} open`]);
  expect(fixed(responding(met(first, '16:50', { lines: ['gov', 'prov'] })))).toEqual([`${first} met`, `${second} open`]);
  expect(fixed(responding().after(null, ring(first), { at: '17:00' }))).toEqual([`${first} open`, `${second} open`]);
});

test('转办退回后请值班员重新签收，从退回时起算', () => {
  const returned = happenedAt('11:00', {
    ...done('office1'),
    type: 'TransferReturned',
    reason: words('why'),
    asked: [ask('duty_ack', 'duty1', { id: 'again' })],
    told: NOBODY_TOLD,
  });
  const g = given(reported({ asked: [] }), transferred('09:20'), returned);
  expect(g.deadline('duty_ack:again')).toMatchObject({ baseAt: clock('11:00'), dueAt: clock('11:05'), status: 'open' });
});
