/** What running incidents owe, as the sheet of a hand-over lists it: the next of every kind, with who owes it now. */
import { deadlines } from '../deadlines/deadlines';
import { owingPeople } from '../incident/decide/ringDeadlines';
import type { Scene } from '../incident/decide/scene';
import type { IncidentState } from '../incident/state';
import type { Instant } from '../instant';
import type { Obligation } from './events';

/** Everything of one incident that is open and rings; a mere period in which figures are added is nothing to hand over. Pure. */
export function obligationsOf(scene: Scene, state: IncidentState, at: Instant): readonly Obligation[] {
  return deadlines(scene.rules, state).flatMap((row): Obligation[] => {
    if (row.status !== 'open' || (row.nextAt === null && row.stage === 0)) return [];
    const { key, kind, dueAt } = row;
    return [{ n: state.n, key, kind, people: owingPeople(scene, state, row, at), dueAt }];
  });
}
