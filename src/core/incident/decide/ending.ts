/** What proposing, refusing and declaring the end of a response share: at which level it is ended, and on which of the plan's grounds. */
import { graver, type Rank, type Rulebook } from '../../plans/rulebook';
import { type Refusal, refuse } from '../refusal';
import { type IncidentState, rankOf, responseRankOf } from '../state';

/** The gravest of the level the response began at, the incident's and the response's now; null in a level-free plan. */
export function endingRank(state: IncidentState): Rank | null {
  const ranks = [state.activated?.rank ?? null, rankOf(state), responseRankOf(state)];
  return ranks.reduce((gravest, rank) => (graver(rank, gravest) ? rank : gravest), null);
}

/** Grounds are the plan's own criteria; where it wants all of them, all must be named. Refuses `no_such_ground`, `ground_required`. */
export function wrongGrounds({ pack }: Rulebook, grounds: readonly string[], usage: string): Refusal | null {
  const { criteria, need } = pack.termination;
  const known = criteria.map((c) => c.zh).join('、');
  if (grounds.some((ground) => !criteria.some((c) => c.id === ground)))
    return refuse('no_such_ground', `本预案没有这个终止条件。可写：${known}。`, usage);
  return need === 'all' && criteria.some((c) => !grounds.includes(c.id))
    ? refuse('ground_required', `本预案须各项条件都具备才能终止：${known}。`, usage)
    : null;
}
