/** What holds for every incident whatever people and clocks do: random commands by random people at random later moments. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { decide } from '../../../src/core/incident/decide';
import type { IncidentEvent, Recorded } from '../../../src/core/incident/events';
import { evolve } from '../../../src/core/incident/evolve';
import { hasEnded, type IncidentState, openAsks } from '../../../src/core/incident/state';
import { DAY, HOUR, MINUTE } from '../../../src/core/instant';
import { notices } from '../../../src/core/notices/notices';
import {
  activate,
  changeLevel,
  clock,
  NOTHING_TOLD,
  progress,
  proposal,
  ROSTER,
  RULES,
  received,
  report,
  ring,
  setLevel,
  supplement,
  terminate,
  told,
  unconfirmed,
  words,
} from '../builders';
import { line } from '../notices/intents';

const SCENE = frozen({ rules: RULES, roster: ROSTER });
/** A stand-in's ask has the rungs of its term only: the escalation goes on with the one stood in for. */
const RINGS = [RULES.profile.ladder.length, RULES.profile.ladder.length + RULES.profile.overtime.length];

interface Step {
  readonly who: string | null;
  readonly room: string | null;
  readonly command: IncidentCommand | 'due';
  readonly later: number;
}

const people = fc.constantFrom(
  'director',
  'deputy1',
  'leader1',
  'duty1',
  'hubin1',
  'hubin2',
  'site1',
  'site2',
  'coord1',
  'log2',
  'guest1',
  'admin1',
  null,
);
/** Those most likely asked something, answering in a private chat. */
const called = fc.constantFrom('hubin1', 'site1', 'coord1', 'log2', 'inv1', 'duty1');
const boss = fc.constantFrom('director', 'director', 'deputy1', 'hubin1', 'leader1');
const rooms = fc.constantFrom('duty', 'hq', 'county-hubin', null);
const ranks = fc.integer({ min: 1, max: 5 });
const reasons = fc.constantFrom(words('why'), words('why'), null);
const districts = fc.constantFrom('湖滨区', '陕州区', '西湖区', null);
const fields = districts.map((d) => ({ ...NOTHING_TOLD, district: d === null ? null : told(d) }));
const maybe = (command: fc.Arbitrary<IncidentCommand>) =>
  fc.tuple(command, fc.integer({ min: 0, max: 9 })).map(([c, n]) => (n === 0 ? unconfirmed(c) : c));

const reports = fc
  .record({ fields, suggestion: fc.constantFrom(proposal(3), proposal(4, 'public_safety_stability'), proposal(null, null)) })
  .map(report);
const byAnyone: fc.Arbitrary<IncidentCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }).map(received) },
  { weight: 1, arbitrary: fields.map((f) => supplement({ fields: f })) },
  { weight: 1, arbitrary: fc.constant(progress()) },
);
const decisions: fc.Arbitrary<IncidentCommand> = maybe(
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(ranks, reasons).map(([rank, reason]) => setLevel(rank, reason)) },
    { weight: 3, arbitrary: fc.constant(activate()) },
    { weight: 6, arbitrary: fc.tuple(ranks, reasons).map(([rank, reason]) => changeLevel(rank, reason)) },
    { weight: 1, arbitrary: reasons.map(terminate) },
  ),
);
/** Usually minutes; sometimes hours, as when the program was down. */
const later = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 * MINUTE }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * HOUR }) },
);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ who: people, room: rooms, command: byAnyone, later }) },
    { weight: 2, arbitrary: fc.record({ who: called, room: fc.constant(null), command: fc.constant(received()), later }) },
    { weight: 3, arbitrary: fc.record({ who: boss, room: rooms, command: decisions, later }) },
    { weight: 4, arbitrary: fc.record({ who: fc.constant(null), room: fc.constant(null), command: fc.constant('due' as const), later }) },
  ),
  { minLength: 4, maxLength: 25 },
);
/** Half of the lives get as far as a running response before anything random happens. */
const decided = (command: IncidentCommand): Step => ({ who: 'director', room: 'hq', command, later: 3 * MINUTE });
const beginnings = fc.constantFrom<readonly Step[]>(
  [],
  [],
  [decided(setLevel(3)), decided(activate())],
  [decided(setLevel(4)), decided(activate())],
);
/** Some are ended by a person who may, and life goes on around them. */
const endings = fc.constantFrom<readonly Step[]>([], [decided(terminate())]);
const lives = fc.record({
  first: reports,
  by: people,
  room: rooms,
  steps: fc.tuple(beginnings, steps, endings, steps).map((parts) => parts.flat()),
});

interface Moment {
  readonly before: IncidentState | null;
  readonly command: IncidentCommand;
  readonly answer: string;
  readonly events: readonly IncidentEvent[];
  readonly after: IncidentState | null;
}

/** Lives one incident through, everything frozen: whoever changes what was given in place fails here. */
function live({ first, by, room, steps: all }: { first: IncidentCommand; by: string | null; room: string | null; steps: readonly Step[] }) {
  let state: IncidentState | null = null;
  let at = clock('09:00');
  const history: Recorded<IncidentEvent>[] = [];
  const moments: Moment[] = [];
  for (const step of [{ who: by, room, command: first, later: 0 }, ...all]) {
    at += step.later;
    const command: IncidentCommand = step.command === 'due' ? ring(...dueKeys(state, at)) : step.command;
    const actor = { person: step.who, room: step.room, conversation: 'chat' };
    const envelope = { command, actor, at, seed: `s${moments.length}` };
    const decision = decide(SCENE, frozen(state), envelope);
    expect(decide(SCENE, state, envelope)).toEqual(decision);
    const events = decision.is === 'events' ? decision.events : [];
    const before: IncidentState | null = state;
    for (const event of events) {
      const recorded = frozen({ version: history.length + 1, at, event });
      history.push(recorded);
      state = evolve(state, recorded);
    }
    moments.push({ before, command, answer: decision.is === 'refusal' ? decision.code : decision.is, events, after: state });
  }
  return { history, moments, at, state };
}

function dueKeys(state: IncidentState | null, at: number): readonly string[] {
  return state === null ? [] : deadlines(RULES, state).flatMap((d) => (d.nextAt !== null && d.nextAt <= at ? [d.key] : []));
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
    fc.property(lives, (life) => check(live(life))),
    { numRuns: 100, seed: 20260311 },
  );
}

test('随机走法确实走得到启动、逾期、调级、终止', () => {
  const seen = new Map<string, number>();
  always(({ history }) => {
    for (const { event } of history) seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
  });
  for (const type of [
    'LevelSet',
    'ResponseActivated',
    'Acknowledged',
    'DeadlinesRang',
    'LevelChanged',
    'ResponseTerminated',
    'IncidentSupplemented',
    'ProgressReported',
  ])
    expect([type, (seen.get(type) ?? 0) >= 10]).toEqual([type, true]);
});

test('受理的必有事件，唯一例外是没有人欠的提醒；一条命令至多带出同一决定的几个事件，序号不断', () => {
  always(({ history, moments }) => {
    for (const m of moments) {
      if (m.answer === 'events' && m.events.length === 0) expect(m.command.type).toBe('RingDeadlines');
      expect(m.events.length).toBeLessThanOrEqual(3);
      expect(new Set(m.events.map((e) => e.type)).size).toBe(m.events.length);
    }
    expect(history.map((r) => r.version)).toEqual(history.map((_, i) => i + 1));
  });
});

test('被拒的和等确认的什么也不改', () => {
  always(({ moments }) => {
    for (const m of moments) if (m.answer !== 'events') expect(m.after).toBe(m.before);
  });
});

test('从库里读回事件重放，得到的状态与当时一致', () => {
  always(({ history, state }) => {
    const stored = JSON.parse(JSON.stringify(history)) as typeof history;
    const replayed = stored.reduce<IncidentState | null>((s, r) => evolve(s, r), null);
    expect(replayed).toEqual(state);
  });
});

/** What may still come in after the end. */
const AFTER_THE_END = ['IncidentSupplemented', 'ProgressReported', 'Acknowledged', 'DeadlinesRang'];

test('终止以后不再决定什么，只收后来的情况；响应中的事项不再响、不再开着', () => {
  always(({ moments, state, at }) => {
    for (const m of moments)
      if (m.before !== null && hasEnded(m.before))
        expect(m.events.map((e) => e.type).filter((type) => !AFTER_THE_END.includes(type))).toEqual([]);
    if (state === null || !hasEnded(state)) return;
    const ofResponse = deadlines(RULES, state).filter((d) => /^(group_ack|activate|assess|progress)/.test(d.kind));
    expect(ofResponse.filter((d) => d.status === 'open' || d.nextAt !== null)).toEqual([]);
    const command = ring(...ofResponse.map((d) => d.key));
    const much = { command, actor: { person: null, room: null, conversation: '' }, at: at + 30 * DAY, seed: 'end' };
    expect(decide(SCENE, state, much)).toEqual({ is: 'events', events: [] });
  });
});

test('待回复的点名必有一项开着的时限：还有下一次提醒，或者已响满', () => {
  always(({ moments }) => {
    for (const { after } of moments) {
      if (after === null || hasEnded(after)) continue;
      const open = new Map(deadlines(RULES, after).flatMap((d) => (d.status === 'open' ? [[d.key.slice(d.kind.length + 1), d]] : [])));
      const unwatched = openAsks(after).filter((ask) => {
        const deadline = open.get(ask.id);
        return deadline?.owner !== ask.person || (deadline.nextAt === null && !RINGS.includes(deadline.stage));
      });
      expect(unwatched).toEqual([]);
    }
  });
});

test('没有到点的不响，到点响过的级数只增不减，已答的不响', () => {
  always(({ moments, history }) => {
    const forgotten = moments.flatMap(({ before, after }) =>
      Object.entries(before?.rings ?? {}).filter(([key, stage]) => (after?.rings[key] ?? 0) < stage),
    );
    expect(forgotten).toEqual([]);
    for (const { event, at, version } of history) {
      if (event.type !== 'DeadlinesRang') continue;
      const then = history.slice(0, version - 1).reduce<IncidentState | null>((s, r) => evolve(s, r), null);
      if (then === null) throw new Error('a ring before the report');
      const open = new Map(deadlines(RULES, then).map((d) => [d.key, d]));
      for (const r of event.rings)
        expect([open.get(r.key)?.status, (open.get(r.key)?.nextAt ?? Number.POSITIVE_INFINITY) <= at]).toEqual(['open', true]);
    }
  });
});

test('时限只提前不推后；只有首次定级以该级的时限代替未定级的（第2节）', () => {
  always(({ moments }) => {
    for (const { before, after, events } of moments) {
      if (before === null || after === null || events.some((e) => e.type === 'LevelSet')) continue;
      const old = new Map(deadlines(RULES, before).map((d) => [d.key, d.dueAt]));
      expect(deadlines(RULES, after).filter((d) => d.dueAt > (old.get(d.key) ?? d.dueAt))).toEqual([]);
    }
  });
});

test('一人同时至多欠同一种事一次，点名编号不重', () => {
  always(({ history, state }) => {
    const ids = history.flatMap(({ event }) => ('asked' in event ? event.asked.map((a) => a.id) : []));
    expect(new Set(ids).size).toBe(ids.length);
    const owing = state === null ? [] : openAsks(state).map((a) => `${a.kind} ${a.person}`);
    expect(new Set(owing).size).toBe(owing.length);
  });
});

test('一个事件欠同一人同一事由只有一份，只送给名册上的人和群', () => {
  always(({ history }) => {
    for (const recorded of history) {
      const owed = notices(recorded);
      expect(new Set(owed.map(line)).size).toBe(owed.length);
      for (const { to } of owed) {
        if ('room' in to) expect(ROSTER.rooms.has(to.room)).toBe(true);
        if ('person' in to) expect(ROSTER.people.has(to.person)).toBe(true);
      }
    }
  });
});

test('没有无关县区被打扰（第4节）', () => {
  always(({ history, state }) => {
    const concerned = new Set(history.flatMap(({ event }) => ('county' in event && event.county !== null ? [event.county] : [])));
    for (const recorded of history)
      for (const { to } of notices(recorded)) {
        const county = 'room' in to ? (ROSTER.rooms.get(to.room)?.county ?? null) : null;
        if (county !== null) expect(concerned.has(county) || county === state?.county).toBe(true);
      }
  });
});
