/** How answers, rings, tasks, directives, calls and papers change an incident. */
import type { EventOf } from '../events';
import type { WorkEvent } from '../events/work';
import type { IncidentState, TaskState } from '../state';
import { type At, act, answeredBy, changed, kept, withAsked } from './parts';
import { receipted } from './records';

export function evolveWork(state: IncidentState, event: WorkEvent, at: At): IncidentState {
  switch (event.type) {
    case 'Acknowledged':
      return { ...state, ...answered(state, event.asks, at) };
    case 'AcknowledgementWithdrawn':
      return { ...state, ...answered(state, event.asks, null) };
    case 'CannotCome': {
      const asks = changed(state.asks, event.asks, (ask) => ({
        ...ask,
        answer: 'cannot_come' as const,
        answeredAt: ask.answeredAt ?? at.at,
      }));
      return { ...state, asks: withAsked({ ...state, asks }, event.asked, at) };
    }
    case 'DeadlinesRang':
      return {
        ...state,
        rings: { ...state.rings, ...Object.fromEntries(event.rings.map((r) => [r.key, r.stage])) },
        asks: withAsked(state, event.asked, at),
        ...(event.deciders === undefined ? {} : { deciders: { people: event.deciders.people, at: at.at } }),
      };
    case 'TasksGiven':
      return { ...state, tasks: { ...state.tasks, ...tasksOf(event, at) }, asks: withAsked(state, event.asked, at) };
    case 'TaskCompleted':
      return {
        ...state,
        tasks: changed(state.tasks, [event.task], (task) => ({ ...task, doneAt: at.at, report: event.text, evidence: event.evidence })),
        asks: answeredBy(state, event.task, at),
      };
    case 'TaskReturned':
      return {
        ...state,
        tasks: changed(state.tasks, [event.task], (task) => ({ ...task, doneAt: null, checkedAt: null, returned: task.returned + 1 })),
        asks: withAsked(state, event.asked, at),
      };
    case 'DirectiveReceived':
      return { ...state, directives: { ...state.directives, [event.id]: directive(event, at) }, asks: withAsked(state, event.asked, at) };
    case 'DirectiveAnswered':
      return {
        ...state,
        directives: changed(state.directives, [event.id], (d) => ({ ...d, answeredAt: at.at, answer: event.text })),
        asks: answeredBy(state, event.id, at),
      };
    case 'PhoneLogged': {
      const { id, party, spokeWith, calledAt } = event;
      return { ...state, calls: kept(state.calls, { ...act(at, event, event.words), id, party, spokeWith, calledAt }) };
    }
    case 'ObligationMet':
      return { ...state, status: statusAfter(state, event.key), met: { ...state.met, [event.key]: met(state, event) } };
    case 'ObligationWaived':
      return {
        ...state,
        met: { ...state.met, [event.key]: { doneAt: at.at, by: event.by, lines: [], text: event.reason, lateReason: null, waived: true } },
      };
    default:
      return event satisfies never;
  }
}

/** 收到 at that moment, or taken back where there is none; of a copy it is the receipt as well. */
function answered(state: IncidentState, ids: readonly string[], at: At | null): Pick<IncidentState, 'asks' | 'records'> {
  const answer = at === null ? null : ('acknowledged' as const);
  const asks = changed(state.asks, ids, (ask) => ({ ...ask, answer, answeredAt: at?.at ?? null }));
  return { asks, records: receipted(state, ids, at) };
}

/** A first report that had to go out before anything was graded ends the verification (procedure section 3). */
function statusAfter({ status }: IncidentState, key: string): IncidentState['status'] {
  return key === 'written_first' && (status === 'intake' || status === 'verifying') ? 'assessing' : status;
}

function tasksOf({ tasks, by }: EventOf<'TasksGiven'>, { version, at }: At): IncidentState['tasks'] {
  return Object.fromEntries(
    tasks.map((given): [string, TaskState] => [
      given.id,
      { ...given, givenBy: by, givenAt: at, version, doneAt: null, report: null, evidence: [], returned: 0 },
    ]),
  );
}

function directive(
  { id, leader, words, receivedAt, dueAt, asked }: EventOf<'DirectiveReceived'>,
  { version }: At,
): IncidentState['directives'][string] {
  return { id, version, leader, words, receivedAt, dueAt, assignee: asked[0]?.person ?? null, answeredAt: null, answer: null };
}

/** Several lines of one obligation may be served one after the other; the last one's moment counts. */
function met(state: IncidentState, { key, lines, doneAt, by, text, lateReason }: EventOf<'ObligationMet'>): IncidentState['met'][string] {
  const before = state.met[key];
  return {
    doneAt: Math.max(doneAt, before?.doneAt ?? 0),
    by,
    lines: [...new Set([...(before?.lines ?? []), ...lines])],
    text: text ?? before?.text ?? null,
    lateReason: lateReason ?? before?.lateReason ?? null,
    waived: false,
  };
}
