/** What is owed of work records: answers, receipts, approvals by their terms, and the entries of what is watched, stretch after stretch. */
import { isOpen, recordKey, recordsInOrder, ruleOf } from '../incident/records/find';
import type { WorkRecord } from '../incident/records/record';
import type { IncidentState } from '../incident/state';
import { RECORD_DUE } from '../plans/rulebook';
import type { Deadline } from './deadline';
import { type Course, type Due, dueOf } from './due';
import { type Ending, type Owed, owedOf, rowOf } from './status';
import type { Step } from './terms';

/** Rows of all records that have a term, told or the plan's. */
export function recordRows(course: Course, ending: Ending | null): readonly Deadline[] {
  const owed = recordsInOrder(course.state).flatMap((record) => owedOfRecord(course, record, ending));
  return owed.map((one) => rowOf(course.state, ending, one));
}

function owedOfRecord(course: Course, record: WorkRecord, ending: Ending | null): readonly Owed[] {
  const id = ruleOf(course.terms.rules, record.kind)?.due;
  const step = id === undefined ? undefined : course.terms.byId.get(id);
  if (record.every !== null) return watched(course, record, record.every, step, ending);
  const due = dueOfRecord(course, record, step);
  return due === null ? [] : [one(course, record, step, record.period.n, due, record.settledAt)];
}

/** The term that was told takes the place of the plan's. */
function dueOfRecord(course: Course, record: WorkRecord, step: Step | undefined): Due | null {
  const { openedAt, dueAt, settledAt } = record;
  if (dueAt !== null) return { baseAt: openedAt, dueAt, basis: 'proj', why: '登记时写明的时限' };
  return step === undefined ? null : dueOf(course, step, openedAt, settledAt);
}

/** The stretch that runs and the one before it; what was watched in a response that has ended is watched no longer. */
function watched(course: Course, record: WorkRecord, every: number, step: Step | undefined, ending: Ending | null): readonly Owed[] {
  const { period, openedAt } = record;
  const over = ending !== null && (ending.at === null || openedAt < ending.at);
  const dueFrom = (from: number): Due => ({ baseAt: from, dueAt: from + every, basis: 'proj', why: '' });
  const before = period.before === null ? [] : [one(course, record, step, period.n - 1, dueFrom(period.before.from), period.before.doneAt)];
  const now = dueFrom(period.from);
  const last = over ? { ...now, baseAt: openedAt } : now;
  return [...before, one(course, record, step, period.n, last, isOpen(record) ? null : record.settledAt)];
}

function one(course: Course, record: WorkRecord, step: Step | undefined, period: number, due: Due, doneAt: number | null): Owed {
  const { rules, clock } = course.terms;
  const key = recordKey(rules, record, period);
  const who = { key, kind: step?.id ?? RECORD_DUE, owner: record.owner, rungs: step?.rungs ?? clock, lasting: false };
  return owedOf(who, due, { doneAt, voidWhy: doneAt === null ? waived(course.state, key) : null });
}

/** The words that say so, where a named person set it aside; else null. */
export function waived({ met }: Pick<IncidentState, 'met'>, key: string): string | null {
  const found = met[key];
  return found?.waived ? `不适用（${found.by}）` : null;
}
