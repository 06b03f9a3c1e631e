/** What holds for every shift whatever people and clocks do, through one hand-over after the other. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DutyCommand, openingAfter } from '../../../src/core/duty/commands';
import { deadlines } from '../../../src/core/duty/deadlines';
import { decide } from '../../../src/core/duty/decide';
import type { DutyEvent, DutyEventOf } from '../../../src/core/duty/events';
import { evolve, upcast } from '../../../src/core/duty/evolve';
import { notices } from '../../../src/core/duty/notices';
import { shiftsAfter } from '../../../src/core/duty/shifts';
import { type DutyState, waiting } from '../../../src/core/duty/state';
import type { Recorded } from '../../../src/core/incident/events';
import { DAY, HOUR, type Instant, MINUTE } from '../../../src/core/instant';
import { CHANGE_AT, daysOf, spanOf } from '../../../src/core/roster/month/read';
import type { Shift } from '../../../src/core/roster/roster';
import { line } from '../notices/intents';
import { AT_DUTY, clock, handOver, NEXT_DAY, OWED, prepare, special, takeOver, words, zero } from './builders';

const { rules } = AT_DUTY;

interface Step {
  readonly who: string | null;
  readonly command: DutyCommand | 'due' | 'answer_swap';
  readonly later: number;
}

type Said = readonly [string, Step['command']];

const people = fc.constantFrom('duty1', 'duty2', 'leader1', 'leader2', 'office1', 'director', 'hubin1', 'yima2', 'cons2', 'guest1', null);
const reasons = fc.constantFrom(words('why'), words('why'), words('why'), null);
const owing = fc.constantFrom([], [], [OWED], [OWED, { ...OWED, n: 4, people: [] }]);
const confirmed = fc.integer({ min: 0, max: 5 }).map((n) => n > 0);
const counties = fc.constantFrom('hubin', 'yima', 'kfq', 'atlantis', null);
const starts = fc.integer({ min: 0, max: 3 }).map((n) => clock('08:30') + n * DAY);

/** A month of the roster with one officer throughout. */
function monthOf(officer: string): DutyCommand {
  const shifts = daysOf('2026-04').flatMap((day): Shift[] => {
    const span = spanOf(day, CHANGE_AT);
    return [
      { person: officer, role: 'duty_officer', ...span },
      { person: 'leader1', role: 'duty_leader', ...span },
    ];
  });
  return { type: 'ImportRoster', month: '2026-04', source: officer, shifts, changeAt: CHANGE_AT };
}

const commands: fc.Arbitrary<Step['command']> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('due' as const) },
  { weight: 2, arbitrary: fc.constant<DutyCommand>({ type: 'SignIn' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(reasons, fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }))
      .map(([text, corrects]): DutyCommand => ({ type: 'WriteLog', text, incident: null, corrects })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        mine: starts,
        theirs: fc.option(starts, { nil: null }),
        other: fc.constantFrom('duty1', 'duty2', 'leader2', 'cons2'),
        reason: reasons,
      })
      .map((some): DutyCommand => ({ type: 'ProposeSwap', ...some })),
  },
  { weight: 3, arbitrary: fc.constant('answer_swap' as const) },
  {
    weight: 1,
    arbitrary: fc
      .record({ absent: people, person: people, reason: reasons })
      .map(({ absent, person, reason }): DutyCommand => ({ type: 'StandInOnDuty', absent: absent ?? '', person: person ?? '', reason })),
  },
  { weight: 2, arbitrary: owing.map(prepare) },
  { weight: 2, arbitrary: fc.tuple(owing, confirmed).map(([o, c]) => handOver(o, c)) },
  { weight: 2, arbitrary: fc.tuple(owing, confirmed).map(([o, c]) => takeOver(o, c)) },
  { weight: 1, arbitrary: reasons.map((reason): DutyCommand => ({ type: 'RefuseTakeOver', reason })) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(null, clock('18:00'), NEXT_DAY + DAY), confirmed).map(([until, c]) => special(until, c)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(reasons, confirmed).map(([reason, c]): DutyCommand => ({ type: 'EndSpecialPeriod', reason, confirmed: c })),
  },
  { weight: 6, arbitrary: fc.tuple(counties, fc.constantFrom('迟', null)).map(([county, late]) => zero(county, late)) },
  { weight: 1, arbitrary: fc.constant<DutyCommand>({ type: 'OpenDesk', n: 1 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom({}, { port: 'sms' } as const)
      .map((of): DutyCommand => ({ type: 'NoteAllowance', platform: 'city', ...of, percent: 70, used: 7_000, allowed: 10_000 })),
  },
  { weight: 1, arbitrary: fc.constantFrom('duty1', 'duty2').map(monthOf) },
  { weight: 1, arbitrary: fc.constant<DutyCommand>({ type: 'CallRoll' }) },
  { weight: 1, arbitrary: fc.constant<DutyCommand>({ type: 'AnswerRoll' }) },
);
const later = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 12 * MINUTE }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 4 * HOUR }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * HOUR }) },
);
const byAnyone = fc.record({ who: people, command: commands, later });
/** By those who usually may. */
const byTheRight: fc.Arbitrary<Step> = fc
  .oneof(
    fc
      .record({ mine: starts, theirs: fc.constant(null), other: fc.constant('duty2'), reason: reasons })
      .map((some): Said => ['duty1', { type: 'ProposeSwap', ...some }]),
    fc
      .record({ absent: fc.constantFrom('duty1', 'leader1'), person: fc.constantFrom('duty2', 'leader2'), reason: reasons })
      .map((some): Said => ['office1', { type: 'StandInOnDuty', ...some }]),
    reasons.map((reason): Said => ['office1', { type: 'EndSpecialPeriod', reason, confirmed: true }]),
    fc.constantFrom<Said>(
      ['director', { type: 'CallRoll' }],
      ['duty1', { type: 'AnswerRoll' }],
      ['leader1', { type: 'SignIn' }],
      ['office1', special()],
    ),
    fc.constantFrom<Said>(['duty2', 'answer_swap'], ['leader1', 'answer_swap'], ['leader2', 'answer_swap']),
  )
  .chain(([who, command]) => later.map((after) => ({ who, command, later: after })));
const random = fc.array(fc.oneof({ weight: 3, arbitrary: byAnyone }, { weight: 2, arbitrary: byTheRight }), {
  minLength: 4,
  maxLength: 30,
});
/** What happens on most days, so that half of the lives come past a special period and a hand-over. */
const usual = (command: Step['command'], who: string, after: number): Step => ({ who, command, later: after });
const WANTS: DutyCommand = { type: 'ProposeSwap', mine: clock('08:30') + 2 * DAY, theirs: null, other: 'duty2', reason: words('why') };
const days = fc.constantFrom<readonly Step[]>(
  [],
  [usual(WANTS, 'duty1', MINUTE), usual('answer_swap', 'duty2', HOUR), usual('answer_swap', 'leader1', MINUTE)],
  [usual(special(), 'leader1', HOUR), usual(zero('hubin'), 'hubin1', 6 * HOUR)],
  [usual(prepare(), 'duty1', 23 * HOUR), usual(handOver(), 'duty1', 0), usual(takeOver(), 'duty2', MINUTE)],
  [
    usual(special(), 'office1', HOUR),
    usual(prepare(), 'duty1', 9 * HOUR),
    usual(handOver(), 'duty1', 0),
    usual(takeOver(), 'duty2', MINUTE),
  ],
);
const lives = fc.tuple(random, days, random).map((parts) => parts.flat());

interface Moment {
  readonly command: DutyCommand;
  readonly answer: string;
  readonly events: readonly DutyEvent[];
  readonly before: DutyState | null;
  readonly after: DutyState | null;
  readonly at: Instant;
}

interface Stream {
  state: DutyState | null;
  readonly history: Recorded<DutyEvent>[];
  readonly moments: Moment[];
}

/** Lives shifts through, the next one opened by what the last one left; everything frozen. */
function live(steps: readonly Step[]): { readonly streams: readonly Stream[]; readonly at: Instant } {
  let at = clock('08:30');
  let shifts = AT_DUTY.roster.shifts;
  const streams: Stream[] = [];
  const run = (stream: Stream, who: string | null, command: DutyCommand): void => {
    const scene = { rules, roster: { ...AT_DUTY.roster, shifts } };
    const seed = `n${streams.length}s${stream.moments.length}`;
    const decision = decide(scene, frozen(stream.state), { command, actor: { person: who, room: null, conversation: 'chat' }, at, seed });
    const events = decision.is === 'events' ? decision.events : [];
    const before = stream.state;
    for (const event of events) {
      const recorded = frozen({ version: stream.history.length + 1, at, event });
      stream.history.push(recorded);
      stream.state = evolve(stream.state, recorded);
      shifts = shiftsAfter(shifts, event);
    }
    const answer = decision.is === 'refusal' ? decision.code : decision.is;
    stream.moments.push({ command, answer, events, before, after: stream.state, at });
  };
  const opened = (who: string, command: DutyCommand): void => {
    const stream: Stream = { state: null, history: [], moments: [] };
    streams.push(stream);
    run(stream, who, command);
  };
  opened('duty1', { type: 'OpenShift', n: 1, left: null });
  for (const step of steps) {
    at += step.later;
    const stream = streams.at(-1) as Stream;
    run(stream, step.who, asCommand(stream.state as DutyState, step.command, at));
    const taken = stream.moments.at(-1)?.events.find((e): e is DutyEventOf<'TakenOver'> => e.type === 'TakenOver');
    if (taken !== undefined) opened(taken.by, openingAfter(taken, streams.length + 1));
  }
  return { streams, at };
}

function asCommand(state: DutyState, command: Step['command'], at: Instant): DutyCommand {
  if (command === 'due')
    return { type: 'RingDeadlines', keys: deadlines(rules, state).flatMap((d) => (d.nextAt !== null && d.nextAt <= at ? [d.key] : [])) };
  if (command === 'answer_swap') return { type: 'AnswerSwap', id: Object.keys(state.swaps).at(-1) ?? 'none', agrees: true, reason: null };
  return command;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

function always(check: (life: ReturnType<typeof live>) => void): void {
  fc.assert(
    fc.property(lives, (steps) => check(live(steps))),
    { numRuns: 150, seed: 20261001 },
  );
}

test('随机走法确实走得到换班、顶班、交接、零报告、逾期', () => {
  const seen = new Map<string, number>();
  always(({ streams }) => {
    for (const { event } of streams.flatMap((s) => s.history)) seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
  });
  const wanted = [
    'SignedIn',
    'SwapProposed',
    'OnDutyStoodIn',
    'TakenOver',
    'SwapApproved',
    'SpecialPeriodStarted',
    'SpecialPeriodEnded',
    'ZeroReported',
    'RollCalled',
    'DigestDue',
    'AllowanceNoted',
    'DeadlinesRang',
  ];
  expect(wanted.filter((type) => (seen.get(type) ?? 0) < 10)).toEqual([]);
});

test('受理的必有事件，例外是没有人欠的提醒、已启用的值班台和没有改动的月表；被拒的什么也不改；序号不断', () => {
  always(({ streams }) => {
    for (const { history, moments } of streams) {
      for (const m of moments) {
        if (m.answer === 'events' && m.events.length === 0) expect(['RingDeadlines', 'OpenDesk', 'ImportRoster']).toContain(m.command.type);
        if (m.answer !== 'events') expect(m.after).toBe(m.before);
      }
      expect(history.map((r) => r.version)).toEqual(history.map((_, i) => i + 1));
    }
  });
});

test('从库里读回事件重放，得到的状态与当时一致', () => {
  always(({ streams }) => {
    for (const { history, state } of streams) {
      const stored = JSON.parse(JSON.stringify(history)) as typeof history;
      const replayed = stored.reduce<DutyState | null>((s, r) => evolve(s, { ...r, event: upcast({ ...r.event }) ?? r.event }), null);
      expect(replayed).toEqual(state);
    }
  });
});

test('没有交班的班次总有一项将要响的时限，每个等待答复的人都有时限盯着', () => {
  always(({ streams }) => {
    for (const { after } of streams.flatMap((s) => s.moments)) {
      if (after === null || after.status === 'closed') continue;
      const rows = deadlines(rules, after).filter((row) => row.status === 'open');
      expect(rows.some((row) => row.nextAt !== null)).toBe(true);
      if (after.until !== null) expect(rows.map((row) => row.key)).toContain('handover');
      const keys = new Set(rows.map((row) => row.key));
      expect(waiting(after).filter((ask) => !keys.has(`${ask.kind}:${ask.id}`))).toEqual([]);
    }
  });
});

test('交了班的不再响，也不再办理', () => {
  always(({ streams, at }) => {
    for (const { state } of streams) {
      if (state === null || state.status !== 'closed') continue;
      const rows = deadlines(rules, state);
      expect(rows.filter((row) => row.status === 'open' || row.nextAt !== null)).toEqual([]);
      const much = {
        command: { type: 'RingDeadlines' as const, keys: rows.map((row) => row.key) },
        actor: { person: null, room: null, conversation: '' },
        at: at + 30 * DAY,
        seed: 'end',
      };
      expect(decide(AT_DUTY, state, much)).toEqual({ is: 'events', events: [] });
    }
  });
});

test('时限的键不重复；列出过的，班次没完就一直列着', () => {
  always(({ streams }) => {
    for (const { before, after } of streams.flatMap((s) => s.moments)) {
      if (after === null) continue;
      const keys = deadlines(rules, after).map((row) => row.key);
      expect(new Set(keys).size).toBe(keys.length);
      const open = before === null ? [] : deadlines(rules, before).filter((row) => row.status === 'open');
      expect(open.filter((row) => !keys.includes(row.key)).map((row) => row.key)).toEqual([]);
    }
  });
});

test('没有到点的不响，响过的级数只增不减；每个固定时刻的摘要只发一次', () => {
  always(({ streams }) => {
    const digests = streams.flatMap((s) => s.history).flatMap(({ event }) => (event.type === 'DigestDue' ? event.keys : []));
    expect(new Set(digests).size).toBe(digests.length);
    for (const { before, after, events, at } of streams.flatMap((s) => s.moments)) {
      for (const [key, stage] of Object.entries(before?.rings ?? {})) expect((after?.rings[key] ?? 0) >= stage).toBe(true);
      const rows = new Map(before === null ? [] : deadlines(rules, before).map((row) => [row.key, row]));
      for (const ring of events.flatMap((e) => (e.type === 'DeadlinesRang' ? e.rings : [])))
        expect([rows.get(ring.key)?.status, (rows.get(ring.key)?.nextAt ?? Number.POSITIVE_INFINITY) <= at]).toEqual(['open', true]);
    }
  });
});

test('旧班欠着的零报告，新班一项不少', () => {
  always(({ streams }) => {
    for (const [i, next] of streams.entries()) {
      const taken = streams[i - 1]?.moments.find((m) => m.after?.status === 'closed');
      const opened = next.moments[0]?.after;
      if (taken?.before == null || opened == null) continue;
      const owed = deadlines(rules, taken.before).filter(
        (row) => row.kind.startsWith('zero') && row.status === 'open' && row.dueAt <= taken.at,
      );
      const now = new Map(deadlines(rules, opened).map((row) => [row.key, row]));
      expect(owed.map((row) => [row.key, now.get(row.key)?.status, now.get(row.key)?.stage])).toEqual(
        owed.map((row) => [row.key, 'open', row.stage]),
      );
    }
  });
});

test('一个事件欠同一人同一事由只有一份，只送给名册上的人和群', () => {
  always(({ streams }) => {
    for (const recorded of streams.flatMap((s) => s.history)) {
      const owed = notices(recorded);
      expect(new Set(owed.map((i) => `${line(i)} ${i.topic}`)).size).toBe(owed.length);
      for (const { to } of owed) {
        if ('room' in to) expect(AT_DUTY.roster.rooms.has(to.room)).toBe(true);
        if ('person' in to) expect(AT_DUTY.roster.people.has(to.person)).toBe(true);
      }
    }
  });
});
