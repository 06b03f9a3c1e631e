/** How hearing of an incident and learning more about it change it. */

import type { MeasuredFact } from '../../report/fields';
import type { EventOf } from '../events';
import type { IntakeEvent } from '../events/intake';
import type { FigureStep, IncidentState } from '../state';
import { newestFacts } from '../state';
import { type At, act, kept, stoodDown, withAsked } from './parts';

/** The first event of a stream makes the state. */
export function reported(event: EventOf<'IncidentReported'>, at: At): IncidentState {
  const { by, text } = event;
  const empty: IncidentState = {
    n: event.n,
    status: 'intake',
    plan: event.plan,
    text,
    reportedBy: by,
    reportedRoom: event.room,
    unverified: event.unverified,
    receivedAt: event.receivedAt,
    fields: event.fields,
    facts: event.facts,
    figures: withFigures({}, event.facts, { at: at.at, by, source: text, verified: false }),
    suggestion: event.suggestion,
    county: event.county,
    toldIn: Object.fromEntries(Object.keys(event.fields).map((name) => [name, text])),
    supplements: [],
    verified: null,
    sensitive: false,
    assessed: null,
    levels: [],
    responseLevels: [],
    warning: null,
    activated: null,
    takenOver: null,
    standIn: null,
    approvals: {},
    asks: {},
    tasks: {},
    directives: {},
    records: {},
    calls: [],
    met: {},
    progress: [],
    rings: {},
    termination: null,
    terminated: null,
    reopened: [],
    left: null,
    mergedInto: null,
    absorbed: [],
    splitFrom: event.splitFrom ?? null,
    splitOff: [],
    ...(event.via === undefined ? {} : { via: event.via }),
    ...(event.like === undefined ? {} : { like: event.like }),
  };
  return { ...empty, asks: withAsked(empty, event.asked, at) };
}

export function evolveIntake(state: IncidentState, event: Exclude<IntakeEvent, { type: 'IncidentReported' }>, at: At): IncidentState {
  switch (event.type) {
    case 'IncidentSupplemented':
      return supplemented(state, event, at);
    case 'ProgressReported':
      return { ...state, progress: kept(state.progress, progressOf(event, at)), ...arrivalOf(state, event, at) };
    case 'ReadingChecked':
      return { ...state, readingChecked: { at: at.at, by: event.by } };
    case 'VerificationStarted':
      return { ...state, status: 'verifying' };
    case 'FactsVerified':
      return {
        ...state,
        verified: { ...act(at, event, event.text), outcome: event.outcome },
        unverified: state.unverified && event.outcome !== 'confirmed',
        asks: withAsked(state, event.asked, at),
      };
    case 'SensitivityFlagged':
      return { ...state, sensitive: event.on, sensitiveAt: event.on ? at.at : null };
    case 'FiguresRecorded':
      return {
        ...state,
        facts: newestFacts(state.facts, event.facts),
        figures: withFigures(state.figures, event.facts, { at: at.at, by: event.by, source: event.source, verified: event.verified }),
        suggestion: event.suggestion,
      };
    default:
      return event satisfies never;
  }
}

function supplemented(state: IncidentState, event: EventOf<'IncidentSupplemented'>, at: At): IncidentState {
  const { by, text, how } = event;
  const asks = stoodDown(state.asks, event.released ?? [], at);
  return {
    ...state,
    readingChecked: null,
    fields: { ...state.fields, ...event.fields, measures: measuresAfter(state, event) },
    toldIn: { ...state.toldIn, ...Object.fromEntries(Object.keys(event.fields).map((name) => [name, text])) },
    facts: newestFacts(state.facts, event.facts),
    figures: withFigures(state.figures, event.facts, { at: at.at, by, source: text, verified: false }),
    suggestion: event.suggestion,
    county: event.county,
    supplements: kept(state.supplements, { ...act(at, event, text), text, how }),
    asks: withAsked({ ...state, asks }, event.asked, at),
  };
}

function arrivalOf({ arrivals }: IncidentState, { by, step }: EventOf<'ProgressReported'>, { at }: At): Partial<IncidentState> {
  return step === 'arrived' ? { arrivals: { ...arrivals, [by]: at } } : {};
}

/** Progress as the state remembers it and a notice tells it. */
export function progressOf({ by, text, group, step }: EventOf<'ProgressReported'>, at: At): IncidentState['progress'][number] {
  return { ...act(at, { by }, text), text, group, ...(step === undefined ? {} : { step }) };
}

/** A supplement adds to what has been done, a correction puts it right. */
function measuresAfter(state: IncidentState, event: EventOf<'IncidentSupplemented'>): IncidentState['fields']['measures'] {
  const told = event.fields.measures ?? [];
  if (told.length === 0) return state.fields.measures;
  return event.how === 'supplement' ? [...state.fields.measures, ...told] : told;
}

function withFigures(
  old: IncidentState['figures'],
  facts: readonly MeasuredFact[],
  how: Omit<FigureStep, 'fact'>,
): IncidentState['figures'] {
  const figures: Record<string, readonly FigureStep[]> = { ...old };
  for (const fact of facts) figures[fact.measure] = kept(figures[fact.measure] ?? [], { ...how, fact });
  return figures;
}
