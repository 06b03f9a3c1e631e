/** What is owed by people who were asked by name. */
import type { AskKind } from '../incident/events';
import type { AskState, IncidentState } from '../incident/state';
import { type Course, dueOf } from './due';
import { type Owed, owedOf } from './status';
import { type Rungs, SILENT, type Terms } from './terms';

/**
 * Which step of the profile times an ask. A directive waits for its feedback, which has a clock of its own; an office that wants its 收到
 * timed too adds a step of this name.
 */
const STEP_OF: Readonly<Record<AskKind, string>> = {
  duty_ack: 'duty_ack',
  prior_handling: 'task_ack',
  call_out: 'group_ack',
  task: 'task_ack',
  directive: 'directive_ack',
  record: 'task_ack',
  paper: 'task_ack',
};

/** Steps that time asks and nothing else. */
export const ASKED: ReadonlySet<string> = new Set(Object.values(STEP_OF));

/** Version of the event that reported the incident: what it asks runs from receipt. */
const REPORT = 1;

/** Step of the profile that times asks of a kind. */
export function askStep(kind: AskKind): string {
  return STEP_OF[kind];
}

/** Deadline key of an ask. */
export function askKey(ask: Pick<AskState, 'id' | 'kind'>): string {
  return `${STEP_OF[ask.kind]}:${ask.id}`;
}

/** The ask behind a deadline of an ask, or null. */
export function askBehind(state: IncidentState, { key, kind }: { readonly key: string; readonly kind: string }): AskState | null {
  return ASKED.has(kind) ? (state.asks[key.slice(kind.length + 1)] ?? null) : null;
}

/** The answer that is owed; null where the profile times no such ask. */
export function owedAnswer(course: Course, ask: AskState): Owed | null {
  const { terms, state } = course;
  const kind = STEP_OF[ask.kind];
  const step = terms.byId.get(kind);
  if (step === undefined) return null;
  const start = step.starts === 'received' && ask.version === REPORT ? state.receivedAt : ask.askedAt;
  const doneAt = ask.answeredAt;
  const due = dueOf(course, step, start, doneAt ?? ask.stoodDownAt);
  if (due === null) return null;
  const rungs = step.rungs === terms.ask ? askRungs(terms, state, ask) : step.rungs;
  return owedOf({ key: askKey(ask), kind, owner: ask.person, rungs, lasting: false }, due, {
    doneAt,
    voidWhy: voidWhy(state, ask),
  });
}

/** Stood down by a level, or left over from a matter handed over or a response that ended, and taken up again with new calls. */
function voidWhy(state: IncidentState, ask: AskState): string | null {
  if (ask.stoodDownAt !== null && ask.answer === null) return ask.kind === 'paper' ? '文稿已改，重新送办' : '已解除集结';
  if (ask.answeredAt === null && isTakenUpAgain(state, ask)) return '退回后已重新点名';
  const again = state.reopened.at(-1);
  const left = again !== undefined && ask.askedAt < again.at && ask.answeredAt === null;
  return left && Object.values(state.asks).some((a) => a.person === ask.person && a.kind === ask.kind && a.askedAt >= again.at)
    ? '事态反复后已重新点名'
    : null;
}

/** The officer on duty is asked once on the report, he or his stand-in, and anew when the other organ sends it back. */
function isTakenUpAgain({ asks }: IncidentState, { kind, person, standInFor, version }: AskState): boolean {
  if (kind !== 'duty_ack') return false;
  return Object.values(asks).some((a) => a.kind === kind && a.person === person && a.standInFor === standInFor && a.version > version);
}

/** Nothing climbs after termination, nor once the one or the other has answered; a stand-in's own escalation goes on with the one stood in for, while that one is still silent. */
export function askRungs(terms: Terms, state: IncidentState, ask: AskState): Rungs {
  if (state.terminated !== null) return terms.clock;
  if (ask.standInFor === null) return isRelieved(state, ask) ? SILENT : terms.ask;
  const first = Object.values(state.asks).filter(
    (a) => a.person === ask.standInFor && a.kind === ask.kind && a.stoodDownAt === null && sameMatter(a, ask),
  );
  if (first.some((a) => a.answer === 'acknowledged' && (a.answeredAt ?? 0) >= ask.askedAt)) return SILENT;
  return first.some((a) => a.answer === null) ? terms.standIn : terms.escalating;
}

/** Somebody came in his place: the climb is over, his own answer stays owed (decisions section 3, last line). */
function isRelieved({ asks }: IncidentState, ask: AskState): boolean {
  return Object.values(asks).some(
    (a) =>
      a.standInFor === ask.person && a.kind === ask.kind && a.answer === 'acknowledged' && a.askedAt >= ask.askedAt && sameMatter(ask, a),
  );
}

/** Of many tasks and directives the very same one. */
function sameMatter(first: AskState, { about }: AskState): boolean {
  return about === undefined || (first.about ?? first.id) === about;
}
