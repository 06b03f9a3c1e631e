/** How the main course moves (procedure section 3). */
import type { CourseEvent } from '../events/course';
import type { IncidentState } from '../state';
import { type At, act, step, withAsked } from './parts';

export function evolveCourse(state: IncidentState, event: CourseEvent, at: At): IncidentState {
  switch (event.type) {
    case 'ResponseActivated':
      return {
        ...state,
        status: 'responding',
        activated: { at: at.at, by: event.by, rank: event.rank, version: at.version },
        responseLevels: event.rank === null ? [] : [step(at, { rank: event.rank, status: 'confirmed_by_us', by: event.by, reason: null })],
        asks: withAsked(state, event.asked, at),
      };
    case 'MonitoringStarted':
      return { ...state, status: 'monitoring', left: { ...act(at, event, event.reason), organ: null, receipt: null } };
    case 'IncidentTransferred':
      return { ...state, status: 'transferred', left: { ...act(at, event, event.reason), organ: event.organ, receipt: null } };
    case 'TransferReceived':
      return { ...state, left: state.left === null ? null : { ...state.left, receipt: event.receivedAt } };
    case 'TransferReturned':
      return { ...state, status: 'verifying', left: null, asks: withAsked(state, event.asked, at) };
    case 'IncidentDismissed':
      return { ...state, status: 'dismissed', left: { ...act(at, event, event.reason), organ: null, receipt: null } };
    case 'IncidentMerged':
      return { ...state, status: 'merged', mergedInto: event.into };
    case 'IncidentAbsorbed':
      return { ...state, receivedAt: Math.min(state.receivedAt, event.receivedAt), absorbed: [...state.absorbed, event.n] };
    case 'IncidentSplit':
      return { ...state, splitOff: [...state.splitOff, event.off] };
    case 'TerminationProposed':
      return { ...state, status: 'terminating', termination: { ...act(at, event, event.reason), grounds: event.grounds } };
    case 'TerminationRefused':
      return { ...state, status: 'responding', termination: null };
    case 'ResponseTerminated':
      return { ...state, status: 'terminated', terminated: { at: at.at, by: event.by, reason: event.reason, open: event.open } };
    case 'IncidentReopened':
      return {
        ...state,
        status: 'responding',
        termination: null,
        terminated: null,
        reopened: [...state.reopened, act(at, event, event.reason)],
        asks: withAsked(state, event.asked, at),
      };
    case 'ReviewStarted':
      return { ...state, status: 'reviewing' };
    case 'IncidentArchived':
      return { ...state, status: 'archived' };
    default:
      return event satisfies never;
  }
}
