/** 补充 and 更正: who may, what is kept, who is asked and told then. */
import { expect, test } from '@jest/globals';
import { activated, answerTo, event, given, levelSet, NOTHING_TOLD, refusal, reported, supplement, told } from '../builders';

test.each([
  ['报告人本人（接口第4节）', 'guest1', 'accepted'],
  ['当班值班员（接口第4节）', 'duty1', 'accepted'],
  ['另一名值班员（接口第4节）', 'duty2', 'accepted'],
  ['工作组成员报进展，不补充（接口第4节）', 'site2', 'not_authorised'],
  ['系统管理员不得改动事件内容（程序第4节）', 'admin1', 'not_authorised'],
])('补充：%s', (_title, who, answer) => {
  expect(answerTo(given(reported({ by: 'guest1', unverified: true })).when(who, supplement()))).toBe(answer);
});

test('不是报告人的来访人员不得补充', () => {
  expect(refusal(given(reported()).when('guest1', supplement())).code).toBe('not_authorised');
});

test('通讯录里没有的人不得补充', () => {
  expect(refusal(given(reported()).when(null, supplement())).code).toBe('unknown_person');
});

const figure = (measure: string, min: number) => ({ measure, interval: { min, max: min }, spans: [] });

test('补充只改说到的要素，没说到的保持原样', () => {
  const before = given(
    reported({
      fields: { ...NOTHING_TOLD, place: told('甲路'), cause: told('退费') },
      facts: [figure('gathering_persons', 60), figure('injured', 1)],
    }),
  );
  const { state } = before.after(
    'duty1',
    supplement({ fields: { ...NOTHING_TOLD, place: told('乙路') }, facts: [figure('gathering_persons', 80)] }),
  );
  expect([state.fields.place?.value, state.fields.cause?.value]).toEqual(['乙路', '退费']);
  expect(Object.fromEntries(state.facts.map((f) => [f.measure, f.interval.min]))).toEqual({ gathering_persons: 80, injured: 1 });
  expect([state.toldIn.place?.id, state.toldIn.cause?.id]).toEqual(['more', 'report']);
});

test('补充没有新的数字时，原建议保留；有新的数字时按全部数字重新建议', () => {
  expect(given(reported()).after('duty1', supplement()).state.suggestion.rank).toBe(3);
  const more = supplement({ facts: [figure('gathering_persons', 260)] });
  const { suggestion } = given(reported()).after('duty1', more).state;
  expect([suggestion.rank, suggestion.grounds[0]?.clause]).toEqual([2, '1.4.2（2）']);
});

test('更正后按最新的数字重提级别，类别不变；别的指标仍按原数字计级（程序第2节）', () => {
  const two = given(reported({ facts: [figure('gathering_persons', 200), figure('deaths', 3)] }));
  const corrected = two.after('duty1', supplement({ how: 'correction', facts: [figure('gathering_persons', 20)] }));
  expect(corrected.state.suggestion).toMatchObject({ rank: 3, category: 'concentrated_complaints' });
});

test('人数有了新数，按旧数量过的各项跟着变，级别重新建议', () => {
  const people = (min: number) => ({ value: { min, max: min + 9 }, spans: [] });
  const before = given(
    reported({
      fields: { ...NOTHING_TOLD, peopleInvolved: people(60) },
      facts: [{ measure: 'gathering_persons', interval: { min: 60, max: 69 }, spans: [] }],
    }),
  );
  const { state } = before.after('duty1', supplement({ fields: { ...NOTHING_TOLD, peopleInvolved: people(230) } }));
  expect(state.facts.map((f) => [f.measure, f.interval.min])).toEqual([['gathering_persons', 230]]);
  expect(state.suggestion.rank).toBe(2);
});

test.each<readonly [string, 'dead' | 'injured', 'supplement' | 'correction']>([
  ['更正 受伤2人', 'injured', 'correction'],
  ['补充 死亡2人', 'dead', 'supplement'],
])('%s：只是伤亡的数，已报的人数和按人数计的级别不变', (_words, harm, how) => {
  const spans = [{ start: 2, end: 4 }];
  const crowd = { value: { min: 60, max: 69 }, spans: [] };
  const before = given(
    reported({
      fields: { ...NOTHING_TOLD, peopleInvolved: crowd },
      facts: [{ measure: 'gathering_persons', interval: crowd.value, spans: [] }],
    }),
  );
  const two = { peopleInvolved: { value: { min: 2, max: 2 }, spans }, [harm]: { value: 2, spans } };
  const command = supplement({ how, fields: { ...NOTHING_TOLD, ...two }, facts: [{ ...figure('injured', 2), spans }] });
  const { state } = before.after('duty1', command);
  expect(state.fields.peopleInvolved?.value).toEqual(crowd.value);
  expect(Object.fromEntries(state.facts.map((f) => [f.measure, f.interval.min]))).toMatchObject({ gathering_persons: 60, injured: 2 });
  expect(given(reported()).after('duty1', command).state.fields.peopleInvolved?.value).toEqual({ min: 2, max: 2 });
});

test('更正与补充分开记，原报告原文不变（程序1.2）', () => {
  const { state } = given(reported())
    .after('duty1', supplement())
    .after('duty1', supplement({ how: 'correction' }));
  expect(state.supplements.map((s) => s.how)).toEqual(['supplement', 'correction']);
  expect(state.text.id).toBe('report');
});

test('补充才说明县区：这时点该县区先期处置（第4节）', () => {
  const late = given(reported({ county: null, asked: [] }));
  const e = event(late.when('duty1', supplement({ fields: { ...NOTHING_TOLD, district: told('陕州区') } })), 'IncidentSupplemented');
  expect(e.county).toBe('shanzhou');
  expect(e.asked.map((a) => [a.kind, a.person, a.room])).toEqual([['prior_handling', 'shanzhou1', 'county-shanzhou']]);
});

test('县区已点过，补充再提县区不重复点', () => {
  const e = event(
    given(reported()).when('duty1', supplement({ fields: { ...NOTHING_TOLD, district: told('湖滨区') } })),
    'IncidentSupplemented',
  );
  expect(e.asked).toEqual([]);
});

test('启动前的补充只告知值班群，启动后并告知指挥部群和有关县区群；说话的群看回执', () => {
  const rooms = (g: ReturnType<typeof given>, room: string) =>
    event(g.when('duty1', supplement(), { room }), 'IncidentSupplemented').told.rooms;
  expect(rooms(given(reported()), 'county-hubin')).toEqual(['duty']);
  expect(rooms(given(reported()), 'duty')).toEqual([]);
  expect(rooms(given(reported(), levelSet(3), activated()), 'duty')).toEqual(['hq', 'county-hubin']);
});
