/** Obligations that come back: fixed times of the day and intervals, each from the moment before it (README of the expected tables, 14). */
import type { Instant } from '../instant';
import { nextAtMinute } from '../instant';
import type { Rank } from '../plans/rulebook';
import { type Change, type Course, changesFor, RECOUNTED, rankAt, startOf } from './due';
import type { Step } from './terms';

export interface Repeat {
  readonly baseAt: Instant;
  readonly dueAt: Instant;
  readonly rank: Rank | null;
  readonly why: string;
}

/** Is this a step that comes back? */
export function isRepeated(step: Step): boolean {
  return step.times !== null || step.repeatsFor !== null;
}

/**
 * Every moment up to the first that `goesOn` says no to, that one included: what is over and what comes next, never more. A change of level
 * in between may only bring the next moment nearer; one that the new level lacks stays, what the old one lacked starts at the change.
 */
export function repeatsOf(course: Course, step: Step, goesOn: (dueAt: Instant) => boolean): readonly Repeat[] {
  const changes = changesFor(course, step);
  const start = startOf(course.state, step.starts);
  const found: Repeat[] = [];
  if (start === null) return found;
  const last = step.repeatsFor === null ? Number.POSITIVE_INFINITY : start + step.repeatsFor;
  for (let from = start; ; ) {
    const next = nextOf(course, step, changes, from);
    if (next === null || next.dueAt > last) return found;
    found.push(next);
    if (!goesOn(next.dueAt)) return found;
    from = next.dueAt;
  }
}

function nextOf(course: Course, step: Step, changes: readonly Change[], from: Instant): Repeat | null {
  const rank = rankAt(changes, from);
  let dueAt = moment(course, step, rank, from);
  let baseAt = from;
  let why = '';
  for (const change of changes) {
    if (change.at <= from || (dueAt !== null && change.at >= dueAt)) continue;
    const fresh = moment(course, step, change.rank, change.at);
    if (fresh !== null && dueAt === null) baseAt = change.at;
    if (fresh !== null || dueAt !== null) why = RECOUNTED;
    if (fresh !== null && (dueAt === null || fresh < dueAt)) dueAt = fresh;
  }
  return dueAt === null ? null : { baseAt, dueAt, rank: rankAt(changes, dueAt), why };
}

function moment({ terms }: Course, step: Step, rank: Rank | null, from: Instant): Instant | null {
  const column = terms.column(rank);
  if (step.times !== null) return nextAtMinute(step.times.get(column) ?? [], from);
  const term = step.rule.terms.get(column) ?? null;
  return term === null ? null : from + term;
}
