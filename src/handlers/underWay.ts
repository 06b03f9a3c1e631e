/** Incidents under way at a glance, for lists and the leaders' digest. */
import type { Deadline } from '../core/deadlines/deadline';
import { deadlines } from '../core/deadlines/deadlines';
import { ENDED, rankOf } from '../core/incident/state';
import type { Instant } from '../core/instant';
import type { UnderWay } from '../core/notices/compose/duty/view';
import { levelOf, type Rulebook } from '../core/plans/rulebook';
import type { StoredEvent, Tx } from '../ports/store';
import type { Deps } from './deps';
import { peekIncident } from './incident';

/** Oldest first. Locks nothing. */
export async function incidentsUnderWay(tx: Tx, deps: Deps, now: Instant): Promise<readonly UnderWay[]> {
  const roster = await deps.directory.at(now);
  const open = await tx.streamsNotIn('incident', ENDED);
  const found = await Promise.all(
    open.map(async ({ id }): Promise<readonly UnderWay[]> => {
      const known = await peekIncident(tx, id);
      if (known === null || known.state === null || known.mode !== 'real') return [];
      const { state } = known;
      const rules = await deps.rulebooks.of(tx, known.rulebook);
      const [last] = (await tx.events(id, Math.max(0, known.version - LOOKED_AT), LOOKED_AT)).flatMap(personal).slice(-1);
      const owed = deadlines(rules, state).filter((row) => row.status === 'open' && (row.nextAt !== null || row.stage > 0));
      const graded = rules.pack.level_scheme !== 'none';
      return [
        {
          n: known.n,
          county: roster.counties.find((county) => county.id === state.county)?.names[0] ?? null,
          level: graded ? (levelOf(rules, rankOf(state))?.zh ?? rules.pack.ungraded.zh) : null,
          owed: owed.length,
          late: owed.filter((row) => now >= row.dueAt).length,
          next: nextOf(rules, owed),
          last: last ?? null,
        },
      ];
    }),
  );
  return found.flat();
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
