/** Incidents under way at a glance, for lists and the leaders' digest. */
import { deadlines } from '../core/deadlines/deadlines';
import { ENDED, rankOf } from '../core/incident/state';
import type { Instant } from '../core/instant';
import type { UnderWay } from '../core/notices/compose/duty/view';
import { levelOf } from '../core/plans/rulebook';
import type { Tx } from '../ports/store';
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
      const owed = deadlines(rules, state).filter((row) => row.status === 'open' && (row.nextAt !== null || row.stage > 0));
      const graded = rules.pack.level_scheme !== 'none';
      return [
        {
          n: known.n,
          county: roster.counties.find((county) => county.id === state.county)?.names[0] ?? null,
          level: graded ? (levelOf(rules, rankOf(state))?.zh ?? rules.pack.ungraded.zh) : null,
          owed: owed.length,
          late: owed.filter((row) => now >= row.dueAt).length,
        },
      ];
    }),
  );
  return found.flat();
}
