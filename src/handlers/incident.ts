/** The life of an incident, and how it is looked at. */
import { deadlines } from '../core/deadlines/deadlines';
import type { IncidentCommand } from '../core/incident/commands';
import { decide } from '../core/incident/decide';
import type { IncidentEvent, Recorded } from '../core/incident/events';
import { evolve } from '../core/incident/evolve';
import { purgeAfter } from '../core/incident/retention';
import { hasEnded, type IncidentState, rankOf, STATE_V } from '../core/incident/state';
import { upcast } from '../core/incident/upcast';
import { notices } from '../core/notices/notices';
import { levelOf, type Rulebook } from '../core/plans/rulebook';
import { bearingOf } from '../core/rights/sight';
import type { Tx } from '../ports/store';
import type { ListedIncident, StreamRow } from '../ports/streams';
import type { IncidentView, Views } from '../ports/views';
import { asksChanged } from './asks';
import type { Life } from './life';
import { papersChanged } from './paperRows';
import { eventsOf, type Known, peekKnown, recall } from './recall';

/** How `execute` and `recall` treat incidents. */
export const INCIDENT: Life<IncidentState, IncidentEvent, IncidentCommand> = {
  ...{ kind: 'incident', v: STATE_V },
  ...{ decide, evolve, upcast, deadlines, notices },
  ...{ asks: asksChanged, papers: papersChanged, row: incidentRow, status: (state) => state.status },
  urgency: (rules, state) => (levelOf(rules, rankOf(state)) ?? rules.pack.ungraded).urgency,
};

export type KnownIncident = Known<IncidentState>;

/** Looks at an incident without a lock; null when there is none. */
export function peekIncident(tx: Tx, id: string): Promise<KnownIncident | null> {
  return peekKnown(tx, INCIDENT, id);
}

/** State of an incident whose row was locked; null before its first event. */
export function lockedIncident(tx: Tx, row: StreamRow): Promise<IncidentState | null> {
  return recall(INCIDENT, row, (after, limit) => tx.events(row.id, after, limit));
}

/** The whole record of an incident, oldest event first. */
export function incidentEvents(tx: Tx, row: Pick<StreamRow, 'id' | 'version'>): Promise<readonly Recorded<IncidentEvent>[]> {
  return eventsOf(INCIDENT, row, (after, limit) => tx.events(row.id, after, limit));
}

/** State of an incident that is shown; null before its first event. */
export function viewedIncident(views: Views, view: IncidentView): Promise<IncidentState | null> {
  return recall(INCIDENT, view, async (after, limit) => (await views.events(view.row.n, after, limit)) ?? []);
}

function incidentRow(rules: Rulebook, stream: StreamRow, state: IncidentState): ListedIncident {
  const district = state.fields.district?.value ?? '';
  const { people, groups } = bearingOf(rules, state);
  return {
    n: stream.n,
    mode: stream.mode,
    status: state.status,
    plan: state.plan,
    category: state.suggestion.category,
    level: levelOf(rules, rankOf(state))?.rank ?? null,
    county: state.county,
    title: `${district}${state.fields.cause?.value ?? rules.pack.short_title}`,
    receivedAt: state.receivedAt,
    activatedAt: state.activated?.at ?? null,
    endedAt: hasEnded(state) ? (state.terminated?.at ?? null) : null,
    purgeAfter: purgeAfter(state),
    ...{ rulebook: stream.rulebook, people, groups },
  };
}
