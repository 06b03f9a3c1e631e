/** Every obligation of a shift with its moment, as a pure function of rules and state. */
import type { Deadline } from '../deadlines/deadline';
import { COUNTY } from '../deadlines/owners';
import { type Ending, type Owed, rowOf } from '../deadlines/status';
import { type Instant, localMinute, nextAtMinute } from '../instant';
import type { Rulebook } from '../plans/rulebook';
import type { Carried, Special } from './events';
import { type DutyState, seated } from './state';
import { type DutyKind, type Timing, timingOf } from './times';

/** Key of the hand-over. */
export const HANDOVER = 'handover';
/** The officers of the shift, where nobody is named. */
const OFFICER = 'duty_officer';

/** All deadlines of the shift, open or closed. Of what comes back daily only what is over and the next one. Nothing rings after closing. */
export function deadlines(rules: Rulebook, state: DutyState): readonly Deadline[] {
  const ending = endingOf(state);
  return [...owedAnswers(rules, state), ...owedHandover(rules, state), ...owedMoments(rules, state)].map((owed) =>
    rowOf(state, ending, owed),
  );
}

/** Everything of fixed moments up to `at`, also what stands behind something unheard since the program was down. */
export function momentsBy(rules: Rulebook, state: DutyState, at: Instant): readonly Deadline[] {
  return owedMoments(rules, state, at).map((owed) => rowOf(state, endingOf(state), owed));
}

function endingOf({ closed }: DutyState): Ending | null {
  return closed === null ? null : { at: closed.at, why: '已交班', closed: true };
}

/** What every row has in common. */
function owed(timing: Timing, some: Pick<Owed, 'key' | 'kind' | 'owner' | 'baseAt' | 'dueAt'> & Partial<Owed>): Owed {
  return { basis: timing.basis, why: '', rungs: timing.rungs, doneAt: null, voidWhy: null, lasting: false, ...some };
}

function owedAnswers(rules: Rulebook, { asks }: DutyState): readonly Owed[] {
  return Object.values(asks).flatMap((ask) => {
    const { id, kind, person, askedAt, dueAt, answeredAt, stoodDownAt } = ask;
    const timing = timingOf(rules, kind);
    const voidWhy = stoodDownAt !== null && answeredAt === null ? '已不需答复' : null;
    if (timing === null) return [];
    return [owed(timing, { key: `${kind}:${id}`, kind, owner: person, baseAt: askedAt, dueAt, doneAt: answeredAt, voidWhy })];
  });
}

/** Due at the end of the shift; owed by the leaving officer, once he has handed over by the one who comes. */
function owedHandover(rules: Rulebook, state: DutyState): readonly Owed[] {
  const { openedAt, until, seats, sheet, handedOver, closed } = state;
  const timing = timingOf(rules, HANDOVER);
  if (timing === null || until === null) return [];
  const [owner] = seated(handedOver === null ? seats : (sheet?.to ?? seats), OFFICER);
  const baseAt = Math.min(Math.max(openedAt, until - timing.term), until);
  return [owed(timing, { key: HANDOVER, kind: HANDOVER, owner: owner ?? OFFICER, baseAt, dueAt: until, doneAt: closed?.at ?? null })];
}

/** A duty of the day at its fixed moment. */
interface Daily {
  readonly kind: DutyKind;
  readonly county: string | null;
  readonly owner: string;
  readonly since: Instant;
  readonly until: Instant | null;
  /** Ended by a person before that; what comes next is then void. */
  readonly endedAt: Instant | null;
}

function owedMoments(rules: Rulebook, state: DutyState, upTo = Number.NEGATIVE_INFINITY): readonly Owed[] {
  return [
    ...state.carried.flatMap((left) => owedCarried(rules, state, left)),
    ...dailies(state).flatMap((d) => owedDaily(rules, state, d, upTo)),
  ];
}

/** Digests on every shift; zero reports of each county and of the office itself in a special period. */
function dailies({ openedAt, specials }: DutyState): readonly Daily[] {
  const digest = { kind: 'digest' as const, county: null, owner: OFFICER, since: openedAt, until: null, endedAt: null };
  return [digest, ...specials.flatMap((special, i) => zeroReports(openedAt, special, i === specials.length - 1))];
}

/** Where another special period follows, its own moments take the place of the one that became void. */
function zeroReports(openedAt: Instant, { since, until, endedAt, desks }: Special, last: boolean): readonly Daily[] {
  const ends = [until, last ? null : endedAt].flatMap((end) => end ?? []);
  const during = { since: Math.max(openedAt, since), until: ends.length === 0 ? null : Math.min(...ends), endedAt };
  return [
    ...desks.map(({ county, person }) => ({ ...during, kind: 'zero_report' as const, county, owner: person ?? COUNTY })),
    { ...during, kind: 'zero_report_upward', county: null, owner: OFFICER },
  ];
}

/** What an earlier shift left undone stays owed at its own moment, also when the special period has ended since. */
function owedCarried(rules: Rulebook, { done }: DutyState, { key, kind, owner, baseAt, dueAt }: Carried): readonly Owed[] {
  const timing = timingOf(rules, kind);
  return timing === null ? [] : [owed(timing, { key, kind, owner, baseAt, dueAt, doneAt: done[key]?.at ?? null, why: '上一班移交' })];
}

/** Moments one after the other, up to the first that is neither done nor rung out, and at least all up to `upTo`. */
function owedDaily(
  rules: Rulebook,
  state: DutyState,
  { kind, county, owner, since, until, endedAt }: Daily,
  upTo: Instant,
): readonly Owed[] {
  const timing = timingOf(rules, kind);
  const rows: Owed[] = [];
  if (timing === null) return rows;
  const full = timing.rungs.shares.filter((share) => share <= 100).length;
  for (let from = since; ; ) {
    const dueAt = nextAtMinute(timing.times, from);
    if (dueAt === null || (until !== null && dueAt > until)) return rows;
    const key = momentKey(kind, county, dueAt);
    const doneAt = state.done[key]?.at ?? null;
    const over = endedAt !== null && dueAt > endedAt;
    const voidWhy = over && doneAt === null ? '特殊时期已结束' : null;
    rows.push(owed(timing, { key, kind, owner, baseAt: dueAt - timing.term, dueAt, doneAt, voidWhy }));
    if (over || (dueAt > upTo && doneAt === null && (state.rings[key] ?? 0) < Math.max(full, 1))) return rows;
    from = dueAt;
  }
}

/** Key of a duty at its fixed moment, e.g. `zero_report:<county>:2026-10-01T16:00`. */
function momentKey(kind: DutyKind, county: string | null, dueAt: Instant): string {
  return [kind, ...(county === null ? [] : [county]), localMinute(dueAt)].join(':');
}

/** The county a zero report is owed by; null for every other deadline. */
export function countyOf({ key, kind }: Pick<Deadline, 'key' | 'kind'>): string | null {
  return kind === 'zero_report' ? (key.split(':')[1] ?? null) : null;
}
