/** How each event changes an incident: `evolve(state, event) -> state`, pure and total. */
import type { Asked, IncidentEvent, Recorded, TextRef } from './events';
import { type AskState, type IncidentState, newestFacts } from './state';

type Of<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>;

/** Folds one recorded event. The first event of a stream makes the state; every other needs one. */
export function evolve(state: IncidentState | null, recorded: Recorded<IncidentEvent>): IncidentState {
  const { event } = recorded;
  if (event.type === 'IncidentReported') return reported(event, recorded);
  if (state === null) throw new Error(`event ${event.type} before IncidentReported`);
  switch (event.type) {
    case 'IncidentSupplemented':
      return supplemented(state, event, recorded);
    case 'LevelSet':
      return {
        ...state,
        status: 'assessing',
        levels: [
          ...state.levels,
          { version: recorded.version, at: recorded.at, rank: event.rank, status: event.status, by: event.by, reason: event.reason },
        ],
      };
    case 'ResponseActivated':
      return {
        ...state,
        status: 'responding',
        activated: { at: recorded.at, by: event.by, rank: event.rank, version: recorded.version },
        asks: withAsked(state, event.asked, recorded),
      };
    case 'Acknowledged':
      return { ...state, asks: changed(state, event.asks, (ask) => ({ ...ask, answer: 'acknowledged', answeredAt: recorded.at })) };
    case 'DeadlinesRang':
      return {
        ...state,
        rings: { ...state.rings, ...Object.fromEntries(event.rings.map((r) => [r.key, r.stage])) },
        asks: withAsked(state, event.asked, recorded),
      };
    case 'ProgressReported':
      return {
        ...state,
        progress: [
          ...state.progress,
          { version: recorded.version, at: recorded.at, by: event.by, group: event.group, text: event.text },
        ].slice(-KEPT),
      };
    case 'LevelChanged':
      return levelChanged(state, event, recorded);
    case 'ResponseTerminated':
      return { ...state, status: 'terminated', terminated: { at: recorded.at, by: event.by, reason: event.reason, open: event.open } };
    default:
      return event satisfies never;
  }
}

/** The state carries the last entries only; the whole history is in the events. */
const KEPT = 20;

function reported(event: Of<'IncidentReported'>, recorded: Recorded<IncidentEvent>): IncidentState {
  const empty: IncidentState = {
    n: event.n,
    status: 'intake',
    plan: event.plan,
    text: event.text,
    reportedBy: event.by,
    reportedRoom: event.room,
    unverified: event.unverified,
    receivedAt: event.receivedAt,
    fields: event.fields,
    facts: event.facts,
    suggestion: event.suggestion,
    county: event.county,
    toldIn: toldIn(event.fields, event.text),
    supplements: [],
    levels: [],
    activated: null,
    asks: {},
    progress: [],
    rings: {},
    terminated: null,
  };
  return { ...empty, asks: withAsked(empty, event.asked, recorded) };
}

function supplemented(state: IncidentState, event: Of<'IncidentSupplemented'>, recorded: Recorded<IncidentEvent>): IncidentState {
  return {
    ...state,
    fields: { ...state.fields, ...event.fields, measures: measuresAfter(state, event) },
    toldIn: { ...state.toldIn, ...toldIn(event.fields, event.text) },
    facts: newestFacts(state.facts, event.facts),
    suggestion: event.suggestion,
    county: event.county,
    supplements: [
      ...state.supplements,
      { version: recorded.version, at: recorded.at, by: event.by, text: event.text, how: event.how },
    ].slice(-KEPT),
    asks: withAsked(state, event.asked, recorded),
  };
}

/** A supplement adds to what has been done, a correction puts it right. */
function measuresAfter(state: IncidentState, event: Of<'IncidentSupplemented'>): IncidentState['fields']['measures'] {
  const told = event.fields.measures ?? [];
  if (told.length === 0) return state.fields.measures;
  return event.how === 'supplement' ? [...state.fields.measures, ...told] : told;
}

function levelChanged(state: IncidentState, event: Of<'LevelChanged'>, recorded: Recorded<IncidentEvent>): IncidentState {
  const stoodDown = { ...state, asks: changed(state, event.stoodDown, (ask) => ({ ...ask, stoodDownAt: recorded.at })) };
  return {
    ...stoodDown,
    levels: [
      ...state.levels,
      { version: recorded.version, at: recorded.at, rank: event.to, status: event.status, by: event.by, reason: event.reason },
    ],
    asks: withAsked(stoodDown, event.asked, recorded),
  };
}

function toldIn(fields: object, text: TextRef): Record<string, TextRef> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, text]));
}

function withAsked(state: IncidentState, asked: readonly Asked[], recorded: Recorded<IncidentEvent>): IncidentState['asks'] {
  const added = asked.map((a): [string, AskState] => [
    a.id,
    { ...a, askedAt: recorded.at, version: recorded.version, answeredAt: null, answer: null, stoodDownAt: null },
  ]);
  return { ...state.asks, ...Object.fromEntries(added) };
}

/** Asks of these ids as changed; unknown ids change nothing. */
function changed(state: IncidentState, ids: readonly string[], change: (ask: AskState) => AskState): IncidentState['asks'] {
  const after = ids.flatMap((id): [string, AskState][] => {
    const ask = state.asks[id];
    return ask === undefined ? [] : [[id, change(ask)]];
  });
  return { ...state.asks, ...Object.fromEntries(after) };
}
