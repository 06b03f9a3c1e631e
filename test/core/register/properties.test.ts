/** What holds for every entry of the registers whatever people and clocks do. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded } from '../../../src/core/incident/events';
import { DAY, HOUR, type Instant } from '../../../src/core/instant';
import type { RegisterCommand } from '../../../src/core/register/commands';
import { deadlines } from '../../../src/core/register/deadlines';
import { decide } from '../../../src/core/register/decide';
import type { RegisterEvent } from '../../../src/core/register/events';
import { evolve, upcast } from '../../../src/core/register/evolve';
import { notices } from '../../../src/core/register/notices';
import type { RegisterState } from '../../../src/core/register/state';
import { change, check, close, enter, on, ROSTER, RULES, words } from './builders';

interface Step {
  readonly who: string | null;
  readonly command: RegisterCommand | 'due';
  readonly later: number;
  /** Days from now to the next review that is asked for; null for the usual one. */
  readonly ahead: number | null;
}

const kinds = fc.constantFrom(...RULES.profile.register.map(({ id }) => id));
const people = fc.constantFrom('office1', 'office1', 'log1', 'log1', 'cons2', 'leader1', 'guest1', null);
const texts = fc.constantFrom(words('text'), words('text'), null);
const commands: fc.Arbitrary<Step['command']> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('due' as const) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(texts, fc.boolean(), fc.constantFrom(null, 10, 40))
      .map(([text, inOrder, amount]) => check({ text, inOrder, amount })),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('log2', null, 'nobody'), texts).map(([owner, reason]) => change({ owner, reason })) },
  { weight: 1, arbitrary: fc.tuple(texts, fc.boolean()).map(([reason, confirmed]) => close({ reason, confirmed })) },
);
const later = fc.oneof(fc.integer({ min: 0, max: 2 * HOUR }), fc.integer({ min: 0, max: 40 * DAY }));
const ahead = fc.constantFrom(null, null, -1, 5, 20, 4000);
const lives = fc.record({
  kind: kinds,
  steps: fc.array(fc.record({ who: people, command: commands, later, ahead }), { minLength: 4, maxLength: 25 }),
});

interface Moment {
  readonly command: RegisterCommand;
  readonly answer: string;
  readonly events: readonly RegisterEvent[];
  readonly before: RegisterState | null;
  readonly after: RegisterState | null;
  readonly at: Instant;
}

function live({ kind, steps }: { readonly kind: string; readonly steps: readonly Step[] }) {
  let state: RegisterState | null = null;
  let at = on('03-11');
  const history: Recorded<RegisterEvent>[] = [];
  const moments: Moment[] = [];
  const first: Step = { who: 'office1', command: enter({ kind, about: null }), later: 0, ahead: null };
  for (const step of [first, ...steps]) {
    at += step.later;
    const command = asCommand(state, step, at);
    const envelope = { command, actor: { person: step.who, room: null, conversation: 'chat' }, at, seed: 'seed' };
    const decision = decide({ rules: RULES, roster: ROSTER }, state, envelope);
    const before: RegisterState | null = state;
    const events = decision.is === 'events' ? decision.events : [];
    for (const event of events) {
      history.push({ version: history.length + 1, at, event });
      state = evolve(state, { version: history.length, at, event });
    }
    moments.push({ command, answer: decision.is, events, before, after: state, at });
  }
  return { history, moments, state };
}

function asCommand(state: RegisterState | null, { command, ahead }: Step, at: Instant): RegisterCommand {
  const rows = state === null ? [] : deadlines(RULES, state);
  if (command === 'due') return { type: 'RingDeadlines', keys: rows.flatMap((d) => (d.nextAt !== null && d.nextAt <= at ? [d.key] : [])) };
  const dated = command.type === 'CheckItem' || command.type === 'ChangeItem';
  return dated && ahead !== null ? { ...command, nextAt: at + ahead * DAY } : command;
}

function always(check: (life: ReturnType<typeof live>) => void): void {
  fc.assert(
    fc.property(lives, (life) => check(live(life))),
    { numRuns: 200, seed: 20261001 },
  );
}

test('随机走法确实走得到检查、变更、逾期、销号', () => {
  const seen = new Map<string, number>();
  always(({ history }) => {
    for (const { event } of history) seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
  });
  expect(['ItemChecked', 'ItemChanged', 'ItemClosed', 'DeadlinesRang'].filter((type) => (seen.get(type) ?? 0) < 10)).toEqual([]);
});

test('受理的恰有一个事件，唯一例外是没有人欠的提醒；被拒的什么也不改；序号不断，重放一致', () => {
  always(({ history, moments, state }) => {
    for (const m of moments) {
      if (m.answer !== 'events') expect(m.after).toBe(m.before);
      else if (m.command.type !== 'RingDeadlines') expect(m.events).toHaveLength(1);
    }
    expect(history.map((r) => r.version)).toEqual(history.map((_, i) => i + 1));
    const stored = JSON.parse(JSON.stringify(history)) as typeof history;
    expect(stored.reduce<RegisterState | null>((s, r) => evolve(s, { ...r, event: upcast({ ...r.event }) ?? r.event }), null)).toEqual(
      state,
    );
  });
});

test('没有销号的总有一次检查等着，将要响或已响满；销了号的不再开着也不再响', () => {
  always(({ moments }) => {
    for (const { after } of moments) {
      if (after === null) continue;
      const rows = deadlines(RULES, after);
      expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
      const open = rows.filter((row) => row.status === 'open');
      if (after.status === 'closed') expect(rows.filter((row) => row.status === 'open' || row.nextAt !== null)).toEqual([]);
      else expect(open.map((row) => row.nextAt !== null || row.stage === 6)).toEqual([true]);
    }
  });
});

test('没有到点的不响，级数只增不减；只送给名册上的人和群', () => {
  always(({ moments, history }) => {
    for (const { before, after, events, at } of moments) {
      for (const [key, stage] of Object.entries(before?.rings ?? {})) expect((after?.rings[key] ?? 0) >= stage).toBe(true);
      const rows = new Map(before === null ? [] : deadlines(RULES, before).map((row) => [row.key, row]));
      for (const ring of events.flatMap((e) => (e.type === 'DeadlinesRang' ? e.rings : [])))
        expect([rows.get(ring.key)?.status, (rows.get(ring.key)?.nextAt ?? Number.POSITIVE_INFINITY) <= at]).toEqual(['open', true]);
    }
    for (const { to } of history.flatMap((r) => notices(r))) {
      if ('room' in to) expect(ROSTER.rooms.has(to.room)).toBe(true);
      if ('person' in to) expect(ROSTER.people.has(to.person)).toBe(true);
    }
  });
});
