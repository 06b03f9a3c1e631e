/** What is owed as a piece of work: reports, decisions, tasks, answers to directives, written confirmations. */
import type { AskState, DirectiveState, IncidentState, Met, OralApproval, TaskState } from '../incident/state';
import { type Instant, localMinute } from '../instant';
import { TASK_DONE } from '../plans/rulebook';
import { ASKED } from './asks';
import type { Deadline } from './deadline';
import { type Course, dueOf, rankAt, startOf } from './due';
import { COUNTY, deciders, reportsByCounty } from './owners';
import { isRepeated, repeatsOf } from './repeats';
import { type Done, type Ending, type Owed, owedOf, rowOf } from './status';
import { SILENT, type Step } from './terms';

/** Key of the decision on activation, and of the same decision asked of the deputy in the place of those who are silent. */
export const DECISION = 'activate';
export const DECISION_STAND_IN = 'activate:stand_in';

/** Everything one step asks for in this incident. */
export function owedByStep(course: Course, step: Step, ending: Ending | null): readonly Owed[] {
  if (ASKED.has(step.id)) return [];
  if (step.starts === 'oral_approval') return each(course.state.approvals, (approval) => backfill(course, step, approval));
  if (step.starts === 'directive_received') return each(course.state.directives, (directive) => feedback(course, step, directive));
  if (isRepeated(step)) return repeated(course, step, ending);
  if (step.id === DECISION) return decision(course, step);
  const owed = single(course, step);
  return owed === null ? [] : [owed];
}

function each<T>(entries: Readonly<Record<string, T>>, owed: (entry: T) => Owed | null): readonly Owed[] {
  return Object.values(entries).flatMap((entry) => owed(entry) ?? []);
}

/** A step that is done once. */
function single(course: Course, step: Step): Owed | null {
  const { state } = course;
  const start = startOf(state, step.starts) ?? (step.starts === 'occurred' ? state.receivedAt : null);
  if (start === null) return step.starts === 'terminated' ? afterReopening(course, step) : null;
  const done = doneOf(state, step, step.id);
  const due = dueOf(course, step, start, done.doneAt);
  return due === null ? null : owedOf(work(course, step, step.id), due, done, withMissing(course, step, due.why));
}

/** Terms from the end of a response that was taken up again stand still until the next end. */
function afterReopening(course: Course, step: Step): Owed | null {
  const again = course.state.reopened.at(-1);
  const due = again === undefined ? null : dueOf(course, step, again.at, null);
  return due === null ? null : owedOf(work(course, step, step.id), due, { doneAt: null, voidWhy: '事态反复，响应继续' });
}

function work(course: Course, step: Step, key: string, owner = step.owner): Pick<Owed, 'key' | 'kind' | 'owner' | 'rungs' | 'lasting'> {
  return { key, kind: step.id, owner, rungs: step.rungs, lasting: outlasts(course.state, step) };
}

/** What runs from the end or by law beside the response goes on after it; a written confirmation is owed whatever became of the matter. */
function outlasts({ status, terminated }: IncidentState, { starts }: Step): boolean {
  if (starts === 'oral_approval') return true;
  if (starts === 'directive_received') return status !== 'dismissed';
  return terminated !== null && (starts === 'terminated' || starts === 'occurred');
}

/** By the record of the obligation itself or of the same act under another name. */
function doneOf(state: IncidentState, step: Step, key: string): Done {
  const own = state.met[key];
  const same = step.sameAct.flatMap((id) => state.met[id] ?? []);
  const doneAt = earliest([own, ...same].map((met) => (met === undefined ? null : servedAt(step, met))));
  if (doneAt !== null) return { doneAt, voidWhy: null };
  if (step.id === 'assess') return { doneAt: state.assessed?.at ?? state.levels[0]?.at ?? null, voidWhy: waived(own) };
  return { doneAt: null, voidWhy: waived(own) ?? waived(step.targetOf === null ? undefined : state.met[step.targetOf]) };
}

/** When the last recipient was served; null while one is missing. */
function servedAt({ lines }: Step, met: Met): Instant | null {
  return met.waived || lines.some((line) => !met.lines.includes(line)) ? null : met.doneAt;
}

function waived(met: Met | undefined): string | null {
  return met?.waived ? `不适用（${met.by}）` : null;
}

function earliest(moments: readonly (Instant | null)[]): Instant | null {
  const known = moments.flatMap((at) => at ?? []);
  return known.length === 0 ? null : Math.min(...known);
}

/** Names the recipients still to be served, once one has been. */
function withMissing({ state, terms }: Course, step: Step, why: string, key: string = step.id): string {
  const met = state.met[key];
  if (met === undefined || met.waived || step.lines.length === 0) return why;
  const missing = step.lines.filter((line) => !met.lines.includes(line));
  if (missing.length === 0) return why;
  const named = missing.map((line) => terms.rules.pack.parties.find((party) => party.id === line)?.zh ?? line).join('、');
  return `${why === '' ? '' : `${why}；`}尚缺：${named}`;
}

/** The decision on activation; being watched instead is a decision too. At 100 % the deputy owes it as well, with a fresh term. */
function decision(course: Course, step: Step): readonly Owed[] {
  const { state, terms } = course;
  const start = startOf(state, step.starts);
  const decided = doneOf(state, step, step.id);
  const watched =
    state.left !== null && (state.status === 'monitoring' || (start !== null && start < state.left.at)) ? state.left.at : null;
  const doneAt = state.activated?.at ?? decided.doneAt ?? watched;
  const due = start === null ? null : dueOf(course, step, start, doneAt);
  if (due === null) return [];
  const rank = rankAt(course.incident, Number.POSITIVE_INFINITY);
  const done = { doneAt, voidWhy: doneAt === null ? decided.voidWhy : null };
  const owner = deciders(terms.rules, rank)[0] ?? step.owner;
  const owed = owedOf(work(course, step, DECISION, owner), due, done);
  const asked = state.deciders;
  const [deputy] = asked?.people ?? [];
  if (asked === undefined || deputy === undefined) return [owed];
  const fresh = { ...due, baseAt: asked.at, dueAt: asked.at + due.dueAt - due.baseAt, why: '代为决定，重新计时' };
  return [owed, owedOf({ ...work(course, step, DECISION_STAND_IN, deputy), rungs: terms.standIn }, fresh, done)];
}

/** Only what is over and what comes next: a later one appears when the one before it was done, rang out, or the response goes on past it. */
function repeated(course: Course, step: Step, ending: Ending | null, past: Instant | null = null): readonly Owed[] {
  const { state, terms } = course;
  const full = step.rungs.shares.filter((share) => share <= 100).length;
  const alone = step.sameAct.length === 0 && step.targetOf === null ? step : { ...step, sameAct: [], targetOf: null };
  const keyOf = (dueAt: Instant): string => `${step.id}:${localMinute(dueAt)}`;
  const goesOn = (dueAt: Instant): boolean => {
    if (past !== null) return dueAt <= past;
    if (ending !== null && (ending.at === null || dueAt > ending.at)) return false;
    const key = keyOf(dueAt);
    const met = state.met[key];
    return ending !== null || (met !== undefined && (met.waived || servedAt(step, met) !== null)) || (state.rings[key] ?? 0) >= full;
  };
  return repeatsOf(course, step, goesOn).map(({ baseAt, dueAt, rank, why }) => {
    const key = keyOf(dueAt);
    const owner = reportsByCounty(terms.rules, rank) ? COUNTY : step.owner;
    const due = { baseAt, dueAt, basis: step.rule.basis, why: withMissing(course, step, why, key) };
    return owedOf(work(course, step, key, owner), due, doneOf(state, alone, key));
  });
}

function backfill(course: Course, step: Step, approval: OralApproval): Owed | null {
  const key = `${step.id}:${approval.id}`;
  const { doneAt, voidWhy } = doneOf(course.state, step, key);
  const done = approval.confirmedAt ?? doneAt;
  const due = dueOf(course, step, approval.approvedAt, done);
  return due === null ? null : owedOf(work(course, step, key, approval.who), due, { doneAt: done, voidWhy });
}

/** A date the directive names itself takes the place of the profile's term. */
function feedback(course: Course, step: Step, directive: DirectiveState): Owed | null {
  const key = `${step.id}:${directive.id}`;
  const { doneAt, voidWhy } = doneOf(course.state, step, key);
  const done = directive.answeredAt ?? doneAt;
  const due = dueOf(course, step, directive.receivedAt, done);
  if (due === null) return null;
  const own = directive.dueAt === null ? due : { ...due, dueAt: directive.dueAt, why: '批示自定时限' };
  return owedOf(work(course, step, key, directive.assignee ?? step.owner), own, { doneAt: done, voidWhy });
}

/**
 * The work of a task: its own moment, or the moment of the step its template falls due with; none where neither is given. The clock
 * starts with the answer to the ask it came with (decisions section 3, last line); until then the ask itself climbs.
 */
export function owedTask(course: Course, task: TaskState, ending: Ending | null): Owed | null {
  const key = `${TASK_DONE}:${task.id}`;
  const step = task.dueAt === null ? byTemplate(course, task) : null;
  const due = task.dueAt === null ? step : { dueAt: task.dueAt, basis: 'proj', why: '' };
  if (due === null) return null;
  const doneAt = task.doneAt ?? step?.doneAt ?? null;
  const acceptedAt = acceptedWhen(course.state, task, ending);
  const who = { key, kind: TASK_DONE, owner: task.owner, rungs: acceptedAt === null ? SILENT : course.terms.clock, lasting: false };
  const moment = { baseAt: acceptedAt ?? task.givenAt, dueAt: due.dueAt, basis: due.basis, why: due.why };
  return owedOf(who, moment, { doneAt, voidWhy: doneAt === null ? (waived(course.state.met[key]) ?? step?.voidWhy ?? null) : null });
}

/**
 * When the owner, or whoever was called in his place, answered; at the earliest when the task was given. Null while somebody is still
 * asked; an answer after the end starts nothing of what was given before it. Where nobody is left to answer, the clock of a task a person gave runs from then on.
 */
function acceptedWhen({ asks }: IncidentState, task: TaskState, ending: Ending | null): Instant | null {
  const asked = Object.values(asks).filter((ask) => answersFor(ask, task));
  const answered = asked.flatMap((ask) => (ask.answer === 'acknowledged' ? (ask.answeredAt ?? []) : []));
  if (answered.length === 0) return task.dueAt === null ? null : leftAlone(asked, task);
  const first = Math.min(...answered);
  const tooLate = ending !== null && (ending.at === null || (first >= ending.at && task.givenAt < ending.at));
  return tooLate ? null : Math.max(task.givenAt, first);
}

/** When the last one who was asked said that he cannot come or was stood down; null while one is still asked. */
function leftAlone(asked: readonly AskState[], { givenAt }: TaskState): Instant | null {
  const gone = asked.map((ask) => ask.answeredAt ?? ask.stoodDownAt);
  return gone.every((at) => at !== null) ? Math.max(givenAt, ...gone.flatMap((at) => at ?? [])) : null;
}

/** Does this ask decide whether the task's clock runs: the call the plan's own work came with, else the very task's? */
export function answersFor({ id, about, kind, person, standInFor }: AskState, task: TaskState): boolean {
  if (kind === 'task') return (about ?? id) === task.id;
  return kind === 'call_out' && task.dueAt === null && (person === task.owner || standInFor === task.owner);
}

/** Next moment of that step after the task was given; the step done or set aside, nothing is left of the task. */
function byTemplate(course: Course, task: TaskState): Owed | null {
  const id = task.template === null ? undefined : course.terms.dueOfTask.get(task.template);
  const step = id === undefined ? undefined : course.terms.byId.get(id);
  if (step === undefined || ASKED.has(step.id)) return null;
  const owed = isRepeated(step) ? repeated(course, step, null, task.givenAt).at(-1) : single(course, step);
  return owed === undefined || owed === null || owed.dueAt <= task.givenAt ? null : owed;
}

/** Rows of everything a step asks for. */
export function workRows(course: Course, ending: Ending | null): readonly Deadline[] {
  return course.terms.steps.flatMap((step) => owedByStep(course, step, ending)).map((one) => rowOf(course.state, ending, one));
}

/** Rows of the tasks, which also hang on what their owners answered. */
export function taskRows(course: Course, ending: Ending | null): readonly Deadline[] {
  const owed = Object.values(course.state.tasks).flatMap((task) => owedTask(course, task, ending) ?? []);
  return owed.map((one) => rowOf(course.state, ending, one));
}
