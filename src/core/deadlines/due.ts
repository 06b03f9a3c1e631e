/** When an obligation is due: the strictest rule at the level in force, moved by gradings, level changes and sensitivity. */
import type { IncidentState, LevelStep } from '../incident/state';
import { DAY, type Instant, MINUTE } from '../instant';
import type { Rank } from '../plans/rulebook';
import type { Rule, Start, Step, Terms } from './terms';

/** A new level from a moment on. */
export interface Change {
  readonly at: Instant;
  readonly rank: Rank;
}

/** What all obligations of one incident are reckoned from. */
export interface Course {
  readonly terms: Terms;
  readonly state: IncidentState;
  /** Gradings of the incident: these move what is owed upward and outward. */
  readonly incident: readonly Change[];
  /** The same with the response level after activation: these move what the response itself owes. */
  readonly response: readonly Change[];
}

export interface Due {
  readonly baseAt: Instant;
  readonly dueAt: Instant;
  readonly basis: string;
  readonly why: string;
}

export function courseOf(terms: Terms, state: IncidentState): Course {
  const { levels, responseLevels, activated } = state;
  const incident = changesOf(levels);
  if (activated === null || responseLevels.length === 0) return { terms, state, incident, response: incident };
  const before = levels.filter((l) => l.at <= activated.at);
  return { terms, state, incident, response: changesOf([...before, ...responseLevels]) };
}

/** Steps that bring another level; a mere confirmation is none. */
function changesOf(levels: readonly LevelStep[]): readonly Change[] {
  return levels.length < 2 ? levels : levels.filter((l, i) => l.rank !== levels[i - 1]?.rank);
}

/** The level in force at a moment. */
export function rankAt(changes: readonly Change[], at: Instant): Rank | null {
  let rank: Rank | null = null;
  for (const change of changes) if (change.at <= at) rank = change.rank;
  return rank;
}

const RESPONSE: readonly Start[] = ['activated', 'task_given', 'asked', 'recorded'];

/** Changes of level that move a step. */
export function changesFor(course: Course, step: Step): readonly Change[] {
  return RESPONSE.includes(step.starts) ? course.response : course.incident;
}

export const RECOUNTED = '改级重计';

/** A moment one rule gives, with what is to be said of it. */
interface Moment {
  readonly at: Instant;
  readonly rule: Rule;
  readonly note: string;
}

/**
 * Due moment of what started at `base`; null where no rule applies at any level so far. The first grading puts the level's own
 * term in the place of the ungraded one; a moment that has passed by then, and every later change, only comes nearer:
 * min(old, change + new term). What a new level does not have stays; what the old one lacked starts at the change.
 * Nothing moves after `until`, when it was done.
 */
export function dueOf(course: Course, step: Step, base: Instant, until: Instant | null): Due | null {
  const changes = changesFor(course, step);
  let found = strictest(course, step, rankAt(changes, base), base);
  let baseAt = base;
  let mark = '';
  for (const change of changes) {
    if (change.at <= base || (until !== null && change.at >= until)) continue;
    const moved = atChange(course, step, found, change, base);
    if (found === null && moved !== null && !moved.whole) baseAt = change.at;
    if (moved?.marked) mark = RECOUNTED;
    found = moved?.moment ?? found;
  }
  if (found === null) return null;
  const strict = sensitive(course, step, found, base, until);
  return { baseAt, dueAt: strict.at, basis: strict.rule.basis, why: whyOf(course, step, strict, mark) };
}

interface Moved {
  readonly moment: Moment | null;
  /** The whole term from the start, not from the change. */
  readonly whole: boolean;
  readonly marked: boolean;
}

function atChange(course: Course, step: Step, old: Moment | null, change: Change, base: Instant): Moved {
  const grading = step.starts === 'received' && change === changesFor(course, step)[0];
  if (grading && (old === null || change.at < old.at)) {
    const whole = strictest(course, step, change.rank, base);
    if (whole !== null && whole.at > change.at) return { moment: whole, whole: true, marked: false };
  }
  const fresh = strictest(course, step, change.rank, change.at);
  const nearer = fresh !== null && (old === null || fresh.at < old.at);
  return { moment: nearer ? fresh : old, whole: false, marked: nearer || (old !== null && course.state.levels[0] !== change && !grading) };
}

/** The rule that comes first at a level; every rule counts from `base` or from its own start. */
function strictest(course: Course, step: Step, rank: Rank | null, base: Instant): Moment | null {
  const column = course.terms.column(rank);
  let first = momentOf(course, step, step.rule, column, base);
  for (const rule of step.others) {
    const moment = applies(course, rule) ? momentOf(course, step, rule, column, base) : null;
    if (moment !== null && (first === null || moment.at < first.at)) first = moment;
  }
  return first;
}

/** Late knowledge is no late report: a term from the occurrence that had passed on receipt counts from receipt. */
const PASSED = '自事发起算的时限接报时已过，知悉晚不是迟报，请写明原因';

function momentOf(course: Course, step: Step, rule: Rule, column: string, base: Instant): Moment | null {
  const term = rule.terms.get(column) ?? null;
  const from = rule.starts === step.starts ? base : startOf(course.state, rule.starts);
  if (term === null || from === null) return null;
  const { receivedAt } = course.state;
  if (rule.starts === 'occurred' && from + term <= receivedAt) return { at: receivedAt + term, rule, note: PASSED };
  return { at: from + term, rule, note: '' };
}

function applies({ state }: Course, { category, matter }: Rule): boolean {
  if (category !== null) return category === (state.assessed?.category ?? state.suggestion.category);
  return matter === null || (state.suggestion.matters ?? []).includes(matter);
}

/** Sensitivity beats grade: a report upward then has at most the term of an ungraded incident (procedure section 1.7). */
function sensitive({ terms, state }: Course, step: Step, found: Moment, base: Instant, until: Instant | null): Moment {
  if (!step.upward || !state.sensitive) return found;
  const term = step.rule.terms.get(terms.column(null)) ?? null;
  const flagged = state.sensitiveAt ?? base;
  if (term === null || (until !== null && flagged >= until)) return found;
  const at = base + term > flagged ? base + term : flagged + term;
  return at < found.at ? { at, rule: step.rule, note: '敏感事项，从严计时' } : found;
}

/** The mark of a recount, the note of the rule that won, and the rules beside it. */
function whyOf(course: Course, step: Step, { rule, note }: Moment, mark: string): string {
  if (step.others.length === 0) return note === '' ? mark : mark === '' ? note : `${mark}；${note}`;
  const column = course.terms.column(rankAt(changesFor(course, step), Number.POSITIVE_INFINITY));
  const beside = [step.rule, ...step.others].flatMap((other) => {
    const term = other.terms.get(column) ?? null;
    return other === rule || term === null || !applies(course, other) ? [] : [`另有规定：${other.source}（${termZh(term)}）`];
  });
  return [mark, rule === step.rule ? '' : `依${rule.source}`, note, ...beside].filter((part) => part !== '').join('；');
}

function termZh(term: number): string {
  return term % DAY === 0 ? `${term / DAY}日` : `${term / MINUTE}分钟`;
}

/** When a step of this start begins in this incident; null while it has not, and for starts that belong to one ask, task or paper. */
export function startOf(state: IncidentState, starts: Start): Instant | null {
  switch (starts) {
    case 'received':
      return state.receivedAt;
    case 'occurred':
      return occurredAt(state);
    case 'assessed':
      return state.assessed?.at ?? null;
    case 'level_set':
      return gradedAt(state);
    case 'activated':
      return state.activated === null ? null : (state.reopened.at(-1)?.at ?? state.activated.at);
    case 'terminated':
      return state.terminated?.at ?? null;
    default:
      return null;
  }
}

/** Told to the hour at least; what is only known by the day cannot be counted in minutes. */
function occurredAt({ fields }: IncidentState): Instant | null {
  const told = fields.occurredAt?.value;
  return told === undefined || (told.precision !== 'minute' && told.precision !== 'hour') ? null : told.at;
}

/** The first grading; after a time of mere watching the next one, since the decision is due anew. */
function gradedAt({ levels, left, status }: IncidentState): Instant | null {
  const back = left !== null && status !== 'monitoring' && status !== 'dismissed' && status !== 'transferred';
  return (back ? levels.find((l) => l.at > left.at) : levels[0])?.at ?? null;
}
