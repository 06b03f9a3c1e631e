/** 方案, 联络, 抄告 …: who may open and go on with a work record, whom it asks, how it lives, and what is refused. */
import { describe, expect, test } from '@jest/globals';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import { KINDS, type MoveId } from '../../../src/core/incident/records/kinds';
import { openAsks } from '../../../src/core/incident/state';
import { HOUR, MINUTE } from '../../../src/core/instant';
import { RECORD_KINDS, type RecordKind } from '../../../src/core/plans/schema/records';
import {
  activated,
  answerTo,
  clock,
  event,
  type Given,
  given,
  levelSet,
  NETWORK,
  question,
  RULES,
  received,
  refusal,
  reported,
  ring,
  terminate,
  words,
} from '../builders';
import { enter, newest, open } from './recordBuilders';

const running = given(reported(), levelSet(3), activated());
const HQ = { room: 'hq' };
const waiting = (g: Given): readonly string[] => openAsks(g.state).flatMap((ask) => (ask.kind === 'record' ? [ask.person] : []));

/** Kind, who opens it, who is asked then, and the step with who takes it, up to the end. */
const LIVES: readonly (readonly [RecordKind, string, string | null, readonly (readonly [MoveId, string])[]])[] = [
  ['scheme', 'cons2', 'director', [['issue', 'director']]],
  ['liaison', 'coord1', null, [['answer', 'coord1']]],
  ['copy_notice', 'coord1', 'legalhead1', [['receipt', 'legalhead1']]],
  ['evidence', 'inv1', null, [['verify', 'inv2']]],
  ['legal_question', 'op1', 'legal1', [['answer', 'legal2']]],
  [
    'goods',
    'site1',
    'log1',
    [
      ['give', 'log1'],
      ['return', 'site1'],
    ],
  ],
  [
    'opinion_sheet',
    'op1',
    null,
    [
      ['update', 'op2'],
      ['close', 'op1'],
    ],
  ],
  [
    'holding_statement',
    'op1',
    'press1',
    [
      ['check', 'press1'],
      ['approve', 'director'],
      ['hand_over', 'op1'],
    ],
  ],
  [
    'targeted_monitoring',
    'op1',
    null,
    [
      ['report', 'op1'],
      ['end', 'op1'],
    ],
  ],
  ['supervision', 'coord1', 'shanzhou1', [['answer', 'shanzhou2']]],
  ['bulletin', 'coord1', null, []],
  ['proposal', 'inv1', 'director', [['adopt', 'director']]],
  ['conclusion', 'inv1', null, []],
  ['document', 'coord1', null, [['receipt', 'coord1']]],
  ['meeting', 'coord1', null, []],
];

test('每一种工作记录都走过一遍', () => {
  expect(LIVES.map(([kind]) => kind).sort()).toEqual(Object.keys(RECORD_KINDS).sort());
});

describe.each(LIVES)('%s', (kind, who, asked, steps) => {
  const opened = running.after(who, open(kind), HQ);

  test('由预案写明的人登记，点名下一步的人，编号从1起', () => {
    const e = event(running.when(who, open(kind), HQ), 'RecordOpened');
    expect([e.n, e.asked.map((ask) => ask.person), e.owner]).toEqual([1, asked === null ? [] : [asked], asked ?? who]);
    expect(newest(opened.after(who, open(kind), HQ)).n).toBe(2);
  });

  test('别人登记不了，说明由谁登记', () => {
    expect(refusal(running.when('archive1', open(kind), HQ))).toMatchObject({
      code: 'not_authorised',
      whom: expect.arrayContaining([who, 'director']),
    });
  });

  test('一步一步办到底，最后没有未办的', () => {
    const end = steps.reduce((g, [move, person]) => {
      const amount = move === 'give' || move === 'return' ? { value: 10, unit: '顶' } : null;
      return g.after(person, enter(newest(g), move, { amount, lateReason: null }), { room: null });
    }, opened);
    const { stage } = newest(end);
    expect(KINDS[kind].open).not.toContain(stage);
    expect(waiting(end)).toEqual([]);
    const rows = deadlines(end.scene.rules, end.state).filter((row) => row.key.includes(newest(end).id));
    expect(rows.filter((row) => row.status === 'open')).toEqual([]);
  });

  test('响应终止以后不再催', () => {
    const over = opened.after('director', terminate(), { at: '10:00' });
    const rows = deadlines(over.scene.rules, over.state).filter((row) => row.key.includes(newest(opened).id));
    expect(rows.filter((row) => row.nextAt !== null)).toEqual([]);
  });
});

describe('登记时写明的', () => {
  test.each<[string, RecordKind, Parameters<typeof open>[1], string]>([
    ['方案没有分工', 'scheme', { division: [] }, 'division_required'],
    [
      '方案交给与本事件无关的人',
      'scheme',
      { division: [{ owner: 'guest1', what: words('line'), dueAt: clock('12:00') }] },
      'not_concerned',
    ],
    ['分工的时限已过', 'scheme', { division: [{ owner: 'site1', what: words('line'), dueAt: clock('09:00') }] }, 'due_passed'],
    ['联络没有单位', 'liaison', { to: null }, 'which_party'],
    ['联络预案里没有的单位', 'liaison', { to: { kind: 'party', id: 'mars' } }, 'no_such_party'],
    ['抄告没有对象', 'copy_notice', { to: null }, 'addressee_required'],
    ['抄告来访人员', 'copy_notice', { to: { kind: 'person', id: 'guest1' } }, 'not_concerned'],
    ['抄告通讯录里没有的人', 'copy_notice', { to: { kind: 'person', id: 'nobody' } }, 'no_such_person'],
    ['督办没有县区', 'supervision', { to: null }, 'which_county'],
    ['督办没有人的县区', 'supervision', { to: { kind: 'county', id: 'nowhere' } }, 'nobody_to_ask'],
    ['物资没有数量', 'goods', { amount: null }, 'amount_required'],
    ['监测间隔太短', 'targeted_monitoring', { every: MINUTE }, 'interval_required'],
    ['没有内容', 'liaison', { words: null }, 'text_required'],
    ['时限已过', 'liaison', { dueAt: clock('09:00') }, 'due_passed'],
    ['证据取得的时间还没有到', 'evidence', { takenAt: clock('23:00') }, 'in_future'],
  ])('%s：拒绝', (_title, kind, some, code) => {
    expect(answerTo(running.when('director', open(kind, some), HQ))).toBe(code);
  });

  test('不写时限的依时限档案，写了的依所写；监测不写间隔的依档案', () => {
    const plan = running.after('coord1', open('liaison'), { room: 'hq', at: '09:30' });
    expect(plan.deadline(`liaison_reply:${newest(plan).id}`)).toMatchObject({ dueAt: clock('11:30'), basis: 'proj', owner: 'coord1' });
    const told = running.after('coord1', open('liaison', { dueAt: clock('10:00') }), { room: 'hq', at: '09:30' });
    expect(told.deadline(`liaison_reply:${newest(told).id}`).dueAt).toBe(clock('10:00'));
    expect(newest(running.after('op1', open('targeted_monitoring', { every: null }), HQ)).every).toBe(4 * HOUR);
  });

  test('本预案没有这一种的，列出有的', () => {
    const without = { ...RULES, pack: { ...RULES.pack, records: RULES.pack.records.filter(({ kind }) => kind !== 'goods') } };
    const said = refusal(running.under({ rules: without }).when('site1', open('goods'), HQ));
    expect([said.code, said.hint.includes('督办'), said.hint.includes('物资')]).toEqual(['record_not_in_plan', true, false]);
  });

  test('预案没有写由谁答复的，须写明交谁', () => {
    const free = running.under({ rules: NETWORK });
    expect(answerTo(free.when('net1', open('legal_question'), { room: 'network' }))).toBe('assignee_required');
    expect(answerTo(free.when('net1', open('legal_question', { to: { kind: 'person', id: 'legalhead1' } }), { room: 'network' }))).toBe(
      'accepted',
    );
  });

  test('抄告单位的没有人可点，由登记的人补回执', () => {
    const g = running.after('coord1', open('copy_notice', { to: { kind: 'party', id: 'police' } }), HQ);
    expect([waiting(g), newest(g).owner]).toEqual([[], 'coord1']);
    expect(newest(g.after('coord1', enter(newest(g), 'receipt', { doneAt: clock('09:20') }), HQ)).settledAt).toBe(clock('09:20'));
  });
});

describe('下一步', () => {
  const drafted = running.after('op1', open('holding_statement'), HQ);
  const checked = drafted.after('press1', enter(newest(drafted), 'check'), HQ);

  test('方案下达后每项分工成为任务，点承办人，时限照写', () => {
    const g = running.after('cons2', open('scheme'), HQ);
    const issued = event(g.when('director', enter(newest(g), 'issue'), HQ), 'TasksGiven');
    expect(issued.tasks.map((task) => [task.owner, task.dueAt, task.what?.id])).toEqual([['site1', clock('12:00'), 'line']]);
    expect(issued.asked.map((ask) => [ask.person, ask.room])).toEqual([['site1', 'hq']]);
    expect(answerTo(g.when('cons2', enter(newest(g), 'issue'), HQ))).toBe('not_authorised');
    expect(answerTo(g.when('director', enter(newest(g), 'issue'), { room: 'hq', at: '12:00' }))).toBe('due_passed');
  });

  test('口径依次审核、批准、移交，批准人由预案的对外发布授权定（2.1（3））；没有批准的不能移交', () => {
    expect(waiting(checked)).toEqual(['director']);
    expect(answerTo(checked.when('deputy1', enter(newest(checked), 'approve'), HQ))).toBe('accepted');
    expect(answerTo(checked.when('press1', enter(newest(checked), 'approve'), HQ))).toBe('not_authorised');
    for (const g of [drafted, checked]) expect(answerTo(g.when('op1', enter(newest(g), 'hand_over'), HQ))).toBe('wrong_stage');
    expect(answerTo(drafted.when('director', enter(newest(drafted), 'approve'), HQ))).toBe('wrong_stage');
  });

  test('自己拟的口径不能自己审核', () => {
    const own = running.after('press1', open('holding_statement'), HQ);
    expect(waiting(own)).toEqual(['office1']);
    expect(refusal(own.when('press1', enter(newest(own), 'check'), HQ)).code).toBe('own_draft');
  });

  test('退改或修改后从头再审，退改点拟稿人，修改点审核人，文字以新的为准', () => {
    const back = checked.after('director', enter(newest(checked), 'send_back'), HQ);
    expect([newest(back).stage, waiting(back)]).toEqual(['drafted', ['op1']]);
    const anew = back.after('op1', enter(newest(back), 'revise', { words: words('anew') }), HQ);
    expect([newest(anew).stage, newest(anew).words?.id, waiting(anew)]).toEqual(['drafted', 'anew', ['press1']]);
    expect(answerTo(anew.when('director', enter(newest(anew), 'approve'), HQ))).toBe('wrong_stage');
  });

  test('物资分次发、分次还；单位要一致，归还不超过已发', () => {
    const amount = (value: number, unit = '顶') => ({ amount: { value, unit } });
    const asked = running.after('site1', open('goods'), HQ);
    const part = asked.after('log1', enter(newest(asked), 'give', amount(6)), HQ);
    expect([newest(part).stage, newest(part).given]).toEqual(['requested', 6]);
    expect(answerTo(part.when('log1', enter(newest(part), 'give', amount(4, '件')), HQ))).toBe('unit_differs');
    expect(answerTo(part.when('log1', enter(newest(part), 'give'), HQ))).toBe('amount_required');
    expect(answerTo(part.when('site1', enter(newest(part), 'return', amount(7)), HQ))).toBe('too_much');
    const back = part.after('site1', enter(newest(part), 'return', amount(6)), HQ);
    expect(newest(back).stage).toBe('requested');
    const all = part.after('log1', enter(newest(part), 'give', amount(4)), HQ);
    expect(newest(all).stage).toBe('given');
    const some = all.after('site1', enter(newest(all), 'return', amount(8)), HQ);
    expect([newest(some).stage, newest(some).returned]).toEqual(['given', 8]);
    expect(newest(some.after('site1', enter(newest(some), 'return', amount(2)), HQ)).stage).toBe('returned');
  });

  test('没有的记录、没有的一步、缺内容的一步都拒绝', () => {
    expect(answerTo(running.when('coord1', enter({ ...newest(drafted), id: 'none' }, 'answer'), HQ))).toBe('no_such_record');
    expect(answerTo(drafted.when('op1', enter(newest(drafted), 'give'), HQ))).toBe('which_move');
    const g = running.after('coord1', open('liaison'), HQ);
    expect(answerTo(g.when('coord1', enter(newest(g), 'answer', { words: null }), HQ))).toBe('text_required');
    expect(answerTo(g.when('coord1', enter(newest(g), 'answer', { doneAt: clock('23:00') }), HQ))).toBe('in_future');
  });

  test('法律意见附在口径上，由它送审（2.2（5））', () => {
    const asked = drafted.after('op1', open('legal_question', { about: newest(drafted).id }), HQ);
    expect(newest(asked).about).toBe(newest(drafted).id);
  });
});

describe('收到、逾期和催办', () => {
  const copied = running.after('coord1', open('copy_notice'), HQ);
  const told = running.after('coord1', open('supervision', { dueAt: clock('10:30') }), { room: 'hq', at: '09:30' });

  test('抄告的收到就是回执，撤回的又在等；别的记录的收到只停叫应', () => {
    const got = copied.after('legalhead1', received(), { room: null });
    expect([newest(got).stage, newest(got).settledAt]).toEqual(['receipted', got.history.at(-1)?.at]);
    const back = got.after('legalhead1', { type: 'WithdrawAcknowledgement' }, { room: null });
    expect([newest(back).stage, waiting(back)]).toEqual(['waiting', ['legalhead1']]);
    const seen = told.after('shanzhou1', received(), { room: 'county-shanzhou' });
    expect([newest(seen).stage, waiting(seen)]).toEqual(['waiting', []]);
  });

  test('督办点在该县区自己的群里，由该县区的人答复，别的县区不能', () => {
    const [ask] = openAsks(told.state).filter(({ kind }) => kind === 'record');
    expect([ask?.person, ask?.room]).toEqual(['shanzhou1', 'county-shanzhou']);
    expect(answerTo(told.when('lingbao1', enter(newest(told), 'answer'), { room: null }))).toBe('not_authorised');
  });

  test('无法到达的由替补接同一项', () => {
    const out = told.after('shanzhou1', { type: 'CannotCome', reason: null }, { room: 'county-shanzhou' });
    expect(waiting(out)).toEqual(['shanzhou2']);
  });

  test('逾期以后办的须写明原因，按时的不用；原因记在那一步里', () => {
    const late = { room: 'county-shanzhou', at: '10:31' };
    expect(answerTo(told.when('shanzhou1', enter(newest(told), 'answer'), { ...late, at: '10:30' }))).toBe('accepted');
    expect(refusal(told.when('shanzhou1', enter(newest(told), 'answer'), late)).code).toBe('late_reason_required');
    const done = told.after('shanzhou1', enter(newest(told), 'answer', { lateReason: words('late') }), late);
    expect(newest(done).entries[0]?.lateReason?.id).toBe('late');
    expect(done.deadline(`supervision_reply:${newest(done).id}`).status).toBe('missed');
  });

  test('物资逾期才发齐的也要写明原因，只发一部分的还不用', () => {
    const g = running.after('site1', open('goods', { dueAt: clock('10:00') }), { room: 'hq', at: '09:30' });
    const give = (value: number) =>
      g.when('log1', enter(newest(g), 'give', { amount: { value, unit: '顶' } }), { room: 'hq', at: '10:01' });
    expect([answerTo(give(4)), answerTo(give(10))]).toEqual(['accepted', 'late_reason_required']);
  });

  test('先催承办人，八成起告诉交办人和带班领导（第3节）', () => {
    const key = `supervision_reply:${newest(told).id}`;
    const rang = (at: string) => event(told.when(null, ring(key), { at }), 'DeadlinesRang').rings[0];
    expect(rang('10:00')).toMatchObject({ people: ['shanzhou1'], rooms: ['county-shanzhou'], actions: ['room_again'] });
    expect(rang('10:00')?.giver).toBeUndefined();
    expect(rang('10:18')).toMatchObject({ giver: 'coord1' });
    expect(rang('10:18')?.actions).toContain('tell_duty_leader');
  });

  test('监测每隔一段到期一次，报一次续下一段，结束后不再到期', () => {
    const g = running.after('op1', open('targeted_monitoring'), { room: 'hq', at: '09:30' });
    const rows = (of: Given) =>
      deadlines(of.scene.rules, of.state).flatMap((row) => (row.kind === 'monitoring_entry' ? [[row.status, row.dueAt]] : []));
    expect(rows(g)).toEqual([['open', clock('11:30')]]);
    const once = g.after('op1', enter(newest(g), 'report'), { room: 'hq', at: '11:00' });
    expect(rows(once)).toEqual([
      ['met', clock('11:30')],
      ['open', clock('13:00')],
    ]);
    expect(refusal(once.when('op1', enter(newest(once), 'report'), { room: 'hq', at: '13:01' })).code).toBe('late_reason_required');
    const ended = once.after('op1', enter(newest(once), 'end'), { room: 'hq', at: '11:10' });
    expect(rows(ended).map(([status]) => status)).toEqual(['met', 'met']);
  });

  test('工作记录由它自己的一步办结，不单独登记', () => {
    const meet = { type: 'MeetObligation', lines: [], doneAt: clock('09:40'), text: words('what'), lateReason: null } as const;
    const said = refusal(told.when('duty1', { ...meet, key: `supervision_reply:${newest(told).id}` }));
    expect([said.code, said.hint]).toEqual(['own_act', '#1 督办 1 答复〔内容〕']);
  });
});

test('为本次响应加进来的成员，可以办所在工作组的记录', () => {
  const add = { type: 'AddMember', person: 'cons2', group: 'opinion' } as const;
  expect(answerTo(running.when('cons2', open('opinion_sheet'), HQ))).toBe('not_authorised');
  expect(answerTo(running.after('director', add, HQ).when('cons2', open('opinion_sheet'), HQ))).toBe('accepted');
});

test('简报自己数：上一期以来点名、任务、进展和未办的记录', () => {
  const g = running.after('coord1', open('liaison'), HQ).after('coord1', open('bulletin'), { room: 'hq', at: '09:40' });
  expect(newest(g).figures).toMatchObject({ from: clock('09:00'), asked: 13, answered: 0, open: 1 });
  const second = g.after('site1', { type: 'ReportProgress', text: words('progress') }, HQ).after('coord1', open('bulletin'), HQ);
  expect(newest(second).figures).toMatchObject({
    from: clock('09:40'),
    progress: 1,
    groups: [{ group: 'on_site', text: words('progress') }],
  });
});

test('终止前应有的调查结论没有登记的，问确认时说明；登记了就不说（四（三））', () => {
  const wanting = {
    ...RULES,
    pack: { ...RULES.pack, records: RULES.pack.records.map((row) => ({ ...row, before_end: row.kind === 'conclusion' })) },
  };
  const end = { ...terminate(), confirmed: false } as const;
  const g = running.under({ rules: wanting });
  expect(question(g.when('director', end)).effect).toContain('尚未登记调查结论');
  expect(question(g.when('director', end)).open).toContain('record_due:conclusion');
  const with1 = g.after('inv1', open('conclusion'), HQ);
  expect(question(with1.when('director', end)).effect).not.toContain('尚未登记');
});
