/** 数字, 敏感, 更正: figures with their history, sensitivity, corrections. */
import { expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import {
  activated,
  answerTo,
  event,
  given,
  levelSet,
  NOTHING_TOLD,
  proposal,
  refusal,
  reported,
  supplement,
  told,
  words,
} from '../builders';

const figure = (measure: string, min: number, max: number | null = min) => ({ measure, interval: { min, max }, spans: [] });
const record = (...facts: readonly ReturnType<typeof figure>[]): IncidentCommand => ({
  type: 'RecordFigures',
  facts,
  verified: true,
  source: words('hospital'),
});
const flag = (on: boolean, reason = words('why')): IncidentCommand => ({ type: 'FlagSensitivity', on, reason });
const early = given(reported({ facts: [figure('gathering_persons', 60)] }));

test('登记数字：旧值、新值、谁、何时、来源都在，级别按最新数字重新建议', () => {
  const after = early.after('duty1', record(figure('gathering_persons', 260)));
  const history = after.state.figures.gathering_persons ?? [];
  expect(history.map((step) => [step.fact.interval.min, step.by, step.source?.id, step.verified])).toEqual([
    [60, 'duty1', 'report', false],
    [260, 'duty1', 'hospital', true],
  ]);
  expect(after.state.suggestion).toMatchObject({ rank: 2, category: 'concentrated_complaints' });
  expect(after.state.facts.map((f) => f.interval.min)).toEqual([260]);
});

test('只改一项数字，别的指标仍按原数字计级', () => {
  const grave = given(reported({ facts: [figure('gathering_persons', 260), figure('injured', 1)] }));
  expect(grave.after('duty1', record(figure('injured', 2))).state.suggestion.rank).toBe(2);
});

test('启动前数字改变了级别建议的，私信当班带班领导；没有改变的不打扰', () => {
  const people = (min: number) =>
    event(early.when('duty1', record(figure('gathering_persons', min)), { room: null }), 'FiguresRecorded').told.people;
  expect([people(260), people(70)]).toEqual([['leader1'], []]);
});

test.each([
  ['牵头科室', 'cons2', 'accepted'],
  ['工作组成员', 'site2', 'accepted'],
  ['事发县区', 'hubin2', 'accepted'],
  ['别的县区', 'shanzhou2', 'not_authorised'],
  ['新闻宣传科', 'press1', 'not_authorised'],
  ['系统管理员', 'admin1', 'not_authorised'],
])('登记数字：%s', (_title, who, said) => {
  expect(answerTo(early.when(who, record(figure('deaths', 1))))).toBe(said);
});

test('不认识的指标、空的和颠倒的数不收', () => {
  expect(refusal(early.when('duty1', record(figure('nothing', 1)))).code).toBe('no_such_measure');
  expect(refusal(early.when('duty1', record())).code).toBe('nothing_recorded');
  expect(refusal(early.when('duty1', record(figure('deaths', 5, 3)))).code).toBe('wrong_figure');
});

test('标为敏感：@ 当班带班领导；须写理由，不重复标，可以解除（程序1.7）', () => {
  const e = event(early.when('cons1', flag(true)), 'SensitivityFlagged');
  expect([e.paged, e.told.rooms]).toEqual([['leader1'], []]);
  expect(event(early.when('leader1', flag(true)), 'SensitivityFlagged').paged).toEqual([]);
  const on = early.after('leader1', flag(true));
  expect(on.state).toMatchObject({ sensitive: true });
  expect(refusal(on.when('leader1', flag(true))).code).toBe('already_flagged');
  expect(on.after('leader1', flag(false)).state.sensitive).toBe(false);
  expect(refusal(early.when('leader1', flag(false))).code).toBe('not_flagged');
  expect(refusal(early.when('duty1', flag(true))).code).toBe('not_authorised');
  expect(refusal(early.when('leader1', { type: 'FlagSensitivity', on: true, reason: null })).code).toBe('reason_required');
});

const toDistrict = (name: string): IncidentCommand => supplement({ how: 'correction', fields: { ...NOTHING_TOLD, district: told(name) } });

test('县区报错了：改点正确的县区，原县区解除并得知（第4节）', () => {
  const e = event(early.when('duty1', toDistrict('陕州区')), 'IncidentSupplemented');
  expect(e.asked.map((a) => [a.kind, a.person, a.room])).toEqual([['prior_handling', 'shanzhou1', 'county-shanzhou']]);
  expect([e.released, e.told.rooms]).toEqual([['prior_handling-hubin1'], ['county-hubin']]);
  const after = early.after('duty1', toDistrict('陕州区'));
  expect(after.state.county).toBe('shanzhou');
  expect(after.state.asks['prior_handling-hubin1']?.stoodDownAt).not.toBeNull();
  const back = event(after.when('duty1', toDistrict('湖滨区')), 'IncidentSupplemented');
  expect(back.asked.map((a) => a.person)).toEqual(['hubin1']);
});

test('更正触及级别标准：启动前私信当班带班领导，启动后只告知各群', () => {
  const down = supplement({ how: 'correction', facts: [figure('gathering_persons', 260)] });
  const toldOf = (g: typeof early) => event(g.when('duty1', down, { room: null }), 'IncidentSupplemented').told;
  expect(toldOf(early)).toEqual({ rooms: ['duty', 'county-hubin'], people: ['leader1'] });
  const running = given(reported({ suggestion: proposal(3) }), levelSet(3), activated());
  expect(toldOf(running)).toEqual({ rooms: ['duty', 'hq', 'county-hubin'], people: [] });
});

test('更正只改说到的，不动别的', () => {
  const before = given(reported({ fields: { ...NOTHING_TOLD, place: told('甲路'), cause: told('退费'), measures: [told('到场')] } }));
  const { state } = before.after('duty1', supplement({ how: 'correction', fields: { ...NOTHING_TOLD, place: told('乙路') } }));
  expect([state.fields.place?.value, state.fields.cause?.value, state.fields.measures.length]).toEqual(['乙路', '退费', 1]);
});
