/** The main course beyond calls and powers: the plan's own tasks, the aftermath, merging, splitting, handing over. */
import { describe, expect, test } from '@jest/globals';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import type { CommandOf } from '../../../src/core/incident/commands';
import type { IncidentEvent } from '../../../src/core/incident/events';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import {
  activate,
  activated,
  answerTo,
  ask,
  assessed,
  changeLevel,
  clock,
  done,
  event,
  events,
  type Given,
  GROUPS,
  given,
  happenedAt,
  levelSet,
  NETWORK,
  NOBODY_TOLD,
  proposal,
  question,
  RULES,
  received,
  refusal,
  reopen,
  reported,
  terminate,
  terminated,
  terminationProposed,
  transfer,
  transferred,
  unconfirmed,
  words,
} from '../builders';

const why = words('why');

/** Template, owner and group of the tasks an act hands out. */
function handedOut(decision: Parameters<typeof events>[0]): readonly (readonly [string | null, string, string | null])[] {
  return event(decision, 'TasksGiven').tasks.map((task) => [task.template, task.owner, task.group] as const);
}

describe('预案自带的任务', () => {
  const graded = given(reported(), levelSet(3));

  test('三级启动：各组的缺省任务归组长，岗位的归岗位，属地的归属地；看情况的、别的类别的不派', () => {
    const tasks = handedOut(graded.when('director', activate()));
    expect(tasks).toEqual(
      expect.arrayContaining([
        ['go_to_site', 'site1', 'on_site'],
        ['collect_reports', 'coord1', 'coordination'],
        ['verify_report', 'duty1', null],
        ['handling_scheme', 'cons2', null],
        ['county_handles', 'hubin1', null],
      ]),
    );
    expect(tasks.map(([template]) => template)).not.toContain('operator_file');
    expect(new Set(tasks.map(([template]) => template)).size).toBe(tasks.length);
  });

  test('类别相符的任务才派', () => {
    const violation = given(reported({ suggestion: proposal(3, 'operator_violation') }), levelSet(3));
    expect(handedOut(violation.when('director', activate()))).toContainEqual(['operator_file', 'inv1', 'investigation']);
  });

  test('四级启动：没有集结的组没有任务', () => {
    const least = given(reported(), levelSet(4)).when('hubin1', activate());
    expect(handedOut(least).filter(([, , group]) => group !== null)).toEqual([]);
    expect(handedOut(least)).toContainEqual(['county_handles', 'hubin1', null]);
  });

  test('不分级的预案：职能没有对应的人，任务归组长', () => {
    const network = given(reported({ plan: 'network-trade-incident' }), assessed(null, '09:05', { trigger: 'directive' })).under({
      rules: NETWORK,
    });
    const tasks = handedOut(network.when('deputy2', activate()));
    expect(tasks).toContainEqual(['scheme', 'deputy2', 'measures']);
    expect(tasks).toContainEqual(['tell_task_force', 'duty1', null]);
    expect(tasks.map(([template]) => template)).not.toContain('targeted_monitoring');
  });

  test('任务不另点名：点名就是那一次（README 第11条）；编号随命令，不与点名重复', () => {
    const given = event(graded.when('director', activate()), 'TasksGiven');
    expect([given.asked, given.told]).toEqual([[], NOBODY_TOLD]);
    const calls = event(graded.when('director', activate()), 'ResponseActivated').asked.map((a) => a.id);
    const ids = [...calls, ...given.tasks.map((task) => task.id)];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('四级升三级：新集结的组领自己的任务，已经派过的不再派', () => {
    const county = given(reported(), levelSet(4)).after('hubin1', activate());
    const raised = handedOut(county.when('director', changeLevel(3)));
    expect(raised).toContainEqual(['go_to_site', 'site1', 'on_site']);
    expect(raised.map(([template]) => template)).not.toContain('county_handles');
  });

  test('没有人新集结就没有新任务', () => {
    const responding = graded.after('director', activate());
    expect(events(responding.when('director', changeLevel(2))).map((e) => e.type)).toEqual(['LevelChanged']);
  });
});

describe('终止与反复', () => {
  const responding = given(reported(), levelSet(3), activated());

  test('没有人先提的终止，两步一次记下；先提过的只记终止，沿用提出的条件', () => {
    expect(events(responding.when('director', terminate())).map((e) => e.type)).toEqual([
      'TerminationProposed',
      'ResponseTerminated',
      'TasksGiven',
    ]);
    const proposed = given(reported(), levelSet(3), activated(), terminationProposed('09:50', { grounds: ['handled'] }));
    expect(events(proposed.when('director', terminate())).map((e) => e.type)).toEqual(['ResponseTerminated', 'TasksGiven']);
  });

  test('终止时后期处置中没有期限的事项成为任务，谁也不点名', () => {
    const tasks = handedOut(responding.when('director', terminate()));
    expect(tasks).toContainEqual(['inquiry', 'inv2', null]);
    expect(tasks).toContainEqual(['consumers', 'hubin1', null]);
    expect(tasks.map(([template]) => template)).not.toContain('final');
    expect(event(responding.when('director', terminate()), 'TasksGiven').asked).toEqual([]);
  });

  test('终止前的问句列出没有期限、也没有办完的任务', () => {
    const started = given(reported(), levelSet(3)).after('director', activate());
    const open = question(started.when('director', unconfirmed(terminate()))).open;
    const untimed = Object.values(started.state.tasks).find((task) => task.template === 'establish_facts');
    expect(open).toContain(`task_done:${untimed?.id}`);
  });

  test.each([
    ['不是预案的条件', 'director', ['whatever'], 'no_such_ground'],
    ['预案的条件', 'director', ['danger_gone'], 'accepted'],
    ['现场处置组组长可以提', 'site1', ['handled'], 'accepted'],
    ['副总指挥可以提', 'deputy1', ['handled'], 'accepted'],
    ['事发县区局长可以提', 'hubin1', ['handled'], 'accepted'],
    ['别的县区不能提', 'shanzhou1', ['handled'], 'not_authorised'],
    ['值班员不能提', 'duty1', ['handled'], 'not_authorised'],
  ])('拟终止：%s', (_title, who, grounds, answer) => {
    expect(answerTo(responding.when(who, { type: 'ProposeTermination', grounds, reason: why }))).toBe(answer);
  });

  test('预案要求各项都具备的，缺一项不能终止', () => {
    const all: Rulebook = { ...RULES, pack: { ...RULES.pack, termination: { ...RULES.pack.termination, need: 'all' } } };
    const end = (grounds: readonly string[]): string =>
      answerTo(responding.under({ rules: all }).when('director', { ...(terminate() as CommandOf<'TerminateResponse'>), grounds }));
    expect([end(['handled']), end(['handled', 'danger_gone'])]).toEqual(['ground_required', 'accepted']);
  });

  test('不同意终止：响应继续，告知提出的人，时限照走', () => {
    const proposed = given(reported(), levelSet(3), activated(), terminationProposed('09:50'));
    const no: CommandOf<'RefuseTermination'> = { type: 'RefuseTermination', reason: why };
    expect(event(proposed.when('director', no), 'TerminationRefused').told.people).toEqual(['site1']);
    expect(answerTo(proposed.when('site1', no))).toBe('not_authorised');
    const after = proposed.after('director', no);
    expect(after.state).toMatchObject({ status: 'responding', termination: null });
    expect(after.deadline('group_ack:call_out-site1')).toEqual(responding.deadline('group_ack:call_out-site1'));
  });

  test('事态反复：级别照旧，各组重新集结，没有回复的旧点名不再催', () => {
    const again = given(reported(), levelSet(3), activated(), terminated('10:00')).after('director', reopen());
    expect(again.state).toMatchObject({ status: 'responding', terminated: null });
    const calls = Object.values(again.state.asks).filter((a) => a.kind === 'call_out');
    const open = calls.filter((a) => again.deadline(`group_ack:${a.id}`).status === 'open');
    expect(open.map((a) => a.person)).toEqual(GROUPS);
    expect(open.every((a) => a.id.startsWith('seed'))).toBe(true);
    expect(answerTo(given(reported(), levelSet(3), activated(), terminated('10:00')).when('director', reopen(null)))).toBe(
      'reason_required',
    );
  });
});

describe('总结评估与归档', () => {
  const met = (key: string, lines: readonly string[] = []): IncidentEvent => ({
    type: 'ObligationMet',
    ...done('cons2'),
    key,
    lines,
    doneAt: clock('11:00'),
    text: null,
    lateReason: null,
    told: NOBODY_TOLD,
  });
  const over = given(reported(), levelSet(3), activated()).after('director', terminate(), { at: '10:00' });
  const completed = (g: Given): readonly IncidentEvent[] =>
    Object.values(g.state.tasks).map((task) => ({
      type: 'TaskCompleted',
      ...done(task.owner),
      task: task.id,
      text: why,
      evidence: [],
      told: NOBODY_TOLD,
    }));
  const plus = (g: Given, ...more: readonly IncidentEvent[]): Given =>
    given(...g.history.map(({ at, event: e }) => ({ at, event: e })), ...more.map((e) => happenedAt('11:00', e)));
  const review: CommandOf<'StartReview'> = { type: 'StartReview' };
  const archive: CommandOf<'ArchiveIncident'> = { type: 'ArchiveIncident' };

  test('终报没有报出、后期处置没有办完，不能开始总结评估，并列出缺什么', () => {
    const refused = refusal(over.when('office1', review));
    expect(refused.code).toBe('aftermath_open');
    for (const name of ['事件调查', '责任追究', '终报']) expect(refused.zh).toContain(name);
    expect(refused.zh).not.toContain('总结评估、');
    expect(answerTo(plus(over, ...completed(over)).when('office1', review))).toBe('aftermath_open');
    expect(answerTo(plus(over, ...completed(over), met('final_report', ['gov', 'prov'])).when('office1', review))).toBe('accepted');
  });

  test('人另外交办的后期任务没有办完，也不能开始', () => {
    const settled = plus(over, ...completed(over), met('final_report', ['gov', 'prov']));
    const task = { id: 'extra', template: null, what: why, owner: 'cons2', group: null, dueAt: null };
    const more = plus(settled, { type: 'TasksGiven', ...done('director'), tasks: [task], asked: [], told: NOBODY_TOLD });
    expect(refusal(more.when('office1', review)).zh).toContain('后期任务 1 项');
  });

  test('总结评估没有签发，不能归档；办完由档案员归档，谁也不告知', () => {
    const reviewing = plus(over, ...completed(over), met('final_report', ['gov', 'prov']), {
      type: 'ReviewStarted',
      ...done('office1'),
      told: NOBODY_TOLD,
    });
    expect(refusal(reviewing.when('archive1', archive))).toMatchObject({ code: 'aftermath_open' });
    const reviewed = plus(reviewing, met('review'));
    expect(answerTo(reviewed.when('director', archive))).toBe('not_authorised');
    expect(event(reviewed.when('archive1', archive), 'IncidentArchived').told).toEqual(NOBODY_TOLD);
  });
});

describe('转办、并案、分案', () => {
  test('只能转给预案列出的单位，并写明理由；先要确认码', () => {
    const g = given(reported());
    expect(refusal(g.when('leader1', transfer('nowhere')))).toMatchObject({ code: 'no_such_party' });
    expect(answerTo(g.when('leader1', transfer('police', null)))).toBe('reason_required');
    expect(question(g.when('leader1', unconfirmed(transfer('housing')))).effect).toContain('住房和城乡建设部门');
  });

  test('回执记一次；退回后当班值班员重新签收，由他登记的就不再点他', () => {
    const away = given(reported(), transferred('09:20'));
    const receipt: CommandOf<'RecordReceipt'> = { type: 'RecordReceipt', who: why, receivedAt: clock('09:21') };
    expect(answerTo(away.when('duty1', { ...receipt, who: null }))).toBe('who_required');
    expect(answerTo(away.after('duty1', receipt).when('duty1', receipt))).toBe('already_received');
    const back: CommandOf<'ReturnTransfer'> = { type: 'ReturnTransfer', reason: why };
    expect(event(away.when('duty1', back), 'TransferReturned')).toMatchObject({ asked: [], told: { people: ['leader1'] } });
    expect(event(away.when('leader1', back), 'TransferReturned')).toMatchObject({
      asked: [{ kind: 'duty_ack', person: 'duty1', room: 'duty' }],
    });
    expect(away.after('leader1', back).state).toMatchObject({ status: 'verifying', receivedAt: clock('09:00') });
  });

  test('转办前没有答的值班员，退回后只欠新的一次签收，旧的不再响', () => {
    const asked = reported({ by: 'site1', asked: [ask('duty_ack', 'duty1')] });
    const back = given(asked, transferred('09:03')).after('leader1', { type: 'ReturnTransfer', reason: why }, { at: '09:10' });
    const old = back.deadline('duty_ack:duty_ack-duty1');
    expect([old.status, old.nextAt, old.why]).toEqual(['void', null, '退回后已重新点名']);
    const rows = deadlines(back.scene.rules, back.state).filter((d) => d.kind === 'duty_ack' && d.status === 'open');
    expect(rows).toMatchObject([{ owner: 'duty1' }]);
    const instead = back.after('duty1', { type: 'CannotCome', reason: null }, { at: '09:11' }).after('duty2', received(), { at: '09:12' });
    expect(deadlines(instead.scene.rules, instead.state).filter((d) => d.kind === 'duty_ack' && d.status === 'open')).toEqual([]);
    const answered = back.after('duty1', received(), { at: '09:11' });
    expect(deadlines(answered.scene.rules, answered.state).filter((d) => d.kind === 'duty_ack' && d.status === 'open')).toEqual([]);
  });

  test('转办前已改叫替补的，退回后值班员无法到达又叫替补：替补只欠新的一次', () => {
    const both = [ask('duty_ack', 'duty1'), ask('duty_ack', 'duty2', { standInFor: 'duty1' })];
    const back = given(reported({ by: 'site1', asked: both }), transferred('09:03')).after('leader1', {
      type: 'ReturnTransfer',
      reason: why,
    });
    const out = back.after('duty1', { type: 'CannotCome', reason: null });
    const owed = deadlines(out.scene.rules, out.state).filter((d) => d.kind === 'duty_ack' && d.owner === 'duty2');
    expect(owed.map((d) => d.status).sort()).toEqual(['open', 'void']);
  });

  test('并案：较早的接报时间为准，两头都记下；还被点着名的人得知到此为止', () => {
    const merge: CommandOf<'MergeInto'> = { type: 'MergeInto', n: 2, reason: null, confirmed: true };
    const g = given(reported({ asked: [ask('prior_handling', 'hubin1')] }));
    expect(event(g.when('leader1', merge), 'IncidentMerged')).toMatchObject({ into: 2, told: { people: ['hubin1'] } });
    expect(answerTo(g.when('leader1', { ...merge, n: 1 }))).toBe('same_incident');
    const absorb: CommandOf<'AbsorbIncident'> = { type: 'AbsorbIncident', n: 7, receivedAt: clock('08:30'), text: why };
    const joined = g.after('leader1', absorb);
    expect(joined.state).toMatchObject({ receivedAt: clock('08:30'), absorbed: [7] });
    expect(g.after('leader1', { ...absorb, receivedAt: clock('09:30') }).state.receivedAt).toBe(clock('09:00'));
    expect(answerTo(joined.when('leader1', absorb))).toBe('already_joined');
  });

  test('分案：两头留下联系，同一事件不分两次', () => {
    const split: CommandOf<'SplitIncident'> = { type: 'SplitIncident', off: 9, reason: why };
    const g = given(reported()).after('duty1', split);
    expect(g.state.splitOff).toEqual([9]);
    expect(answerTo(g.when('duty1', split))).toBe('already_split');
  });
});
