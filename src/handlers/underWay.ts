/** Incidents under way at a glance, for lists and the leaders' digest. */
import type { Deadline } from '../core/deadlines/deadline';
import { deadlines } from '../core/deadlines/deadlines';
import { summaryReaders } from '../core/incident/audience';
import { ENDED, hasEnded, type IncidentState, type IncidentStatus, rankOf } from '../core/incident/state';
import type { Instant } from '../core/instant';
import type { UnderWay } from '../core/notices/compose/duty/view';
import { levelOf, type Rulebook } from '../core/plans/rulebook';
import type { Roster } from '../core/roster/roster';
import type { Tx } from '../ports/store';
import type { StoredEvent } from '../ports/streams';
import type { Deps } from './deps';
import { type KnownIncident, peekIncident } from './incident';

/** Left otherwise than by a response that ended: nobody has to read of them again. */
const GONE: readonly IncidentStatus[] = ['transferred', 'dismissed', 'merged', 'archived'];

/** Oldest first; with `since`, also those whose response has ended after it. Locks nothing. */
export async function incidentsUnderWay(tx: Tx, deps: Deps, now: Instant, since: Instant | null = null): Promise<readonly UnderWay[]> {
  const roster = await deps.directory.at(now);
  const streams = await tx.streamsNotIn('incident', since === null ? ENDED : GONE);
  const found = await Promise.all(streams.map(({ id }) => peekIncident(tx, id)));
  const wanted = found.flatMap((known) => (known !== null && isWanted(known, since) ? [known] : []));
  return Promise.all(wanted.map((known) => shown(tx, deps, roster, known, now)));
}

type Seen = KnownIncident & { readonly state: IncidentState };

function isWanted(known: KnownIncident, since: Instant | null): known is Seen {
  const { mode, state } = known;
  if (state === null || mode !== 'real') return false;
  return !hasEnded(state) || (since !== null && state.terminated !== null && state.terminated.at > since);
}

async function shown(tx: Tx, deps: Deps, roster: Roster, { id, n, version, rulebook, state }: Seen, now: Instant): Promise<UnderWay> {
  const rules = await deps.rulebooks.of(tx, rulebook);
  const [last] = (await tx.events(id, Math.max(0, version - LOOKED_AT), LOOKED_AT)).flatMap(personal).slice(-1);
  const owed = deadlines(rules, state).filter((row) => row.status === 'open' && (row.nextAt !== null || row.stage > 0));
  return {
    n,
    county: roster.counties.find((county) => county.id === state.county)?.names[0] ?? null,
    level: rules.pack.level_scheme === 'none' ? null : (levelOf(rules, rankOf(state))?.zh ?? rules.pack.ungraded.zh),
    ended: hasEnded(state),
    owed: owed.length,
    late: owed.filter((row) => now >= row.dueAt).length,
    next: nextOf(rules, owed),
    last: last ?? null,
    told: state.activated === null ? [] : summaryReaders(rules, roster, state.activated.at),
  };
}

/** Among so many of the newest events the last act of a person is looked for. */
const LOOKED_AT = 30;

function personal({ type, at, actor }: StoredEvent): readonly NonNullable<UnderWay['last']>[] {
  return actor === null ? [] : [{ did: type, at }];
}

/** What is due first, the overdue before everything. */
function nextOf({ profile }: Rulebook, owed: readonly Deadline[]): UnderWay['next'] {
  const first = owed.reduce<Deadline | null>((a, b) => (a === null || b.dueAt < a.dueAt ? b : a), null);
  return first === null ? null : { zh: profile.steps.find(({ id }) => id === first.kind)?.zh ?? '任务', dueAt: first.dueAt };
}
