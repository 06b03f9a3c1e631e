/** 代行, 口头批准, 上级确认, 上级接管, 响应级别: who acts in whose name, and how long (decisions.md section 1). */
import { describe, expect, test } from '@jest/globals';
import type { Approvable, CommandOf } from '../../../src/core/incident/commands';
import { decide } from '../../../src/core/incident/decide';
import { rankOf, responseRankOf } from '../../../src/core/incident/state';
import {
  activate,
  activated,
  answerTo,
  assessed,
  changeLevel,
  changeResponseLevel,
  clock,
  dismiss,
  done,
  event,
  events,
  GROUPS,
  given,
  happenedAt,
  levelSet,
  NETWORK,
  NOBODY_TOLD,
  nameStandIn,
  proposal,
  propose,
  question,
  ROSTER,
  refusal,
  reopen,
  reported,
  rosterWith,
  setLevel,
  standInNamed,
  terminate,
  terminated,
  unconfirmed,
  words,
} from '../builders';

const graded = given(reported(), levelSet(3, '09:10'));

describe('代行', () => {
  test.each([
    ['09:57', 'leader1', 'not_offered'],
    ['09:58', 'leader1', 'accepted'],
    ['09:20', 'director', 'accepted'],
    ['09:58', 'office1', 'not_authorised'],
    ['09:58', 'deputy1', 'not_authorised'],
  ])('三级定级于 09:10、启动时限 60 分钟：%s %s 登记代行 %s', (at, who, answer) => {
    expect(answerTo(graded.when(who, nameStandIn('deputy1'), { at }))).toBe(answer);
  });

  test('已经启动就不再提请，只有局长还可以指定', () => {
    const responding = given(reported(), levelSet(3), activated());
    expect(refusal(responding.when('leader1', nameStandIn('deputy1'), { at: '10:30' }))).toMatchObject({
      code: 'not_offered',
      whom: ['director'],
    });
    expect(answerTo(responding.when('director', nameStandIn('deputy1'), { at: '10:30' }))).toBe('accepted');
  });

  test('只能由预案所列的副职代行总指挥，须写理由，先要确认码并写明会叫谁', () => {
    expect(refusal(graded.when('director', nameStandIn('office1')))).toMatchObject({ code: 'not_a_deputy', whom: ['deputy1'] });
    expect(answerTo(graded.when('director', { ...(nameStandIn('deputy1') as CommandOf<'NameStandIn'>), standsFor: 'hubin1' }))).toBe(
      'not_the_commander',
    );
    expect(answerTo(graded.when('director', nameStandIn('deputy1', null)))).toBe('reason_required');
    expect(question(graded.when('director', unconfirmed(nameStandIn('deputy1'))))).toMatchObject({ pages: ['deputy1'] });
  });

  test.each([
    ['当班到 12:00', [{ person: 'leader1', role: 'duty_leader' as const, from: clock('08:00'), until: clock('12:00') }], '12:00'],
    [
      '下一班 11:00 接班',
      [
        { person: 'leader1', role: 'duty_leader' as const, from: clock('08:00'), until: null },
        { person: 'leader2', role: 'duty_leader' as const, from: clock('11:00'), until: null },
      ],
      '11:00',
    ],
    ['班表没有写到几时', ROSTER.shifts, '2026-03-12T10:00:00+08:00'],
  ])('到下一班为止：%s', (_title, shifts, until) => {
    const named = graded.under({ roster: rosterWith({ shifts }) }).when('leader1', nameStandIn('deputy1'), { at: '10:00' });
    expect(event(named, 'StandInNamed')).toMatchObject({ person: 'deputy1', standsFor: 'director', until: clock(until) });
  });

  test('代行期间副总指挥可以启动、定一级，到时即止；告知本人、局长和指挥部群', () => {
    const ungraded = given(reported({ suggestion: proposal(1) }), assessed(1), standInNamed('deputy1'));
    expect(answerTo(ungraded.when('deputy1', setLevel(1), { at: '11:59' }))).toBe('accepted');
    expect(answerTo(ungraded.when('deputy1', setLevel(1), { at: '12:00' }))).toBe('not_authorised');
    const named = event(graded.when('leader1', nameStandIn('deputy1'), { at: '10:00', room: null }), 'StandInNamed');
    expect(named.told).toEqual({ rooms: ['duty', 'hq'], people: ['deputy1', 'director'] });
  });

  test('未登记代行的副总指挥启动，被告知该由谁登记', () => {
    expect(refusal(graded.when('deputy1', activate())).hint).toContain('代行 @李副消');
  });

  test('只有局长可以提前撤销；撤销后不再有权，已到时的无可撤销', () => {
    const standing = given(reported(), levelSet(3), standInNamed('deputy1'));
    const end: CommandOf<'EndStandIn'> = { type: 'EndStandIn', person: 'deputy1' };
    expect(answerTo(standing.when('leader1', end))).toBe('not_authorised');
    const ended = standing.after('director', end);
    expect(answerTo(ended.when('deputy1', activate()))).toBe('not_authorised');
    expect(answerTo(ended.when('director', end))).toBe('no_stand_in');
    expect(answerTo(standing.when('director', end, { at: '12:01' }))).toBe('no_stand_in');
  });
});

const oral = (act: unknown, who = 'director', some: Partial<CommandOf<'RecordOralApproval'>> = {}): CommandOf<'RecordOralApproval'> => ({
  type: 'RecordOralApproval',
  act: act as Approvable,
  who,
  approvedAt: clock('09:11'),
  words: words('said'),
  heardBy: ['duty1'],
  ...some,
});

describe('口头批准', () => {
  test('立即以批准人的名义启动，不要确认码；两件事同一个决定，注明口头', () => {
    const [recorded, started, tasks] = events(graded.when('leader1', oral(unconfirmed(activate()))));
    expect(recorded).toMatchObject({
      type: 'OralApprovalRecorded',
      by: 'leader1',
      who: 'director',
      act: 'ActivateResponse',
      heardBy: ['duty1'],
    });
    const id = recorded?.type === 'OralApprovalRecorded' ? recorded.id : '';
    expect(started).toMatchObject({ type: 'ResponseActivated', by: 'director', oral: id });
    expect(started?.type === 'ResponseActivated' ? started.asked.map((a) => a.person) : []).toEqual(GROUPS);
    expect(tasks).toMatchObject({ type: 'TasksGiven', by: 'director', oral: id });
    const after = graded.after('leader1', oral(activate()));
    expect(after.state).toMatchObject({ status: 'responding', activated: { by: 'director' } });
    expect(after.deadline(`oral_backfill:${id}`)).toMatchObject({ owner: 'director', baseAt: clock('09:11'), status: 'open' });
  });

  test.each([
    ['批准人无权', 'leader1', oral(activate(), 'office1'), 'approver_not_authorised'],
    ['未代行的副总指挥', 'leader1', oral(activate(), 'deputy1'), 'approver_not_authorised'],
    ['值班员登记', 'duty1', oral(activate()), 'not_authorised'],
    ['不当班的带班领导登记', 'leader2', oral(activate()), 'not_authorised'],
    ['局长登记别人的', 'director', oral(dismiss(), 'leader1'), 'accepted'],
    ['登记自己的', 'director', oral(activate()), 'own_approval'],
    ['没有原话', 'leader1', oral(activate(), 'director', { words: null }), 'words_required'],
    ['批准时间还没有到', 'leader1', oral(activate(), 'director', { approvedAt: clock('10:00') }), 'in_future'],
    ['这一状态不能办的事', 'leader1', oral(terminate()), 'not_activated'],
    ['没有写理由的，以原话为理由', 'leader1', oral(dismiss(null)), 'accepted'],
  ] as const)('%s：%s 登记，%s', (_title, who, command, answer) => {
    expect(answerTo(graded.when(who, command))).toBe(answer);
  });

  test('原话即理由；调级、响应级别、终止、事态反复同样可以口头批准', () => {
    expect(event(graded.when('leader1', oral(dismiss(null))), 'IncidentDismissed').reason).toEqual(words('said'));
    const responding = given(reported(), levelSet(3), activated());
    for (const act of [changeLevel(2, null), changeResponseLevel(2, null), terminate(null)])
      expect(answerTo(responding.when('leader1', oral(act)))).toBe('accepted');
    const over = given(reported(), levelSet(3), activated(), terminated('10:00'));
    expect(answerTo(over.when('leader1', oral(reopen(null))))).toBe('accepted');
  });

  test('书面确认只能由批准人本人，一次', () => {
    const approved = graded.after('leader1', oral(activate()));
    const [id = ''] = Object.keys(approved.state.approvals);
    const confirm: CommandOf<'ConfirmOralApproval'> = { type: 'ConfirmOralApproval', id, text: null };
    expect(refusal(approved.when('leader1', confirm))).toMatchObject({ code: 'not_authorised', whom: ['director'] });
    expect(answerTo(approved.when('director', { ...confirm, id: 'other' }))).toBe('no_such_approval');
    const written = approved.after('director', confirm);
    expect(written.deadline(`oral_backfill:${id}`).status).toBe('met');
    expect(answerTo(written.when('director', confirm))).toBe('already_confirmed');
  });
});

describe('上级确认与接管', () => {
  const confirm = (rank: number, some: Partial<CommandOf<'ConfirmLevel'>> = {}): CommandOf<'ConfirmLevel'> => ({
    type: 'ConfirmLevel',
    rank,
    who: words('superior'),
    confirmedAt: clock('09:15'),
    confirmed: true,
    ...some,
  });
  const proposed = given(reported({ suggestion: proposal(2) }), levelSet(2), activated(2));

  test('照报的级别确认：不再待确认，谁也不点，告知值班群、指挥部群和指挥人员', () => {
    const e = event(proposed.when('office1', confirm(2), { room: null }), 'LevelConfirmed');
    expect(e.told).toEqual({ rooms: ['duty', 'hq'], people: ['director', 'deputy1'] });
    expect(proposed.after('office1', confirm(2)).state.levels.at(-1)).toMatchObject({ rank: 2, status: 'confirmed_by_superior' });
  });

  test('上级定为另一级：等于调级，人照新级别叫和撤，响应级别一并改', () => {
    const asked = question(proposed.when('office1', unconfirmed(confirm(4))));
    expect([...asked.pages].sort()).toEqual([...GROUPS, 'hubin1'].sort());
    const after = proposed.after('office1', confirm(4));
    expect([rankOf(after.state), responseRankOf(after.state)]).toEqual([4, 4]);
    expect(after.state.levels.at(-1)?.status).toBe('confirmed_by_superior');
  });

  test.each([
    ['没有写谁确认', confirm(2, { who: null }), 'who_required'],
    ['时间还没有到', confirm(2, { confirmedAt: clock('23:00') }), 'in_future'],
    ['预案没有的级别', confirm(9), 'no_such_level'],
  ])('%s被拒', (_title, command, code) => {
    expect(answerTo(proposed.when('office1', command))).toBe(code);
  });

  test('上级接管：记下机关和时间，告知各群和指挥人员，本局的响应照旧进行', () => {
    const take = { type: 'TransferCommand', organ: words('province'), takenAt: clock('09:30') } as const;
    const e = event(proposed.when('leader1', take, { room: null, at: '09:40' }), 'CommandTransferred');
    expect(e).toMatchObject({ at: clock('09:30'), told: { rooms: ['duty', 'hq', 'county-hubin'] }, summaries: ['director', 'deputy1'] });
    expect(proposed.after('leader1', take, { at: '09:40' }).state).toMatchObject({ status: 'responding', takenOver: { by: 'leader1' } });
    expect(answerTo(proposed.when('leader1', { ...take, organ: null }))).toBe('organ_required');
  });
});

describe('响应级别', () => {
  const responding = given(reported(), levelSet(3), activated());

  test('只改响应，事件级别不变；降到四级撤回各组、点县区', () => {
    const after = responding.after('director', changeResponseLevel(4));
    expect([rankOf(after.state), responseRankOf(after.state)]).toEqual([3, 4]);
    const e = event(responding.when('director', changeResponseLevel(4)), 'ResponseLevelChanged');
    expect([e.from, e.to, e.stoodDown.length, e.asked.map((a) => a.person)]).toEqual([3, 4, GROUPS.length, ['hubin1']]);
  });

  test('响应单独升到三级，启动四级的县区局长不能再终止', () => {
    const raised = given(reported(), levelSet(4), activated(4, [])).after('director', changeResponseLevel(3));
    expect(['hubin1', 'director'].map((who) => answerTo(raised.when(who, terminate())))).toEqual(['not_authorised', 'accepted']);
  });

  test('终止看最重的一级：响应单独降到四级，县区仍不能终止三级事件', () => {
    const lowered = responding.after('director', changeResponseLevel(4));
    expect(['hubin1', 'director'].map((who) => answerTo(lowered.when(who, terminate())))).toEqual(['not_authorised', 'accepted']);
  });

  test.each([
    ['同一级', changeResponseLevel(3), 'same_level'],
    ['没有理由', changeResponseLevel(4, null), 'reason_required'],
    ['预案没有的级别', changeResponseLevel(9), 'no_such_level'],
    ['先要确认码', unconfirmed(changeResponseLevel(2)), 'asked'],
  ])('%s：%s', (_title, command, answer) => {
    expect(answerTo(responding.when('director', command))).toBe(answer);
  });
});

describe('研判', () => {
  const network = given(reported({ plan: 'network-trade-incident', suggestion: proposal(null, 'search_results') })).under({
    rules: NETWORK,
  });

  test('不分级的预案：须写明起因，启动时限从研判起算，重新研判不重新起算', () => {
    expect(answerTo(network.when('net2', propose(null)))).toBe('trigger_required');
    expect(answerTo(network.when('net2', propose(null, 'rumour')))).toBe('no_such_trigger');
    expect(answerTo(network.when('net2', propose(3, 'directive')))).toBe('no_levels');
    const once = network.after('net2', propose(null, 'directive'), { at: '09:20' });
    const twice = once.after('office1', propose(null, 'public_opinion'), { at: '09:40' });
    expect(twice.deadline('activate')).toMatchObject({ baseAt: clock('09:20'), status: 'open' });
    expect(twice.state.assessed).toMatchObject({ trigger: 'public_opinion', by: 'office1' });
    expect(event(twice.when('deputy2', activate()), 'ResponseActivated')).toMatchObject({ rank: null, trigger: 'public_opinion' });
  });

  test('分级的预案：没有写的用建议的级别和类别，都没有就问；与研判不同的定级须写理由', () => {
    expect(event(given(reported()).when('cons2', propose(null)), 'AssessmentProposed')).toMatchObject({
      rank: 3,
      category: 'concentrated_complaints',
    });
    expect(answerTo(given(reported({ suggestion: proposal(null) })).when('cons2', propose(null)))).toBe('level_required');
    const [category] = ['no_such'];
    expect(answerTo(given(reported()).when('cons2', { ...(propose(3) as CommandOf<'ProposeAssessment'>), category: category ?? '' }))).toBe(
      'no_such_category',
    );
    expect(answerTo(given(reported(), assessed(4)).when('director', setLevel(3, null)))).toBe('reason_required');
    expect(answerTo(given(reported(), assessed(4)).when('director', setLevel(4, null)))).toBe('accepted');
  });
});

test('预警：由总指挥发布，不分级；解除时告知同样的群，关注结束一并解除', () => {
  const watched = given(
    reported(),
    happenedAt('09:20', { type: 'MonitoringStarted', ...done('cons2'), reason: words('why'), told: NOBODY_TOLD }),
  );
  const issue = { type: 'IssueWarning', rank: null, text: words('beware') } as const;
  expect(answerTo(watched.when('director', { ...issue, rank: 1 }))).toBe('warning_without_levels');
  expect(answerTo(watched.when('director', { ...issue, text: null }))).toBe('text_required');
  expect(answerTo(watched.when('press1', issue))).toBe('not_authorised');
  const warned = watched.after('director', issue);
  const rooms = event(watched.when('director', issue), 'WarningIssued').told.rooms;
  expect(event(warned.when('director', { type: 'LiftWarning', text: words('over') }), 'WarningLifted').told.rooms).toEqual(rooms);
  expect(answerTo(watched.when('director', { type: 'LiftWarning', text: words('over') }))).toBe('no_warning');
  expect(events(warned.when('leader1', dismiss())).map((e) => e.type)).toEqual(['WarningLifted', 'IncidentDismissed']);
  expect(warned.after('leader1', dismiss()).state.warning).toBeNull();
});

test('同一命令重复来，做出的编号相同', () => {
  const { scene, state } = graded;
  const envelope = {
    command: oral(activate()),
    actor: { person: 'leader1', room: 'duty', conversation: 'c' },
    at: clock('09:30'),
    seed: 's',
  };
  expect(decide(scene, state, envelope)).toEqual(decide(scene, state, envelope));
});
