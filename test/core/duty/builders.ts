/** What the tests of the duty room are told with: a roster of two days, a shift lived step by step, one command and its answer. */
import type { Deadline } from '../../../src/core/deadlines/deadline';
import { type DutyCommand, type DutyCommandOf, openingAfter } from '../../../src/core/duty/commands';
import { deadlines } from '../../../src/core/duty/deadlines';
import { decide } from '../../../src/core/duty/decide';
import type { DutyDecision } from '../../../src/core/duty/decide/scene';
import type { DutyEvent, DutyEventOf, Obligation } from '../../../src/core/duty/events';
import { evolve } from '../../../src/core/duty/evolve';
import { notices } from '../../../src/core/duty/notices';
import type { DutyState } from '../../../src/core/duty/state';
import type { Scene } from '../../../src/core/incident/decide/scene';
import type { Recorded } from '../../../src/core/incident/events';
import type { Confirm, Refusal } from '../../../src/core/incident/refusal';
import { type Instant, MINUTE } from '../../../src/core/instant';
import type { Intent } from '../../../src/core/notices/intent';
import type { Shift } from '../../../src/core/roster/roster';
import { clock, RULES, rosterWith, words } from '../builders';

export { clock, words };

/** 8:30 of one day to 8:30 of the next. */
export function day(date: string, officer: string, leader: string): readonly Shift[] {
  const from = Date.parse(`${date}T08:30:00+08:00`);
  const until = from + 24 * 60 * MINUTE;
  return [
    { person: officer, role: 'duty_officer', from, until },
    { person: leader, role: 'duty_leader', from, until },
  ];
}

export const NEXT_DAY = clock('2026-03-12T08:30:00+08:00');
export const AT_DUTY: Scene = {
  rules: RULES,
  roster: rosterWith({
    shifts: [
      ...day('2026-03-11', 'duty1', 'leader1'),
      ...day('2026-03-12', 'duty2', 'leader2'),
      ...day('2026-03-13', 'duty1', 'leader1'),
      ...day('2026-03-14', 'duty2', 'leader2'),
    ],
  }),
};

export interface Shifted {
  readonly scene: Scene;
  readonly history: readonly Recorded<DutyEvent>[];
  readonly state: DutyState;
  when(who: string | null, command: DutyCommand, at: string | Instant): DutyDecision;
  after(who: string | null, command: DutyCommand, at: string | Instant): Shifted;
  row(key: string): Deadline;
  rows(): readonly Deadline[];
  /** Rings everything due at a moment. */
  rung(at: string | Instant): Shifted;
  under(scene: Scene): Shifted;
  /** What the last act owes. */
  owed(): readonly Intent[];
}

/** The shift of 11 March, opened at 08:30 by its officer; or any shift opened from what another left. */
export function shift(open: { left?: DutyCommandOf<'OpenShift'>['left']; who?: string; at?: Instant } = {}): Shifted {
  const { left = null, who = 'duty1', at = clock('08:30') } = open;
  return lived(AT_DUTY, [], 0).after(who, { type: 'OpenShift', n: left === null ? 1 : left.shift + 1, left }, at);
}

/** Before any shift was opened. */
export function nothingYet(scene: Scene = AT_DUTY): Shifted {
  return lived(scene, [], 0);
}

function lived(scene: Scene, history: readonly Recorded<DutyEvent>[], acts: number): Shifted {
  const state = history.reduce<DutyState | null>((s, r) => evolve(s, r), null);
  const now = (): DutyState => {
    if (state === null) throw new Error('no shift was opened');
    return state;
  };
  const moment = (at: string | Instant): Instant => (typeof at === 'string' ? clock(at) : at);
  const when: Shifted['when'] = (who, command, at) =>
    decide(scene, state, {
      command,
      actor: { person: who, room: null, conversation: `chat-${who}` },
      at: moment(at),
      seed: `s${acts}`,
    });
  const rows = (): readonly Deadline[] => deadlines(scene.rules, now());
  const after: Shifted['after'] = (who, command, at) => {
    const added = events(when(who, command, at)).map((event, i) => ({ version: history.length + 1 + i, at: moment(at), event }));
    return lived(scene, [...history, ...added], acts + 1);
  };
  return {
    scene,
    history,
    get state() {
      return now();
    },
    when,
    after,
    rows,
    row: (key) => {
      const found = rows().find((row) => row.key.startsWith(key));
      if (found === undefined) throw new Error(`no row ${key} among ${rows().map((row) => row.key)}`);
      return found;
    },
    rung: (at) => {
      const keys = rows().flatMap(({ key, nextAt }) => (nextAt !== null && nextAt <= moment(at) ? [key] : []));
      return after(null, { type: 'RingDeadlines', keys }, at);
    },
    under: (changed) => lived(changed, history, acts),
    owed: () => {
      const last = history.at(-1);
      return last === undefined ? [] : notices(last);
    },
  };
}

export function events(decision: DutyDecision): readonly DutyEvent[] {
  if (decision.is !== 'events') throw new Error(`expected events, was told ${JSON.stringify(decision)}`);
  return decision.events;
}

/** The last event of this type in a life. */
export function last<T extends DutyEvent['type']>({ history }: Shifted, type: T): DutyEventOf<T> {
  const found = history.map((r) => r.event).findLast((e): e is DutyEventOf<T> => e.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

export function refusal(decision: DutyDecision): Refusal {
  if (decision.is !== 'refusal') throw new Error(`expected a refusal, got ${JSON.stringify(decision)}`);
  return decision;
}

export function question(decision: DutyDecision): Confirm {
  if (decision.is !== 'confirm') throw new Error(`expected a question, got ${JSON.stringify(decision)}`);
  return decision;
}

export const OWED: Obligation = { n: 3, key: 'assess', kind: 'assess', people: ['cons2'], dueAt: clock('2026-03-12T09:00:00+08:00') };

export const prepare = (obligations: readonly Obligation[] = []): DutyCommand => ({
  ...{ type: 'PrepareHandover', obligations },
  ...{ documents: words('keys'), equipment: null, notes: null },
});
export const handOver = (obligations: readonly Obligation[] = [], confirmed = true): DutyCommand => ({
  type: 'HandOver',
  obligations,
  confirmed,
});
export const takeOver = (obligations: readonly Obligation[] = [], confirmed = true): DutyCommand => ({
  type: 'TakeOver',
  obligations,
  confirmed,
});
export const special = (until: Instant | null = null, confirmed = true): DutyCommand => ({
  ...{ type: 'StartSpecialPeriod', until, confirmed },
  title: words('国庆'),
});
export const zero = (county: string | null, lateReason: string | null = null): DutyCommand => ({
  ...{ type: 'ReportZero', county, text: null, confirmed: true },
  lateReason: lateReason === null ? null : words(lateReason),
});
export const ring = (...keys: readonly string[]): DutyCommand => ({ type: 'RingDeadlines', keys });

/** Handed over and taken over at the end of the shift, both confirmed. */
export function relieved(before: Shifted, at: Instant = NEXT_DAY): { readonly old: Shifted; readonly next: Shifted } {
  const old = before.after('duty1', prepare(), at).after('duty1', handOver(), at).after('duty2', takeOver(), at);
  const { left } = openingAfter(last(old, 'TakenOver'), 2);
  return { old, next: shift({ left, who: 'duty2', at }) };
}
