/** How levels and powers change an incident. */
import type { EventOf } from '../events';
import type { LevelEvent } from '../events/levels';
import type { IncidentState } from '../state';
import { type At, act, changed, step, stoodDown, withAsked } from './parts';

export function evolveLevels(state: IncidentState, event: LevelEvent, at: At): IncidentState {
  switch (event.type) {
    case 'AssessmentProposed':
      return {
        ...state,
        status: 'assessing',
        assessed: proposed(state, event, at),
      };
    case 'LevelSet':
      return { ...state, status: 'assessing', levels: [...state.levels, step(at, event)] };
    case 'LevelChanged': {
      const made = step(at, { ...event, rank: event.to });
      const responding = state.activated !== null;
      return {
        ...recalled(state, event, at),
        levels: [...state.levels, made],
        responseLevels: responding ? [...state.responseLevels, made] : [],
      };
    }
    case 'ResponseLevelChanged':
      return {
        ...recalled(state, event, at),
        responseLevels: [...state.responseLevels, step(at, { ...event, rank: event.to, status: 'confirmed_by_us' })],
      };
    case 'LevelConfirmed':
      return { ...state, levels: [...state.levels, step(at, { ...event, status: 'confirmed_by_superior', reason: event.who })] };
    case 'WarningIssued':
      return { ...state, warning: { ...act(at, event, event.text), rank: event.rank } };
    case 'WarningLifted':
      return { ...state, warning: null };
    case 'CommandTransferred':
      return { ...state, takenOver: act(at, event, event.organ) };
    case 'StandInNamed':
      return {
        ...state,
        standIn: { person: event.person, standsFor: event.standsFor, from: at.at, until: event.until, reason: event.reason },
      };
    case 'StandInEnded':
      return { ...state, standIn: null };
    case 'OralApprovalRecorded':
      return { ...state, approvals: { ...state.approvals, [event.id]: approval(event, at) } };
    case 'OralApprovalConfirmed':
      return { ...state, approvals: changed(state.approvals, [event.id], (a) => ({ ...a, confirmedAt: at.at })) };
    default:
      return event satisfies never;
  }
}

/** A new proposal replaces the old one; the term it began runs on. */
function proposed({ assessed }: IncidentState, event: EventOf<'AssessmentProposed'>, at: At): IncidentState['assessed'] {
  const { category, rank, trigger } = event;
  return { ...act(at, event, event.text), category, rank, trigger, at: assessed?.at ?? at.at };
}

/** People newly called, and asks withdrawn from those whom the new level does not call. */
function recalled(state: IncidentState, event: EventOf<'LevelChanged' | 'ResponseLevelChanged'>, at: At): IncidentState {
  const asks = stoodDown(state.asks, event.stoodDown, at);
  return { ...state, asks: withAsked({ ...state, asks }, event.asked, at) };
}

function approval(
  { id, act, who, by, approvedAt, words }: EventOf<'OralApprovalRecorded'>,
  { version }: At,
): IncidentState['approvals'][string] {
  return { id, version, act, who, recordedBy: by, approvedAt, words, confirmedAt: null };
}
