/** Due and ring moments of profile `standard`, by a calculator of the test's own, written from procedure.md section 5 and decisions.md sections 2 and 3. */
import { describe, expect, test } from '@jest/globals';
import { minutesOf } from '../../../src/core/plans/rulebook';
import {
  acknowledged,
  activated,
  ask,
  assessed,
  clock,
  event,
  events,
  type Given,
  given,
  LEVEL_FREE,
  levelSet,
  type Past,
  RULES,
  rang,
  reported,
  ring,
  supplemented,
} from '../builders';

type Level = 1 | 2 | 3 | 4 | null;
const LEVELS: readonly Level[] = [1, 2, 3, 4, null];

/** procedure.md section 5, minutes at levels 1, 2, 3, 4; while ungraded the clocks of level 3 run (section 2). */
const MINUTES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  duty_ack: [5, 5, 5, 10],
  assess: [30, 30, 60, 120],
  activate: [30, 30, 60, 120],
  group_ack: [10, 10, 20, 30],
  task_ack: [10, 10, 20, 30],
};
const minutes = (kind: string, level: Level): number => MINUTES[kind]?.[(level ?? 3) - 1] ?? Number.NaN;
/** decisions.md section 3: 50, 80 and 100 % of the term, then every further term, three times. */
const SHARES = [50, 80, 100, 200, 300, 400];
const moment = (base: string, term: number, share: number): number => clock(base) + (term * 60_000 * share) / 100;

describe('时限表的分钟数与程序第5节一致', () => {
  test.each(Object.keys(MINUTES).flatMap((kind) => LEVELS.map((level) => [kind, level ?? '未定级', minutes(kind, level), level] as const)))(
    '%s，级别 %s：%i 分钟',
    (kind, _shown, expected, level) => {
      expect(minutesOf(RULES, kind, level)).toBe(expected);
    },
  );
});

/** How each obligation comes about at a level, with the moment its time starts (decisions.md section 2). */
const STARTS: readonly { kind: string; key: string; level: Level; base: string; given: Given }[] = [
  {
    kind: 'duty_ack',
    key: 'duty_ack:duty_ack-duty1',
    level: null,
    base: '09:00',
    given: given(reported({ by: 'office1', asked: [ask('duty_ack', 'duty1')] })),
  },
  { kind: 'assess', key: 'assess', level: null, base: '09:00', given: given(reported()) },
  { kind: 'task_ack', key: 'task_ack:prior_handling-hubin1', level: null, base: '09:00', given: given(reported()) },
  {
    kind: 'activate',
    key: 'activate',
    level: null,
    base: '09:00',
    given: given(reported(), assessed(null, '09:00')).under({ rules: LEVEL_FREE }),
  },
  {
    kind: 'group_ack',
    key: 'group_ack:call_out-site1',
    level: null,
    base: '09:20',
    given: given(reported(), activated(null, [ask('call_out', 'site1')])).under({ rules: LEVEL_FREE }),
  },
  ...[1, 2, 3, 4].flatMap((n) => {
    const level = n as Level;
    const bare = [reported({ asked: [] }), levelSet(n, '09:10')];
    return [
      { kind: 'activate', key: 'activate', level, base: '09:10', given: given(...bare) },
      {
        kind: 'group_ack',
        key: 'group_ack:call_out-site1',
        level,
        base: '09:20',
        given: given(...bare, activated(n, [ask('call_out', 'site1')])),
      },
      {
        kind: 'task_ack',
        key: 'task_ack:prior_handling-hubin1',
        level,
        base: '09:15',
        given: given(...bare, supplemented({ asked: [ask('prior_handling', 'hubin1')] }, '09:15')),
      },
      {
        kind: 'duty_ack',
        key: 'duty_ack:duty_ack-duty2',
        level,
        base: '09:12',
        given: given(...bare, rang({ asked: [ask('duty_ack', 'duty2', { standInFor: 'duty1' })] }, '09:12')),
      },
    ];
  }),
];

describe.each(STARTS.map((s) => [s.kind, s.level ?? '未定级', s] as const))('%s，级别 %s', (kind, _level, start) => {
  const term = minutes(kind, start.level);
  const due = moment(start.base, term, 100);

  test(`从 ${start.base} 起算，${term} 分钟到期，依据照档案`, () => {
    expect(start.given.deadline(start.key)).toMatchObject({
      kind,
      baseAt: clock(start.base),
      dueAt: due,
      status: 'open',
      stage: 0,
      basis: 'proj',
      why: '',
    });
  });

  test('每一级在该响的那一刻响，早一毫秒不响', () => {
    let g = start.given;
    const shares = kind === 'assess' ? SHARES.filter((share) => share <= 100) : SHARES;
    shares.forEach((share, i) => {
      const at = moment(start.base, term, share);
      expect(g.deadline(start.key).nextAt).toBe(at);
      expect(events(g.when(null, ring(start.key), { at: at - 1 }))).toEqual([]);
      expect(event(g.when(null, ring(start.key), { at }), 'DeadlinesRang').rings).toMatchObject([
        { key: start.key, stage: i + 1, percent: share },
      ]);
      g = g.after(null, ring(start.key), { at });
    });
    expect(g.deadline(start.key)).toMatchObject({ nextAt: null, stage: shares.length, status: 'open' });
  });
});

test.each([
  ['09:40:59.999', 'met'],
  ['09:41:00.000', 'missed'],
])('二十分钟的时限 09:20 起算，%s 回复为 %s：到期的那一分钟还算按时', (at, status) => {
  const g = given(reported(), levelSet(3), activated(), acknowledged('site1', ['call_out-site1'], `2026-03-11T${at}+08:00`));
  expect(g.deadline('group_ack:call_out-site1')).toMatchObject({ status, nextAt: null });
});

test.each([
  ['10:00:59', 'met'],
  ['10:01', 'missed'],
])('09:00 接报未定级，%s 定级：研判时限 %s', (at, status) => {
  expect(given(reported(), levelSet(3, at)).deadline('assess')).toMatchObject({ status, nextAt: null });
});

test.each([
  ['10:10:59', 'met'],
  ['10:11', 'missed'],
])('09:10 定三级，%s 启动：启动时限 %s', (at, status) => {
  expect(given(reported(), levelSet(3, '09:10'), activated(3, [], at)).deadline('activate')).toMatchObject({ status, nextAt: null });
});

test('不分级的预案也要研判，提出类别即为办结', () => {
  const free = (...past: Past[]): Given => given(...past).under({ rules: LEVEL_FREE });
  expect(free(reported()).deadline('assess')).toMatchObject({ dueAt: clock('10:00'), status: 'open' });
  expect(free(reported(), assessed(null, '09:30')).deadline('assess').status).toBe('met');
});

test('未定级时还没有启动的时限，不分级的预案在研判之前也没有', () => {
  expect(() => given(reported()).deadline('activate')).toThrow();
  expect(() => given(reported()).under({ rules: LEVEL_FREE }).deadline('activate')).toThrow();
});
